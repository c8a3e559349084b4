"""Line items: of all tables on the pages the one that the sums bear out, else the lines of a till slip."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.line_items.line_arithmetic import BillLine
from extraction.fields.line_items.receipt_lines import receipt_lines
from extraction.fields.line_items.tables import tables
from extraction.fields.money.labelled_amounts import SUMS, Amount


def line_items_of(sheet: DocumentLayout, amounts: Sequence[Amount], decimals: int = 2) -> tuple[BillLine, ...]:
    """The lines of a document, top to bottom; empty when it lists none. `decimals` are those of the currency."""
    sums = {amount.value for amount in amounts if amount.role in SUMS}
    table = max(tables(sheet, decimals), key=lambda lines: _borne_out(lines, sums), default=())
    slip = max(receipt_lines(sheet, amounts), key=lambda lines: (add_up(lines, sums), bool(lines)), default=())
    return slip if not table or (add_up(slip, sums) and not add_up(table, sums)) else table


def add_up(lines: Sequence[BillLine], sums: set[Decimal]) -> bool:
    """Whether all lines together make one of the sums."""
    return bool(lines) and sum((line.total for line in lines), Decimal(0)) in sums


def _borne_out(lines: Sequence[BillLine], sums: set[Decimal]) -> tuple[bool, int, int]:
    proven = sum(line.factors.proven for line in lines)
    return add_up(lines, sums), proven, len(lines)
