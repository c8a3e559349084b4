"""What goes out by itself, and under which key: replies, and on chats each of their files."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from bot.channels.channel import Channel, Outgoing
from handlers.messages import Attachment, Message, Reply, file_key, file_of_key, from_json, reply_key
from storage.messages import deliveries, outbox
from storage.models import OutboxItem


def parcels(channel: Channel, message: Message, replies: tuple[Reply, ...]) -> list[Outgoing]:
    """What goes out by itself: each reply, or on channels that gather, all up to the first together that is quiet or
    goes elsewhere. What goes to another conversation comes first."""
    alone = (n for n, reply in enumerate(replies) if reply.quiet or reply.to)
    together = next(alone, len(replies)) if channel.gathers else 1
    found = [Outgoing(reply_key(message.key, 0), replies[0], message, replies[1:together])] if replies else []
    if not together:
        found = []
    rest = range(together if found else 0, len(replies))
    found += [Outgoing(reply_key(message.key, n), replies[n], message) for n in rest]
    return sorted(map(_addressed, found), key=lambda one: one.reply.to is None)


def is_done(session: Session, outgoing: Outgoing) -> bool:
    """Whether it was sent, or waits in the outbox."""
    sent = deliveries.delivery(session, outgoing.key)
    return (sent is not None and sent.final) or outbox.find(session, outgoing.key) is not None


def with_files(channel: Channel, outgoing: Outgoing) -> tuple[Outgoing, ...]:
    """The reply and each of its files that goes out after it, under a key of its own: what fails does not repeat the
    rest."""
    apart = () if outgoing.reply.quiet else channel.files_apart(outgoing.reply)
    return (outgoing, *(replace(outgoing, key=file_key(outgoing.key, n), file=n) for n in apart))


def file_alone(outgoing: Outgoing) -> Outgoing:
    """Of a file that goes out by itself the file alone, without the words that were said with it."""
    if outgoing.file is None:
        return outgoing
    return replace(outgoing, reply=replace(outgoing.reply, text="", card=None, choices=(), attachments=_file(outgoing)))


def _file(outgoing: Outgoing) -> tuple[Attachment, ...]:
    return outgoing.reply.attachments[outgoing.file or 0 :][:1]


def waiting(item: OutboxItem) -> Outgoing:
    """What waits in the outbox."""
    first, *further = from_json(tuple[Reply, ...], item.reply)
    file = file_of_key(item.key)
    message = replace(from_json(Message, item.message), conversation=item.conversation)
    return Outgoing(item.key, first, message, tuple(further), file=file, tried_since=item.queued_at)


def _addressed(outgoing: Outgoing) -> Outgoing:
    """With the conversation that its reply goes to."""
    if outgoing.reply.to is None:
        return outgoing
    channel, conversation = outgoing.reply.to
    return replace(outgoing, message=replace(outgoing.message, channel=channel, conversation=conversation))
