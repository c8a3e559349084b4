"""The books as tables, for spreadsheets: CSV files and one workbook, neither of which runs what it holds."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xlsxwriter

from handlers.exports.cell_text import cell_text
from handlers.exports.period_books import Books
from handlers.language.translation import say
from storage.ledger.money import Money
from storage.models import Bill
from storage.reports import journal

Cell = str | int | date | Decimal | None


@dataclass(frozen=True)
class Table:
    """A named table: column heads and rows."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(books: Books) -> tuple[Table, ...]:
    """Journal, bills and balances, in the language spoken."""
    return (_journal(books), _bills(books), _balances(books))


def to_csv(table: Table) -> bytes:
    """UTF-8 with a byte order mark, which makes spreadsheets read it as such; fields as in RFC 4180."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(table.heads)
    writer.writerows([[_plain(cell) for cell in row] for row in table.rows])
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(sheets: Sequence[Table]) -> bytes:
    """A workbook of one sheet a table; amounts are numbers, dates are dates, and texts are never formulas."""
    import xlsxwriter  # takes a tenth of a second, which only who exports should wait

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        formats = {
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            Decimal: book.add_format({"num_format": "#,##0.00"}),
        }
        for table in sheets:
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            for column, name in enumerate(table.heads):
                sheet.write_string(0, column, name, head)
            for at, row in enumerate(table.rows, 1):
                for column, cell in enumerate(row):
                    _write(sheet, at, column, cell, formats)
            if table.rows:
                sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)
            sheet.autofit()
    return data.getvalue()


def _journal(books: Books) -> Table:
    heads = (
        say("Entry"), say("Date"), say("Kind"), say("Text"), say("Document"), say("Account"), say("Account name"),
        say("Party"), say("Currency"), say("Debit"), say("Credit"),
    )  # fmt: skip
    rows = tuple(
        (
            entry.id, entry.booked_on, str(entry.kind), entry.description, entry.number, line.code, say(line.name),
            line.party, line.amount.currency, *_sides(line.amount),
        )
        for entry in books.entries
        for line in entry.lines
    )  # fmt: skip
    return Table(say("Journal"), heads, rows)


def _bills(books: Books) -> Table:
    heads = (
        say("Bill"), say("Date"), say("Side"), say("Kind"), say("Party"), say("Document"), say("Due"), say("Category"),
        say("Currency"), say("Net"), say("VAT"), say("Total"), say("Open"), say("State"), "IBAN",
    )  # fmt: skip
    return Table(
        say("Bills"),
        heads,
        tuple(map(_bill, {original.bill.id: original.bill for original in books.originals}.values())),
    )


def _bill(bill: Bill) -> tuple[Cell, ...]:
    def amount(minor: int | None) -> Decimal | None:
        return None if minor is None or bill.currency is None else Money(minor, bill.currency).decimal

    net = None if bill.total_minor is None else bill.total_minor - (bill.tax_minor or 0)
    return (
        bill.id, journal.accounting_date(bill), str(bill.side), bill.kind, bill.vendor, bill.number, bill.due_date,
        bill.category, bill.currency, amount(net), amount(bill.tax_minor), amount(bill.total_minor),
        amount(bill.open_minor), str(bill.state), bill.iban,
    )  # fmt: skip


def _balances(books: Books) -> Table:
    """Each account before, moved, and after; one row a currency."""
    before = {(held.code, held.amount.currency): held.amount.minor for held in books.before}
    after = {(held.code, held.amount.currency): held.amount.minor for held in books.after}
    names = {held.code: held.name for held in (*books.before, *books.after)}
    heads = (
        say("Account"),
        say("Account name"),
        say("Currency"),
        say("Before"),
        say("Moved"),
        say("After"),
        say("Remark"),
    )
    untold = {account.code for account in books.untold}
    rows: list[tuple[Cell, ...]] = []
    for code, currency in sorted(before.keys() | after.keys()):
        was, becomes = before.get((code, currency), 0), after.get((code, currency), 0)
        amounts = [Money(minor, currency).decimal for minor in (was, becomes - was, becomes)]
        remark = say("counted from zero") if code in untold else None
        rows.append((code, say(names[code]), currency, *amounts, remark))
    return Table(say("Balances"), heads, tuple(rows))


def _sides(amount: Money) -> tuple[Decimal | None, Decimal | None]:
    """Debit and credit, one of them empty."""
    return (amount.decimal, None) if amount.minor > 0 else (None, (-amount).decimal)


def _plain(cell: Cell) -> str:
    """A cell of a CSV file."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return cell_text(cell) if isinstance(cell, str) else str(cell)


def _write(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell, formats: dict[type, object]
) -> None:
    writers: dict[type, Callable[[], object]] = {
        date: lambda: sheet.write_datetime(row, column, cell, formats[date]),
        Decimal: lambda: sheet.write_number(row, column, cell, formats[Decimal]),
        int: lambda: sheet.write_number(row, column, cell),
        str: lambda: sheet.write_string(row, column, cell_text(str(cell))),
    }
    if cell is not None:
        writers[type(cell)]()
