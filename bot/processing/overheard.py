"""People talk to each other: what is said in a place that several read, and not to us, is passed over."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from bot.processing import conversation_focus
from bot.processing.originals.changed import without_what_is_the_same
from handlers.messages import Message
from storage.errors import KeyOfAnother
from storage.messages import idempotency, own_keys, reminders, rooms
from storage.people import people


def is_overheard(session: Session, message: Message) -> bool:
    """Whether a message is left alone: it is not addressed to us, and is neither a file where all files are read, nor a
    line of somebody whom we know in the thread of a card of ours."""
    if message.addressed:
        return False
    if people.find_person(session, message.channel, message.sender) is None:
        return True
    if message.attachments:
        return not rooms.find_room(session, message.channel, message.conversation).documents
    to = conversation_focus.answered(session, message)
    return to is None or to.sent is None or not to.bills


def names_anothers(session: Session, message: Message) -> bool:
    """Whether a message answers, or says that it changes, one of another conversation's."""
    try:
        conversation_focus.answered(session, message)
        if message.edited or message.deleted:
            own_keys.own_saying(session, conversation_focus.speaker_of(message), message.ids[0])
    except KeyOfAnother:
        return True
    return False


def as_heard(session: Session, message: Message) -> Message | None:
    """The message as it is to be served, None for one that is left alone: of an edited one what is new in it, and where
    its sender is answered."""
    if is_overheard(session, message):
        return None
    if message.edited or message.deleted:
        heard = without_what_is_the_same(session, message)
        return in_direct_chat(session, heard) if heard else None
    return in_direct_chat(session, message)


def is_news(session: Session, message: Message) -> bool:
    """Whether the message that this one answers never came to us, or was passed over."""
    kind, _, answered = (message.answers or "").partition(":")
    if kind not in ("sent", "thread"):
        return False
    said = own_keys.own_saying(session, conversation_focus.speaker_of(message), answered)
    served = idempotency.find_without_waiting(session, said.message_key) if said else None
    return said is None or (served is not None and served.replies == "[]")


def in_direct_chat(session: Session, message: Message) -> Message:
    """The message in the direct chat that its sender has with us, where it names them in place of that: a command that
    was given among others is answered there."""
    stands_for_it = message.command and message.conversation == message.sender
    if not stands_for_it or reminders.has_written_in(session, message.channel, message.conversation):
        return message
    person = people.find_person(session, message.channel, message.sender)
    place = reminders.direct_place(session, person.id, message.channel) if person else None
    return replace(message, conversation=place.conversation) if place else message
