"""Prints a line whenever the schedule of the clock has something done: every 50 ms.

python -m tests.fakes.faults.ticking
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from bot.background.clock import Regularly, run_schedule


async def tick() -> None:
    print(datetime.now(UTC).year, flush=True)


if __name__ == "__main__":
    asyncio.run(run_schedule(Regularly("tick", 0.05, tick)))
