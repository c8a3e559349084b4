"""Waits for a database or a disk that is away: what cannot be kept now is no fault of the message."""

from __future__ import annotations

import asyncio
import errno
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.channels.supervision import in_a_line
from storage.db.database import is_away

log = logging.getLogger(__name__)

LONGEST_PAUSE = 5.0
"""Seconds between two tries: so long at most after it is back, work goes on."""

_OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}

T = TypeVar("T")


def is_passing(error: BaseException) -> bool:
    """Whether the database or the disk is away, full or locked, which somebody mends sooner or later."""
    if is_away(error) or (isinstance(error, OSError) and error.errno in _OF_THE_DISK):
        return True
    return error.__cause__ is not None and is_passing(error.__cause__)


async def patiently(what: str, work: Callable[[], Awaitable[T]]) -> T:
    """Does the work, which may be repeated, as often as it takes until the database and the disk are there.

    `what` is for the log. Raises: whatever else the work raises.
    """
    pause = 0.1
    while True:
        try:
            return await work()
        except Exception as error:
            if not is_passing(error):
                raise
            log.warning("%s waits: %s", what, in_a_line(error))
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
