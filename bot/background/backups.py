"""Makes backups as their time comes, and tells when the last one is old or failed."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.channels.channel import Health
from bot.channels.supervision import in_a_line
from handlers.mailbox.channel_faults import BACKUP
from storage.backup import runs
from storage.db.database import Database
from storage.messages import housekeeping

OLD = 2
"""So many times the hours between two backups the last one may be old before anybody is told."""

log = logging.getLogger(__name__)


async def back_up_if_due(
    database: Database, back_up: Callable[[], Awaitable[object]], every: timedelta, now: datetime
) -> bool:
    """Makes a backup where none was made for so long; whether it did. Any number of clocks may ask; one that failed is
    tried again an hour later."""
    since = now - every
    if not await database.read(housekeeping.is_due, BACKUP, since, now):
        return False
    if not await database.run(housekeeping.begin, BACKUP, since, now):
        return False  # another clock was quicker
    try:
        await back_up()
    except Exception as error:  # of any kind: it is noted, and the owner hears of it
        log.error("no backup could be made: %s", in_a_line(error))
        return False
    await database.run(housekeeping.finish, BACKUP, now)
    return True


async def watch(database: Database, health: Health, every: timedelta, now: datetime) -> None:
    """Says how backups are, as the ways in say how they are, so that the owner hears of it the same way."""
    fault = await database.read(trouble, every, now)
    await (health.failing(fault, lasting=True) if fault else health.well())


def trouble(session: Session, every: timedelta, now: datetime) -> str | None:
    """What is wrong with the backups, in a line; None for nothing."""
    ended, whole = runs.latest(session), runs.latest_whole(session)
    if ended is not None and ended.fault:
        return ended.fault
    if whole is not None and whole.left_out:
        return f"{whole.left_out} documents could not be copied; `billify backup` says which"
    since = whole.begun_at if whole else runs.first_begun(session)
    if since is not None and now - since > OLD * every:
        return f"the last one is of {since:%Y-%m-%d %H:%M} UTC" if whole else "none was ever finished"
    return None
