"""A bank statement's file to its statements, by what `extraction.files.media_type` found it to be."""

from __future__ import annotations

from extraction.bank_statement import BankStatement
from extraction.errors import Unreadable
from extraction.evidence import Evidence, Problem, ReadDocument, Reading
from extraction.standards.decimals import in_currency
from extraction.statements import camt, mt940, ofx, qif
from extraction.statements.column_mapping import guess_columns, statement_of
from extraction.statements.csv_table import read_table
from extraction.statements.format_detection import CAMT, CSV, MT940, OFX, QIF, decoded

_EMPTY = Problem(
    "statement_empty", "This bank statement holds neither movements nor a balance. Please export it once more."
)
_TEXTS = {MT940: mt940.read, OFX: ofx.read, QIF: qif.read}


def read_statements(data: bytes, media_type: str) -> Reading:
    """The statements in the file, and for who only wants to know what it is, a document of each.

    Of a CSV there is also the table, since its columns are guessed until a person confirms them. Raises: Unreadable
    when the file is damaged, or has nothing to import.
    """
    assert media_type in (CAMT, CSV, *_TEXTS), media_type
    table = read_table(decoded(data)) if media_type == CSV else None
    if table:
        statements: tuple[BankStatement, ...] = (statement_of(table, guess_columns(table).mapping),)
    else:
        statements = camt.read(data) if media_type == CAMT else _TEXTS[media_type](decoded(data))
    if not any(
        statement.lines or statement.closing is not None or statement.opening is not None for statement in statements
    ):
        raise Unreadable(_EMPTY)
    return Reading(tuple(map(_document, statements)), statements=statements, table=table)


def _document(statement: BankStatement) -> ReadDocument:
    """The statement as a document of this kind; its total is what remains on the account."""
    values = {
        "vendor": statement.bank,
        "buyer": statement.owner,
        "number": statement.number,
        "issue_date": statement.last_day.isoformat() if statement.last_day else "",
        "currency": statement.currency,
        "total": in_currency(statement.closing, statement.currency or "EUR") if statement.closing is not None else "",
        "iban": statement.account if statement.account[:2].isalpha() else "",
    }
    fields = {name: Evidence(value, 1.0, "text") for name, value in values.items() if value}
    return ReadDocument("statement", (1,), fields)
