"""A machine's clock that can be set while programs run: what they, and SQLite within them, take for the time."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.servers.programs import needed


class SetClock:
    """`environment` has whoever is started with it go by this clock. Timers go on: time that passes is not set."""

    def __init__(self, folder: Path) -> None:
        needed("faketime", "faketime")
        library = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
        if library is None:
            pytest.skip("libfaketime lies somewhere else")
        self._file = folder / "clock"
        self.environment = {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }
        self.ahead(timedelta(0))

    def ahead(self, by: timedelta) -> None:
        """Sets it so much ahead of the true time, or behind."""
        self._file.write_text(f"{by.total_seconds():+.0f}\n")
