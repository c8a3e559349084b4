"""What agrees with an amount: parts that add up to it, cash less change, the lines above it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from extraction.fields.money.labelled_amounts import SUMS, TOTALS, Amount
from extraction.fields.money.levies import levies_together
from extraction.fields.patterns.tax_rates import CENT, is_tax_in_gross, is_tax_on_net

_HIGHEST = Decimal("0.27")
"""The highest rate of VAT, Hungary's."""

ByRate = Mapping[Decimal, tuple[Decimal, Decimal]]

_NO_RATES: ByRate = MappingProxyType({})

ROUNDING = Decimal("0.05")
"""Steps in which cash totals are rounded where small coins are not in use (Malaysia, Switzerland)."""


@dataclass(frozen=True)
class Sums:
    """What agrees with a total.

    `parts` are the subtotal and tax that add up to it, also those of several rates, None when none do (an amount
    without words may be the tax, if it is that of the subtotal at one of the usual rates); `settled`: it is the cash
    given less the change; `unsettled`: more cash was given and change is printed, but they make another amount;
    `listed`: the amounts above it in its column add up to it; `repeated`: in how many rows it stands;
    `rounded`: it is another amount rounded for cash; `rounds_to`: another is this one rounded;
    `rest`: with an advance that was paid it makes another amount, so that it is only what remains to be paid;
    `together` are two other sums that make it, such as those of two tax rates, None when none do;
    `tip`: what was added to subtotal and tax, None when nothing was or the words call it something else;
    `paid`: words call it a total and again what was paid, or it was paid and no change given;
    `cash` is what was given where place alone tells it, between the total and the change; None where nothing does.
    """

    parts: tuple[Decimal, Decimal] | None
    settled: bool
    unsettled: bool
    listed: bool
    repeated: int
    rounded: bool
    rounds_to: bool
    rest: bool
    together: tuple[Decimal, Decimal] | None
    tip: Decimal | None = None
    paid: bool = False
    cash: Decimal | None = None

    @property
    def proven(self) -> bool:
        """Whether other amounts make it, so that each of its digits is right."""
        return self.parts is not None or self.settled or self.listed


def sums_for(total: Decimal, amounts: Sequence[Amount], by_rate: ByRate = _NO_RATES) -> Sums:
    """What else on the page agrees with a total: parts that add up, cash less change, lines, the amount again.

    `by_rate` are the gross amounts that a table of tax rates makes, with their net amount and tax.
    """
    bases = {amount.value for amount in amounts if amount.role in SUMS}
    totals = {amount.value for amount in amounts if amount.role in TOTALS}
    advances = {abs(amount.value) for amount in amounts if amount.role == "advance" and amount.value}
    tips = {amount.value for amount in amounts if amount.role == "tip" and amount.value != total}
    net, tax, extra = next(_parts(total, bases, tips, amounts), (None, None, None))
    cash = _cash_for(total, amounts)
    settled = cash is not None or _settled(total, amounts)
    return Sums(
        by_rate.get(total) if net is None or tax is None else (net, tax),
        settled,
        not settled and _paid_otherwise(total, amounts),
        _listed(total, amounts),
        len({amount.row.index for amount in amounts if amount.value == total}),
        rounded=total in totals and any(_rounds(base, total) for base in bases),
        rounds_to=any(_rounds(total, other) for other in totals),
        rest=any(abs(total) + advance in bases for advance in advances),
        together=_together(total, bases),
        tip=extra if extra in tips else None,
        paid=_paid(total, amounts),
        cash=cash,
    )


