"""`billify read`: what documents say, without a ledger."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from bot.application.reader import reader_for
from config.settings import Settings
from extraction.evidence import Reading, to_contract
from extraction.process.read_command import read_paths, summary


async def print_readings(settings: Settings, paths: Sequence[Path], *, as_json: bool, explain: bool = False) -> bool:
    """Prints what each file says as soon as it is read; returns whether all of them could be read.

    With `explain`, and not as JSON, also why each field has its value.
    """
    reader, all_read = reader_for(settings), True
    try:
        async for name, reading in read_paths(paths, reader):
            told = summary(name, reading, explain=explain) if not as_json else _line(name, reading)
            print(told, flush=True)
            all_read = all_read and reading.problem is None
    finally:
        await reader.close()
    return all_read


def _line(name: str, reading: Reading) -> str:
    return json.dumps(to_contract(name, reading), ensure_ascii=False)
