"""The home folder is its owner's alone, and what lay in it in the clear does not stay."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from bot.application.home import close_to_others, readable_by_others, sweep, write_fault

DAY = 24 * 3600


def file(path: Path, age: float = 0, mode: int = 0o644) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    path.chmod(mode)
    for one in (path, path.parent):
        os.utime(one, (time.time() - age, time.time() - age))
    return path


def test_what_others_could_read_is_told_and_closed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    open_ = [file(home / name) for name in ("ledger.db", "billify.toml", "terminal/ab/bill.pdf", "mail/new/1")]
    home.chmod(0o755)
    closed = file(home / "secret.key", mode=0o600)
    found = readable_by_others(home)
    assert {*open_, home} <= set(found) and closed not in found
    close_to_others(home)
    assert readable_by_others(home) == []
    assert (home / "ledger.db").stat().st_mode & 0o777 == 0o600, "the owner keeps what they may"


@pytest.mark.parametrize(
    ("name", "goes_after"),
    [
        ("terminal/ab12/bill.pdf", DAY),
        ("faults/1.txt", 30 * DAY),
        ("mail/new/1", 90 * DAY),
        ("mail/cur/1:2,S", 90 * DAY),
        ("mail/tmp/1", 3600),
        (".new-abc", 3600),
        ("documents/ab/.new-abc", 3600),
    ],
)
def test_what_is_left_behind_goes_in_time(tmp_path: Path, name: str, goes_after: float) -> None:
    left = file(tmp_path / name, goes_after - 60)
    sweep(tmp_path)
    assert left.exists()
    file(left, goes_after + 60)
    sweep(tmp_path)
    assert not left.exists()


def test_nothing_else_is_swept(tmp_path: Path) -> None:
    kept = [file(tmp_path / name, 4000 * DAY) for name in ("documents/ab/abcd", "document.key", "ledger.db")]
    sweep(tmp_path)
    assert all(one.exists() for one in kept)


def test_a_fault_is_written_where_nobody_guesses_and_tells_no_secret(tmp_path: Path) -> None:
    one, other = (write_fault(tmp_path, "at postgresql://anna:hunter2@db/x\nDE89370400440532013000") for _ in "12")
    assert one != other and one.stat().st_mode & 0o777 == 0o600 and one.parent.stat().st_mode & 0o777 == 0o700
    assert "hunter2" not in one.read_text() and "DE89…3000" in one.read_text()