def _parts(
    total: Decimal, nets: set[Decimal], tips: set[Decimal], amounts: Sequence[Amount]
) -> Iterator[tuple[Decimal, Decimal, Decimal]]:
    """Each net amount, tax and extra (a tip, service, rounding, or 0) that make the total, the largest net first.

    Where words say that there is no tax, no lines that happen to make the total are one.
    """
    if untaxed(total, amounts):
        yield total, Decimal(0), Decimal(0)
    taxes = {amount.value for amount in amounts if amount.role in {"tax", "service"} and amount.value}
    taxes.add(sum((amount.value for amount in taxes_by_rate(amounts)), Decimal(0)))
    taxes |= {sum((amount.value for amount in levies), Decimal(0)) for levies in levies_together(amounts)}
    nameless = {amount.value for amount in amounts if not amount.role}
    if total < 0:  # a credit note may print its tax without the sign
        taxes |= {-tax for tax in taxes}
    service = {amount.value for amount in amounts if amount.role == "service" and amount.value != total}
    extras = sorted({Decimal(0), *tips, *service, *_roundings(amounts)}, key=abs)
    for net in sorted(nets - {Decimal(0), total}, reverse=True):
        for tax in sorted(taxes):
            yield from (
                (net, tax, extra)
                for extra in extras
                if 0 < abs(tax) <= abs(net) / 2 and abs(net + tax + extra - total) < CENT
            )
        for extra in extras:
            tax = total - net - extra
            if 0 < tax <= net / 2 and tax in nameless and is_tax_on_net(tax, net):
                yield net, tax, extra


def untaxed(total: Decimal, amounts: Sequence[Amount]) -> bool:
    """Whether words beside amounts say that the net amount is the total and the tax nought."""
    taxes = {amount.value for amount in amounts if amount.role == "tax"}
    return taxes == {Decimal(0)} and any(amount.value == total and amount.role == "subtotal" for amount in amounts)


def handed_over(amounts: Sequence[Amount]) -> set[Decimal]:
    """Cash of which change was given for a total that is printed too: a sum of payments, whatever words call it."""
    totals = {amount.value for amount in amounts if amount.role in TOTALS and amount.value > 0}
    return {
        cash.value
        for position, cash in enumerate(amounts)
        for back in amounts[position + 1 :]
        if cash.role == "cash" and back.role in {"change", ""} and back.value > 0 and cash.value - back.value in totals
    }


def _together(total: Decimal, bases: set[Decimal]) -> tuple[Decimal, Decimal] | None:
    """The two other sums that make this one, None when none do."""
    others = sorted(bases - {total, Decimal(0)}, reverse=True)
    return next(((one, total - one) for one in others if total - one in others and total != 2 * one), None)


def stacked(total: Decimal, amounts: Sequence[Amount]) -> tuple[Decimal, Decimal] | None:
    """The net amount and tax that stand right above a total in its column and make it, whatever words are beside them.

    They are believed where the tax is that of the net amount at one of the usual rates, or lines above it make the
    net amount: on bent paper labels slip from their row. None where there are no such two.
    """
    for position, amount in enumerate(amounts):
        if amount.value == total:
            tax, net = _next_two(amount, reversed(amounts[:position]))
            if _is_split(total, net, tax, amounts):
                return net, tax
    return None


def _is_split(total: Decimal, net: Decimal, tax: Decimal, amounts: Sequence[Amount]) -> bool:
    whole = net + tax == total and 0 < tax <= net * _HIGHEST
    return whole and (is_tax_on_net(tax, net) or _listed(net, amounts))


def unexplained(total: Decimal, sums: Sums, amounts: Sequence[Amount]) -> float:
    """How much of the taxes or subtotals printed does not lead to this total, which may be what the tax is added to.

    From 0 to 1, the share of taxes. A tax is explained by a subtotal that makes the total with it, by being contained
    in the total at a usual rate, or by a printed net amount that makes another with it, no larger than the total (one
    of several rates). Without taxes it is 1 where the subtotal is another and the lines do not add up to the total.
    """
    if sums.parts or sums.settled:
        return 0.0
    taxes = {abs(amount.value) for amount in amounts if amount.role == "tax" and amount.value}
    printed = {amount.value for amount in amounts if 0 < amount.value <= total}
    if taxes:
        open_taxes = [
            tax for tax in taxes if not (is_tax_in_gross(tax, total) or any(net + tax in printed for net in printed))
        ]
        return len(open_taxes) / len(taxes)
    others = {amount.value for amount in amounts if amount.role == "subtotal" and amount.value not in (0, total)}
    return float(bool(others) and not sums.listed)


