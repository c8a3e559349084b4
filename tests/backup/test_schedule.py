"""Backups by themselves: made as their time comes, once, and what is wrong with them is said."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.application import backups
from bot.application.app import App, open_app
from bot.background.backups import back_up_if_due, trouble
from bot.console.doctor import doctor
from storage.backup import runs
from storage.db.database import Database
from storage.errors import BackupDamaged
from tests.fakes.kept import kept_books

DAY = timedelta(days=1)
NOW = datetime(2025, 3, 21, 9, 30, tzinfo=UTC)


class Counted:
    """Backups that are only counted."""

    def __init__(self, fault: str = "") -> None:
        self.made = 0
        self.fault = fault

    async def __call__(self) -> None:
        self.made += 1
        if self.fault:
            raise OSError(self.fault)


async def test_one_is_made_a_day_however_many_clocks_ask(database: Database) -> None:
    made = Counted()
    for minutes in range(0, 2 * 24 * 60, 10):
        for _ in range(2):
            await back_up_if_due(database, made, DAY, NOW + timedelta(minutes=minutes))
    assert made.made == 2


async def test_one_that_failed_is_tried_again_an_hour_later(database: Database) -> None:
    failing, made = Counted("No space left on device"), Counted()
    assert not await back_up_if_due(database, failing, DAY, NOW)
    assert not await back_up_if_due(database, made, DAY, NOW + timedelta(minutes=50))
    assert await back_up_if_due(database, made, DAY, NOW + timedelta(minutes=61))
    assert (failing.made, made.made) == (1, 1)


async def test_what_is_wrong_is_said(database: Database) -> None:
    def wrong(now: datetime) -> str | None:
        with database.reading() as session:
            return trouble(session, DAY, now)

    assert wrong(NOW) is None, "the first one is not due yet"
    with database.transaction() as session:
        first = runs.begin(session, NOW)
    assert wrong(NOW + DAY) is None
    assert wrong(NOW + 3 * DAY) == "none was ever finished"
    with database.transaction() as session:
        runs.fail(session, first, "No space left on device", NOW)
    assert wrong(NOW) == "No space left on device"
    with database.transaction() as session:
        run = runs.latest(session)
        assert run is not None
        run.fault, run.name = None, "20250321-093000-000000-ab12"
    assert wrong(NOW + DAY) is None
    assert wrong(NOW + 3 * DAY) == "the last one is of 2025-03-21 09:30 UTC"


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    async with open_app(kept_books.settings(tmp_path / "home", tmp_path / "backups"), "test") as app:
        yield app


async def test_doctor_tells_of_the_last_backup(app: App, capsys: pytest.CaptureFixture[str]) -> None:
    made = await backups.back_up(app.settings, app.database, app.documents)
    await doctor(app.settings, as_json=False)
    assert f"({made.id})" in capsys.readouterr().out
    (app.settings.home / "backup.key").unlink(missing_ok=True)
    blocked = app.settings.home / "a file"
    blocked.write_text("")
    with pytest.raises(OSError):
        await backups.back_up(app.settings, app.database, app.documents, str(blocked))

    assert await doctor(app.settings, as_json=False) == 1

    told = " ".join(capsys.readouterr().out.split())
    assert "Not a directory" in told and "see to BILLIFY_BACKUP_URL" in told and made.id in told


async def test_the_owner_hears_that_older_ones_cannot_be_thinned_out(app: App) -> None:
    """A place that another installation uses, say: then nothing is removed, and the new one is whole."""
    first = await backups.back_up(app.settings, app.database, app.documents)
    last = await backups.back_up(app.settings, app.database, app.documents)
    manifest = Path(app.settings.backup_url) / "backups" / last.id / "manifest"
    manifest.write_bytes(manifest.read_bytes()[:-1])
    with pytest.raises(BackupDamaged):
        await backups.thin_out(app.settings, app.database)
    with app.database.reading() as session:
        assert "older ones cannot be thinned out" in (trouble(session, DAY, datetime.now(UTC)) or "")
        whole = runs.latest_whole(session)
        assert whole is not None and whole.name == last.id
    assert backups.repository(app.settings).whole() == [first.id, last.id]
