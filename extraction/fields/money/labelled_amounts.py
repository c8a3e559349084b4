"""Amounts with the roles that the words beside or above them give them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from extraction.evidence import Box
from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.layout.labels import cell_above, cell_left, text_left
from extraction.fields.layout.rows import CELL, Row
from extraction.fields.patterns.amounts import AmountSpan
from extraction.fields.patterns.tax_rates import is_tax_in_gross
from extraction.fields.patterns.vocabulary import fold, role_of, vocabulary

TOTALS = frozenset({"inclusive", "due", "total", "rounded", "net_total"})
"""Roles of the vocabulary (`amount`) that a total may have."""

SUMS = TOTALS | {"subtotal"}
"""Roles of amounts that are made up of others."""

_MOST_ROUNDED = Decimal("0.5")
"""By how much a total is rounded for cash at most (Sweden, to whole kronor)."""

_CENTS = 2
_IN_CENTS = frozenset({"subtotal", "tax", "total", "change"})
_GRAND = frozenset({"inclusive", "rounded"})

_PLAUSIBLE = Decimal(10) ** 9

_GROUPED = re.compile(r"\d{1,3}(?:[.,'’]\d{3})+")
_FEWEST_GROUPED = 3
_SCRAP = 0.3
"""The recogniser's confidence below which a word without a meaning is a scrap: a back that shows through, a stain."""


@dataclass(frozen=True)
class Amount:
    """An amount on the page with the role that its words give it ("" when they say nothing).

    `from_above` says that the words stand over it rather than before it; `words` are those that gave it its role.
    """

    row: Row
    span: AmountSpan
    role: str
    from_above: bool
    rightmost: bool
    words: str = ""

    @property
    def value(self) -> Decimal:
        return self.span.value

    @cached_property
    def box(self) -> Box:
        """Where its digits stand: compared with that of every other amount."""
        return self.row.box_of(self.span.start, self.span.end)

    @property
    def recognised(self) -> float:
        """The recogniser's confidence in it."""
        return self.row.confidence_of(self.span.start, self.span.end)


def amounts_of(sheet: DocumentLayout, decimals: int = 2) -> list[Amount]:
    """Amounts of money with their roles, in reading order. `decimals` are those of the currency.

    A number with other decimals counts only with words for a total and a sign; without the sign where no amount has the
    currency's decimals, or alone behind words for a grand total. Where the currency has none, a number counts with a
    sign or any words for an amount; where none are in use (48,000 rupiah), one with a mark between its thousands. Two
    digits alone may be cents without their point.
    """
    found: list[Amount] = []
    summary = False
    usual = any(span.places == decimals for spans in sheet.amounts for span in spans)
    grouped = not usual and _are_grouped(sheet)
    told = replace(sheet, rows=tuple(map(_without_scraps, sheet.rows, sheet.amounts)))
    for row, spans in zip(sheet.rows, sheet.amounts, strict=True):
        summary = _in_tax_summary(row, spans, summary)
        money = [span for span in spans if not span.unit and abs(span.value) < _PLAUSIBLE]
        for span in money:
            role, above, words = _role(told, told.rows[row.index], span)
            if usual and decimals == _CENTS and not above and role in _IN_CENTS and _may_be_cents(row, span):
                span = replace(span, value=span.value / 100, places=decimals, torn=True)
            need_sign = (usual and not _grand(row, span, role)) or above
            if not (_is_money(span, role, decimals, need_sign) or (grouped and _is_grouped(row, span))):
                continue
            if summary and role in TOTALS:
                role = "summary"
            if role == "rounding" and abs(span.value) > _MOST_ROUNDED:
                role = "rounded"  # what was rounded, not by how much
            found.append(Amount(row, span, role, above, span.end == money[-1].end, words))
    return [replace(amount, role="tax") if _is_included(amount, found) else amount for amount in found]


