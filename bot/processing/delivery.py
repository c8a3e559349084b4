"""Between durable work and channels: brings attachments in, and sends replies so that each is seen once."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from bot.channels.channel import Channel, Files, Outgoing
from bot.processing.overheard import is_news, is_overheard
from handlers.errors import BillifyError
from handlers.messages import Attachment, Message, Reply, reply_key
from handlers.wording import bill_texts
from storage.db.database import Database
from storage.messages import deliveries
from storage.people import people

log = logging.getLogger(__name__)


class Delivery:
    """Remembers in the ledger's database what was sent as what, whichever process sends it.

    The first reply to a message is shown in place of its status, so that on platforms that can edit a repeated
    send only edits again. What remains is the moment between a platform's taking a new message and our noting
    its id: a crash just then sends that message twice, which is better than never.
    """

    def __init__(self, database: Database, files: Files, channels: Mapping[str, Channel]) -> None:
        self._database = database
        self._files = files
        self._channels = channels

    async def fetch(self, message: Message) -> Message:
        """Brings the bytes of every attachment into the document store; the message with their names there.

        What strangers send stays where it is, and so does what is said among people. Where the message answers one with
        files that was never read, those are read in its place.

        Raises: BillifyError when a platform no longer has a file; whatever the platform's library raises.
        """
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
        """Delivers all replies to a message in their order. Raises whatever the platform's library raises."""
        outgoing = [Outgoing(reply_key(message.key, n), reply, message) for n, reply in enumerate(replies)]
        reached = True
        for each in sorted(outgoing, key=lambda one: one.reply.to is None):  # what goes elsewhere comes first
            if each.reply.to:
                reached = await self._reaches(each) and reached
                continue
            if not reached and each.reply.unreached:
                each = replace(each, reply=replace(each.reply, text=each.reply.unreached))
            await self._deliver(self._channels[message.channel], each, final=True)

    async def _reaches(self, outgoing: Outgoing) -> bool:
        """Sends a reply to another conversation than that of its message; whether that is possible."""
        assert outgoing.reply.to is not None
        channel, conversation = outgoing.reply.to
        there = replace(outgoing, message=replace(outgoing.message, channel=channel, conversation=conversation))
        try:
            await self._deliver(self._channels[channel], there, final=True)
        except BillifyError:
            log.info("%s cannot be sent to the person alone", outgoing.key, exc_info=True)
            return False
        return True

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
        await self._database.run(
            deliveries.record_delivery,
            key=outgoing.key,
            channel=outgoing.message.channel,
            conversation=outgoing.message.conversation,
            sent_id=sent_id,
            bill_id=outgoing.reply.bill,
            final=final,
            now=datetime.now(UTC),
        )

    async def _replaced(self, channel: Channel, reply: Reply) -> str | None:
        """The platform's id of the message that the reply takes the place of, None to send a new one."""
        if not (reply.replaces and channel.edits):
            return None
        earlier = await self._database.read(deliveries.delivery, reply.replaces)
        return earlier.sent_id if earlier else None
