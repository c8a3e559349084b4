"""A digit that OCR misread, put right where arithmetic forces it: one other digit, and no second, makes all add up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from extraction.evidence import CONFIDENCE_THRESHOLD, Box, Evidence
from extraction.fields.line_items.line_arithmetic import BillLine
from extraction.fields.money.labelled_amounts import TOTALS, Amount, format_amount

LEGIBLE = 0.9
"""The recogniser's confidence from which an amount stands as it was read."""

_ILLEGIBLE = 0.75
"""The same for a total that only its lines speak against: a line that was not found would, too."""

_FORCED = 0.9
_DOUBTED = CONFIDENCE_THRESHOLD - 0.05
_MOST_LINES = 40
_CENT = Decimal("0.01")

Values = Mapping[str, Decimal]


@dataclass(frozen=True)
class DigitCorrection:
    """What was done to the amount at `box`. `sure`: two equations force it, independent of each other."""

    box: Box
    reason: str
    sure: bool


@dataclass(frozen=True)
class _Equation:
    """What must hold among the amounts `names`. `wanted` says in words what the others make."""

    names: frozenset[str]
    holds: Callable[[Values], bool]
    wanted: str


def correct_digit(
    amounts: Sequence[Amount], lines: Sequence[BillLine], rates: Sequence[Decimal], decimals: int = 2
) -> tuple[list[Amount], DigitCorrection | None]:
    """The amounts, one of them put right where that is forced; and what was done, None where nothing was.

    Only sums that OCR read without great confidence are changed. `rates` are those of tax, in per cent, that the
    document names; `decimals` those of the currency.
    """
    named = dict(_named(amounts))
    values = {name: amount.value for name, amount in named.items()}
    values |= {_line(n): line.total for n, line in enumerate(lines)}
    equations = list(_equations(values, rates, len(lines)))
    broken = [equation for equation in equations if not equation.holds(values)]
    fixed = {_line(n) for n, line in enumerate(lines) if line.factors.proven}
    way = _only_way(values, equations, fixed) if broken and len(lines) <= _MOST_LINES else None
    if way is None or way[0] not in named:
        return list(amounts), None
    name, value = way
    forcing = [equation for equation in broken if name in equation.names]
    misread = named[name]
    alone = name == "total" and len(forcing) == 1
    if misread.row.source != "ocr" or misread.recognised >= (_ILLEGIBLE if alone else LEGIBLE):
        return list(amounts), None
    words = " and ".join(equation.wanted for equation in forcing)
    reason = f"read {format_amount(misread.value, decimals)}, {words} {format_amount(value, decimals)}"
    right = replace(misread, span=replace(misread.span, value=value))
    return [right if amount is misread else amount for amount in amounts], DigitCorrection(
        misread.box, reason, len(forcing) > 1
    )


def mark_corrected(fields: Mapping[str, Evidence], done: DigitCorrection | None) -> dict[str, Evidence]:
    """The fields; those that have their value from the repaired place say so, and are no surer than the repair."""
    return {
        name: replace(
            found,
            source="derived",
            reason=done.reason,
            confidence=_FORCED if done.sure else min(found.confidence, _DOUBTED),
        )
        if done and found.box == done.box
        else found
        for name, found in fields.items()
    }


def _named(amounts: Sequence[Amount]) -> Iterator[tuple[str, Amount]]:
    """The one amount that is called subtotal, tax, tip, total, cash or change; none where several amounts are."""
    roles = {"subtotal": {"subtotal"}, "tax": {"tax"}, "tip": {"tip"}, "total": TOTALS, "cash": {"cash"}}
    for name, called in (roles | {"change": {"change"}}).items():
        those = [amount for amount in amounts if amount.role in called and amount.value]
        if len({amount.value for amount in those}) == 1:
            yield name, those[0]


def _equations(values: Values, rates: Sequence[Decimal], lines: int) -> Iterator[_Equation]:
    """What can be expected of the amounts that are known."""
    known = values.keys()
    if known >= {"subtotal", "tax", "total"}:
        parts = known & {"subtotal", "tax", "tip"}
        yield _Equation(
            frozenset(parts | {"total"}),
            lambda at: sum(at[part] for part in parts) == at["total"],
            "subtotal and tax make",
        )
    sums = known & {"subtotal", "total"}
    if lines > 1 and sums:
        items = [_line(n) for n in range(lines)]
        yield _Equation(
            frozenset(sums | set(items)),
            lambda at: sum(at[item] for item in items) in {at[whole] for whole in sums},
            "lines add up to",
        )
    if known >= {"cash", "change", "total"}:
        yield _Equation(
            frozenset({"cash", "change", "total"}),
            lambda at: at["cash"] - at["change"] == at["total"],
            "cash less change is",
        )
    if len(rates) == 1 and known >= {"subtotal", "tax"}:
        yield _Equation(
            frozenset({"subtotal", "tax"}),
            lambda at: abs((at["subtotal"] * rates[0] / 100).quantize(_CENT, ROUND_HALF_UP) - at["tax"]) <= _CENT,
            f"{rates[0]} % make",
        )


def _only_way(values: Values, equations: Sequence[_Equation], fixed: set[str]) -> tuple[str, Decimal] | None:
    """The one amount and the value, other in one digit, with which all equations hold; None where several do or none.

    What is `fixed` has a proof of its own.
    """
    ways = [
        (name, value)
        for name in values
        if name not in fixed
        for value in _other_digits(values[name])
        if all(equation.holds({**values, name: value}) for equation in equations)
    ]
    return ways[0] if len(ways) == 1 else None


def _other_digits(value: Decimal) -> Iterator[Decimal]:
    """The value with one of its digits another."""
    digits = f"{value:f}"
    for place, digit in enumerate(digits):
        for other in "0123456789" if digit.isdigit() else "":
            if other != digit:
                yield Decimal(digits[:place] + other + digits[place + 1 :])


def _line(number: int) -> str:
    return f"line {number}"
