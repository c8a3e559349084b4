"""The clock: asks every minute what people are to be told by themselves, and tidies up every night.

What is to be told becomes a message that the clock sends in the person's name, and goes the way of all messages:
durable, served once by its key, delivered once. Any number of clocks may run, and a minute that none of them saw is
made up for by the next one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, tzinfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.channels.channel import Accept
from handlers.mailbox.channel_faults import due_channel_notices
from handlers.mailbox.notices import due_mail_notices, give_up_undeliverable
from handlers.mailbox.owner_notes import due_owner_notes
from handlers.messages import Message
from handlers.people.mail_addresses import address_code_messages
from handlers.reminders.due_notices import Notice, due_notices
from storage.db.database import Database

log = logging.getLogger(__name__)

TICK_SECONDS = 60.0


async def run_schedule(tick: Callable[[], Awaitable[object]], tidy: Callable[[], Awaitable[object]]) -> None:
    """Calls `accept_due_notices` now and every minute, and `tidy` every night, until cancelled."""

    async def until_stopped(work: Callable[[], Awaitable[object]]) -> None:
        with suppress(asyncio.CancelledError):  # at the end; what it had begun is made up for by the next clock
            await work()

    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(
        until_stopped,
        "interval",
        args=(tick,),
        seconds=TICK_SECONDS,
        next_run_time=datetime.now(UTC),
        coalesce=True,
        max_instances=1,
    )
    scheduler.add_job(until_stopped, "cron", args=(tidy,), hour=3, misfire_grace_time=3600, coalesce=True)
    scheduler.start()
    try:
        await asyncio.Event().wait()
    finally:
        scheduler.shutdown(wait=False)


async def accept_due_notices(
    database: Database, accept: Accept, zone: tzinfo, now: datetime | None = None
) -> list[Message]:
    """Accepts a message for each notice whose time has come, and returns them.

    `zone` is the company's. `now` is None for the present; else the messages are served as if it were that time.
    """
    await database.run(give_up_undeliverable, now or datetime.now(UTC))
    notices = await database.read(due_notices, now or datetime.now(UTC), zone)
    notices += await database.read(lambda session: list(due_owner_notes(session, now or datetime.now(UTC))))
    notices += await database.read(lambda session: list(due_channel_notices(session, now or datetime.now(UTC))))
    notices += await database.read(due_mail_notices, now or datetime.now(UTC), zone)
    messages = [_message(notice, now) for notice in notices]
    messages += await database.read(address_code_messages, now or datetime.now(UTC))
    for message in messages:
        log.info("telling %s: %s", message.sender_name, message.key)
        await accept(message)
    return messages


def _message(notice: Notice, now: datetime | None) -> Message:
    return Message(
        key=notice.key,
        channel=notice.place.channel,
        conversation=notice.place.conversation,
        sender=notice.place.address,
        sender_name=notice.name,
        sent_at=now or datetime.now(UTC),
        now=now,
        notice=notice.kind,
    )
