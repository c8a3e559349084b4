"""A statement of many movements is imported a few at a time: others are served meanwhile, and a kill costs nothing."""

from __future__ import annotations

import asyncio

import pytest
from sqlmodel import Session, func, select

from bot.background.imports import Importer
from bot.processing.companies import Companies
from handlers.banking import long_import
from handlers.messages import Message
from storage.bank import long_imports
from storage.errors import StoreAway
from storage.models import Movement
from tests.fakes.books.bank_desk import RENT, BankDesk, BankPapers
from tests.fakes.documents import bank_statements as banks
from tests.fakes.documents.bank_statements import line

ROWS = 300
MANY = [
    *(
        line(n % 28 + 1, f"-{n % 97 + 1}.00", f"Bestellung {n // 3}", counterparty=f"Laden {n % 7}")
        for n in range(ROWS)
    ),
    RENT,
    line(3, "-1249.50", "Rechnung 2024-117", counterparty="Acme GmbH"),
]


class Teller:
    """Notes how far imports were, and what came of them. An import waits, between two batches, once it has said so."""

    def __init__(self, desk: BankDesk) -> None:
        self.desk = desk
        self.accepted: list[Message] = []
        self.shown: list[str] = []
        self.waits, self.goes_on = asyncio.Event(), asyncio.Event()
        self.importer = Importer(
            desk.database, desk.store, BankPapers({}), self._accept, self._status, Companies(desk.database)
        )

    async def _accept(self, message: Message) -> None:
        self.accepted.append(message)

    async def _status(self, message: Message, text: str) -> None:
        self.shown.append(text)
        self.waits.set()
        await self.goes_on.wait()


def there(session: Session) -> int:
    return session.exec(select(func.count()).select_from(Movement)).one()


@pytest.fixture
def teller(desk: BankDesk, monkeypatch: pytest.MonkeyPatch) -> Teller:
    monkeypatch.setattr("bot.background.imports.PROGRESS_SECONDS", 0.0)
    monkeypatch.setattr(long_import, "AT_ONCE", 100)
    monkeypatch.setattr(long_import, "BATCH", 25)
    return Teller(desk)


async def test_a_long_statement_is_imported_beside_everything_else(desk: BankDesk, teller: Teller):
    await desk.send(b"acme")
    await desk.say("confirm")
    said = await desk.send(banks.camt053(MANY))
    assert f"I am importing the {ROWS + 2:,} movements of Bank." in said
    assert await desk.database.read(there) == 0
    importing = asyncio.create_task(teller.importer.import_next())
    await teller.waits.wait()
    assert "Hello" in await desk.say("hello") and not importing.done(), "others are served meanwhile"
    assert f"Importing {ROWS + 2:,} movements … " in await desk.send(banks.camt053(MANY)), "the same file once more"
    teller.goes_on.set()
    assert await importing
    assert teller.shown[0] == f"Importing {ROWS + 2:,} movements … {long_import.BATCH} so far."
    (told,) = teller.accepted
    replies = [reply.text for reply in await desk.conversation.respond(told)]
    assert replies[0].startswith(f"Imported {ROWS + 2} movements of Bank, 1 Mar 2025 – 28 Mar 2025: 1 booked")
    assert not await teller.importer.import_next()
    assert "Nothing new" in await desk.send(banks.camt053(MANY))


async def test_an_import_that_is_killed_goes_on_where_it_was(desk: BankDesk, teller: Teller):
    await desk.send(banks.camt053(MANY))
    importing = asyncio.create_task(teller.importer.import_next())
    await teller.waits.wait()
    importing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await importing
    assert 0 < await desk.database.read(there) < ROWS
    teller.goes_on.set()
    assert await teller.importer.import_next(), "it was let go, so that others need not wait for its lease"
    assert await desk.database.read(there) == ROWS + 2
    with desk.database.reading() as session:
        keys = session.exec(select(Movement.key)).all()
    assert len(set(keys)) == ROWS + 2


async def test_a_store_that_is_away_holds_an_import_up_and_ends_it_not(
    desk: BankDesk, teller: Teller, monkeypatch: pytest.MonkeyPatch
):
    await desk.send(banks.camt053(MANY))
    teller.goes_on.set()

    async def away(sha256: str) -> bytes:
        raise StoreAway("s3://bucket", "connection refused")

    with monkeypatch.context() as context:
        context.setattr(desk.store, "get", away)
        with pytest.raises(StoreAway):
            await teller.importer.import_next()
    assert teller.accepted == [], "nobody was told that it failed"
    assert await teller.importer.import_next()
    assert await desk.database.read(there) == ROWS + 2


async def test_a_table_goes_the_same_way_once_its_columns_are_known(desk: BankDesk, teller: Teller):
    await desk.send(banks.csv(MANY))
    assert "I am importing the" in await desk.say("[That's right]")
    teller.goes_on.set()
    assert await teller.importer.import_next()
    assert await desk.database.read(there) == ROWS + 2


async def test_another_import_of_the_same_movements_meanwhile_doubles_nothing(desk: BankDesk, teller: Teller):
    await desk.send(banks.camt053(MANY))
    importing = asyncio.create_task(teller.importer.import_next())
    await teller.waits.wait()
    await desk.send(banks.camt053(MANY[-90:]))
    teller.goes_on.set()
    assert await importing
    assert await desk.database.read(there) == ROWS + 2


async def test_a_file_that_is_gone_is_told_of(desk: BankDesk, teller: Teller):
    await desk.send(banks.camt053(MANY))
    with desk.database.transaction() as session:
        item = long_imports.find(session, 1)
        item.sha256 = "0" * 64
    assert await teller.importer.import_next()
    (told,) = teller.accepted
    assert "Please send it again." in (await desk.conversation.respond(told))[0].text
