"""Between durable work and channels: brings attachments in, and sends replies so that each is seen once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from sqlmodel import Session

from bot.channels.channel import Channel, Completes, Files, Outgoing, Postponed
from bot.processing.overheard import is_news, is_overheard
from handlers.errors import BillifyError
from handlers.messages import Attachment, Message, Reply, from_json, reply_key, to_json
from handlers.wording import bill_texts
from storage.db.database import Database
from storage.messages import deliveries, outbox
from storage.messages.outbox import Posting
from storage.models import OutboxItem
from storage.people import people

log = logging.getLogger(__name__)


class Delivery:
    """Remembers in the ledger's database what was sent as what, whichever process sends it.

    The first reply to a message is shown in place of its status, so that on platforms that can edit a repeated
    send only edits again. What remains is the moment between a platform's taking a new message and our noting
    its id: a crash just then sends that message twice, which is better than never.
    """

    def __init__(
        self,
        database: Database,
        files: Files,
        channels: Mapping[str, Channel],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`clock` gives aware UTC."""
        self._database = database
        self._files = files
        self._channels = channels
        self._clock = clock

    async def fetch(self, message: Message) -> Message:
        """Brings the bytes of every attachment into the document store; the message with their names there.

        What strangers send stays where it is, and so does what is said among people. Where the message answers one with
        files that was never read, those are read in its place.

        Raises: BillifyError when a platform no longer has a file; whatever the platform's library raises.
        """
        channel = self._channels[message.channel]
        if message.lookups and isinstance(channel, Completes):
            message = await channel.complete(message)
        if message.quoted and not message.attachments and await self._database.read(is_news, message):
            answered = (message.answers or "").partition(":")[2]
            message = replace(message, attachments=message.quoted, answers=None, ids=(answered, *message.ids))
        if not message.attachments or await self._database.read(is_overheard, message):
            return message
        if await self._database.read(people.find_person, message.channel, message.sender) is None:
            return message
        await self.status(message, bill_texts.received())
        return replace(message, attachments=tuple([await self._fetched(message, a) for a in message.attachments]))

    async def _fetched(self, message: Message, attachment: Attachment) -> Attachment:
        if attachment.sha256 is not None:
            return attachment
        data = await self._channels[message.channel].fetch(attachment)
        return replace(attachment, sha256=await self._files.put(data), handle=None)

    async def status(self, message: Message, text: str) -> None:
        """Shows how far the work on a message is, where the channel can take it back and somebody spoke to us. Never
        fails the work."""
        channel = self._channels[message.channel]
        if not channel.edits or not message.addressed:
            return
        try:
            await self._deliver(channel, Outgoing(reply_key(message.key, 0), Reply(text), message), final=False)
        except Exception:  # of any platform; the answer itself is tried again, a status is not worth that
            log.warning("status of %s not shown", message.key, exc_info=True)

    async def send(self, message: Message, replies: tuple[Reply, ...]) -> None:
        """Delivers all replies to a message in their order, those to elsewhere first; what the platform puts off waits
        in the outbox.

        Raises whatever else the platform's library raises, after which it may be tried again at once.
        """
        reached = True
        for outgoing in self._parcels(message, replies):
            if await self._database.read(outbox.find, outgoing.key):
                continue
            if not reached and outgoing.reply.unreached:
                outgoing = replace(outgoing, reply=replace(outgoing.reply, text=outgoing.reply.unreached))
            try:
                await self._deliver(self._channels[outgoing.message.channel], outgoing, final=True)
            except (Postponed, BillifyError) as error:
                if outgoing.reply.to and isinstance(error, BillifyError):  # the line where they asked says so
                    log.info("%s cannot be sent to the person alone", outgoing.key, exc_info=True)
                    reached = False
                    continue
                await self.put_off(outgoing, error)

    def _parcels(self, message: Message, replies: tuple[Reply, ...]) -> list[Outgoing]:
        return _parcels(self._channels[message.channel], message, replies)

    async def postpone(self, message: Message, replies: tuple[Reply, ...], error: Exception) -> None:
        """After all tries of `send` failed: what was not delivered goes into the outbox."""
        for outgoing in self._parcels(message, replies):
            sent = await self._database.read(deliveries.delivery, outgoing.key)
            done = outgoing.reply.quiet or (sent is not None and sent.final)
            if not done and await self._database.read(outbox.find, outgoing.key) is None:
                await self.put_off(outgoing, error)

    async def put_off(self, outgoing: Outgoing, error: Exception) -> OutboxItem:
        """Into the outbox: to be tried again, or as refused for good where the error says so (a BillifyError)."""
        message = outgoing.message
        person = await self._database.read(people.find_person, message.channel, message.sender)
        posting = Posting(
            outgoing.key,
            message.channel,
            message.conversation,
            message.sender,
            person.id if person else None,
            message.subject,
            to_json(message),
            to_json((outgoing.reply, *outgoing.further), tuple[Reply, ...]),
        )
        reason = " ".join(str(error).split()) or type(error).__name__
        now = self._clock()
        if isinstance(error, BillifyError):
            log.warning("%s was refused for good: %s", outgoing.key, reason)
            return await self._database.run(outbox.fail, posting, reason=reason, now=now)
        away = error.away if isinstance(error, Postponed) else True
        log.warning("%s is put off: %s", outgoing.key, reason)
        return await self._database.run(outbox.postpone, posting, reason=reason, away=away, now=now)

    async def send_again(self, item: OutboxItem) -> None:
        """Tries what waits in the outbox once more. Raises whatever the platform's library raises."""
        channel = self._channels.get(item.channel)
        if channel is None:
            raise Postponed(f"{item.channel} is not set up here any more", away=True)
        await self._deliver(channel, _outgoing(item), final=True)

    async def put_off_again(self, item: OutboxItem, error: Exception) -> OutboxItem:
        """What that try failed with; the item as it stands now."""
        return await self.put_off(_outgoing(item), error)

    async def _deliver(self, channel: Channel, outgoing: Outgoing, *, final: bool) -> None:
        sent = await self._database.read(deliveries.delivery, outgoing.key)
        if sent and sent.final:
            return
        if sent and (sent.channel, sent.conversation) != (outgoing.message.channel, outgoing.message.conversation):
            sent = None  # the status of another conversation, which stays there
        if outgoing.reply.quiet:
            await self._retouch(outgoing)
            return
        replaced = sent.sent_id if sent else await self._replaced(channel, outgoing.reply)
        sent_id = await (channel.edit(replaced, outgoing) if replaced else channel.send(outgoing))
        await self._record(outgoing, sent_id, final=final)

    async def _retouch(self, outgoing: Outgoing) -> None:
        """Shows a quiet reply in place of what it replaces, wherever that was sent, if it can be changed there.

        It never fails the work: what it spares people is a button that says it is too late.
        """
        earlier = await self._database.read(deliveries.delivery, outgoing.reply.replaces or "")
        channel = self._channels.get(earlier.channel) if earlier else None
        if earlier is None or channel is None or not channel.edits:
            return
        there = replace(outgoing.message, channel=earlier.channel, conversation=earlier.conversation)
        try:
            sent_id = await channel.edit(earlier.sent_id, replace(outgoing, message=there))
        except Exception:  # of any platform
            log.warning("%s not shown in place of %s", outgoing.key, earlier.key, exc_info=True)
            return
        await self._record(replace(outgoing, message=there), sent_id, final=True)

    async def _record(self, outgoing: Outgoing, sent_id: str, *, final: bool) -> None:
        now = self._clock()

        def record(session: Session) -> None:
            for part in outgoing.parts():
                deliveries.record_delivery(
                    session,
                    key=part.key,
                    channel=part.message.channel,
                    conversation=part.message.conversation,
                    sent_id=sent_id,
                    bill_id=part.reply.bill,
                    final=final,
                    now=now,
                )
            if final:
                outbox.delivered(session, outgoing.key, now)
                outbox.wake(session, outgoing.message.channel, now)

        await self._database.run(record)

    async def _replaced(self, channel: Channel, reply: Reply) -> str | None:
        """The platform's id of the message that the reply takes the place of, None to send a new one."""
        if not (reply.replaces and channel.edits):
            return None
        earlier = await self._database.read(deliveries.delivery, reply.replaces)
        return earlier.sent_id if earlier else None


def _parcels(channel: Channel, message: Message, replies: tuple[Reply, ...]) -> list[Outgoing]:
    """What goes out by itself: each reply, or on channels that gather, all up to the first together that is quiet or
    goes elsewhere. What goes to another conversation comes first."""
    alone = (n for n, reply in enumerate(replies) if reply.quiet or reply.to)
    together = next(alone, len(replies)) if channel.gathers else 1
    parcels = (
        [Outgoing(reply_key(message.key, 0), replies[0], message, replies[1:together])] if together and replies else []
    )
    rest = range(together if parcels else 0, len(replies))
    parcels += [Outgoing(reply_key(message.key, n), replies[n], message) for n in rest]
    return sorted(map(_addressed, parcels), key=lambda one: one.reply.to is None)


def _addressed(outgoing: Outgoing) -> Outgoing:
    """With the conversation that its reply goes to."""
    if outgoing.reply.to is None:
        return outgoing
    channel, conversation = outgoing.reply.to
    return replace(outgoing, message=replace(outgoing.message, channel=channel, conversation=conversation))


def _outgoing(item: OutboxItem) -> Outgoing:
    first, *further = from_json(tuple[Reply, ...], item.reply)
    return Outgoing(item.key, first, from_json(Message, item.message), tuple(further))
