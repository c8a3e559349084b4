"""What is tidied up at night, and what never is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.background.heartbeat import clean_up
from bot.processing.jobs import Jobs
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from tests.fakes.books.desk import Desk
from tests.fakes.books.desk import paper as read_on


async def test_files_of_strangers_go_and_all_others_stay(database: Database, tmp_path: Path) -> None:
    store = DocumentStore(tmp_path / "documents", bytes(32))
    desk = Desk(database, store, {"acme": read_on(vendor="Acme", total="1.00"), "spam": read_on(vendor="Spam")})
    await desk.say("<acme>")
    await desk.say("<spam>", sender="mallory")
    bill, spam = await store.put(b"acme"), await store.put(b"spam")
    jobs = Jobs(f"sqlite:///{tmp_path / 'work.db'}", "test")
    jobs.prepare()

    now = datetime.now(UTC)
    await clean_up(database, store, jobs, now)
    assert await store.get(spam) == b"spam", "not before every message was surely served"
    await clean_up(database, store, jobs, now + timedelta(days=8))
    jobs.close()

    with pytest.raises(FileNotFoundError):
        await store.get(spam)
    assert await store.get(bill) == b"acme"
    assert len(await store.stored_before(now + timedelta(days=8))) == 2, "the original and its picture"
