"""Profit and loss, the balance sheet and other currencies at their worth, by talking and as a workbook."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.ledger import exchange_rates
from storage.ledger.exchange_rates import Rate
from tests.fakes.books.desk import Desk, paper, play

PAPERS = {
    "office": paper(
        vendor="Viking", number="V-1", issue_date="2025-02-10", due_date="2025-04-10", subtotal="100.00", tax="19.00",
        total="119.00", currency="EUR",
    ),
    "sale": paper(
        vendor="Billify UG", buyer="Globex Ltd", number="R-1", issue_date="2025-02-12", due_date="2025-04-10",
        subtotal="1000.00", tax="190.00", total="1190.00", currency="EUR",
    ),
    "dollars": paper(
        vendor="Staples Inc", number="ST-1", issue_date="2025-01-10", due_date="2025-04-10", total="110.00",
        currency="USD",
    ),
    "ringgit": paper(
        vendor="Kedai Runcit", number="MY-1", issue_date="2025-01-11", due_date="2025-04-10", total="20.00",
        currency="MYR",
    ),
}  # fmt: skip
MONTH = [
    ("opening balance of the bank is 12,400 on 1 January", ("€12,400.00",)),
    ("<office>", ()),
    ("confirm", ("posted",)),
    ("<sale>", ()),
    ("it is our invoice", ()),
    ("confirm", ("posted",)),
]
DIALOGUES: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "a month beside the one before": [
        *MONTH,
        (
            "profit and loss for February",
            (
                "Profit and loss in February 2025, in brackets from 1 Jan 2025 to 31 Jan 2025:",
                "Income: €1,000.00 (€0.00)",
                "Office supplies: €100.00 (€0.00)",
                "Profit: €900.00 (€0.00)",
                "no: Assets",
            ),
        ),
        ("and for January?", ("Profit and loss in January 2025", "Profit: €0.00 (€0.00)")),
        (
            "profit and loss 2025",
            (
                "Profit and loss in 2025, in brackets from 1 Jan 2024 to 31 Dec 2024:",
                "31 Dec 2025 is to come: this is what is booked until today.",
                "Profit: €900.00 (€0.00)",
            ),
        ),
        ("P&L last month pls", ("Profit: €900.00",)),
        ("why?", ("no: Something went wrong",)),
        (
            "balance sheet at 28 February",
            (
                "Balance sheet, 28 Feb 2025, in brackets 31 Dec 2024:",
                "Assets: €13,609.00",
                "• Bank: €12,400.00 (€0.00)",
                "• Accounts receivable: €1,190.00",
                "• Input VAT 19%: €19.00",
                "Liabilities: €309.00",
                "Equity: €13,300.00",
                "• Equity and opening balances: €12,400.00",
                "• Result of the period: €900.00",
                "Liabilities and equity: €13,609.00 (€0.00)",
                "no: Profit and loss",
            ),
        ),
        ("balance sheet", ("For which time?", "[Balance sheet last year]")),
        ("annual accounts 2024", ("Profit and loss", "Balance sheet, 31 Dec 2024")),
        ("annual accounts this year as excel", ("📎 2025-01-01_2025-03-21_statements.xlsx", "Profit: €900.00")),
        ("profit and loss for 2031", ("1 Jan 2031 is to come", "no: Income")),
    ],
    "in German": [
        *MONTH,
        (
            "GuV Februar",
            (
                "Gewinn- und Verlustrechnung im Februar 2025, in Klammern",
                "Erlöse: 1.000,00 €",
                "Gewinn: 900,00 € (0,00 €)",
            ),
        ),
        (
            "Bilanz zum 28.02.2025",
            ("Aktiva: 13.609,00 €", "Eigenkapital: 13.300,00 €", "• Ergebnis des Zeitraums: 900,00"),
        ),
        ("zeig mir bitte die bilanz vom letzten monat als excel", ("abschluss.xlsx",)),
        ("Jahresabschluss 2024", ("Bilanz, 31. Dez. 2024",)),
    ],
    "other currencies at their worth": [
        ("<dollars>", ()),
        ("confirm", ("posted",)),
        (
            "annual accounts for February",
            (
                "Exchange differences, unrealised: €10.00 (€0.00)",
                "• Accounts payable: €100.00",
                "“value other currencies at 28 Feb 2025”",
            ),
        ),
        (
            "value other currencies at 28 Feb 2025",
            ("At the rates of 28 Feb 2025, unrealised: €10.00.", "• Accounts payable: €10.00", "Booked: €10.00"),
        ),
        ("balance sheet at 28 February", ("• Accounts payable: €100.00", "no: not booked")),
        ("bewerte die Fremdwährungen zum 28. Februar", ("Das ist schon gebucht.",)),
        ("trial balance", ("Unrealised exchange gains: €10.00 credit",)),
        ("undo", ("I took back the valuation of other currencies",)),
        ("trial balance", ("no: Unrealised",)),
        ("value other currencies at 31 December", ("There is nothing in other currencies",)),
        ("<ringgit>", ()),
        ("confirm", ("posted",)),
        ("balance sheet this year", ("⚠ MYR stands by itself", "Equity: -MYR", "• Accounts payable: MYR")),
        ("value other currencies", ("I know not every exchange rate of MYR",)),
    ],
}  # fmt: skip


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    with database.transaction() as session:
        days = {date(2024, 12, 31): "1.00", date(2025, 1, 10): "1.00", date(2025, 1, 31): "1.00",
                date(2025, 2, 28): "1.10", date(2025, 3, 20): "1.10"}  # fmt: skip
        exchange_rates.add(session, [Rate("USD", day, rate) for day, rate in days.items()])
    return Desk(database, DocumentStore(tmp_path / "documents", b"0" * 32), PAPERS)


@pytest.mark.parametrize("name", DIALOGUES)
async def test_dialogue(desk: Desk, name: str) -> None:
    await play(desk, DIALOGUES[name])


async def test_the_workbook_has_a_sheet_for_each_statement_whose_numbers_tie(desk: Desk) -> None:
    await play(desk, MONTH)
    await desk.say("annual accounts this year as excel")
    (file,) = desk.replies[0].attachments
    assert file.sha256
    book = openpyxl.load_workbook(io.BytesIO(await desk.store.get(file.sha256)))
    assert book.sheetnames == ["Profit and loss EUR", "Balance sheet EUR"]
    totals = {row[0]: row[3] for row in book["Balance sheet EUR"].iter_rows(values_only=True) if row[2] == "Total"}
    assert totals == {"Assets": 13609, "Liabilities": 309, "Equity": 13300}
    won = [row for row in book["Profit and loss EUR"].iter_rows(values_only=True) if row[0] == "Result of the period"]
    assert [row[3] for row in won] == [900]
