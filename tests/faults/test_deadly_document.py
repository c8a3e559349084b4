"""A document that kills the reader each time it is read holds up nobody else, and is answered once."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import select

from bot.application.app import App, open_app
from extraction.evidence import Reading
from extraction.process import worker
from extraction.process.reader import Reader
from handlers.messages import Attachment, Message
from storage.models import Bill
from tests.fakes.documents.document_files import pdf
from tests.fakes.kept import kept_books

pytestmark = pytest.mark.ocr

DEADLY = b"%PDF-1.4 deadly"


def read_or_die(data: bytes) -> Reading:
    """In the reader's process."""
    if data == DEADLY:
        os.kill(os.getpid(), signal.SIGKILL)
    return worker.read(data)


class ReaderThatCanDie(Reader):
    """The real one, whose process dies of one file."""

    async def read(self, data: bytes, name: str = "") -> Reading:
        return await self._process.call("reading a file", 60, read_or_die, data)


async def sent(app: App, conversation: str, data: bytes) -> Message:
    """A file that the owner sends there."""
    file = Attachment("invoice.pdf", "application/pdf", await app.documents.put(data))
    return replace(said(conversation, ""), attachments=(file,))


def said(conversation: str, text: str) -> Message:
    return replace(kept_books.say(conversation, text or "file"), text=text, conversation=conversation)


async def test_others_are_answered_while_it_is_tried(blank_sqlite: Path, tmp_path: Path) -> None:
    reader = ReaderThatCanDie()
    settings = kept_books.settings(tmp_path / "home", tmp_path / "backups")
    shutil.copy(blank_sqlite, settings.home / "ledger.db")
    async with open_app(settings, "worker", lambda _: reader) as app:
        deadly, after = await sent(app, "ada", DEADLY), said("ada", "balance")
        good = [await sent(app, name, pdf(pages=n + 1)) for n, name in enumerate(("bert", "cleo"))]
        words = said("dora", "balance")
        everything = [deadly, after, *good, words]
        await kept_books.accept(app, everything)
        serving = asyncio.create_task(app.serve())
        await kept_books.answered(app, everything)
        (apology,) = await app.jobs.replies(deadly.key)
        assert "type the values" in apology.text
        for message in good:
            (reply, *_) = await app.jobs.replies(message.key)
            assert reply.card is not None, reply.text
        with app.database.reading() as session:
            assert len(session.exec(select(Bill)).all()) == len(good)
        assert reader.restarts == 2, "it is tried twice"
        for message in everything:
            posts = await app.channels["terminal"]._log.read("terminal", message.conversation)  # type: ignore[attr-defined]
            assert len({post.key for post in posts}) == len(posts)
        serving.cancel()
        with suppress(asyncio.CancelledError):
            await serving
