"""The owner hears in chat of what is wrong with the machine: once, in plain words, and once more when it is well."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.background import machine_watch
from bot.background.channel_health import Healths
from bot.background.clock import accept_due_notices
from bot.background.machine_watch import MachineWatch, watch_reader
from bot.processing.durable.message_queue import Line
from handlers.mailbox.machine_troubles import READER
from handlers.messages import Message
from storage.people import preferences
from tests.fakes.books.desk import NOW
from tests.fakes.platforms.two_chats import TwoChats, web_looks
from tests.fakes.servers.certificates import certificate


class Usage(NamedTuple):
    total: int
    used: int
    free: int


class Machine:
    """A clock's minutes: it looks at the machine, and tells whom it has to tell."""

    def __init__(self, chats: TwoChats, folder: Path) -> None:
        self.chats, self.now = chats, NOW
        self.oldest = 0.0
        self.certificate = certificate(folder / "web.pem", days=90)
        self.watch = MachineWatch(chats.desk.database, self, folder, {"web": self.certificate}, lambda: self.now)  # type: ignore[arg-type]

    def lines(self) -> dict[str, Line]:
        return {"talk": Line(0, 0.0), "documents": Line(2, self.oldest)}

    async def minutes(self, number: int) -> list[str]:
        """What the owner was told in these minutes."""
        before = len(web_looks(self.chats))
        for _ in range(number):
            await self.watch.look()
            await self.tell()
            self.now += timedelta(minutes=1)
        return [str(look) for look in web_looks(self.chats)[before:]]

    async def tell(self) -> None:
        accepted: list[Message] = []

        async def accept(message: Message) -> None:
            accepted.append(message)

        await accept_due_notices(self.chats.desk.database, accept, UTC, self.now)
        for message in accepted:
            await self.chats.serve(message)


@pytest.fixture
def machine(ledger_chats: TwoChats, tmp_path: Path) -> Machine:
    made = Machine(ledger_chats, tmp_path)
    made.now = NOW.replace(hour=10)
    return made


async def test_a_full_disk_is_told_once_and_its_end_too(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    await machine.minutes(3)  # other notices of the day
    assert await machine.minutes(3) == []
    with monkeypatch.context() as full:
        full.setattr(machine_watch.shutil, "disk_usage", lambda _: Usage(10**11, 10**11, 312 * 2**20))
        told = await machine.minutes(30)
    assert len(told) == 1 and "312 MB are left" in told[0]
    ended = await machine.minutes(10)
    assert len(ended) == 1 and "There is room on the disk again" in ended[0]


async def test_a_queue_that_stands_is_told_in_the_owners_language(machine: Machine) -> None:
    with machine.chats.desk.database.transaction() as session:
        preferences.choose(session, 1, language="de")
    await machine.minutes(3)
    machine.oldest = 17 * 60.0
    told = await machine.minutes(10)
    assert len(told) == 1 and "wartet seit 17 Minuten" in told[0] and "Nichts ist verloren" in told[0]
    machine.oldest = 0.0
    assert ["wieder rechtzeitig beantwortet" in text for text in await machine.minutes(10)] == [True]


async def test_a_certificate_that_ends_is_told(machine: Machine) -> None:
    await machine.minutes(3)
    machine.now = datetime.now(UTC) + timedelta(days=80)
    told = await machine.minutes(5)
    assert any("The certificate of web ends on" in text for text in told), told
    certificate(machine.certificate, days=400)
    told = await machine.minutes(5)
    assert any("The certificate was renewed" in text for text in told), told


async def test_two_clocks_tell_of_the_queue_once(machine: Machine, tmp_path: Path) -> None:
    other = MachineWatch(machine.chats.desk.database, machine, tmp_path, {}, lambda: machine.now)  # type: ignore[arg-type]
    await machine.minutes(3)
    machine.oldest = 3600.0
    told = []
    for _ in range(5):
        await other.look()
        told += await machine.minutes(1)
    assert len(told) == 1


async def test_a_reader_that_fails_again_and_again_is_told(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    class Reader:
        failed_in_a_row = 3

    monkeypatch.setattr(machine_watch, "READER_SECONDS", 0.01)
    health = Healths(machine.chats.desk.database, "worker", lambda: machine.now)(READER)
    await machine.minutes(3)
    watching = asyncio.create_task(watch_reader(Reader(), health))  # type: ignore[arg-type]
    await asyncio.sleep(0.1)
    machine.now += timedelta(minutes=1)
    await asyncio.sleep(0.3)
    assert any("it failed 3 times" in text for text in await machine.minutes(2))
    Reader.failed_in_a_row = 0
    await asyncio.sleep(0.3)
    machine.now += timedelta(minutes=2)
    await asyncio.sleep(0.3)
    watching.cancel()
    assert any("Documents can be read again" in text for text in await machine.minutes(2))
