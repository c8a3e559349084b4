"""Which text is a bank statement, by its content."""

from __future__ import annotations

import re

from extraction.errors import Unreadable
from extraction.statements.column_mapping import guess_columns
from extraction.statements.csv_table import read_table

CAMT = "application/vnd.iso20022.camt+xml"
MT940 = "application/x-mt940"
OFX = "application/x-ofx"
QIF = "application/qif"
CSV = "text/csv"
STATEMENT_MEDIA_TYPES = frozenset({CAMT, MT940, OFX, QIF, CSV})

_CAMT = re.compile(r"<(?:\w+:)?Document\b[^>]*camt\.05[234]|<(?:\w+:)?BkToCstmr(?:Stmt|AcctRpt|DbtCdtNtfctn)\b")
_MT940 = re.compile(r"^(?:\{4:\s*)?:(?:20|25P?|28C?|60[FM]|61|34F|13D):", re.MULTILINE)
_OFX = re.compile(r"\s*OFXHEADER\s*:|<\?OFX\b|<OFX>")
_QIF = re.compile(r"\s*!(?:type|account|option|clear)\b", re.IGNORECASE)


def detect_statement_format(head: str) -> str | None:
    """The media type of a bank statement from the beginning of its text, None for any other text."""
    if _OFX.match(head) or "<OFX>" in head:
        return OFX
    if _CAMT.search(head):
        return CAMT
    if _QIF.match(head):
        return QIF
    if _MT940.search(head):
        return MT940
    return CSV if _is_csv(head) else None


def decoded(data: bytes) -> str:
    """The text of a file that does not say its encoding: Unicode if it can be, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("windows-1252", errors="replace")


def _is_csv(head: str) -> bool:
    """A table with a header, dates and amounts; that its last row may be cut does not matter."""
    table = read_table(head)
    if table is None or not table.rows:
        return False
    try:
        guess_columns(table)
    except Unreadable:
        return False
    return True
