"""Tries what waits in the outbox again, as its time comes: one platform after the other, each until it is away."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime

from bot.channels.channel import Postponed
from bot.processing.delivery import Delivery
from storage.db.database import Database
from storage.messages import outbox
from storage.models import OutboxItem

log = logging.getLogger(__name__)

LOOK_SECONDS = 2.0
"""A relay that is back, or a mail that was greylisted for a minute: nobody waits longer for us to notice."""


async def keep_trying(database: Database, delivery: Delivery) -> None:
    """Empties the outbox as far as platforms let it, until cancelled. Any number of workers may do so."""
    while True:
        try:
            while await try_due(database, delivery, datetime.now(UTC)):
                pass
        except Exception:  # of any kind: the database is away, say; it is looked at again
            log.exception("the outbox could not be worked on")
        await asyncio.sleep(LOOK_SECONDS)


async def try_due(database: Database, delivery: Delivery, now: datetime) -> int:
    """Tries each reply whose time has come once; returns how many were delivered."""
    due = await database.run(outbox.claim_due, now)
    sent = 0
    for channel in dict.fromkeys(item.channel for item in due):
        sent += await _try_channel(database, delivery, [item for item in due if item.channel == channel], now)
    return sent


async def _try_channel(database: Database, delivery: Delivery, items: list[OutboxItem], now: datetime) -> int:
    """Replies for one platform, in their order. Once it cannot be reached, all others wait as well."""
    sent = 0
    for item in items:
        try:
            await delivery.send_again(item)
            sent += 1
        except Exception as error:  # of any platform
            after = await delivery.put_off_again(item, error)
            if isinstance(error, Postponed) and error.away:
                await database.run(outbox.hold_back, item.channel, until=after.next_at, reason=after.reason)
                break
    return sent
