"""A Billify with books, documents and work that waits, to make backups of and to bring them back to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlmodel import Session, select

from bot.application.app import App, open_app
from config.settings import Settings
from handlers.messages import Message
from storage.models import Bill, Entry, Inbound, Posting
from tests.fakes.books import small_company

KEY = "0b" * 32


def settings(home: Path, place: Path | str, url: str = "", **more: Any) -> Settings:
    """A home folder with backups at `place`; `url` is of PostgreSQL, "" for SQLite."""
    home.mkdir(exist_ok=True, parents=True)
    values = {"backup_key": SecretStr(KEY), **more}
    return Settings(home=home, database_url=SecretStr(url), backup_url=str(place), mail_port=0, **values)


def say(name: str, text: str = "", choice: str | None = None) -> Message:
    """What the owner says in a conversation of that name."""
    return Message(
        f"terminal:{name}-{choice or text}", "terminal", "owner", "owner", datetime.now(UTC), text=text, choice=choice
    )


async def fill(app: App, bills: int = 3) -> list[Message]:
    """Bills with their documents; a message for each that confirms it, not yet accepted."""
    confirming = []
    for number in range(bills):
        sha256 = await app.documents.put(f"invoice {number}".encode() * 400)
        with app.database.transaction() as session:
            file = small_company.document(session, app.owner_id, sha256)
            own = {"vendor": f"Firm {number} GmbH", "number": f"2025-{number}", "total": f"{100 + number}.00"}
            bill = small_company.invoice(session, app.owner_id, file=file, subtotal=None, tax=None, **own)
        confirming.append(say("press", choice=f"confirm:{bill.id}"))
    return confirming


async def accept(app: App, messages: Sequence[Message]) -> None:
    """Accepts them in their order."""
    for message in messages:
        await app.jobs.accept(message)


async def answered(app: App, messages: Sequence[Message]) -> None:
    """Waits until all of them are."""
    async with asyncio.timeout(120):
        for message in messages:
            await app.jobs.replies(message.key)


@asynccontextmanager
async def serving(settings: Settings, process: str = "worker.1") -> AsyncIterator[App]:
    """A Billify that serves until the end of the block."""
    async with open_app(settings, process) as app:
        task = asyncio.create_task(app.serve())
        try:
            yield app
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


def counts(session: Session) -> tuple[list[str], int, int, int]:
    """The keys that were served, how many bills and entries there are, and the sum of all postings."""
    served = sorted(session.exec(select(Inbound.key)).all())
    bills, entries = len(session.exec(select(Bill)).all()), len(session.exec(select(Entry)).all())
    return served, bills, entries, sum(posting.amount_minor for posting in session.exec(select(Posting)).all())
