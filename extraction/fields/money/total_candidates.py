"""Total, subtotal, tax and tip: which of the amounts is which, by their words, their place and whether they add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extraction.evidence import CONFIDENCE_THRESHOLD
from extraction.fields.candidate import Candidate, Choice, candidate_at
from extraction.fields.layout.rows import union
from extraction.fields.money.arithmetic_checks import Sums, stacked, sums_for, taxes_by_rate
from extraction.fields.money.brought_forward import brought_forward
from extraction.fields.money.derived_totals import derived_totals
from extraction.fields.money.labelled_amounts import TOTALS, Amount, format_amount
from extraction.fields.money.levies import levies_together
from extraction.fields.money.tax_breakdown import parts_by_rate, sums_by_rate
from extraction.fields.money.total_context import TotalContext, crowded, like_a_sign, outranked, setting_of

_SCRAP = 0.1
"""The recogniser's confidence below which an amount with no words beside it may be anything."""

_LEGIBLE = 0.6
"""The recogniser's confidence from which an amount that words name is believed against sums that happen to work out."""

_DOUBTED = CONFIDENCE_THRESHOLD - 0.05

PARTS = ("subtotal", "tax", "tip")


def total_candidates(amounts: Sequence[Amount], decimals: int = 2) -> list[Candidate]:
    """Every amount that may be the total, with its features, in `decimals` of the currency."""
    eligible = [amount for amount in amounts if amount.role != "quantity" and _says_something(amount)]
    if not eligible:
        return []
    by_rate = sums_by_rate(amounts)
    sums = {amount.value: sums_for(amount.value, amounts, by_rate) for amount in eligible}
    page = setting_of(eligible, amounts, sums)
    candidates = [
        _with_its_parts(
            replace(
                _total_candidate(amount, sums[amount.value], page, decimals),
                otherwise=_counted_otherwise(amount.value, amounts, decimals),
            ),
            amounts,
            decimals,
        )
        for amount in eligible
        if amount.value != 0 or amount.role in TOTALS
    ]
    return [*candidates, *derived_totals(eligible, sums, candidates, decimals)]


def _counted_otherwise(total: Decimal, amounts: Sequence[Amount], decimals: int) -> frozenset[str]:
    """Other totals that are this one with a discount or commission taken off, or before it was."""
    less = {abs(amount.value) for amount in amounts if amount.role == "savings" and amount.value}
    others = {amount.value for amount in amounts if amount.role in TOTALS}
    return frozenset(format_amount(other, decimals) for other in others if abs(total - other) in less)


def _says_something(amount: Amount) -> bool:
    """Whether words beside it name it or it is legible; what is neither may be a line's price, but no total."""
    return bool(amount.role and not amount.from_above) or amount.recognised >= _SCRAP


def _total_candidate(amount: Amount, sums: Sums, page: TotalContext, decimals: int) -> Candidate:
    role = "heading" if amount.from_above and amount.role in TOTALS else amount.role or "none"
    features = {
        f"role_{role}": 1.0,
        "adds_up": float(sums.parts is not None),
        "rounded": float(sums.rounded),
        "rounds_to": float(sums.rounds_to),
        "rest": float(sums.rest),
        "dwarfed": float(abs(amount.value) < page.base * Decimal("0.3")),
        "settled": float(sums.settled),
        "listed": float(sums.listed),
        "together": float(sums.together is not None),
        "repeated": min(sums.repeated - 1, 3) / 3,
        "largest": float(amount.value == page.largest),
        "tall": amount.row.height / page.tallest if page.tallest else 0.0,
        "late": amount.row.index / page.last if page.last else 1.0,
        "signed": float(bool(amount.span.currency)),
        "rightmost": float(amount.rightmost),
        "whole": float(amount.span.places != decimals),
        "zero": float(amount.value == 0),
        "negative": float(amount.value < 0),
        "torn": float(amount.span.torn),
        "less": float(amount.value in page.less),
        "unexplained": page.unexplained[amount.value],
        "unsettled": float(sums.unsettled),
        "tendered": float(_is_tendered(amount, sums, page)),
        "like_sign": 0.0 if sums.proven else like_a_sign(amount, page),
        "paid": float(sums.paid and amount.value not in page.cash),
        "outranked": float(outranked(amount, page)),
        "crowded": float(crowded(amount)),
        "misread": 1 - amount.recognised,
    }
    start, end = amount.span.start, amount.span.end
    return candidate_at(amount.row, start, end, format_amount(amount.value, decimals), features, _agreement(sums))


