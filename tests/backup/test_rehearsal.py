"""A restore rehearsed: made while messages are served, brought back onto either kind of database, and served on."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.application import backups
from bot.application.app import App, open_app
from bot.application.secret_files import secrets_of
from bot.console import audit
from bot.console import backup as console
from config.settings import Settings
from storage.backup.checking import differences, faults
from storage.backup.manifest import Manifest
from storage.documents.document_store import DocumentStore
from tests.fakes.books import small_company
from tests.fakes.databases.postgres import PostgresServer
from tests.fakes.kept import kept_books

ASKED = 6
"""Messages that wait when the backup begins, beside those that change the books."""


def _url(kind: str, request: pytest.FixtureRequest) -> str:
    if kind == "sqlite":
        return ""
    postgres: PostgresServer = request.getfixturevalue("postgres")
    return postgres.database_of_nobody_special()


@pytest.mark.parametrize(
    ("here", "there"),
    [("sqlite", "sqlite"), ("postgresql", "postgresql"), ("sqlite", "postgresql"), ("postgresql", "sqlite")],
)
async def test_a_backup_made_under_load_is_restored_and_served_on(
    request: pytest.FixtureRequest, tmp_path: Path, here: str, there: str
) -> None:
    old = kept_books.settings(tmp_path / "old", tmp_path / "backups", _url(here, request))
    waiting = [kept_books.say(f"ask-{number}", "balance") for number in range(ASKED)]
    async with kept_books.serving(old) as app:
        waiting = [*await kept_books.fill(app), *waiting]
        await kept_books.accept(app, waiting)
        made = await _backed_up_under_load(app, old)
        await kept_books.answered(app, waiting)
        with app.database.reading() as session:
            assert kept_books.counts(session)[1:] == (3, 3, 0)

    new = kept_books.settings(tmp_path / "new", tmp_path / "backups", _url(there, request))
    await console.restore(new, None, "", replace=False)

    assert not list(faults(backups.repository(new), made))
    await audit.verify(new)
    async with kept_books.serving(new) as app:
        await kept_books.answered(app, waiting)
        later = kept_books.say("later", "balance")
        await kept_books.accept(app, [later])
        await kept_books.answered(app, [later])
        with app.database.transaction() as session:
            added = small_company.invoice(session, app.owner_id, number="2025-later")
            served, bills, entries, balance = kept_books.counts(session)
    assert set(served) >= {message.key for message in (*waiting, later)}
    assert len(served) == len(set(served))
    assert (bills, entries, balance, added.id) == (4, 3, 0, 4)


async def _backed_up_under_load(app: App, settings: Settings) -> Manifest:
    """While others go on asking: what comes after the backup is no part of it, and nobody waits for it."""
    asked = []
    enough = asyncio.Event()

    async def go_on() -> None:
        while not enough.is_set():
            asked.append(kept_books.say(f"meanwhile-{len(asked)}", "balance"))
            await kept_books.accept(app, asked[-1:])
            await asyncio.sleep(0.1)

    load = asyncio.create_task(go_on())
    made = await backups.back_up(settings, app.database, app.documents)
    enough.set()
    await load  # not cancelled: the last one would wait for an answer to what was never accepted
    assert asked, "nobody was served meanwhile"
    await kept_books.answered(app, asked)
    return made


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_what_is_restored_is_equal_to_the_row_and_to_the_file(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    old = kept_books.settings(tmp_path / "old", tmp_path / "backups")
    async with kept_books.serving(old) as app:
        messages = await kept_books.fill(app)
        await kept_books.accept(app, messages)
        await kept_books.answered(app, messages)
        made = await backups.back_up(old, app.database, app.documents)
    new = kept_books.settings(tmp_path / "new", tmp_path / "backups", _url(kind, request))
    kept, manifest = console._opened(new, made.id, "")
    console._restored(new, kept, manifest)
    documents = DocumentStore(backups.documents_place(new), secrets_of(new)[1])

    assert manifest.rows > 50 and manifest.files == 3
    assert list(differences(kept, manifest, backups.parts(new), documents)) == []

    async with open_app(new, "test") as app:
        with app.database.transaction() as session:
            small_company.invoice(session, app.owner_id, number="2025-9")
    (tmp_path / "new" / "documents" / (first := next(iter(documents.names())))[:2] / first).unlink()
    found = "\n".join(differences(kept, manifest, backups.parts(new), documents))
    assert "ledger, table bill: company_id 1, id 4 came later" in found
    assert f"The document {first} is missing." in found
