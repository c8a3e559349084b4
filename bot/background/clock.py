"""The clock: asks every minute what people are to be told by themselves.

What is to be told becomes a message that the clock sends in the person's name, and goes the way of all messages:
durable, served once by its key, delivered once. Any number of clocks may run, and a minute that none of them saw is
made up for by the next one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger
from sqlmodel import Session

from bot.channels.channel import Accept
from bot.channels.supervision import in_a_line
from bot.processing.durable.patience import is_passing
from bot.telemetry.metrics import ticked
from handlers.mailbox.channel_faults import due_channel_notices
from handlers.mailbox.notices import due_mail_notices, give_up_undeliverable
from handlers.mailbox.owner_notes import due_owner_notes
from handlers.messages import Message
from handlers.people.mail_addresses import address_code_messages
from handlers.reminders.due_notices import Notice, due_notices
from handlers.reminders.next_look import next_look
from handlers.reminders.schedule import find_time_zone
from storage.db.database import Database
from storage.messages import outbox
from storage.people import company

log = logging.getLogger(__name__)

TICK_SECONDS = 60.0
WATCH_SECONDS = 5.0
"""How often it is looked whether the machine's clock was set back."""


@dataclass(frozen=True)
class Regularly:
    """Work that is done every so many seconds, first after `first`; it is never done twice at a time."""

    name: str
    seconds: float
    work: Callable[[], Awaitable[object]]
    first: float = 0.0

    async def once(self) -> None:
        """What it raises is said: what one tick did not come to is made up for by the next."""
        try:
            await self.work()
        except asyncio.CancelledError:  # at the end; what it had begun is made up for by the next clock
            return
        except Exception as error:
            ticked(self.name, well=False)
            if is_passing(error):
                log.warning("%s waits for its next turn: %s", self.name, in_a_line(error))
            else:
                log.exception("%s failed; it is tried again at its next turn", self.name)
        else:
            ticked(self.name, well=True)


async def run_schedule(*works: Regularly) -> None:
    """Does what is to be done regularly, until cancelled."""
    scheduler, now = AsyncIOScheduler(timezone=UTC), datetime.now(UTC)
    for each in works:
        scheduler.add_job(
            each.once,
            _Every(timedelta(seconds=each.seconds)),
            id=each.name,
            next_run_time=now + timedelta(seconds=each.first),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    scheduler.start()
    try:
        await _mind_the_clock(scheduler, works)
    finally:
        scheduler.shutdown(wait=False)


class _Every(BaseTrigger):  # type: ignore[misc]
    """In a rhythm. The scheduler's own counts each turn that was missed, which takes minutes after a clock was set
    ahead by a year; here they are one.
    """

    def __init__(self, rhythm: timedelta) -> None:
        self._rhythm = rhythm

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """The next turn, which is later than `now`."""
        following = (previous_fire_time or now) + self._rhythm
        return following if following > now else now + self._rhythm


async def _mind_the_clock(scheduler: AsyncIOScheduler, works: Collection[Regularly]) -> None:
    """The scheduler waits for a time of day. What would wait longer than it ever should, since the machine's clock was
    set back, has its turn at once, and goes on in its rhythm from there.
    """
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        now = datetime.now(UTC)
        for each in works:
            job = scheduler.get_job(each.name)
            if job.next_run_time - now > timedelta(seconds=max(each.first, each.seconds)):
                log.warning("The machine's clock was set back: %s has its turn now", each.name)
                job.modify(next_run_time=now)


async def accept_due_notices(
    database: Database, accept: Accept, zone: tzinfo, now: datetime | None = None
) -> list[Message]:
    """Accepts a message for each notice whose time has come, and returns them.

    `zone` is that of a company that has none of its own. `now` is None for the present; else the messages are served as
    if it were that time.
    """
    messages, _ = await tell_what_is_due(database, accept, zone, now)
    return messages


async def tell_what_is_due(
    database: Database, accept: Accept, zone: tzinfo, now: datetime | None = None
) -> tuple[list[Message], datetime]:
    """The same, with when it has to be looked next where nothing happens meanwhile."""
    at = now or datetime.now(UTC)
    if await database.read(outbox.failed):
        await database.run(give_up_undeliverable, at)
    messages, following = await database.read(_due, at, zone, now)
    for message in messages:
        log.info("telling somebody: %s", message.key)
        await accept(message)
    return messages, following


def _due(session: Session, at: datetime, zone: tzinfo, now: datetime | None) -> tuple[list[Message], datetime]:
    zone = find_time_zone(company.company(session).zone) or zone
    notices = [
        *due_notices(session, at, zone),
        *due_owner_notes(session, at),
        *due_channel_notices(session, at),
        *due_mail_notices(session, at, zone),
    ]
    messages = [*(_message(notice, now) for notice in notices), *address_code_messages(session, at)]
    return messages, next_look(session, at, zone)


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
