"""`billify read`: what documents say, without a ledger."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from bot.application.reader import reader_for, reader_pool_for
from config.settings import Settings
from extraction.evidence import Reading, to_contract
from extraction.fields.parties.ourselves import Ourselves
from extraction.process.read_command import read_paths, seen_by, summary
from storage.people.company import NAMELESS


async def print_readings(settings: Settings, paths: Sequence[Path], *, as_json: bool, explain: bool = False) -> bool:
    """Prints what each file says as soon as it is read; returns whether all of them could be read.

    With `explain`, and not as JSON, also why each field has its value.
    """
    many = len(paths) > 1 or any(path.is_dir() or path.suffix.lower() == ".zip" for path in paths)
    reader, all_read = reader_pool_for(settings) if many else reader_for(settings), True
    us = Ourselves((settings.company_name,) if settings.company_name != NAMELESS else ())
    try:
        async for name, read in read_paths(paths, reader):
            reading = seen_by(read, us)
            told = summary(name, reading, explain=explain) if not as_json else _line(name, reading)
            print(told, flush=True)
            all_read = all_read and reading.problem is None
    finally:
        await reader.close()
    return all_read


def _line(name: str, reading: Reading) -> str:
    return json.dumps(to_contract(name, reading), ensure_ascii=False)
