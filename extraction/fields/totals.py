"""Total, subtotal, tax and tip: which of the amounts is which, by their words, their place and whether they add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extraction.evidence import Evidence
from extraction.fields.amounts import AmountSpan
from extraction.fields.labels import cell_above, cell_left, fold, role_of, text_left, vocabulary
from extraction.fields.rows import Row
from extraction.fields.scoring import Candidate, Choice, candidate_at, choose, evidence
from extraction.fields.sheet import Sheet

CENT = Decimal("0.01")
ROUNDING = Decimal("0.05")
"""The most by which cash totals are rounded where small coins are not in use (Malaysia, Switzerland, Sweden: 0.05)."""

_PLAUSIBLE = Decimal(10) ** 9


@dataclass(frozen=True)
class Amount:
    """An amount on the page with the role that its words give it ("" when they say nothing).

    `from_above` says that the words stand over it rather than before it.
    """

    row: Row
    span: AmountSpan
    role: str
    from_above: bool
    rightmost: bool

    @property
    def value(self) -> Decimal:
        return self.span.value


@dataclass(frozen=True)
class Sums:
    """What agrees with a total.

    `parts` are the subtotal and tax that add up to it, None when none do; `settled`: it is the cash given less the
    change; `listed`: the amounts above it in its column add up to it; `repeated`: in how many rows it stands;
    `rounded`: it is another amount rounded for cash; `rounds_to`: another is this one rounded;
    `rest`: with an advance that was paid it makes another amount, so that it is only what remains to be paid.
    """

    parts: tuple[Decimal, Decimal] | None
    settled: bool
    listed: bool
    repeated: int
    rounded: bool
    rounds_to: bool
    rest: bool


def amounts_of(sheet: Sheet) -> list[Amount]:
    """Amounts of money with their roles, in reading order.

    A whole number counts only with words for a total and a sign; without the sign where no amount has decimals.
    """
    found: list[Amount] = []
    summary = False
    decimals = any(span.places == 2 for spans in sheet.amounts for span in spans)
    for row, spans in zip(sheet.rows, sheet.amounts, strict=True):
        summary = _in_tax_summary(row, spans, summary)
        money = [span for span in spans if not span.unit and abs(span.value) < _PLAUSIBLE]
        for span in money:
            role, above = _role(sheet, row, span)
            if span.places != 2 and not (role in _STRONG and (span.currency or (not decimals and not above))):
                continue
            if summary and role in _STRONG:
                role = "summary"
            found.append(Amount(row, span, role, above, span is money[-1]))
    return found


_STRONG = frozenset({"inclusive", "due", "total", "rounded", "net_total"})
_BASES = _STRONG | {"subtotal"}


def read_totals(amounts: Sequence[Amount]) -> dict[str, Evidence]:
    """Evidence for `total`, `subtotal`, `tax` and `tip`, as far as they were found."""
    total = choose("total", total_candidates(amounts))
    found = {"total": evidence("total", total)}
    for name in ("subtotal", "tax", "tip"):
        found[name] = evidence(name, choose(name, list(_part_candidates(name, amounts, total))))
    return {name: value for name, value in found.items() if value}


def total_candidates(amounts: Sequence[Amount]) -> list[Candidate]:
    """Every amount that may be the total, with its features."""
    eligible = [amount for amount in amounts if amount.role != "quantity"]
    if not eligible:
        return []
    largest = max(amount.value for amount in eligible)
    base = max((abs(amount.value) for amount in eligible if amount.role in _BASES), default=Decimal(0))
    tallest = max(amount.row.height for amount in eligible)
    last = max(amount.row.index for amount in eligible)
    by_value = {amount.value: sums_for(amount.value, amounts) for amount in eligible}
    return [
        _total_candidate(amount, by_value[amount.value], largest, base, tallest, last)
        for amount in eligible
        if amount.value != 0 or amount.role in _STRONG
    ]


def _total_candidate(
    amount: Amount, sums: Sums, largest: Decimal, base: Decimal, tallest: float, last: int
) -> Candidate:
    role = "heading" if amount.from_above and amount.role in _STRONG else amount.role or "none"
    features = {
        f"role_{role}": 1.0,
        "adds_up": float(sums.parts is not None),
        "rounded": float(sums.rounded),
        "rounds_to": float(sums.rounds_to),
        "rest": float(sums.rest),
        "dwarfed": float(abs(amount.value) < base * Decimal("0.3")),
        "settled": float(sums.settled),
        "listed": float(sums.listed),
        "repeated": min(sums.repeated - 1, 3) / 3,
        "largest": float(amount.value == largest),
        "tall": amount.row.height / tallest if tallest else 0.0,
        "late": amount.row.index / last if last else 1.0,
        "signed": float(bool(amount.span.currency)),
        "rightmost": float(amount.rightmost),
        "whole": float(amount.span.places != 2),
        "zero": float(amount.value == 0),
        "negative": float(amount.value < 0),
        "misread": 1 - amount.row.confidence_of(amount.span.start, amount.span.end),
    }
    agreement = min(1.0, 0.6 * features["adds_up"] + 0.5 * features["settled"] + 0.4 * features["listed"])
    agreement = min(1.0, agreement + 0.3 * (sums.repeated > 1)) - 0.5 * _like_a_sign(amount)
    return candidate_at(amount.row, amount.span.start, amount.span.end, _text(amount.value), features, agreement)


def _like_a_sign(amount: Amount) -> bool:
    """Whether the first digit may be a dollar sign: OCR reads $7.60 as 57.60 or 87.60."""
    return amount.row.source == "ocr" and not amount.span.currency and str(abs(amount.value))[0] in "58"


def sums_for(total: Decimal, amounts: Sequence[Amount]) -> Sums:
    """What else on the page agrees with a total: parts that add up, cash less change, lines, the amount again."""
    nets = {amount.value for amount in amounts if amount.role in _BASES}
    taxes = {amount.value for amount in amounts if amount.role in {"tax", "service"} and amount.value}
    extras = {Decimal(0)} | {
        amount.value for amount in amounts if amount.role in {"rounding", "tip", "service"} and amount.value != total
    }
    parts = next(
        (
            (net, tax)
            for net in sorted(nets, reverse=True)
            for tax in sorted(taxes)
            for extra in sorted(extras, key=abs)
            if net and net != total and abs(net + tax + extra - total) < CENT and abs(tax) < abs(total) / 2
        ),
        None,
    )
    bases = {amount.value for amount in amounts if amount.role in _BASES}
    advances = {abs(amount.value) for amount in amounts if amount.role == "advance" and amount.value}
    return Sums(
        parts,
        _settled(total, amounts),
        _listed(total, amounts),
        len({amount.row.index for amount in amounts if amount.value == total}),
        rounded=any(_rounds(base, total) for base in bases),
        rounds_to=any(_rounds(total, amount.value) for amount in amounts),
        rest=any(abs(total) + advance in bases for advance in advances),
    )


def _rounds(exact: Decimal, rounded: Decimal) -> bool:
    """Whether one is the other in whole steps of `ROUNDING`, as cash is paid where there are no smaller coins."""
    return exact % ROUNDING != 0 and rounded % ROUNDING == 0 and abs(exact - rounded) < ROUNDING


def _settled(total: Decimal, amounts: Sequence[Amount]) -> bool:
    """Whether cash given less change is the total."""
    given = [amount.value for amount in amounts if amount.role in {"cash", "total", "", "inclusive"}]
    change = {amount.value for amount in amounts if amount.role == "change" and amount.value}
    return total > 0 and any(abs(cash - back - total) < CENT for cash in given for back in change if cash != back)


def _listed(total: Decimal, amounts: Sequence[Amount]) -> bool:
    """Whether two or more amounts right above it in its column add up to it."""
    for position, amount in enumerate(amounts):
        if amount.value != total:
            continue
        right, reach, added, lines = _right(amount), 1.5 * amount.row.height, Decimal(0), 0
        for above in reversed(amounts[:position]):
            if above.row.page != amount.row.page or abs(_right(above) - right) > reach:
                continue
            added, lines = added + above.value, lines + bool(above.value)
            if added == total and lines > 1:
                return True
    return False


def _right(amount: Amount) -> float:
    return amount.row.box_of(amount.span.start, amount.span.end)[2]


def _part_candidates(name: str, amounts: Sequence[Amount], total: Choice | None) -> Iterable[Candidate]:
    """Amounts that may be the subtotal, tax or tip beside the chosen total."""
    whole = Decimal(total.candidate.value) if total else None
    parts = sums_for(whole, amounts).parts if whole is not None else None
    wanted = {"subtotal": parts[0], "tax": parts[1]}.get(name) if parts else None
    roles = Counter(amount.value for amount in amounts if amount.role == name)
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
            "is_total": float(whole is not None and amount.value == whole),
            "misread": 1 - amount.row.confidence_of(amount.span.start, amount.span.end),
        }
        span = amount.span
        yield replace(
            candidate_at(amount.row, span.start, span.end, _text(amount.value), features),
            agreement=features["adds_up"],
        )


def _role(sheet: Sheet, row: Row, span: AmountSpan) -> tuple[str, bool]:
    """The role by the words before an amount, else by those behind or above it; and whether it was from above."""
    before = row.text[max([0, *(o.end for o in sheet.amounts[row.index] if o.places == 2 and o.end <= span.start)]) :]
    before = before[: len(before) - len(row.text) + span.start]
    for words in (cell_left(row, span.start), before, text_left(row, span.start)):
        if role := role_of("amount", words):
            return role, False
    if role := role_of("amount", row.text[span.end :]):
        return role, False
    above = cell_above(sheet.rows, row, span.start, span.end)
    if above and (role := role_of("amount", above)):
        return role, True
    return _role_of_row_before(sheet, row), True


def _role_of_row_before(sheet: Sheet, row: Row) -> str:
    """The role of words that fill the row before alone, with the amount on a row of its own."""
    if any(char.isalpha() for char in row.text if char not in "RMUSDE") or not row.index:
        return ""
    before = sheet.rows[row.index - 1]
    if before.page != row.page or sheet.amounts[before.index]:
        return ""
    return role_of("amount", before.text)


def _in_tax_summary(row: Row, spans: Sequence[AmountSpan], inside: bool) -> bool:
    """Whether the row belongs to a summary of tax by rate, which begins with its heading and ends with its total."""
    if vocabulary()["tax_sum"]["summary"].search(fold(row.text)):
        return True
    return inside and bool(spans)


def _text(value: Decimal) -> str:
    return f"{value:.2f}" if value == value.quantize(CENT) else f"{value.normalize():f}"
