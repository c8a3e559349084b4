"""Between durable work and channels: brings attachments in, and sends replies so that each is seen once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlmodel import Session

from bot.channels.channel import Channel, Completes, Files, HealthOf, Moved, Outgoing, Postponed, unwatched
from bot.processing.delivery import status_texts
from bot.processing.delivery.fetching import Fetching
from bot.processing.delivery.parcels import file_alone, is_done, parcels, waiting, with_files
from bot.processing.delivery.refused import note_for_owner, said_otherwise
from bot.processing.delivery.statuses import Statuses
from bot.processing.originals.changed import resumed
from bot.processing.overheard import is_news, is_overheard, names_anothers
from bot.telemetry.metrics import DELIVERIES
from handlers.errors import BillifyError
from handlers.messages import Message, Reply, reply_key, to_json
from storage.db.database import Database
from storage.messages import deliveries, outbox, own_keys
from storage.messages.moved import move_room
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
        health: HealthOf = unwatched,
    ) -> None:
        """`clock` gives aware UTC; `health` is told where we are locked out."""
        self._database = database
        self._channels = channels
        self._clock = clock
        self._health = health
        self._fetching = Fetching(files)
        self._statuses = Statuses(self._show_status)

    async def close(self) -> None:
        """Ends what is shown beside the work. Harmless to call twice."""
        await self._statuses.close()

    async def fetch(self, message: Message) -> Message:
        """Brings the bytes of every attachment into the document store; the message with their names there.

        What strangers send stays where it is, and so does what is said among people. Where the message answers one with
        files that was never read, those are read in its place.

        What a platform does not give out is told of beside what it does (`Attachment.fault`).
        Raises: whatever the platform's library raises, for a while; it is then called again.
        """
        channel = self._channels[message.channel]
        if message.lookups and isinstance(channel, Completes):
            message = await channel.complete(message)
        if await self._database.read(names_anothers, message):
            return message  # which is refused once it is served
        if message.edited or message.deleted:
            message = await self._database.read(resumed, message)
        if message.quoted and not message.attachments and await self._database.read(is_news, message):
            answered = (message.answers or "").partition(":")[2]
            message = replace(message, attachments=message.quoted, answers=None, ids=(answered, *message.ids))
        if not message.attachments or await self._database.read(is_overheard, message):
            return message
        if await self._database.read(people.find_person, message.channel, message.sender) is None:
            return message
        if not message.edited:
            await self.status(message, status_texts.received())
        return await self._fetching.fetched(message, self._channels[message.channel])

    async def status(self, message: Message, text: str) -> None:
        """Shows how far the work on a message is, where the channel can take it back and somebody spoke to us. Neither
        waits nor fails the work."""
        if self._channels[message.channel].edits and message.addressed:
            self._statuses.begin(Outgoing(reply_key(message.key, 0), Reply(text, status=True), message))

    async def _show_status(self, outgoing: Outgoing) -> None:
        if not await self._must_wait(outgoing):
            await self._deliver(outgoing, final=False)

    async def send(self, message: Message, replies: tuple[Reply, ...]) -> None:
        """Delivers all replies to a message in their order, those to elsewhere first; what the platform puts off waits
        in the outbox, and what comes later in a chat waits behind it.

        Raises whatever else the platform's library raises, after which it may be tried again at once.
        """
        await self._statuses.settled(reply_key(message.key, 0))
        reached = True
        for outgoing in self._parcels(message, replies):
            if await self._database.read(is_done, outgoing):
                continue
            if not reached and outgoing.reply.unreached:
                outgoing = replace(outgoing, reply=replace(outgoing.reply, text=outgoing.reply.unreached))
            try:
                if await self._must_wait(outgoing):
                    await self._database.run(outbox.queue, await self._posting(outgoing), self._clock())
                else:
                    await self._deliver(outgoing, final=True)
            except (Postponed, BillifyError) as error:
                if outgoing.reply.to and isinstance(error, BillifyError):  # the line where they asked says so
                    log.info("%s cannot be sent to the person alone", outgoing.key, exc_info=True)
                    reached = False
                    continue
                await self.put_off(outgoing, error)

    def _parcels(self, message: Message, replies: tuple[Reply, ...]) -> list[Outgoing]:
        found = parcels(self._channels[message.channel], message, replies)
        return [part for one in found for part in with_files(self._channels[one.message.channel], one)]

    async def _must_wait(self, outgoing: Outgoing) -> bool:
        """Whether something said earlier in this chat waits to be delivered, or the platform is away: then it is only
        looked for out of the outbox, where nobody waits for that."""
        message = outgoing.message
        if outgoing.reply.quiet or self._channels[message.channel].gathers:
            return False
        if await self._database.read(outbox.is_away, message.channel, self._clock()):
            return True
        return await self._database.read(outbox.is_waited_for, message.channel, message.conversation)

    async def postpone(self, message: Message, replies: tuple[Reply, ...], error: Exception) -> None:
        """After all tries of `send` failed: what was not delivered goes into the outbox."""
        for outgoing in self._parcels(message, replies):
            if not outgoing.reply.quiet and not await self._database.read(is_done, outgoing):
                await self.put_off(outgoing, error)

    async def put_off(self, outgoing: Outgoing, error: Exception) -> OutboxItem | None:
        """Into the outbox: to be tried again, or as refused for good where the error says so (a BillifyError) and it
        could not be said in another way; then None."""
        reason = " ".join(str(error).split()) or type(error).__name__
        if isinstance(error, BillifyError):
            DELIVERIES.labels(outgoing.message.channel, "refused").inc()
            log.warning("%s was refused for good: %s", outgoing.key, type(error).__name__)
            if await self._said_otherwise(outgoing, error):
                await self._database.run(outbox.delivered, outgoing.key, self._clock())
                return None
            posting = await self._posting(file_alone(outgoing))
            return await self._database.run(outbox.fail, posting, reason=reason, now=self._clock())
        later = error if isinstance(error, Postponed) else Postponed(reason, away=True)
        DELIVERIES.labels(outgoing.message.channel, "put_off").inc()
        log.warning("%s is put off: %s", outgoing.key, type(error).__name__)
        if later.lasting:
            await self._health(f"{outgoing.message.channel} sending").failing(reason, lasting=True)
        channel = self._channels.get(outgoing.message.channel)
        return await self._database.run(
            outbox.postpone,
            await self._posting(outgoing),
            reason=reason,
            away=later.away,
            now=self._clock(),
            after=timedelta(seconds=later.after) if later.after else None,
            rhythm=outbox.PATIENT if channel is None or channel.gathers else outbox.PROMPT,
        )

    async def _said_otherwise(self, outgoing: Outgoing, error: BillifyError) -> bool:
        """Whether what was refused is said in another way; the owner hears of it. Mail has its own ways for that."""
        channel = self._channels.get(outgoing.message.channel)
        if channel is None or channel.gathers:
            return False
        if not outgoing.reply.quiet:
            await self._database.run(note_for_owner, outgoing, error, self._clock())
        try:
            return await said_otherwise(self._database, outgoing, error, partial(self._deliver, final=True))
        except (Postponed, BillifyError):
            log.warning("%s could not be said in another way either", outgoing.key, exc_info=True)
            return False

    async def _posting(self, outgoing: Outgoing) -> Posting:
        message = outgoing.message
        person = await self._database.read(people.find_person, message.channel, message.sender)
        return Posting(
            outgoing.key,
            message.channel,
            message.conversation,
            message.sender,
            person.id if person else None,
            message.subject,
            to_json(message),
            to_json((outgoing.reply, *outgoing.further), tuple[Reply, ...]),
            outgoing.reply.quiet,
        )

    async def send_again(self, item: OutboxItem) -> None:
        """Tries what waits in the outbox once more. Raises whatever the platform's library raises."""
        if self._channels.get(item.channel) is None:
            raise Postponed(f"{item.channel} is not set up here any more", away=True)
        await self._deliver(waiting(item), final=True)

    async def put_off_again(self, item: OutboxItem, error: Exception) -> OutboxItem | None:
        """What that try failed with; the item as it stands now, None where it was said in another way."""
        return await self.put_off(waiting(item), error)

    def keeps_order(self, channel: str) -> bool:
        """Whether what was said first must be seen first on this channel: on chats, not by mail."""
        return channel in self._channels and not self._channels[channel].gathers

    async def _deliver(self, outgoing: Outgoing, *, final: bool) -> None:
        """Shows it, and once more under its new id where the conversation goes on elsewhere."""
        try:
            await self._show(outgoing, final=final)
        except Moved as moved:
            message = outgoing.message
            log.warning("%s: %s", message.channel, moved)
            await self._database.run(move_room, message.channel, moved.old, moved.new)
            there = moved.new + message.conversation[len(moved.old) :]
            await self._show(replace(outgoing, message=replace(message, conversation=there)), final=final)

    async def _show(self, outgoing: Outgoing, *, final: bool) -> None:
        channel = self._channels[outgoing.message.channel]
        sent = await self._database.read(deliveries.delivery, outgoing.key)
        if sent and sent.final:
            return
        if sent and (sent.channel, sent.conversation) != (outgoing.message.channel, outgoing.message.conversation):
            sent = None  # the status of another conversation, which stays there
        if outgoing.reply.quiet:
            await self._retouch(outgoing)
            return
        replaced = sent.sent_id if sent else await self._replaced(channel, outgoing)
        sent_id = await (channel.edit(replaced, outgoing) if replaced else channel.send(outgoing))
        await self._record(outgoing, sent_id, final=final)
        if final:
            DELIVERIES.labels(channel.name, "sent").inc()
        await self._health(f"{channel.name} sending").well()

    async def _retouch(self, outgoing: Outgoing) -> None:
        """Shows a quiet reply in place of what it replaces, wherever that was sent, if it can be changed there, and
        nothing newer stands there by now.

        It never fails the work: where the platform puts it off it waits in the outbox, and so gets there in the end.
        """
        earlier = await self._database.read(deliveries.delivery, outgoing.reply.replaces or "")
        channel = self._channels.get(earlier.channel) if earlier else None
        if earlier is None or channel is None or not channel.edits:
            return
        there = replace(outgoing.message, channel=earlier.channel, conversation=earlier.conversation)
        outgoing = replace(outgoing, message=there)
        since = outgoing.tried_since
        latest = await self._database.read(deliveries.delivery_by_sent_id, earlier.channel, earlier.sent_id)
        if since and latest and latest.key != outgoing.key and latest.sent_at > since:
            await self._database.run(outbox.delivered, outgoing.key, self._clock())
            return
        try:
            sent_id = await channel.edit(earlier.sent_id, outgoing)
        except Postponed as error:
            if since:
                raise
            await self.put_off(outgoing, error)
            return
        except Exception:  # of any platform
            log.warning("%s not shown in place of %s", outgoing.key, earlier.key, exc_info=True)
            await self._database.run(outbox.delivered, outgoing.key, self._clock())
            return
        await self._record(outgoing, sent_id, final=True)

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
                    bill_id=part.reply.bill if part.file is None else None,  # a card is what follows its bill
                    final=final,
                    now=now,
                )
            if final:
                outbox.delivered(session, outgoing.key, now)
                outbox.wake(session, outgoing.message.channel, now)

        await self._database.run(record)

    async def _replaced(self, channel: Channel, outgoing: Outgoing) -> str | None:
        """The platform's id of the message that the reply takes the place of, None to send a new one."""
        reply = outgoing.reply
        if not (reply.replaces and channel.edits) or outgoing.file is not None:
            return None
        earlier = await self._database.read(deliveries.delivery, reply.replaces)
        here = outgoing.message.channel, outgoing.message.conversation
        return earlier.sent_id if earlier and own_keys.stands_in(earlier, *here) else None
