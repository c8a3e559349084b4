"""The rows of a bank's workbook (XLSX, XLS): of the first sheet that holds a table of movements.

Read by calamine: spreadsheets are none of Billify's trade. How large a workbook is, is looked at before
(`workbook_bounds`).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime

from python_calamine import CalamineWorkbook, PasswordError

from extraction.bank_statement import StatementTable
from extraction.errors import Unreadable, refused_as
from extraction.evidence import Problem
from extraction.limits import MOST_ROWS, TOO_MANY_MOVEMENTS
from extraction.statements.tables.statement_table import table_of
from extraction.statements.tables.workbook_bounds import BROKEN, check_new, check_old

MOST_SHEETS = 20
_OPEN_XML = b"PK"
_LOCKED = Problem("workbook_locked", "This Excel workbook asks for a password. Please save it without one.")


def read_workbook(data: bytes) -> StatementTable | None:
    """The table of movements in a workbook; None where no sheet holds one. Raises: Unreadable."""
    if not data.startswith(_OPEN_XML):
        check_old(data)
    elif not check_new(data):
        return None
    with refused_as(BROKEN):
        try:
            workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
            for number in range(min(len(workbook.sheet_names), MOST_SHEETS)):
                if table := table_of(_rows(workbook.get_sheet_by_index(number).to_python())):
                    return table
        except PasswordError as error:
            raise Unreadable(_LOCKED) from error
    return None


def _rows(sheet: Sequence[Sequence[object]]) -> list[list[str]]:
    """The cells as text, without the columns before the first that says something."""
    if len(sheet) > MOST_ROWS:
        raise Unreadable(TOO_MANY_MOVEMENTS)
    rows = [[_text(cell) for cell in row] for row in sheet]
    empty = min((next((n for n, cell in enumerate(row) if cell), len(row)) for row in rows if any(row)), default=0)
    return [row[empty:] for row in rows]


def _text(cell: object) -> str:
    """As a table in text would have it: days as ISO 8601, numbers with a point, whole ones without."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.10g}"
    return str(cell)
