"""`billify worker` whose reader sleeps: python -m bot.bench.scale.worker SECONDS"""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress

from bot.application.processes import run_process
from bot.bench.scale.sleeping_reader import SleepingReader
from bot.telemetry.serving import file_read
from config.logging import set_up
from config.settings import Settings


def main(seconds: float) -> None:
    """Runs until SIGTERM, as the product's worker does."""
    settings = Settings()
    set_up(settings.log_level, settings.log_format)
    with suppress(KeyboardInterrupt, asyncio.CancelledError):
        asyncio.run(run_process(settings, "worker", ("worker",), lambda _: SleepingReader(seconds, file_read)))


if __name__ == "__main__":
    main(float(sys.argv[1]))
