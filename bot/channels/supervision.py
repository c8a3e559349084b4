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


async def supervised(name: str, work: Callable[[], Awaitable[object]], health: Health) -> None:
    """Does the work until it is cancelled, or over. What it raises is told to `health`, and it is begun anew."""
    pause = FIRST_PAUSE
    while True:
        begun = time.monotonic()
        try:
            await work()
        except ChannelMisconfigured as error:
            reason, lasting = str(error), True
            log.error("%s does not work: %s Next try in %.0f s", name, reason, pause)
        except Exception as error:  # of any kind: no fault of one channel may end the others
            reason, lasting = f"{type(error).__name__}: {error}", False
            log.exception("%s failed; next try in %.0f s", name, pause)
        else:
            return
        await health.failing(reason, lasting=lasting)
        if time.monotonic() - begun > LONGEST_PAUSE:
            pause = FIRST_PAUSE
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


def growing(pause: float, tries: int) -> float:
    """The pause after so many tries that failed in a row, from 1: doubled each time."""
    return min(pause * float(1 << min(tries - 1, 16)), max(pause, LONGEST_PAUSE))
