"""A small company's pages in a real browser, with something in each state."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import pytest

from extraction.evidence import Reading
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.models import Role
from storage.people import people
from tests.fakes.books.bank_desk import BankPapers
from tests.fakes.books.desk import Desk, paper
from tests.fakes.documents import bank_statements as bank
from tests.web.pages.house import House, house_of

ACME, GLOBEX, TOOLS, HETZNER, STAPLES, DHL = range(1, 7)
"""The bills, by who sent what in which order."""


def _paper(vendor: str, number: str, total: str, due: str = "2025-04-02", doubt: str = "") -> Reading:
    values = {"vendor": vendor, "number": number, "total": total, "due_date": due}
    return paper(doubtful={"total": doubt} if doubt else {}, currency="EUR", issue_date="2025-03-03", **values)


PAPERS = {
    "acme": _paper("Acme GmbH", "A-101", "1249.50"),
    "globex": _paper("Globex Ltd", "G-4711", "595.00", "2025-03-18"),
    "tools": _paper("Werkzeug KG", "T-905", "88.20"),
    "hetzner": _paper("Hetzner Online GmbH", "H-100", "8166.20", "2025-05-12"),
    "staples": _paper("Staples", "S-770", "58.31", doubt="it was hard to read"),
    "dhl": _paper("DHL", "D-512", "23.80"),
}
BEFORE = (
    ("owner", "opening balance of the bank is 12,400 on 1 January 2025"),
    *(("owner", said) for said in ("<acme>", "confirm", "<globex>", "confirm", "<tools>")),
    ("owner", "bills from 5000 need approval"),
    *(("owner", said) for said in ("<hetzner>", "confirm")),
    *(("max", said) for said in ("<staples>", "<dhl>")),
)
STATEMENT = bank.camt053(
    (bank.line(18, "-595.00", "Rechnung", counterparty="Globex"), bank.line(19, "-12.90", "Kontogebühr"))
)


def _desk(folder: Path) -> Desk:
    desk = Desk(Database(f"sqlite:///{folder / 'ledger.db'}"), DocumentStore(folder / "documents", bytes(32)), {})
    desk.read_by(BankPapers(PAPERS))
    return desk


@pytest.fixture(scope="session")
def begun(blank_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of such a company, to copy: Olga's, with Ada, who may approve, and Max, a member."""
    folder = tmp_path_factory.mktemp("begun")
    shutil.copy(blank_sqlite, folder / "ledger.db")
    desk = _desk(folder)
    with desk.database.transaction() as session:
        for name, role in (("Ada", Role.APPROVER), ("Max", Role.MEMBER)):
            code = people.invite(session, name, invited_by=1, now=desk.now, role=role)
            people.redeem(session, code, "terminal", name.lower(), desk.now, name)

    async def happened() -> None:
        for who, said in BEFORE:
            await desk.say(said, sender=who)

    asyncio.run(happened())
    desk.database.close()
    return folder


@pytest.fixture
def desk(begun: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(begun, tmp_path / "company")
    desk = _desk(tmp_path / "company")
    desk._numbers = count(1000)
    yield desk
    desk.database.close()


@pytest.fixture
async def house(desk: Desk) -> AsyncIterator[House]:
    async with house_of(desk, {"Ada": "ada", "Max": "max"}) as house:
        yield house