def _with_its_parts(found: Candidate, amounts: Sequence[Amount], decimals: int) -> Candidate:
    """An amount due that holds an older balance is doubted: only what is new is this bill's."""
    parts = brought_forward(Decimal(found.value), amounts)
    if parts is None:
        return found
    new, old = (format_amount(value, decimals) for value in (parts.new, parts.old))
    return replace(found, at_most=_DOUBTED, reason=f"{new} is new, {old} was brought forward")


def _is_tendered(amount: Amount, sums: Sums, page: TotalContext) -> bool:
    """Whether it is cash given for a smaller total, by its words, or by its place where labels slipped a row."""
    if amount.value in page.cash:
        return True
    return amount.role == "cash" and not sums.parts and (page.change or 0 < page.labelled < amount.value)


def _agreement(sums: Sums) -> float:
    """How much else speaks for this total, up to 1."""
    return min(
        1.0,
        0.6 * (sums.parts is not None)
        + 0.5 * sums.settled
        + 0.4 * sums.listed
        + 0.3 * (sums.repeated > 1)
        + 0.3 * (sums.together is not None),
    )


def part_candidates(name: str, amounts: Sequence[Amount], total: Choice | None, decimals: int = 2) -> list[Candidate]:
    """Amounts that may be the subtotal, tax or tip beside the chosen total, in `decimals` of the currency."""
    whole = Decimal(total.candidate.value) if total else None
    wanted = None if whole is None else _part(name, whole, amounts)
    found = list(_printed_parts(name, amounts, whole, wanted, decimals))
    if name != "tax":
        return found
    several = [tuple(taxes_by_rate(amounts)), *levies_together(amounts)]
    made = next((rates for rates in several if rates and wanted == sum(amount.value for amount in rates)), ())
    if made and wanted is not None and not any(amount.value == wanted and amount.role == "tax" for amount in amounts):
        found.append(_summed(made, wanted, decimals))
    return found


def _part(name: str, total: Decimal, amounts: Sequence[Amount]) -> Decimal | None:
    """What the subtotal, tax or tip of a total comes to, as far as other amounts tell."""
    sums = sums_for(total, amounts)
    if name == "tip":
        return sums.tip
    net, tax = sums.parts or parts_by_rate(total, amounts) or stacked(total, amounts) or (None, None)
    return net if name == "subtotal" else tax


def _printed_parts(
    name: str, amounts: Sequence[Amount], whole: Decimal | None, wanted: Decimal | None, decimals: int
) -> Iterator[Candidate]:
    roles = Counter(amount.value for amount in amounts if amount.role == name)
    named = {
        amount.value
        for amount in amounts
        if amount.role == name and not amount.from_above and amount.recognised >= _LEGIBLE
    }
    taxed = name != "subtotal" or any(amount.role == "tax" and amount.value for amount in amounts)
    for amount in amounts:
        if amount.role != name and amount.value != wanted:
            continue
        if whole is not None and abs(amount.value) > abs(whole) and name != "subtotal":
            continue
        features = {
            "role": float(amount.role == name),
            "adds_up": float(wanted is not None and amount.value == wanted),
            "repeated": float(roles[amount.value] > 1),
            "role_above": float(amount.from_above),
            "rightmost": float(amount.rightmost),
            "is_total": float(taxed and whole is not None and amount.value == whole),
            "misread": 1 - amount.recognised,
        }
        span = amount.span
        yield replace(
            candidate_at(amount.row, span.start, span.end, format_amount(amount.value, decimals), features),
            agreement=features["adds_up"],
            at_most=_DOUBTED if named - {amount.value} and amount.role != name else 1.0,
        )


def _summed(rates: Sequence[Amount], tax: Decimal, decimals: int) -> Candidate:
    """The tax of an invoice that prints only what each rate makes, around which the box lies."""
    reason = "sum of " + " + ".join(format_amount(amount.value, decimals) for amount in rates)
    box = union(amount.box for amount in rates)
    recognised = min(amount.recognised for amount in rates)
    features = {"role": 1.0, "adds_up": 1.0, "rightmost": 1.0, "misread": 1 - recognised}
    return Candidate(
        format_amount(tax, decimals),
        rates[0].row.page,
        box,
        "derived",
        features,
        recognised,
        agreement=1.0,
        reason=reason,
    )
