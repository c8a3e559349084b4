"""`billify read`: what documents say, without a ledger."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from config.settings import Settings
from extraction.command import read_paths, summary
from extraction.evidence import to_contract
from extraction.process import Reader


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


async def print_readings(settings: Settings, paths: Sequence[Path], *, as_json: bool) -> bool:
    """Prints what each file says as soon as it is read; returns whether all of them could be read."""
    reader, all_read = reader_for(settings), True
    try:
        async for name, reading in read_paths(paths, reader):
            line = json.dumps(to_contract(name, reading), ensure_ascii=False) if as_json else summary(name, reading)
            print(line, flush=True)
            all_read = all_read and reading.problem is None
    finally:
        await reader.close()
    return all_read
