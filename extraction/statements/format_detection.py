"""Which text is a bank statement, by its content."""

from __future__ import annotations

import re

from extraction.bank_statement import StatementTable
from extraction.errors import Unreadable
from extraction.statements.tables.column_mapping import guess_columns
from extraction.statements.tables.csv_table import read_table
from extraction.statements.tables.workbook import read_workbook

CAMT = "application/vnd.iso20022.camt+xml"
MT940 = "application/x-mt940"
OFX = "application/x-ofx"
QIF = "application/qif"
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS = "application/x-ole-storage"
WORKBOOKS = frozenset({XLSX, XLS})
STATEMENT_MEDIA_TYPES = frozenset({CAMT, MT940, OFX, QIF, CSV}) | WORKBOOKS

_CAMT = re.compile(r"<(?:\w+:)?Document\b[^>]*camt\.05[234]|<(?:\w+:)?BkToCstmr(?:Stmt|AcctRpt|DbtCdtNtfctn)\b")
_MT940 = re.compile(r"^(?:\{4:\s*)?:(?:20|25P?|28C?|60[FM]|61|34F|13D):", re.MULTILINE)
_OFX = re.compile(r"\A\s*OFXHEADER\s*:|<\?OFX\b|<OFX\s*>", re.IGNORECASE)
_QIF = re.compile(r"\s*!(?:type|account|option|clear)\b", re.IGNORECASE)


def detect_statement_format(head: str) -> str | None:
    """The media type of a bank statement from the beginning of its text, None for any other text."""
    if _OFX.search(head):
        return OFX
    if _CAMT.search(head):
        return CAMT
    if _QIF.match(head):
        return QIF
    if _MT940.search(head):
        return MT940
    return CSV if _is_csv(head) else None


def holds_statement(data: bytes) -> bool:
    """Whether a workbook is a bank statement. Raises: Unreadable where it cannot be opened."""
    try:
        table = read_workbook(data)
    except Unreadable:
        if data.startswith(b"PK"):
            raise
        return False  # another file of an old Office program
    return table is not None and _is_statement(table)


def _is_csv(head: str) -> bool:
    """A table of dates and amounts; that its last row may be cut does not matter."""
    table = read_table(head)
    return table is not None and bool(table.rows) and _is_statement(table)


def _is_statement(table: StatementTable) -> bool:
    try:
        guess_columns(table)
    except Unreadable:
        return False
    return True
