"""A company with an owner and somebody of each other role, each on several channels, with something in its books."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel, text

from handlers.messages import Attachment
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.models import Role
from storage.people import people
from tests.fakes.books.bank_desk import BankPapers
from tests.fakes.books.desk import NOW, Desk, paper
from tests.fakes.documents import bank_statements as bank

STAFF = {"bea": Role.ACCOUNTANT, "ada": Role.APPROVER, "max": Role.MEMBER, "udo": Role.AUDITOR}
CHANNELS = ("terminal", "slack", "telegram", "web", "mail")
TALK = frozenset({
    "inbound", "delivery", "enclosure", "conversation", "saying", "document", "ownernote", "imprint", "alembic_version",
})  # fmt: skip
"""Tables of what was said and sent; all others are the books and the people."""


def _bill(vendor: str, number: str, total: str, **more: str) -> dict[str, str]:
    dates = {"issue_date": "2025-03-03", "due_date": "2025-04-02"}
    return {"vendor": vendor, "number": number, "currency": "EUR", "total": total, **dates, **more}


PAPERS = {
    "acme": _bill("Acme GmbH", "A-101", "1249.50", iban="DE89370400440532013000"),
    "globex": _bill("Globex Ltd", "G-4711", "595.00"),
    "bau": _bill("Bau AG", "M-188", "700.00"),
    "ours": _bill("Our GmbH", "R-701", "9520.00", buyer="Initech GmbH"),
    "hetzner": _bill("Hetzner Online GmbH", "H-100", "8166.20"),
    "staples": _bill("Staples", "S-770", "58.31"),
    "dhl": _bill("DHL", "D-512", "23.80"),
    "tools": _bill("Werkzeug KG", "T-905", "88.20"),
    "print": _bill("Print24 GmbH", "P-624", "141.61"),
}
BEFORE = (
    *(("olga", said) for said in (
        "our company is called Our GmbH", "opening balance of the bank is 12,400 on 1 January 2025", "<acme>",
        "confirm", "<globex>", "confirm", "paid", "<bau>", "<ours>", "confirm",
        "bills from 5000 need approval by an approver",
        "<hetzner>", "confirm", "refuse H-100", "close the books until 31 January 2025",
    )),
    *(("max", said) for said in ("<staples>", "<dhl>", "confirm", "<tools>")),
    ("olga", "confirm T-905"),
)  # fmt: skip
BILLS = {name: n for n, name in enumerate(("acme", "globex", "bau", "ours", "hetzner", "staples", "dhl", "tools"), 1)}


class Office(Desk):
    """Everybody speaks on each channel, alone with Billify, the channels taking turns."""

    def __init__(self, database: Database, folder: Path, first: int = 1) -> None:
        super().__init__(database, DocumentStore(folder, bytes(32)), {})
        self.read_by(BankPapers({name: paper(**values) for name, values in PAPERS.items()}))
        self.turn, self._numbers = count(), count(first)

    async def tell(self, who: str, said: str = "", *, channel: str = "", room: str = "", **values: Any) -> str:
        """What is answered to words, a paper ("<acme>"), the bank's statement, or a button (`choice`); in a `room`
        others read it."""
        channel = channel or CHANNELS[next(self.turn) % len(CHANNELS)]
        if said == "<statement>":
            values["attachments"] = (Attachment("march.xml", sha256=await self.store.put(STATEMENT)),)
        elif said.startswith("<"):
            name = said.strip("<>")
            values["attachments"] = (Attachment(f"{name}.jpg", "image/jpeg", await self.store.put(name.encode())),)
        else:
            values["text"] = said
        message = replace(self._message(who, **values), channel=channel, sender=address(who, channel))
        message = replace(message, conversation=room or message.sender, shared=bool(room))
        return (await self.hear(message)).replace("\xa0", " ")

    def books(self) -> dict[str, list[Any]]:
        """Every row of the books and of the people."""
        with self.database.reading() as session:
            names = sorted(SQLModel.metadata.tables.keys() - TALK)
            return {
                name: list(map(tuple, session.connection().execute(text(f'SELECT * FROM "{name}"')))) for name in names
            }


STATEMENT = bank.camt053((bank.line(13, "9520.00", "Zahlung R-701", counterparty="Initech GmbH"),))


def address(who: str, channel: str) -> str:
    return "owner" if (who, channel) == ("olga", "terminal") else f"{who}@{channel}.example"


@pytest.fixture(scope="module")
def founded(blank_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of such a company, to copy."""
    folder = tmp_path_factory.mktemp("founded")
    shutil.copy(blank_sqlite, folder / "ledger.db")
    database = Database(f"sqlite:///{folder / 'ledger.db'}")
    office = Office(database, folder / "documents")
    with database.transaction() as session:
        for name, role in {"olga": Role.OWNER, **STAFF}.items():
            if role is not Role.OWNER:
                code = people.invite(session, name.capitalize(), invited_by=1, now=NOW, role=role)
                people.redeem(session, code, "terminal", address(name, "terminal"), NOW, name)
            person = people.find_person(session, "terminal", address(name, "terminal"))
            assert person is not None and person.role is role
            for channel in CHANNELS[1:]:
                people.link_address(session, person.id, channel, address(name, channel), by=1, now=NOW)

    async def happened() -> None:
        for who, said in BEFORE:
            await office.tell(who, said, channel="terminal")

    asyncio.run(happened())
    database.close()
    return folder


@pytest.fixture
def office(founded: Path, tmp_path: Path) -> Iterator[Office]:
    shutil.copytree(founded, tmp_path / "office")
    database = Database(f"sqlite:///{tmp_path / 'office' / 'ledger.db'}")
    yield Office(database, tmp_path / "office" / "documents", first=1000)
    database.close()
