"""The owner is heard on a new channel for the first time: by the channel itself, as it listens later on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial

from sqlmodel import Session, col, select

from bot.application.app import App, open_app
from bot.channels.channel import ChannelMisconfigured, Outgoing
from bot.console.connect.guide import Guide
from config.setting_faults import load_settings
from handlers.errors import BillifyError
from handlers.messages import Message, Reply, reply_key
from storage.db.tenancy import FIRST, acting_for
from storage.messages import reminders
from storage.models import Delivery
from storage.people import identities, people

LOOK_SECONDS = 0.2
PATIENCE = 600.0
"""Seconds that somebody has to say the words; the code is good for fifteen minutes."""

HELLO = "Billify is connected here. Send me an invoice, or ask “what is due?”."


async def introduce(guide: Guide, channel: str, title: str, where: Callable[[App, str], str]) -> None:
    """Listens on the channel until the owner has written there and was answered; where they are known there already, it
    is said to them. `where` says how to write what joins, given the code. Raises: BillifyError, saying what failed."""
    with acting_for(FIRST):
        async with open_app(load_settings(), f"connect-{datetime.now(UTC):%H%M%S}") as app:
            place = await app.database.read(reminders.direct_place, app.owner_id, channel)
            if place is not None:
                await say_hello(app, channel, place.conversation, place.address)
                guide.done(f"I wrote to you in {title}. Look there: “{HELLO}”")
                return
            begun = datetime.now(UTC)
            code = await app.database.run(identities.link_code, app.owner_id, now=begun)
            guide.step(f"Write to Billify in {title}", where(app, code), "I wait here for it; Ctrl-C ends the waiting.")
            async with _listening(app, channel) as listening:
                await _until(listening, title, partial(app.database.read, _answered, app.owner_id, channel, begun))
            guide.done(f"Heard you, and answered. You are one person here and in {title}.")


async def say_hello(app: App, channel: str, conversation: str, address: str) -> None:
    """The first message of ours there. Raises: BillifyError where it does not arrive."""
    now = datetime.now(UTC)
    key = f"{channel}:connect-{now:%Y%m%d%H%M%S%f}"
    message = Message(key, channel, conversation, address, now, subject="Billify is connected")
    try:
        await app.channels[channel].send(Outgoing(reply_key(key, 0), Reply(HELLO), message))
    except Exception as error:  # of any platform
        raise BillifyError(f"The first message did not arrive ({' '.join(str(error).split())}).") from None


@asynccontextmanager
async def _listening(app: App, channel: str) -> AsyncIterator[asyncio.Task[None]]:
    """The channel, and what serves its messages."""
    listening = asyncio.create_task(app.channels[channel].listen(app.jobs.accept))
    serving = asyncio.create_task(app.serve())
    try:
        yield listening
    finally:
        for task in (listening, serving):
            task.cancel()
            with suppress(asyncio.CancelledError, ChannelMisconfigured):
                await task


async def _until(listening: asyncio.Task[None], title: str, look: Callable[[], Awaitable[bool]]) -> None:
    """Waits until `look` finds something. Raises: BillifyError when nobody wrote, or the channel does not listen."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not await look():
                if listening.done():
                    listening.result()
                await asyncio.sleep(LOOK_SECONDS)
    except ChannelMisconfigured as error:
        raise BillifyError(str(error)) from None
    except TimeoutError:
        raise BillifyError(
            f"Nothing arrived from {title} in {PATIENCE / 60:.0f} minutes. If you wrote, its events do not reach "
            "Billify: go through the steps above once more, and run this again."
        ) from None


def _answered(session: Session, owner: int, channel: str, since: datetime) -> bool:
    """Whether the owner wrote there, and anything of ours arrived there since then."""
    if not people.addresses(session, owner, channel):
        return False
    sent = select(Delivery.key).where(Delivery.channel == channel, Delivery.sent_at >= since)
    return session.exec(sent.where(col(Delivery.final).is_(True))).first() is not None
