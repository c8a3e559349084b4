"""The database goes while a message is at each of its steps, for six leases: each is answered once, and booked once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from bot.application.app import open_app
from bot.channels.channel import NotAccepted
from bot.processing.durable import message_queue
from tests.fakes.faults.books import check_once, confirmations
from tests.fakes.faults.places import PLACES, Places
from tests.fakes.kept import kept_books
from tests.fakes.servers.cut_line import CutLine, cut_line

LEASES = 6
"""A minute without the shorter pauses of these tests."""


@pytest.fixture
def line(postgres_ledger: str) -> Iterator[tuple[str, CutLine]]:
    url = make_url(postgres_ledger)
    assert url.port is not None
    with cut_line(url.port) as cut:
        yield url.set(port=cut.port).render_as_string(hide_password=False), cut


async def test_it_goes_at_every_step(line: tuple[str, CutLine], quick: None, tmp_path: Path) -> None:
    url, cut = line
    places = Places(tmp_path / "places")
    async with open_app(kept_books.settings(tmp_path / "home", tmp_path / "backups", url), "worker") as app:
        *messages, later = await confirmations(app, (*PLACES, "accept"))
        with places.holding(app.steps()) as steps:
            worker = asyncio.create_task(app.jobs.serve(steps))
            await places.reach(app.jobs, messages)
            cut.cut()
            places.go_on()
            with pytest.raises(NotAccepted):
                await app.jobs.accept(later)
            await asyncio.sleep(LEASES * message_queue.LEASE_SECONDS)
            assert not worker.done()
            cut.mend()
            await app.jobs.accept(later)
            await kept_books.answered(app, [*messages, later])
            worker.cancel()
            await asyncio.wait({worker})
        await check_once(app, [*messages, later])
