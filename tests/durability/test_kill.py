"""Kill -9 at any moment, start again: the message is answered, and the ledger has exactly one entry."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select

from bot.app import App, open_app
from bot.channels.chatlog import LedgerChatLog
from config.settings import Settings
from extraction.samples import write_samples
from handlers.messages import Attachment, Message, Reply, reply_key
from storage.models import Bill, BillState, Entry, Inbound, Posting

MOMENTS = [(step, moment) for step in ("fetch", "respond", "send") for moment in ("before", "after")]


@pytest.fixture(scope="module")
def invoice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    write_samples(folder, today=date(2025, 3, 21))
    return folder / "files" / "acme-invoice.pdf"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BILLIFY_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
async def app(home: Path) -> AsyncIterator[App]:
    """A Billify that accepts and looks; it serves only once `serve` is called."""
    async with open_app(Settings(), "all") as app:
        yield app


@pytest.mark.parametrize(("step", "moment"), MOMENTS)
async def test_a_worker_is_killed_while_a_document_is_served(app: App, invoice: Path, step: str, moment: str) -> None:
    message = await _photo(app, invoice)
    await app.jobs.accept(message)
    await _killed_at(step, moment)

    replies = await _served(app, message)

    assert replies[0].card is not None and "Acme GmbH" in replies[0].card.title
    with app.database.reading() as session:
        assert [bill.state for bill in session.exec(select(Bill))] == [BillState.DRAFT]
        assert [served.key for served in session.exec(select(Inbound))] == [message.key]
    assert await _bubbles(app) == [reply_key(message.key, 0)]


@pytest.mark.parametrize(("step", "moment"), MOMENTS)
async def test_a_worker_is_killed_while_a_bill_is_confirmed(app: App, invoice: Path, step: str, moment: str) -> None:
    photo = await _photo(app, invoice)
    await app.jobs.accept(photo)
    bill = (await _served(app, photo))[0].bill
    app.jobs.close()
    app.jobs.prepare()

    confirm = _message("confirm", choice=f"confirm:{bill}")
    await app.jobs.accept(confirm)
    await _killed_at(step, moment)
    replies = await _served(app, confirm)

    assert replies[0].card is not None and replies[0].card.state.startswith("Confirmed")
    with app.database.reading() as session:
        assert len(session.exec(select(Entry)).all()) == 1
        assert _sum(session) == 0


async def test_a_worker_is_killed_in_the_middle_of_reading(app: App, invoice: Path) -> None:
    message = await _photo(app, invoice)
    await app.jobs.accept(message)
    worker = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot.cli", "worker", env=_environment())
    while not await _says(app, "Reading"):
        assert worker.returncode is None, "the worker ended by itself"
        await asyncio.sleep(0.02)
    worker.send_signal(signal.SIGKILL)
    await worker.wait()

    replies = await _served(app, message)

    assert replies[0].card is not None
    with app.database.reading() as session:
        assert len(session.exec(select(Bill)).all()) == 1


async def test_another_worker_takes_over_from_one_that_died(app: App, invoice: Path) -> None:
    message = await _photo(app, invoice)
    await app.jobs.accept(message)
    await _killed_at("respond", "before", process="worker-that-dies")
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "worker", env=_environment(BILLIFY_PROCESS="worker-that-lives")
    )
    try:
        replies = await asyncio.wait_for(app.jobs.replies(message.key), timeout=60)
    finally:
        other.terminate()
        await other.wait()

    assert replies[0].card is not None
    assert other.returncode == 0


async def test_the_same_message_again_is_answered_the_same(app: App, invoice: Path) -> None:
    message = await _photo(app, invoice)
    await app.jobs.accept(message)
    first = await _served(app, message)
    await app.jobs.accept(message)

    assert await app.jobs.replies(message.key) == first
    with app.database.reading() as session:
        assert len(session.exec(select(Bill)).all()) == 1


async def test_messages_of_one_conversation_are_answered_in_order(app: App) -> None:
    said = [_message(f"m{n}", text="balance") for n in range(6)]
    for message in said:
        await app.jobs.accept(message)
    await _served(app, said[-1])

    assert await _bubbles(app) == [reply_key(message.key, 0) for message in said]


def _message(name: str, **what: object) -> Message:
    return Message(f"terminal:{name}", "terminal", "owner", "owner", datetime.now(UTC), **what)  # type: ignore[arg-type]


async def _photo(app: App, invoice: Path) -> Message:
    sha256 = await app.documents.put(invoice.read_bytes())
    return _message("photo", attachments=(Attachment(invoice.name, "application/pdf", sha256),))


def _environment(**more: str) -> dict[str, str]:
    return {**os.environ, "BILLIFY_WEB_PORT": "0", "BILLIFY_MAIL_PORT": "0", **more}


async def _killed_at(step: str, moment: str, process: str = "all") -> None:
    """A worker works until it dies there."""
    worker = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.fakes.dying", step, moment, process, env=_environment(), stderr=subprocess.PIPE
    )
    _, said = await asyncio.wait_for(worker.communicate(), timeout=60)
    assert worker.returncode == -signal.SIGKILL, said.decode()


async def _served(app: App, message: Message) -> tuple[Reply, ...]:
    """A worker of this process, with the same name as the killed one, goes on with what is there."""
    app.jobs.start(app.steps())
    return await asyncio.wait_for(app.jobs.replies(message.key), timeout=60)


async def _says(app: App, text: str) -> bool:
    posts = await LedgerChatLog(app.database).read("terminal", "owner")
    return any(post.reply and text in post.reply.text for post in posts)


async def _bubbles(app: App) -> list[str]:
    return [post.key for post in await LedgerChatLog(app.database).read("terminal", "owner")]


def _sum(session: Session) -> int:
    return sum(posting.amount_minor for posting in session.exec(select(Posting)))