def _are_grouped(sheet: DocumentLayout) -> bool:
    """Whether several numbers have marks between their thousands."""
    rows = zip(sheet.rows, sheet.amounts, strict=True)
    return sum(_is_grouped(row, span) for row, spans in rows for span in spans) >= _FEWEST_GROUPED


def _is_grouped(row: Row, span: AmountSpan) -> bool:
    return bool(_GROUPED.fullmatch(row.text, span.start, span.end)) and not span.places


def _is_included(amount: Amount, amounts: Sequence[Amount]) -> bool:
    """Whether "incl. GST 33.57" names the tax in a total, where "incl. GST 593.10" would name the total."""
    return amount.role == "inclusive" and any(
        total.role in TOTALS and total.value > amount.value and is_tax_in_gross(amount.value, total.value)
        for total in amounts
    )


def _may_be_cents(row: Row, span: AmountSpan) -> bool:
    """Whether they are two digits alone at the end of a row: tills print .82, and OCR loses the point."""
    return row.source == "ocr" and not span.places and span.end - span.start == _CENTS and _alone(row, span)


def _grand(row: Row, span: AmountSpan, role: str) -> bool:
    """Whether it stands alone behind words for a grand total."""
    return role in _GRAND and span.end - span.start > _CENTS and _alone(row, span)


def _alone(row: Row, span: AmountSpan) -> bool:
    """Whether nothing else is in its cell, the last one of the row."""
    return row.text[: span.start].endswith(CELL) and not row.text[span.end :].strip()


def _is_money(span: AmountSpan, role: str, decimals: int, need_sign: bool) -> bool:
    """Whether a number is an amount of money by its decimals, else by its words and sign."""
    if span.places and span.places in {decimals, 2}:  # two may be written where there are none
        return True
    if not decimals:
        return bool(span.currency) or role not in {"", "quantity"}
    return role in TOTALS and (bool(span.currency) or not need_sign)


def _role(sheet: DocumentLayout, row: Row, span: AmountSpan) -> tuple[str, bool, str]:
    """The role by the words before an amount, else behind or above it; whether it was from above; the words."""
    before = row.text[max([0, *(o.end for o in sheet.amounts[row.index] if o.places == 2 and o.end <= span.start)]) :]
    before = before[: len(before) - len(row.text) + span.start]
    another = bool(before) and not before.strip() and bool(row.text[: span.start].strip())
    above = cell_above(sheet.rows, row, span.start, span.end)
    if another and (role := role_of("amount", above)):
        return role, True, above  # one of several amounts in a row has its name from its column
    # The nearer words first: the cell may begin with those of another amount.
    for words in (*sorted((cell_left(row, span.start), before), key=len), text_left(row, span.start)):
        if role := role_of("amount", words):
            return role, False, words
    if role := role_of("amount", row.text[span.end :]):
        return role, False, row.text[span.end :]
    if above and (role := role_of("amount", above)):
        return role, True, above
    before_it = sheet.rows[row.index - 1].text if row.index else ""
    return _role_of_row_before(sheet, row), True, before_it


def _without_scraps(row: Row, spans: Sequence[AmountSpan]) -> Row:
    """The row with blanks where it is hardly legible, so that scraps do not part a label from its amount."""
    text = row.text
    for word, start in zip(row.words, row.starts, strict=True):
        end = start + len(word.text)
        amount = any(span.start < end and start < span.end for span in spans)
        if word.confidence < _SCRAP and not amount and not role_of("amount", word.text):
            text = text[:start] + " " * (end - start) + text[end:]
    return row if text == row.text else replace(row, text=text)


def _role_of_row_before(sheet: DocumentLayout, row: Row) -> str:
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


def format_amount(value: Decimal, decimals: int) -> str:
    """The amount with the decimals of its currency, with more only where it has more."""
    return f"{value:.{decimals}f}" if value == round(value, decimals) else f"{value.normalize():f}"
