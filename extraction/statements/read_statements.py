"""A bank statement's file to its statements, by what `extraction.files.media_type` found it to be."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

from extraction.bank_statement import BankStatement, StatementTable
from extraction.errors import Unreadable
from extraction.evidence import Evidence, Problem, ReadDocument, Reading
from extraction.limits import MOST_ROWS, NO_SUCH_YEAR, TOO_MANY_MOVEMENTS, YEARS
from extraction.standards.decimals import in_currency
from extraction.statements import camt, mt940, ofx, qif
from extraction.statements.format_detection import CAMT, CSV, MT940, OFX, QIF, XLS, XLSX
from extraction.statements.tables.column_mapping import UNKNOWN_COLUMNS, ColumnMapping, guess_columns
from extraction.statements.tables.csv_table import read_table
from extraction.statements.tables.table_statement import statement_of
from extraction.statements.tables.workbook import read_workbook
from extraction.statements.text_encoding import decoded

_EMPTY = Problem(
    "statement_empty", "This bank statement holds neither movements nor a balance. Please export it once more."
)
TABLES = {CSV: "CSV", QIF: "QIF", XLSX: "XLSX", XLS: "XLS"}
"""What those formats are called that are read as a table."""


def read_statements(data: bytes, media_type: str) -> Reading:
    """The statements in the file, and for who only wants to know what it is, a document of each.

    Of a table there is also the table itself, since its columns are guessed until a person confirms them. Raises:
    Unreadable when the file is damaged, or has nothing to import.
    """
    table = table_in(data, media_type) if media_type in TABLES else None
    if table:
        statements: tuple[BankStatement, ...] = (read_as(table, guess_columns(table).mapping, media_type),)
    else:
        statements = _READERS[media_type](data)
    if not any(
        statement.lines or statement.closing is not None or statement.opening is not None for statement in statements
    ):
        raise Unreadable(_EMPTY)
    _check_limits(statements)
    return Reading(tuple(map(_document, statements)), statements=statements, table=table)


def read_as(table: StatementTable, mapping: ColumnMapping, media_type: str) -> BankStatement:
    """The statement that a table is with these columns. Raises: Unreadable where no row is a movement."""
    return statement_of(table, mapping, TABLES[media_type])


def table_in(data: bytes, media_type: str) -> StatementTable:
    """The table of movements in a file. Raises: Unreadable when it has none."""
    if media_type in (XLSX, XLS):
        table = read_workbook(data)
    else:
        table = (qif.read_table if media_type == QIF else read_table)(decoded(data))
    if table is None:
        raise Unreadable(UNKNOWN_COLUMNS)
    return table


_READERS: dict[str, Callable[[bytes], tuple[BankStatement, ...]]] = {
    CAMT: camt.read,
    MT940: lambda data: mt940.read(decoded(data)),
    OFX: lambda data: ofx.read(decoded(data)),
}


def _check_limits(statements: tuple[BankStatement, ...]) -> None:
    """Raises: Unreadable where there are more movements than any statement has, or a date is none of a bank's."""
    if sum(len(statement.lines) for statement in statements) > MOST_ROWS:
        raise Unreadable(TOO_MANY_MOVEMENTS)
    for statement in statements:
        ends = (statement.since, statement.until)
        days = (day for line in statement.lines for day in (line.booked_on, line.value_on))
        if any(day is not None and day.year not in YEARS for day in chain(ends, days)):
            raise Unreadable(NO_SUCH_YEAR)


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
    return ReadDocument("statement", (1,), fields, type=Evidence("bank_statement", 1.0, "derived"))
