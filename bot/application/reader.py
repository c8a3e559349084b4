"""The reader of documents, as it is configured."""

from __future__ import annotations

from config.settings import Settings
from extraction.process.reader import Reader


def reader_for(settings: Settings) -> Reader:
    """The reader as it is configured. Nothing starts before its first call."""
    return Reader(
        languages=tuple(settings.languages),
        seconds=settings.read_seconds,
        memory_mb=settings.read_memory_mb,
        models=settings.models,
        network=settings.recogniser,
        converted=settings.home / "networks",
    )
