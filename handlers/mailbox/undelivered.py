"""What could not be delivered: the person hears of it on another channel, the owner of what waits for long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import Session

from handlers.context import Context
from handlers.language.formats import moment
from handlers.language.translation import say, say_count
from handlers.messages import Reply, from_json, split_reply_key
from handlers.requests import ShowOutbox
from storage.messages import outbox, reminders
from storage.messages.reminders import CLOCK_KEY_PREFIX
from storage.models import OutboxItem
from storage.people import people

UNDELIVERED = "undelivered"
TELLS = f"{CLOCK_KEY_PREFIX}{UNDELIVERED}/"
"""How the key of what tells of such failures begins: where that fails as well, it is not told of in turn."""
LONG = timedelta(hours=1)
"""What waits for longer is told to the owner: a mail that is greylisted does not."""
MOST_LINES = 10
MOST_AT_ONCE = 10
"""Told by one message; what is beyond follows with the next, a minute later."""


def show_outbox(session: Session, context: Context, request: ShowOutbox) -> tuple[Reply, ...]:
    """What waits to be delivered, and what was given up and nobody could be told of."""
    waiting, failed = outbox.waiting(session), outbox.failed(session)
    if not waiting and not failed:
        return (Reply(say("Nothing waits to be delivered.")),)
    parts = [waiting_text(session, context, waiting)] if waiting else []
    if failed:
        head = say_count("{n} answer could not be delivered:", "{n} answers could not be delivered:", len(failed))
        parts.append("\n".join([head, *_lines(session, context, failed)]))
    return (Reply("\n\n".join(parts)),)


def waiting_text(session: Session, context: Context, waiting: Sequence[OutboxItem]) -> str:
    """What waits, since when, and why."""
    head = say_count(
        "{n} answer waits to be delivered; I keep trying for five days:",
        "{n} answers wait to be delivered; I keep trying for five days:",
        len(waiting),
    )
    return "\n".join([head, *_lines(session, context, waiting)])


def to_person(session: Session, context: Context) -> tuple[Reply, ...]:
    """What the asker did not get elsewhere, with the answers themselves."""
    own = [item for item in outbox.failed(session) if item.person_id == context.asker.id]
    items = [item for item in own if not item.key.startswith(TELLS)][:MOST_AT_ONCE]
    if not items:
        return ()
    outbox.note_told(session, items)
    for item in items:
        reminders.hand_over_firings(session, split_reply_key(item.key)[0], context.key)
    told = [
        say(
            "My answer to “{subject}” could not be delivered to {address} ({reason}). Here it is:",
            subject=item.subject or "–",
            address=item.address,
            reason=item.reason,
        )
        for item in items
    ]
    return tuple(reply for head, item in zip(told, items, strict=True) for reply in (Reply(head), *_reply(item)))


def to_owner(session: Session, context: Context) -> tuple[Reply, ...]:
    """Those who could not be reached on any channel, for somebody to tell them."""
    others = [item for item in outbox.failed(session) if item.person_id != context.asker.id]
    items = [item for item in others if not is_told_elsewhere(session, item)][:MOST_AT_ONCE]
    if not items:
        return ()
    outbox.note_told(session, items)
    head = say_count(
        "{n} answer could not be delivered, and there is no other way to reach who waits for it:",
        "{n} answers could not be delivered, and there is no other way to reach who waits for them:",
        len(items),
    )
    return (Reply("\n".join([head, *_lines(session, context, items)])),)


def is_told_elsewhere(session: Session, item: OutboxItem) -> bool:
    """Whether whoever waits for it can be told on another channel."""
    return (
        item.person_id is not None and reminders.place_of(session, item.person_id, without=(item.channel,)) is not None
    )


def still_waiting(session: Session, context: Context) -> tuple[Reply, ...]:
    """What waits for longer than an hour, for the owner."""
    late = [item for item in outbox.waiting(session) if context.now - item.queued_at >= LONG]
    return (Reply(waiting_text(session, context, late)),) if late else ()


def _reply(item: OutboxItem) -> tuple[Reply, ...]:
    return from_json(tuple[Reply, ...], item.reply) if item.reply else ()


def _lines(session: Session, context: Context, items: Sequence[OutboxItem]) -> list[str]:
    lines = [
        say(
            "• {who} ({address}), “{subject}”, since {when}: {reason}",
            who=people.name_of(session, item.person_id) or item.channel,
            address=item.address,
            subject=item.subject or "–",
            when=moment(item.queued_at.astimezone(context.zone)),
            reason=item.reason,
        )
        for item in items[:MOST_LINES]
    ]
    return [*lines, say("… and {n} more.", n=len(items) - MOST_LINES)] if len(items) > MOST_LINES else lines
