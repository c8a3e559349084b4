"""A reader that takes its time and reads nothing: what is measured is everything around reading."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable

from extraction.evidence import Evidence, ReadDocument, Reading
from extraction.files.zip_archive import Unpacked
from extraction.process.reader import Reader

PICTURE = b"\x89PNG\r\n\x1a\n"


class SleepingReader(Reader):
    """Reads documents of `paper` in `seconds` each, one at a time, as a `Reader` does; no process is started."""

    def __init__(self, seconds: float, took: Callable[[float], object] = lambda _: None) -> None:
        super().__init__()
        self._heard = took
        self._sleeps = seconds
        self._line = asyncio.Lock()

    async def read(self, data: bytes, name: str = "") -> Reading:
        """An invoice without doubts, another one of each file."""
        async with self._line:
            began = time.monotonic()
            await asyncio.sleep(self._sleeps)
            self._heard(time.monotonic() - began)
        mark = hashlib.sha256(data).hexdigest()
        values = {
            "vendor": f"Firm {int(mark[:4], 16) % 500} GmbH",
            "number": mark[:12].upper(),
            "issue_date": "2025-12-01",
            "due_date": "2025-12-31",
            "currency": "EUR",
            "total": f"{100 + int(mark[4:8], 16)}.19",
        }
        read = {field: Evidence(value, 0.97, "text") for field, value in values.items()}
        return Reading((ReadDocument("invoice", (1,), read),), media_type="image/jpeg")

    async def unpack(self, data: bytes, name: str = "") -> Unpacked:
        return Unpacked()

    async def join(self, pictures: tuple[bytes, ...]) -> bytes:
        return b""

    async def picture(self, data: bytes, document: ReadDocument) -> bytes:
        return PICTURE + data

    async def warm_up(self) -> None:
        return None


def paper(n: int) -> bytes:
    """The n-th document, as large as a picture of a page is."""
    return f"paper {n} ".encode() * 20_000