def _paid(total: Decimal, amounts: Sequence[Amount]) -> bool:
    """Whether just this was paid: words call it the total in one row and cash in another, or no change was given."""
    called = {amount.row.index for amount in amounts if amount.value == total and amount.role in TOTALS}
    cash = [amount for amount in amounts if amount.role == "cash"]
    if called and {amount.row.index for amount in cash if amount.value == total} - called:
        return True
    no_change = {amount.value for amount in amounts if amount.role == "change"} == {Decimal(0)}
    return no_change and {amount.value for amount in cash if not amount.from_above} == {total}


def taxes_by_rate(amounts: Sequence[Amount]) -> list[Amount]:
    """The last amount of each row that words call tax, where there are several and no two alike; else none."""
    rows = {amount.row.index: amount for amount in amounts if amount.role == "tax" and amount.value}
    rates = list({amount.value: amount for amount in rows.values() if amount.rightmost}.values())
    return rates if len(rates) > 1 else []


def _roundings(amounts: Sequence[Amount]) -> set[Decimal]:
    """By how much the total is rounded, up or down: its sign is often not printed, or lost."""
    found = {amount.value for amount in amounts if amount.role == "rounding" and amount.value}
    return found | {-value for value in found}


def _rounds(exact: Decimal, rounded: Decimal) -> bool:
    """Whether one is the other in whole steps of `ROUNDING`, as cash is paid where there are no smaller coins."""
    return exact % ROUNDING != 0 and rounded % ROUNDING == 0 and abs(exact - rounded) < ROUNDING


def _settled(total: Decimal, amounts: Sequence[Amount]) -> bool:
    """Whether cash given less change is the total."""
    given = [amount.value for amount in amounts if amount.role in {"cash", "total", "", "inclusive"}]
    change = {amount.value for amount in amounts if amount.role == "change" and amount.value}
    return total > 0 and any(abs(cash - back - total) < CENT for cash in given for back in change if cash != back)


def _cash_for(total: Decimal, amounts: Sequence[Amount]) -> Decimal | None:
    """The cash that stands right below a total in its column, above the change, whatever words are beside them.

    Lines make the total, and the change is more than any tax of it, which may stand there too. None for no such two.
    """
    for position, amount in enumerate(amounts):
        if amount.value == total > 0:
            cash, change = _next_two(amount, amounts[position + 1 :])
            if cash - change == total and change > total * _HIGHEST:
                return cash if _listed(total, amounts) else None
    return None


def _paid_otherwise(total: Decimal, amounts: Sequence[Amount]) -> bool:
    """Whether cash of more than the total and some change are printed."""
    roles = {amount.role for amount in amounts if amount.value > total or (amount.role == "change" and amount.value)}
    return {"cash", "change"} <= roles


def _listed(total: Decimal, amounts: Sequence[Amount]) -> bool:
    """Whether two or more amounts right above it in its column add up to it."""
    for position, amount in enumerate(amounts):
        if amount.value != total:
            continue
        added, lines = Decimal(0), 0
        for above in reversed(amounts[:position]):
            if not _in_column(above, amount):
                continue
            added, lines = added + above.value, lines + bool(above.value)
            if added == total and lines > 1:
                return True
    return False


def _next_two(amount: Amount, others: Iterable[Amount]) -> tuple[Decimal, Decimal]:
    """The values of the next two of the others in an amount's column, noughts aside; 0 for each that is not there."""
    column = (other.value for other in others if other.value and _in_column(other, amount))
    return next(column, Decimal(0)), next(column, Decimal(0))


def _in_column(one: Amount, other: Amount) -> bool:
    return one.row.page == other.row.page and abs(one.box[2] - other.box[2]) <= 1.5 * other.row.height
