"""Bills whose confirmations meet a fault, and what has to be true of them afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import select

from bot.application.app import App
from bot.channels.chatlog import LedgerChatLog
from handlers.messages import Message, reply_key
from storage.models import Entry, Inbound, Posting
from tests.fakes.kept import kept_books


async def confirmations(app: App, places: Sequence[str]) -> list[Message]:
    """A message for each place that confirms a bill of its own, in a conversation of its own; not yet accepted."""
    confirming = await kept_books.fill(app, len(places))
    return [
        replace(message, key=f"terminal:confirm at {place}", conversation=place)
        for message, place in zip(confirming, places, strict=True)
    ]


async def check_once(app: App, messages: Sequence[Message], *, alone: bool = True) -> None:
    """Each was served once, answered once, and is booked once; the books are even. `alone` in its conversation."""
    with app.database.reading() as session:
        served, entries = Counter(session.exec(select(Inbound.key)).all()), session.exec(select(Entry.key)).all()
        assert sum(posting.amount_minor for posting in session.exec(select(Posting)).all()) == 0
    log = LedgerChatLog(app.database)
    for message in messages:
        assert served[message.key] == 1, f"{message.key} was served {served[message.key]} times"
        booked = sum(key.startswith(message.key) for key in entries)
        assert booked == 1, f"{message.key} is booked {booked} times"
        first, *others = await log.read(message.channel, message.conversation)
        assert first.key == reply_key(message.key, 0) and not (alone and others)
        assert first.reply is not None and first.reply.card is not None, first
        assert first.reply.card.state.startswith("Confirmed")
