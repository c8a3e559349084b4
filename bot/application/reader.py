"""The reader of documents, as it is configured."""

from __future__ import annotations

from bot.telemetry.serving import file_read
from config.settings import Settings
from extraction.process.reader import Reader
from extraction.process.reader_pool import MOST_READERS, ReaderPool, processors


def reader_for(settings: Settings, threads: int | None = None) -> Reader:
    """The reader as it is configured. Nothing starts before its first call. `threads`: None for all processors."""
    return Reader(
        languages=tuple(settings.languages),
        seconds=settings.read_seconds,
        memory_mb=settings.read_memory_mb,
        models=settings.models,
        network=settings.recogniser,
        converted=settings.home / "networks",
        threads=threads,
        took=file_read,
    )


def reader_pool_for(settings: Settings) -> ReaderPool:
    """A reader for each processor, up to four, for many documents at once."""
    return ReaderPool(lambda: reader_for(settings, threads=1), min(processors(), MOST_READERS))
