"""Trouble stays where it is: what ends one way in is told and begun anew, and ends no other."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from bot.channels.channel import ChannelMisconfigured, Health

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 300.0
"""Seconds before it is begun anew; doubled each time, from the first again once it worked for as long."""

log = logging.getLogger(__name__)


async def supervised(
    name: str,
    work: Callable[[], Awaitable[object]],
    health: Health,
    *,
    longest: float | None = None,
    passing: Callable[[Exception], bool] = lambda _: False,
) -> None:
    """Does the work until it is cancelled, or over. What it raises is told to `health`, and it is begun anew, after
    `longest` seconds at most (None for the usual).

    `passing` says of which errors a line says all: no fault of the work, such as a database that is away.
    """
    pause = FIRST_PAUSE
    while True:
        begun = time.monotonic()
        try:
            await work()
        except ChannelMisconfigured as error:
            reason, lasting = str(error), True
            log.error("%s does not work: %s Next try in %.0f s", name, reason, pause)
        except Exception as error:  # of any kind: no fault of one channel may end the others
            if (task := asyncio.current_task()) and task.cancelling():  # it failed on its way out
                log.warning("%s did not end well: %s", name, in_a_line(error))
                raise asyncio.CancelledError from error
            reason, lasting = f"{type(error).__name__}: {error}", False
            if passing(error):
                log.warning("%s waits, and is tried again in %.0f s: %s", name, pause, in_a_line(error))
            else:
                log.exception("%s failed; next try in %.0f s", name, pause)
        else:
            return
        await health.failing(reason, lasting=lasting)
        most = LONGEST_PAUSE if longest is None else longest
        if time.monotonic() - begun > most:
            pause = FIRST_PAUSE
        await asyncio.sleep(pause)
        pause = min(pause * 2, most)


def in_a_line(error: BaseException) -> str:
    """What an error says, short enough for a line of the log."""
    return " ".join(str(error).split())[:300]


def growing(pause: float, tries: int) -> float:
    """The pause after so many tries that failed in a row, from 1: doubled each time."""
    return min(pause * float(1 << min(tries - 1, 16)), max(pause, LONGEST_PAUSE))
