"""What is tidied up at night, and what never is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.background.tidying import clean_up, last_night, tidy_if_due
from bot.processing.companies import Companies
from bot.processing.jobs import Jobs
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.sealing.key_ring import KeyRing
from tests.fakes.books.desk import Desk
from tests.fakes.books.desk import paper as read_on


async def test_files_of_strangers_go_and_all_others_stay(database: Database, tmp_path: Path) -> None:
    store = DocumentStore(tmp_path / "documents", bytes(32))
    desk = Desk(database, store, {"acme": read_on(vendor="Acme", total="1.00"), "spam": read_on(vendor="Spam")})
    await desk.say("<acme>")
    await desk.say("<spam>", sender="mallory")
    bill, spam = await store.put(b"acme"), await store.put(b"spam")
    jobs = Jobs(f"sqlite:///{tmp_path / 'work.db'}", "test", KeyRing([bytes(32)]))
    jobs.prepare()

    now = datetime.now(UTC)
    await clean_up(database, store, jobs, Companies(database), now)
    assert await store.get(spam) == b"spam", "not before every message was surely served"
    await clean_up(database, store, jobs, Companies(database), now + timedelta(days=8))
    jobs.close()

    with pytest.raises(FileNotFoundError):
        await store.get(spam)
    assert await store.get(bill) == b"acme"
    assert len(await store.stored_before(now + timedelta(days=8))) == 2, "the original and its picture"


async def test_a_night_that_was_slept_through_is_made_up_for_once(database: Database) -> None:
    """A laptop that is off at 03:00."""
    tidied: list[datetime] = []
    for hours in (0, 1, 22, 23, 46):  # from Friday 09:00 on
        now = datetime(2025, 3, 21, 9, tzinfo=UTC) + timedelta(hours=hours)

        async def tidy(now: datetime = now) -> None:
            tidied.append(now)

        await tidy_if_due(database, tidy, now)
    assert [now.strftime("%a %H") for now in tidied] == ["Fri 09", "Sat 07", "Sun 07"]
    assert last_night(datetime(2025, 3, 21, 2, 59, tzinfo=UTC)) == datetime(2025, 3, 20, 3, tzinfo=UTC)


async def test_what_failed_at_night_is_done_again(database: Database) -> None:
    async def full() -> None:
        raise OSError("No space left on device")

    async def tidy() -> None:
        pass

    now = datetime(2025, 3, 21, 9, tzinfo=UTC)
    with pytest.raises(OSError, match="No space"):
        await tidy_if_due(database, full, now)
    assert not await tidy_if_due(database, tidy, now + timedelta(minutes=10))
    assert await tidy_if_due(database, tidy, now + timedelta(minutes=70))
