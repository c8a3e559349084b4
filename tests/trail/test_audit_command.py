"""`billify audit`: it finds what was done to the database behind Billify's back, and writes the trail to files."""

from __future__ import annotations

import asyncio
import csv
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from bot.application.app import open_app
from bot.application.secret_files import secrets_of
from bot.background.audit_heads import note_audit_heads
from bot.console import audit
from bot.console.keys import rotate
from config.settings import Settings
from handlers.errors import BillifyError
from storage.db.database import Database
from storage.people import preferences
from storage.trail.heads import Heads
from tests.fakes.books.small_company import NOW


async def choose(settings: Settings, hour: int) -> None:
    database = Database(settings.ledger_url)
    with database.transaction() as session:
        preferences.change(session, 1, NOW, digest_hour=hour)
    database.close()


def tamper(settings: Settings, *statements: str) -> None:
    with sqlite3.connect(settings.home / "ledger.db") as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
    connection.close()


async def test_verify_and_export_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = Settings(home=tmp_path / "home", owner_name="Olga")
    settings.home.mkdir()
    await audit.verify(settings)
    assert "was never noted outside" in capsys.readouterr().out
    await choose(settings, 7)
    await audit.verify(settings)
    told = capsys.readouterr().out.strip()
    head = told.rpartition("Head: ")[2]
    assert "rows hold" in told and "never noted" not in told

    await audit.export(settings, date(2025, 3, 21), date(2025, 3, 21), tmp_path)
    assert head in capsys.readouterr().out and (tmp_path / "audit.xlsx").read_bytes()[:2] == b"PK"
    rows = list(csv.DictReader((tmp_path / "audit.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["Person"], row["Field"], row["New"]) for row in rows if row["Field"] == "digest_hour"] == [
        ("Olga", "digest_hour", "7")
    ]
    with pytest.raises(BillifyError, match="Give the first day first"):
        await audit.export(settings, date(2025, 3, 22), date(2025, 3, 21), tmp_path)

    await rotate(settings)
    _, keys = secrets_of(settings)
    assert (noted := Heads(settings.home / "audit.heads", keys).noted(1)) and f"{noted.position}:{noted.hash}" == head

    last = "(SELECT max(position) FROM auditlink)"
    step = f"(SELECT audit_id FROM auditlink WHERE position = {last})"
    tamper(settings, f"DELETE FROM audit WHERE id = {step}", f"DELETE FROM auditlink WHERE position = {last}")
    with pytest.raises(BillifyError, match="last rows of the audit were removed"):
        await audit.verify(settings)
    async with open_app(settings, "clock") as app:
        await note_audit_heads(app.database, app.companies, app.heads)
        assert app.heads.noted(1) == noted, "the night notes no chain that lacks its end"

    await choose(settings, 9)  # the chain grows again to the length that was noted
    with pytest.raises(BillifyError, match="written anew"):
        await audit.verify(settings)
    (settings.home / "audit.heads").unlink()
    with pytest.raises(BillifyError, match="written anew"):
        await audit.verify(settings, head)
    with pytest.raises(BillifyError, match="is no head"):
        await audit.verify(settings, "12")


async def test_a_forged_note_is_no_note(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    await asyncio.to_thread(settings.home.mkdir)
    await audit.verify(settings)
    (settings.home / "audit.heads").write_bytes(b'{"1": [1, "00"]}')
    with pytest.raises(Exception, match="cannot be opened"):
        await audit.verify(settings)
