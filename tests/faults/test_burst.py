"""Messages all at once, and two restarts in the middle of them: each is answered once, and booked once."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.fakes.drill.burst import burst
from tests.fakes.kept import kept_books


async def test_restarts_in_the_middle_lose_and_double_nothing(quick: None, blank_sqlite: Path, tmp_path: Path) -> None:
    """Fifty of the thousand that `python -m tests.fakes.drill.burst` has."""
    settings = kept_books.settings(tmp_path / "home", tmp_path / "backups")
    shutil.copy(blank_sqlite, settings.home / "ledger.db")
    await burst(settings, conversations=10, each=5)
