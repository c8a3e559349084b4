"""From the last release to this one, while it is served; and what `billify release` refuses."""

from __future__ import annotations

import ast
import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import insert, text

from bot.application import app as module
from bot.application.app import open_app
from bot.application.releasing import release
from config.settings import Settings
from handlers.errors import BillifyError
from storage.db.database import Database
from storage.migrations import releases
from storage.migrations.releases import Step
from storage.migrations.upgrade import alembic_config, migrate, versions
from storage.models import SchemaRelease
from tests.fakes.faults.books import check_once, confirmations
from tests.fakes.kept import kept_books

LAST_RELEASE = "0031"
MESSAGES = 10
TAKES_AWAY = ("drop_table", "drop_column", "drop_constraint", "drop_index", "alter_column", "rename_table")


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Path, database_url: str) -> Settings:
    url = "" if database_url.startswith("sqlite") else database_url
    return kept_books.settings(tmp_path / "home", tmp_path / "backups", url)


def _to_last_release(database: Database) -> None:
    with database.engine.begin() as connection:
        command.upgrade(alembic_config(connection), LAST_RELEASE)


async def test_the_last_releases_books_are_brought_up_to_date_while_they_are_served(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where all steps only add, under load; else once those of the version before have stopped."""
    beside = not releases.ends_others(releases.pending(LAST_RELEASE))
    monkeypatch.setattr(module, "migrate", _to_last_release)
    async with kept_books.serving(settings, "worker.1") as app:
        monkeypatch.setattr(module, "migrate", migrate)
        assert versions(settings.ledger_url)[0] == LAST_RELEASE
        messages = await confirmations(app, [f"{n:02}" for n in range(MESSAGES)])

        async def load() -> None:
            for message in messages:
                await app.jobs.accept(message)
                await asyncio.sleep(0.05)

        loading = asyncio.create_task(load())
        if beside:
            await release(settings, no_way_back=False)
        await loading
    if not beside:
        await release(settings, no_way_back=True)
    there, ours = versions(settings.ledger_url)
    assert there == ours
    async with kept_books.serving(settings, "worker.2") as app:
        await kept_books.answered(app, messages)
        await check_once(app, messages)
        further = replace(messages[0], key="terminal:later", choice=None, text="balance", conversation="later")
        await app.jobs.accept(further)
        await kept_books.answered(app, [further])


@pytest.fixture
def ending(monkeypatch: pytest.MonkeyPatch) -> Iterator[Step]:
    """The newest step is one that takes something away."""
    steps = releases._steps()
    last = replace(steps[-1], expands=False)
    monkeypatch.setattr(releases, "_steps", lambda: [*steps[:-1], last])
    yield last


def _before(settings: Settings, last: Step) -> None:
    database = Database(settings.ledger_url)
    migrate(database)
    with database.engine.begin() as connection:
        command.downgrade(alembic_config(connection), last.before or "base")
    database.close()


async def test_what_there_is_no_way_back_from_is_refused_unless_said(settings: Settings, ending: Step) -> None:
    await asyncio.to_thread(_before, settings, ending)
    with pytest.raises(BillifyError, match=f"no way back.*{ending.revision}.*billify backup.*--no-way-back"):
        await release(settings, no_way_back=False)
    assert versions(settings.ledger_url)[0] == ending.before, "nothing was done"
    await release(settings, no_way_back=True)
    assert versions(settings.ledger_url)[0] == ending.revision


async def test_nobody_takes_away_what_processes_of_the_version_before_work_with(
    settings: Settings, ending: Step, monkeypatch: pytest.MonkeyPatch
) -> None:
    await asyncio.to_thread(_before, settings, ending)
    monkeypatch.setattr(module.Jobs, "serving", lambda self: ["worker.1@3f9c20"])
    for start in (lambda: release(settings, no_way_back=True), lambda: _start(settings)):
        with pytest.raises(BillifyError, match=r"worker\.1@3f9c20.*Stop all its processes first"):
            await start()
    assert versions(settings.ledger_url)[0] == ending.before
    monkeypatch.setattr(module.Jobs, "serving", lambda self: [])
    await _start(settings)
    assert versions(settings.ledger_url)[0] == ending.revision, "a laptop's one process brings its books along"


@pytest.mark.parametrize("may", [True, False])
async def test_an_earlier_version_starts_beside_a_later_one_where_it_may(settings: Settings, may: bool) -> None:
    await _start(settings)
    later = {"revision": "9999", "version": "9.9", "oldest": releases.head() if may else "9998", "at": _tomorrow()}
    database = Database(settings.ledger_url)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.execute(insert(SchemaRelease.__table__).values(later))  # type: ignore[attr-defined]
    database.close()
    if may:
        await _start(settings)
        await release(settings, no_way_back=False)
    else:
        with pytest.raises(BillifyError, match=r"by Billify 9\.9.*cannot work on them.*backup"):
            await _start(settings)
    assert versions(settings.ledger_url)[0] == "9999", "it changes nothing"


def test_a_step_that_says_that_it_only_adds_takes_nothing_away() -> None:
    folder = Path(releases.__file__).parent / "versions"
    said = [file for file in folder.glob("0*.py") if "\nexpands = True" in file.read_text()]
    assert said
    for file in said:
        (upgrade,) = [part for part in ast.parse(file.read_text()).body if getattr(part, "name", "") == "upgrade"]
        calls = [node.func.attr for node in ast.walk(upgrade) if _is_method(node)]  # type: ignore[attr-defined]
        assert not set(calls) & set(TAKES_AWAY), file.name
        words = [node.value for node in ast.walk(upgrade) if isinstance(node, ast.Constant)]
        taking = ("DROP ", "RENAME ", "SET NOT NULL", "TYPE ")
        assert not [word for word in words if isinstance(word, str) and any(one in word for one in taking)], file.name


def _is_method(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)


def _tomorrow() -> datetime:
    return datetime.now(UTC).replace(year=2100)


async def _start(settings: Settings) -> None:
    async with open_app(settings, "test"):
        pass
