"""A month of a small company, played from its first day to its close, and its books checked at the end.

Documents are rendered and read for real, the bank's statement is a real CAMT file, and the clock runs from day to day.
"""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.background.clock import accept_due_notices
from extraction.process.reader import Reader
from extraction.samples.content import businesses as companies
from extraction.samples.content.bill import Bill, Item
from extraction.samples.layouts.fonts import find_fonts
from extraction.samples.layouts.invoice import render_invoice
from handlers.messages import Message
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.ledger import accounts
from tests.fakes.books.desk import Desk
from tests.fakes.documents.bank_statements import camt053, line

BERLIN = ZoneInfo("Europe/Berlin")
US = companies.STUDIO_BERLIN


class Office(Desk):
    """A desk at which documents are read by the real reader, and days go by."""

    def __init__(self, database: Database, store: DocumentStore, reader: Reader) -> None:
        super().__init__(database, store, {})
        self.read_by(reader)
        self._told: set[str] = set()

    async def day(self, day: int) -> list[str]:
        """Half past nine on a day of March; what the clock told people since the day before."""
        told: list[str] = []
        while self.now.astimezone(BERLIN).date() <= date(2025, 3, day):
            at = datetime.combine(self.now.astimezone(BERLIN).date(), datetime.min.time(), BERLIN)
            self.now = (at + timedelta(hours=9, minutes=30)).astimezone(UTC)
            for message in await accept_due_notices(self.database, self._nobody, BERLIN, self.now):
                if message.key not in self._told:
                    self._told.add(message.key)
                    told.append(await self.hear(message))
            if self.now.astimezone(BERLIN).date() == date(2025, 3, day):
                return told
            self.now += timedelta(days=1)
        return told

    async def _nobody(self, message: Message) -> None:
        """The queue is tested where it lives."""


def bill(vendor: object, number: str, day: int, due: int, *items: tuple[str, str], buyer: object = US) -> bytes:
    """An invoice of March, as a PDF; items are (description, net price)."""
    lines = tuple(Item(text, Decimal(1), Decimal(price), Decimal(19)) for text, price in items)
    made = Bill(
        kind="invoice",
        vendor=vendor,
        buyer=buyer,
        number=number,
        issue_date=date(2025, 3, day),
        due_date=date(2025, 3, 1) + timedelta(days=due - 1),
        currency="EUR",
        locale="en_GB",
        items=lines,
    )
    return render_invoice(made, "letter", find_fonts())


@pytest.fixture
async def office(database: Database, tmp_path: Path) -> AsyncIterator[Office]:
    reader = Reader()
    office = Office(database, DocumentStore(tmp_path / "documents", bytes(32)), reader)
    office.now = datetime(2025, 3, 1, 8, 30, tzinfo=UTC)
    yield office
    await reader.close()


def has(text: str, *parts: str) -> None:
    """That an answer holds these parts."""
    missing = [part for part in parts if part not in text]
    assert not missing, f"{missing} not in:\n{text}"


