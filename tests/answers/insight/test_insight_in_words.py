"""Subscriptions, budgets, what is unusual and how fast invoices are paid, in words. Today is Friday 21 March 2025."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.models import Side
from storage.reports.insight.payment_days import payment_days
from tests.fakes.books.company_quarter import Company
from tests.fakes.books.desk import Desk, paper, play


def hosting(company: Company, *bills: tuple[str, str, str]) -> None:
    """Bills of Hosting AG: number, day, total."""
    for number, issued, total in bills:
        company.bill(
            vendor="Hosting AG", number=number, issue_date=issued, due_date=issued, total=total, subtotal=None, tax=None
        )


REGULAR = (("H-1", "2024-12-05", "99.00"), ("H-2", "2025-01-05", "99.00"), ("H-3", "2025-02-05", "99.00"))
DEAR = paper(
    vendor="Hosting AG", number="H-5", issue_date="2025-03-06", due_date="2025-03-20", currency="EUR", total="129.00"
)
THIEF = paper(
    vendor="Acme Trading", number="X-1", issue_date="2025-03-19", currency="EUR", total="70.00",
    iban="DE89370400440532013000",
)  # fmt: skip


def desk(database: Database, folder: Path) -> Desk:
    return Desk(database, DocumentStore(folder / "documents", bytes(32)), {"dear": DEAR, "thief": THIEF})


async def test_a_subscription_with_its_price_and_next_bill(company: Company, tmp_path: Path):
    hosting(company, *REGULAR, ("H-4", "2025-03-05", "119.00"))
    talk = desk(company.database, tmp_path)
    await play(
        talk,
        [
            (
                "subscriptions",
                (
                    "Regular bills, €1,428.00 a year:",
                    "Hosting AG · €119.00 every month · next about 5 Apr · up from €99.00 on 5 Mar",
                    "no: missing",
                ),
            ),
            ("welche Abos haben wir?", ("jeden Monat", "am 5. März gestiegen von 99,00 €")),
        ],
    )


async def test_one_that_is_missing_and_one_that_came_twice_are_told(company: Company, tmp_path: Path):
    hosting(company, *REGULAR)
    talk = desk(company.database, tmp_path)
    await play(talk, [("our subscriptions", ("Hosting AG", "missing since 5 Mar"))])
    hosting(company, ("H-4", "2025-03-05", "99.00"), ("H-4b", "2025-03-07", "99.00"))
    await play(talk, [("our subscriptions", ("the last one came twice", "no: missing"))])
    await play(talk, [("anything unusual?", ("Hosting AG", "the last one came twice"))])


async def test_what_is_unusual_is_told_when_it_comes_and_when_asked(company: Company, tmp_path: Path):
    hosting(company, *REGULAR)
    company.bill(vendor="Globex Ltd", number="G-1", iban="DE89370400440532013000", total="50.00")
    talk = desk(company.database, tmp_path)
    await play(
        talk,
        [
            ("<dear>", ("Unusual: €30.00 (30%) dearer than on 5 Feb.",)),
            ("<thief>", ("Unusual: its account is that of Globex Ltd.",)),
            ("what is unusual?", ("Acme Trading X-1", "Hosting AG H-5", "dearer than on 5 Feb")),
            ("gibt es etwas Ungewöhnliches?", ("ihr Konto ist das von Globex Ltd",)),
        ],
    )


async def test_nothing_is_unusual_where_little_is_known(company: Company, tmp_path: Path):
    hosting(company, *REGULAR[:1])
    talk = desk(company.database, tmp_path)
    await play(talk, [("<dear>", ("no: Unusual",)), ("anything unusual?", ("Nothing unusual",))])


async def test_budgets_and_what_is_left(company: Company, tmp_path: Path):
    company.bill(vendor="Bahn", number="B-1", issue_date="2025-03-04", total="119.00", category="travel")
    talk = desk(company.database, tmp_path)
    await play(
        talk,
        [
            ("budgets", ("There is no budget yet.",)),
            ("budget for travel 300 a month", ("Budget for Travel: €300.00 a month", "of €300.00 spent this month")),
            ("cap software at 50 per month", ("Budget for Software and subscriptions: €50.00 a month",)),
            ("budgets", ("Travel:", "Software and subscriptions: €0.00 of €50.00 spent this month, €50.00 left")),
            ("setz ein Budget von 1.000 Euro für Reisekosten im Quartal", ("1.000,00 € im Quartal",)),
            ("undo", ("the budget",)),
            ("how much of the travel budget is left?", ("Travel:", "of €300.00", "left")),
            ("no budget for travel", ("No budget for Travel any more.",)),
            ("no budget for travel", ("There is no such budget.",)),
            ("undo", ("the budget",)),
        ],
    )


async def test_how_fast_invoices_are_paid(company: Company, tmp_path: Path):
    days = {"R-1": (date(2025, 1, 10), 100), "R-2": (date(2025, 2, 9), 300)}
    for number, (paid, total) in days.items():
        bill = company.ours(
            "Kunde AG", number=number, issue_date="2025-01-01" if number == "R-1" else "2025-01-10",
            due_date="2025-01-15", total=f"{total}.00",
        )  # fmt: skip
        company.pay(bill, on=paid)
    with company.database.transaction() as session:
        everything, kunde = payment_days(session, Side.RECEIVABLE, date(2024, 4, 1), date(2025, 3, 21))
    assert everything.days == kunde.days == Fraction(9 * 100 + 30 * 300, 400)
    assert everything.late == Fraction(-5 * 100 + 25 * 300, 400) and everything.number == 2
    talk = desk(company.database, tmp_path)
    await play(
        talk,
        [
            ("DSO", ("Customers pay after 25 days on average (DSO), 18 days late. 2 invoices", "Kunde AG: 25 days")),
            ("wie schnell zahlen unsere Kunden?", ("nach 25 Tagen",)),
            ("dpo", ("gibt es nichts zu messen",)),
        ],
    )


@pytest.mark.parametrize("said", ["subscriptions", "DSO", "anything unusual?"])
async def test_without_books_there_is_a_clear_answer(company: Company, tmp_path: Path, said: str):
    answer = await desk(company.database, tmp_path).say(said)
    assert any(words in answer for words in ("it takes three", "nothing to measure", "Nothing unusual"))
