"""Exports, read by those who will read them: hledger, beancount, a spreadsheet library, and DATEV's rules."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from sqlmodel import Session

from handlers.exports import datev, datev_format, documents_zip, plain_text, spreadsheets
from handlers.exports.period_books import Books, books_of
from storage.bills import lifecycle
from storage.db.database import Database
from storage.ledger import accounts, booking, double_entry, exchange_rates
from storage.ledger.money import Money
from storage.payments import bill_payments
from tests.fakes.books.small_company import NOW, document, invoice, owner
from tests.fakes.servers.programs import needed

SINCE, UNTIL = date(2025, 3, 1), date(2025, 3, 31)
ODD = 'Sm;ith | "Söhne" (Köln) =1+1'


@pytest.fixture
def books(database: Database) -> Books:
    """A month with something before it: both sides, two currencies, VAT, a part payment, and names that need care."""
    person = owner(database)
    with database.transaction() as session:
        opening = double_entry.opening("opening", date(2025, 1, 1), account="bank", balance=Money(1_000_000, "EUR"))
        booking.post(session, opening, person_id=person, now=NOW)
        _booked(session, person, number="old", issue_date="2025-02-10", due_date="2025-03-10")
        acme = _booked(session, person)
        bill_payments.pay(
            session, acme, key="pay", on=date(2025, 3, 20), person_id=person, now=NOW, amount=Money(50_000, "EUR")
        )
        _booked(session, person, vendor=ODD, number="=2+5", total="100.00", subtotal="84.03", tax="15.97")
        dollars = _booked(session, person, vendor="Globex Inc", number="G-1", currency="USD", subtotal=None, tax=None)
        exchange_rates.add(session, [exchange_rates.Rate("USD", date(2025, 3, 20), "1.0850")])
        bill_payments.pay(session, dollars, key="usd", on=date(2025, 3, 21), person_id=person, now=NOW)
        _booked(session, person, vendor="Billify UG", buyer="Initech", number="R-1", side="receivable")
    with database.reading() as session:
        return books_of(session, SINCE, UNTIL)


def _booked(session: Session, person: int, **values: str | None) -> int:
    bill = invoice(session, person, **values)
    lifecycle.confirm(session, bill.id, key=f"confirm-{bill.id}", person_id=person, now=NOW)
    return bill.id


def balances(books: Books) -> dict[tuple[str, str], Decimal]:
    return {(held.code, held.amount.currency): held.amount.decimal for held in books.after}


def test_hledger_finds_nothing_wrong_and_the_same_balances(books: Books, tmp_path: Path) -> None:
    hledger = needed("hledger", "hledger")
    file = tmp_path / "books.journal"
    file.write_bytes(plain_text.to_hledger(books))
    checks = ["accounts", "commodities", "balancednoautoconversion", "ordereddates"]
    subprocess.run([hledger, "-f", file, "check", *checks], check=True)
    report = subprocess.run(
        [hledger, "-f", file, "balance", "--flat", "--no-total", "-O", "csv", "--layout", "bare"],
        check=True,
        capture_output=True,
        text=True,
    )
    found = {
        (row["account"], row["commodity"]): Decimal(row["balance"].replace(",", ""))
        for row in csv.DictReader(io.StringIO(report.stdout))
        if Decimal(row["balance"].replace(",", ""))
    }
    ours = {amount: sorted(a for (_, c), a in balances(books).items() if c == amount) for amount in ("EUR", "USD")}
    assert {c: sorted(a for (_, k), a in found.items() if k == c) for c in ("EUR", "USD")} == ours
    assert found["assets:bank", "EUR"] == balances(books)["bank", "EUR"]


def test_a_wrong_journal_would_be_found(books: Books, tmp_path: Path) -> None:
    hledger = needed("hledger", "hledger")
    file = tmp_path / "books.journal"
    file.write_bytes(plain_text.to_hledger(books).replace(b"500.00 EUR", b"500.01 EUR", 2))
    assert subprocess.run([hledger, "-f", file, "check"], capture_output=True).returncode


def test_beancount_finds_nothing_wrong_and_the_same_balances(books: Books, tmp_path: Path) -> None:
    from beancount import loader
    from beancount.core import data

    file = tmp_path / "books.beancount"
    file.write_bytes(plain_text.to_beancount(books))
    command = shutil.which("bean-check", path=str(Path(sys.executable).parent))
    assert command, "beancount is among the packages for tests"
    checked = subprocess.run([command, file], capture_output=True, text=True)
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")
    entries, errors, _ = loader.load_file(str(file))
    assert not errors
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for entry in entries:
        if isinstance(entry, data.Transaction):
            for posting in entry.postings:
                sums[posting.account, posting.units.currency] += posting.units.number
    asserted = [entry for entry in entries if isinstance(entry, data.Balance)]
    assert len(asserted) == len(books.after)
    assert sums["Assets:Bank", "EUR"] == balances(books)["bank", "EUR"]


def test_the_workbook_holds_numbers_dates_and_no_formula(books: Books) -> None:
    book = openpyxl.load_workbook(io.BytesIO(spreadsheets.to_xlsx(spreadsheets.tables(books))))
    assert book.sheetnames == ["Journal", "Bills", "Balances"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    journal = list(book["Journal"].iter_rows(min_row=2, values_only=True))
    assert sum(row[9] or 0 for row in journal) == pytest.approx(sum(row[10] or 0 for row in journal))
    assert {row[1].year for row in journal} == {2025}
    assert "'=2+5" in {row[5] for row in book["Bills"].iter_rows(min_row=2, values_only=True)}
    bank = next(row for row in book["Balances"].iter_rows(values_only=True) if row[0] == "bank" and row[2] == "EUR")
    assert Decimal(str(bank[5])) == balances(books)["bank", "EUR"]


def test_what_is_counted_from_zero_is_marked_in_every_file_with_balances(database: Database, books: Books) -> None:
    def remarks(made: Books) -> set[str | None]:
        workbook = openpyxl.load_workbook(io.BytesIO(spreadsheets.to_xlsx(spreadsheets.tables(made))))
        return {row[6] for row in workbook["Balances"].iter_rows(values_only=True) if row[0] == "bank"}

    warning = b"; assets:bank is counted from zero: nobody told its balance."
    assert remarks(books) == {"counted from zero"}
    assert warning in plain_text.to_hledger(books) and warning in plain_text.to_beancount(books).replace(
        b"Assets:B", b"assets:b"
    )
    with database.transaction() as session:
        accounts.account(session, "bank").opened_on = date(2025, 1, 1)
        told = books_of(session, SINCE, UNTIL)
    assert remarks(told) == {None} and warning not in plain_text.to_hledger(told)


@pytest.mark.parametrize("text", ["=1+1", "+49 30 123", "-2", "@SUM(A1)", "\t=1", "\r\n -2", "\u202e=1", "＝1"])
def test_no_text_of_a_csv_file_is_a_formula(text: str) -> None:
    table = spreadsheets.Table("t", ("a",), ((text,), (Decimal("-2.00"),)))
    rows = list(csv.reader(io.StringIO(spreadsheets.to_csv(table).decode("utf-8-sig"))))
    assert rows[1][0] == "'" + text.strip(" \r\n\t\u202e")
    assert rows[2][0] == "-2.00", "a number is none"
    assert datev_format.quoted(text).startswith("\"'")


def test_originals_are_named_by_date_vendor_and_number(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        shared = document(session, person)
        for values in ({}, {"vendor": "../Ärger & Söhne GmbH/..", "number": "R/2025\\1"}, {"number": "2"}):
            bill = invoice(session, person, file=shared if "number" not in values else None, **values)
            if bill.duplicate_of:
                continue
            lifecycle.confirm(session, bill.id, key=f"c{bill.id}", person_id=person, now=NOW)
    with database.reading() as session:
        books = books_of(session, SINCE, UNTIL)
    with zipfile.ZipFile(io.BytesIO(documents_zip.to_zip(books, lambda sha256: sha256.encode()))) as files:
        names = files.namelist()
        assert names[0] == "2025-03-03-Acme-GmbH-2024-117.pdf"
        assert "2025-03-03-Arger-Sohne-GmbH-R-2025-1.pdf" in names
        assert all(re.fullmatch(r"[A-Za-z0-9.-]+", name) for name in names)
        assert files.read(names[0]).decode() == books.originals[0].sha256


def test_an_empty_month_is_no_error(database: Database, tmp_path: Path) -> None:
    owner(database)
    with database.reading() as session:
        empty = books_of(session, date(2024, 1, 1), date(2024, 1, 31))
    assert datev.to_datev(empty, NOW) == {}
    assert len(openpyxl.load_workbook(io.BytesIO(spreadsheets.to_xlsx(spreadsheets.tables(empty)))).sheetnames) == 3
    assert (
        plain_text.to_beancount(empty) and plain_text.to_hledger(empty) and documents_zip.to_zip(empty, lambda _: b"")
    )
