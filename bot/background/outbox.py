"""Tries what waits in the outbox again, as its time comes: one platform after the other, each until it is away."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime

from bot.channels.channel import Postponed
from bot.processing.companies import Companies
from bot.processing.delivery import Delivery
from storage.db.database import Database
from storage.db.tenancy import acting_for
from storage.messages import outbox

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""A platform that is back, or that asked to wait for some seconds: nobody waits longer for us to notice."""

IDLE_SECONDS = 3.0
"""Where nothing waits: what is put off meanwhile is so for as long at least."""


async def keep_trying(database: Database, delivery: Delivery, companies: Companies) -> None:
    """Empties the outbox as far as platforms let it, until cancelled, one beside the other: none waits for one that is
    slow. Any number of workers may do so."""
    busy: dict[tuple[int, str], asyncio.Task[None]] = {}
    try:
        while True:
            waits, busy = False, {way: task for way, task in busy.items() if not task.done()}
            try:
                for company in await companies.where(outbox.companies_that_wait):
                    waits = True
                    with acting_for(company):  # which the tasks begun here go on doing
                        for channel in await database.read(outbox.due_channels, datetime.now(UTC)):
                            if (way := (company, channel)) not in busy:
                                busy[way] = asyncio.create_task(_empty(database, delivery, channel))
            except Exception:  # of any kind: the database is away, say; it is looked at again
                log.exception("the outbox could not be looked at")
            await asyncio.sleep(LOOK_SECONDS if waits else IDLE_SECONDS)
    finally:
        for task in busy.values():
            task.cancel()


async def _empty(database: Database, delivery: Delivery, channel: str) -> None:
    try:
        while await _try_channel(database, delivery, channel, datetime.now(UTC)):
            pass
    except Exception:  # as above
        log.exception("the outbox for %s could not be worked on", channel)


async def try_due(database: Database, delivery: Delivery, now: datetime) -> int:
    """Tries each reply whose time has come once, and those that waited for it; returns how many were delivered."""
    sent = 0
    for channel in await database.read(outbox.due_channels, now):
        while some := await _try_channel(database, delivery, channel, now):
            sent += some
    return sent


async def _try_channel(database: Database, delivery: Delivery, channel: str, now: datetime) -> int:
    """Replies for one platform, in their order. Once it cannot be reached, all others wait as well."""
    in_order = delivery.keeps_order(channel)
    items = await database.run(lambda session: outbox.claim_due(session, now, channel, in_order=in_order))
    sent = 0
    for item in items:
        try:
            await delivery.send_again(item)
            sent += 1
        except Exception as error:  # of any platform
            after = await delivery.put_off_again(item, error)
            if after is not None and isinstance(error, Postponed) and error.away:
                await database.run(outbox.hold_back, item.channel, until=after.next_at, reason=after.reason)
                break
    return sent
