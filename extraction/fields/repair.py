"""A digit that OCR misread, put right where arithmetic forces it: one other digit, and no second, makes all add up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from extraction.evidence import DOUBT_BELOW, Evidence, TaxLine
from extraction.fields.labelled import Amount, written
from extraction.fields.lines import Line

LEGIBLE = 0.9
"""The recogniser's confidence from which an amount stands as it was read."""

FORCED = 0.9
"""The confidence in a value that two equations force, independent of each other; one alone leaves a doubt."""

_DOUBTED = DOUBT_BELOW - 0.05
_MOST_LINES = 40
_CENT = Decimal("0.01")

Values = Mapping[str, Decimal]


@dataclass(frozen=True)
class _Equation:
    """What must hold among amounts that `names` names. `wanted` says in words what the others make."""

    names: frozenset[str]
    holds: Callable[[Values], bool]
    wanted: str


def repaired(
    fields: Mapping[str, Evidence],
    lines: Sequence[Line],
    taxes: Sequence[TaxLine],
    amounts: Sequence[Amount],
    decimals: int = 2,
) -> dict[str, Evidence]:
    """The fields, one of the amounts among them repaired where that is forced; else as they were.

    Only what OCR read, with no great confidence, is ever changed. `decimals` are those of the currency.
    """
    values = _values(fields, lines, amounts)
    equations = list(_equations(values, taxes, len(lines)))
    broken = [equation for equation in equations if not equation.holds(values)]
    if not broken or len(lines) > _MOST_LINES:
        return dict(fields)
    fixed = {_line(n) for n, line in enumerate(lines) if line.factors.proven}
    ways = [
        (name, value)
        for name in values
        if name not in fixed
        for value in _other_digits(values[name])
        if all(equation.holds({**values, name: value}) for equation in equations)
    ]
    if len(ways) != 1:
        return dict(fields)
    name, value = ways[0]
    if name not in fields or not _illegible(name, fields[name], amounts):
        return dict(fields)
    forcing = [equation for equation in broken if name in equation.names]
    return {**fields, name: _put_right(fields[name], value, forcing, decimals)}


def _put_right(read: Evidence, value: Decimal, forcing: Sequence[_Equation], decimals: int) -> Evidence:
    right = written(value, decimals)
    words = " and ".join(equation.wanted for equation in forcing)
    confidence = FORCED if len(forcing) > 1 else min(read.confidence, _DOUBTED)
    return replace(
        read, value=right, confidence=confidence, source="derived", reason=f"read {read.value}, {words} {right}"
    )


def _values(fields: Mapping[str, Evidence], lines: Sequence[Line], amounts: Sequence[Amount]) -> dict[str, Decimal]:
    """Every amount by a name: those of fields, of lines, and of cash and change where there is one of each."""
    values = {name: Decimal(fields[name].value) for name in ("subtotal", "tax", "tip", "total") if name in fields}
    values |= {_line(n): line.total for n, line in enumerate(lines)}
    for role in ("cash", "change"):
        told = {amount.value for amount in amounts if amount.role == role and amount.value}
        if len(told) == 1:
            values[role] = told.pop()
    return values


def _equations(values: Values, taxes: Sequence[TaxLine], lines: int) -> Iterator[_Equation]:
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
    if len(taxes) == 1 and known >= {"subtotal", "tax"} and Decimal(taxes[0].rate):
        rate = Decimal(taxes[0].rate)
        yield _Equation(
            frozenset({"subtotal", "tax"}),
            lambda at: abs((at["subtotal"] * rate / 100).quantize(_CENT, ROUND_HALF_UP) - at["tax"]) <= _CENT,
            f"{taxes[0].rate} % make",
        )


def _other_digits(value: Decimal) -> Iterator[Decimal]:
    """The value with one of its digits another."""
    digits = f"{value:f}"
    for place, digit in enumerate(digits):
        for other in "0123456789" if digit.isdigit() else "":
            if other != digit and (other != "0" or place or digits[1:2] in {"", "."}):
                yield Decimal(digits[:place] + other + digits[place + 1 :])


def _illegible(name: str, found: Evidence, amounts: Sequence[Amount]) -> bool:
    """Whether it was read by OCR at a place that the recogniser was not sure of. A total must be in doubt anyway:
    lines that were not found would speak against a right one.
    """
    if found.source != "ocr" or (name == "total" and found.confidence >= DOUBT_BELOW):
        return False
    return any(amount.box == found.box and amount.recognised < LEGIBLE for amount in amounts)


def _line(number: int) -> str:
    return f"line {number}"
