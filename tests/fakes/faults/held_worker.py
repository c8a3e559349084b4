"""A worker with short pauses, in a process of its own, that holds messages at places on their way.

    python -m tests.fakes.faults.held_worker FOLDER PROCESS

FOLDER is that of `Places`. Settings come from the environment as always.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.application.app import open_app
from config.settings import Settings
from tests.fakes.faults.places import Places
from tests.fakes.faults.quick import be_quick


async def main(folder: str, process: str) -> None:
    async with open_app(Settings(), process) as app:
        with Places(Path(folder)).holding(app.steps()) as steps:
            await app.jobs.serve(steps)


if __name__ == "__main__":
    be_quick()
    asyncio.run(main(*sys.argv[1:]))
