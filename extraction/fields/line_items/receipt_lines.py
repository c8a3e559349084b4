"""Lines of till slips, which have no headings: words with an amount at the right, above the first sum."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.layout.rows import Row
from extraction.fields.line_items.line_arithmetic import BillLine, Factors, Number, factors_of
from extraction.fields.money.labelled_amounts import SUMS, Amount

_EDGE = 1.2  # of a row's height, by which amounts of one column are out of line at most
_NO_LINES = frozenset({"cash", "change", "quantity", "rounding"})
_PRICES = re.compile(r"(?:\s-?\d+[.,]\d{2})+$")
_FEWEST_COUNTED = 2
_LETTERS = re.compile(r"[^\W\d_]{2}")
_COUNTED = re.compile(r"([1-9]\d?)\s?[x×*]?\s+(?=[^\W\d_]{2})", re.I)


def receipt_lines(sheet: DocumentLayout, amounts: Sequence[Amount]) -> Iterator[tuple[BillLine, ...]]:
    """The lines above the first sum that words call nothing else, such as cash or rounding; then all above it.

    None where no sum is named or nothing stands above it.
    """
    first_sum = next((amount for amount in amounts if amount.role in SUMS), None)
    if first_sum is None:
        return
    above = [amount for amount in amounts if amount.row.index < first_sum.row.index and amount.rightmost]
    above = [amount for amount in above if amount.value or not amount.role]
    column = _aligned(above, first_sum)
    for chosen in ([amount for amount in column if amount.role not in _NO_LINES], column):
        lines = (_line(sheet, amount) for amount in chosen)
        yield _counted([line for line in lines if line])


def _counted(lines: Sequence[BillLine]) -> tuple[BillLine, ...]:
    """Where two lines or more begin with a small number, as guest checks have it, that is how many."""
    counts = [_COUNTED.match(line.description) if line.factors.quantity is None else None for line in lines]
    if sum(map(bool, counts)) < _FEWEST_COUNTED:
        return tuple(lines)
    return tuple(_with_count(line, found) if found else line for line, found in zip(lines, counts, strict=True))


def _with_count(line: BillLine, found: re.Match[str]) -> BillLine:
    return replace(line, description=line.description[found.end() :], factors=Factors(Decimal(found[1])))


def _aligned(amounts: Sequence[Amount], first_sum: Amount) -> list[Amount]:
    """The amounts of the column that most of them stand in, best those with words and the sum; the right one of two."""
    placed = [(amount.box[2], amount) for amount in amounts]
    named = {id(amount) for amount in amounts if _LETTERS.search(amount.row.text[: amount.span.start])}
    sum_at = first_sum.box[2]
    best: list[Amount] = []
    most = (0, 0.0)
    for middle, at in placed:
        reach = _EDGE * at.row.height
        column = [amount for right, amount in placed if abs(right - middle) <= reach]
        weight = len(column) + sum(id(amount) in named for amount in column) + (abs(middle - sum_at) <= reach), middle
        best, most = (column, weight) if weight > most else (best, most)
    return best


def _line(sheet: DocumentLayout, amount: Amount) -> BillLine | None:
    """The line of an amount, None where no words belong to it."""
    row = amount.row
    beside = [span for span in sheet.amounts[row.index] if span.end <= amount.span.start]
    factors = factors_of(amount.value, [Number(span.value) for span in beside], Factors())
    used = [span.start for span in beside if span.value in (factors.quantity, factors.price)]
    words = _words(row.text[: min(used, default=amount.span.start)])
    if not _LETTERS.search(words):
        words = next((_words(above.text) for above in _named_above(sheet, row)), "")
    if not words:
        return None
    if not factors.proven:
        factors = next(filter(None, (_times(sheet, other, amount) for other in _neighbours(sheet, row))), factors)
    return BillLine(words, factors, row, amount.span)


def _named_above(sheet: DocumentLayout, row: Row) -> Iterator[Row]:
    """The row right above, if it has words and no amount of its own."""
    if row.index:
        above = sheet.rows[row.index - 1]
        if above.page == row.page and _LETTERS.search(above.text) and not _has_amount(sheet, above):
            yield above


def _neighbours(sheet: DocumentLayout, row: Row) -> Iterator[Row]:
    """The rows below and above that may say how many at which price."""
    for index in (row.index + 1, row.index - 1):
        if 0 <= index < len(sheet.rows) and len(sheet.amounts[index]) > 1:
            yield sheet.rows[index]


def _times(sheet: DocumentLayout, row: Row, amount: Amount) -> Factors | None:
    """The factors that a neighbouring row names, None where they do not make the amount."""
    factors = factors_of(amount.value, [Number(span.value) for span in sheet.amounts[row.index]], Factors())
    return factors if factors.proven else None


def _has_amount(sheet: DocumentLayout, row: Row) -> bool:
    return any(span.places >= 2 and not span.unit for span in sheet.amounts[row.index])


def _words(text: str) -> str:
    return _PRICES.sub("", " ".join(text.split()))
