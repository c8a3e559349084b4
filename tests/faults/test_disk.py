"""A disk that is full, or can only be read: nothing is lost, and whoever runs Billify is told what to do."""

from __future__ import annotations

import asyncio
import errno
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.application.app import open_app
from bot.channels.channel import NotAccepted
from bot.processing.durable import message_queue
from tests.fakes.faults.books import check_once, confirmations
from tests.fakes.faults.places import WITHOUT_LOCK, Places
from tests.fakes.faults.small_disk import small_disk
from tests.fakes.kept import kept_books
from tests.whole.test_contract import billify


async def test_it_is_full_at_every_step(root: None, quick: None, blank_sqlite: Path, tmp_path: Path) -> None:
    places = Places(tmp_path / "places")
    with small_disk(tmp_path / "disk", megabytes=24) as disk:
        settings = kept_books.settings(disk.folder / "home", tmp_path / "backups")
        shutil.copy(blank_sqlite, settings.home / "ledger.db")
        async with open_app(settings, "worker") as app:
            *messages, later = await confirmations(app, (*WITHOUT_LOCK, "accept"))
            long = replace(later, text="x" * (1 << 20))
            with places.holding(app.steps()) as steps:
                worker = asyncio.create_task(app.jobs.serve(steps))
                await places.reach(app.jobs, messages)
                disk.fill()
                places.go_on()
                with pytest.raises(NotAccepted):
                    await app.jobs.accept(long)
                with pytest.raises(OSError) as full:
                    await app.documents.put(b"invoice" * 100_000)
                assert full.value.errno == errno.ENOSPC
                await asyncio.sleep(2 * message_queue.LEASE_SECONDS)
                assert not worker.done()
                disk.make_room()
                await app.jobs.accept(later)
                await kept_books.answered(app, [*messages, later])
                worker.cancel()
                await asyncio.wait({worker})
            await check_once(app, [*messages, later])


async def test_a_home_that_can_only_be_read_is_told_in_a_line(root: None, blank_sqlite: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", megabytes=24) as disk:
        home = disk.folder / "home"
        home.mkdir()
        shutil.copy(blank_sqlite, home / "ledger.db")
        disk.make_read_only()
        status, out, err = await billify("run", BILLIFY_HOME=str(home))
    assert status == 1
    assert "it may not be written. Set BILLIFY_HOME" in err
    assert "Traceback" not in out + err
