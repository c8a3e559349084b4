"""Draws pages of originals, in a process of its own (see isolated), so that who looks waits for nobody's reading."""

from __future__ import annotations

from extraction.errors import ReaderDied
from extraction.process.isolated import IsolatedProcess
from extraction.process.own_process import InOwnProcess

_SECONDS = 12.0
"""Of processor time for a page; one of an ordinary PDF takes 0.1 to 0.3."""
_MEMORY_MB = 1024


class PageDrawer(InOwnProcess):
    """The process starts with the first page, and stays warm. Safe from any thread and any event loop."""

    def __init__(self) -> None:
        self._process = IsolatedProcess("page drawer", _begin, memory_mb=_MEMORY_MB)

    async def count(self, data: bytes) -> int:
        """How many pages a file has; 0 where it cannot be shown."""
        try:
            return await self._process.call("counting pages", _SECONDS, _count, data)
        except ReaderDied:
            return 0

    async def draw(self, data: bytes, number: int) -> bytes:
        """A page (from 1) as JPEG; b"" where it cannot be shown."""
        try:
            return await self._process.call("drawing a page", _SECONDS, _draw, data, number)
        except ReaderDied:
            return b""


# Imports of decoders lie within the functions: the parent imports this file and has no use for them.


def _begin() -> None:
    import extraction.pipeline.plain_page  # noqa: F401  here, so that no call's time limit pays for it


def _count(data: bytes) -> int:
    from extraction.pipeline.plain_page import count_pages

    return count_pages(data)


def _draw(data: bytes, number: int) -> bytes:
    from extraction.pipeline.plain_page import draw_page

    return draw_page(data, number)