async def test_a_month(office: Office, tmp_path: Path) -> None:
    say = office.say
    # The first of March: the company introduces itself.
    has(await say(f"our company is called {US.name}"), US.name)
    has(await say("our IBAN is DE02 1203 0000 0000 2020 51"), "DE02")
    has(await say("we are based in Germany"), "Germany")
    has(await say("opening balance of the bank is 12,400 on 1 March"), "€12,400.00")
    has(await say("opening balance of cash is 200 on 1 March"), "€200.00")
    has(await say("bills from 1000 need approval"), "€1,000.00", "1 person")
    invited = await say("invite Max")
    code = next(word.strip("“”") for word in invited.split() if word.count("-") == 2)
    has(await say(f"join {code}", sender="max"), "Welcome, Max")
    has(await say("members may record payments"), "From now on: members may record payments")

    # Bills come in.
    await office.day(4)
    paper = bill(companies.ACME, "2025-31", 3, 28, ("Prototype", "1000.00"), ("Courier", "50.00"))
    acme = await office.send(paper, "acme.pdf", sender="max")
    has(acme, "Acme GmbH · €1,249.50 · Invoice 2025-31", "28 Mar 2025")
    has(await say("confirm", sender="max"), "Waits for approval, 0 of 1")
    has(await say("paid", sender="max"), "needs approval first")
    (asked,) = await office.day(5)
    has(asked, "Max sent this. May it be paid?", "[Approve] [Refuse]")
    has(await say("[Approve]"), "Approved by Olga")

    # A correction, a payment in cash, and our own invoice.
    await office.day(6)
    has(await office.send(bill(companies.HOLZMANN, "R-7", 6, 20, ("Shelf", "80.00")), "wood.pdf"), "€95.20")
    has(await say("due 18 March and number R-77"), "R-7 → R-77", "18 Mar 2025")
    has(await say("confirm"), "Confirmed")
    has(await say("500 from the bank to cash"), "€500.00")
    has(await say("paid Holzmann 95.20 from cash"), "Paid €95.20")
    await office.day(10)
    ours = await office.send(bill(US, "2025-8", 10, 24, ("Logo", "500.00"), buyer=companies.ACME), "ours.pdf")
    has(ours, "€595.00")
    has(await say("confirm"), "Confirmed")
    has(await say("who owes us?"), "€595.00")
    has(await say("what's due this month?"), "Acme GmbH 2025-31", "€1,249.50")

    # A reminder, and a file for the bank.
    told = await office.day(27)
    assert any("Acme GmbH 2025-31" in text for text in told), told
    file = await say("payment file")
    has(file, "€1,249.50")
    assert any(attachment.name.endswith(".xml") for reply in office.replies for attachment in reply.attachments)

    # The statement of the month explains it all.
    await office.day(31)
    statement = camt053(
        [
            line(6, "-500.00", "ATM withdrawal"),
            line(25, "595.00", "Invoice 2025-8", counterparty="Acme GmbH"),
            line(28, "-1249.50", "2025-31", counterparty="Acme GmbH"),
            line(31, "-4.90", "Account fee"),
        ],
        opening="12400.00",
    )
    summary = await office.send(statement, "march.xml")
    has(summary, "4 movements", "€11,240.60")
    movements = await say("movements")
    has(movements, "€4.90")
    has(await say("movement 4 is bank fees"), "Bank fees")
    has(await say("movements"), "booked")
    has(await say("reconcile"), "€11,240.60", "equal")
    has(await office.send(statement, "march-again.xml"), "Nothing new")

    # Questions about the month.
    has(await say("balance"), "€11,240.60", "€604.80")
    has(await say("who owes us?"), "Nobody owes us")
    has(await say("what did we spend in March?"), "€1,134.90")
    has(await say("und im Februar?"), "Februar")

    # It is closed, and what would change it is refused.
    office.now += timedelta(days=1)
    has(await say("close the books until 31 March"), "closed until 31 Mar 2025")
    has(await say("100 from the bank to cash on 30 March"), "The books are closed until")
    exported = await say("export March 2025")
    has(exported, "The books from 1 Mar 2025 to 31 Mar 2025")
    files = {
        attachment.name: await office.store.get(attachment.sha256)
        for reply in office.replies
        for attachment in reply.attachments
    }
    _check(files, office.database, tmp_path)


def _check(files: dict[str, bytes], database: Database, folder: Path) -> None:
    """The trial balance is zero, and the exports say what the ledger says."""
    with database.reading() as session:
        trial = accounts.trial_balance(session)["EUR"]
        ours = {held.code: held.amount.decimal for held in accounts.balances(session)}
    assert trial.debit == trial.credit
    assert (ours["bank"], ours["cash"]) == (Decimal("11240.60"), Decimal("604.80"))
    assert (ours["payable"], ours["receivable"]) == (0, 0)
    assert {Path(name).suffix for name in files} == {".xlsx", ".csv", ".zip", ".journal", ".beancount"}
    journal = folder / "march.journal"
    journal.write_bytes(next(data for name, data in files.items() if name.endswith(".journal")))
    hledger = shutil.which("hledger")
    if hledger is None and not os.environ.get("CI"):
        return
    assert hledger, "hledger is not installed (Debian: hledger)"
    subprocess.run([hledger, "-f", journal, "check"], check=True)
    report = subprocess.run(
        [hledger, "-f", journal, "balance", "assets:bank", "-O", "csv", "--layout", "bare"],
        check=True,
        capture_output=True,
        text=True,
    )
    row = next(csv.DictReader(io.StringIO(report.stdout)))
    assert Decimal(row["balance"].replace(",", "")) == ours["bank"]
