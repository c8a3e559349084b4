"""Kill -9 at any moment, start again: the message is answered, and the ledger has exactly one entry."""

from __future__ import annotations

import asyncio
import mimetypes
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select

from bot.application.app import App, open_app
from bot.channels.chatlog import LedgerChatLog
from config.settings import Settings
from extraction.samples import write_samples
from handlers.messages import Attachment, Message, Reply, reply_key
from storage.models import Bill, BillState, Entry, Inbound, Posting
from tests.fakes.books import small_company

MOMENTS = [(step, moment) for step in ("fetch", "respond", "send") for moment in ("before", "after")]


@pytest.fixture(scope="module")
def invoice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    write_samples(folder, today=date(2025, 3, 21))
    return folder / "files" / "acme-invoice.pdf"


@pytest.fixture
async def app(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[App]:
    """A Billify that accepts messages and looks at the ledger; workers are processes of their own.

    On SQLite, unless the test asks for "postgresql", for the ledger and for durable work.
    """
    monkeypatch.setenv("BILLIFY_HOME", str(tmp_path))
    if getattr(request, "param", "sqlite") == "postgresql":
        monkeypatch.setenv("BILLIFY_DATABASE_URL", request.getfixturevalue("postgres_url"))
    async with open_app(Settings(), "test") as app:
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
async def test_a_worker_is_killed_while_a_bill_is_confirmed(app: App, step: str, moment: str) -> None:
    with app.database.transaction() as session:
        bill = small_company.invoice(session, app.owner_id)
    confirm = _message("confirm", choice=f"confirm:{bill.id}")
    await app.jobs.accept(confirm)
    await _killed_at(step, moment)
    replies = await _served(app, confirm)

    assert replies[0].card is not None and replies[0].card.state.startswith("Confirmed")
    with app.database.reading() as session:
        assert len(session.exec(select(Entry)).all()) == 1
        assert _sum(session) == 0


@pytest.mark.parametrize("told", [signal.SIGKILL, signal.SIGTERM])
async def test_a_worker_is_stopped_in_the_middle_of_reading(app: App, invoice: Path, told: signal.Signals) -> None:
    """However it is stopped, the document is read once more, or to its end, and never given up."""
    message = await _photo(app, next(invoice.parent.glob("*.jpg")))  # which takes longer to read than a PDF
    await app.jobs.accept(message)
    async with _worker() as worker, asyncio.timeout(120):
        while not await _says(app, "Reading"):
            assert worker.returncode is None, "the worker ended by itself"
            await asyncio.sleep(0.02)
        worker.send_signal(told)
        await worker.wait()

    replies = await _served(app, message)

    assert replies[0].card is not None
    with app.database.reading() as session:
        assert len(session.exec(select(Bill)).all()) == 1


@pytest.mark.parametrize("app", ["sqlite", "postgresql"], indirect=True)
async def test_another_worker_takes_over_from_one_that_died(app: App, invoice: Path) -> None:
    message = await _photo(app, invoice)
    await app.jobs.accept(message)
    await _killed_at("respond", "before", process="worker-that-dies")
    async with _worker("worker-that-lives") as other:
        replies = await asyncio.wait_for(app.jobs.replies(message.key), timeout=120)

    assert replies[0].card is not None
    assert other.returncode == 0, "SIGTERM ends a worker cleanly"


async def test_the_same_message_again_is_answered_the_same(app: App, invoice: Path) -> None:
    message = await _photo(app, invoice)
    await app.jobs.accept(message)
    first = await _served(app, message)
    await app.jobs.accept(message)

    assert await _served(app, message) == first
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
    return _message(
        "photo", attachments=(Attachment(invoice.name, mimetypes.guess_type(invoice.name)[0] or "", sha256),)
    )


def _environment(**more: str) -> dict[str, str]:
    return {**os.environ, **more}


async def _killed_at(step: str, moment: str, process: str = "all") -> None:
    """A worker works until it dies there."""
    worker = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.fakes.servers.dying_worker",
        step,
        moment,
        process,
        env=_environment(),
        stderr=subprocess.PIPE,
    )
    _, said = await asyncio.wait_for(worker.communicate(), timeout=60)
    assert worker.returncode == -signal.SIGKILL, said.decode()


@asynccontextmanager
async def _worker(process: str = "all") -> AsyncIterator[asyncio.subprocess.Process]:
    """A worker as `billify worker` starts it, until the end of the block."""
    command = (sys.executable, "-m", "bot.cli", "worker")
    worker = await asyncio.create_subprocess_exec(*command, env=_environment(BILLIFY_PROCESS=process))
    try:
        yield worker
    finally:
        if worker.returncode is None:
            worker.terminate()
        await worker.wait()


async def _served(app: App, message: Message) -> tuple[Reply, ...]:
    """Billify is started again, under the name of the one that was killed, and goes on with what is there."""
    async with _worker():
        return await asyncio.wait_for(app.jobs.replies(message.key), timeout=60)


async def _says(app: App, text: str) -> bool:
    posts = await LedgerChatLog(app.database).read("terminal", "owner")
    return any(post.reply and text in post.reply.text for post in posts)


async def _bubbles(app: App) -> list[str]:
    return [post.key for post in await LedgerChatLog(app.database).read("terminal", "owner")]


def _sum(session: Session) -> int:
    return sum(posting.amount_minor for posting in session.exec(select(Posting)))
