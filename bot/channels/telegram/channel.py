"""Telegram as a channel: what is said there, and what we show there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import telegram
from telegram import Update
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.channel import Accept, Files, HealthOf, Outgoing, Postponed, Whose, of_the_only, unwatched
from bot.channels.telegram import composing, listening, menu, outbound
from bot.channels.telegram.albums import GATHER_SECONDS, Albums, pass_on
from bot.channels.telegram.attached import FETCHED_BYTES, OWN_SERVER_BYTES
from bot.channels.telegram.composing import Composer
from bot.channels.telegram.flood import Pace
from bot.channels.telegram.inbound import sent_id, to_message
from bot.channels.telegram.memory import Memory
from bot.channels.telegram.refusal import translated
from bot.channels.telegram.render import first_line
from bot.channels.tls import NO_TLS, Tls
from handlers.errors import PlatformLimit
from handlers.language.translation import sayable
from handlers.messages import Attachment, Message, Reply

OFFICIAL_URL = "https://api.telegram.org"
TOO_BIG = sayable(
    "{name} is larger than the {limit} MB that can be fetched from Telegram. Please send a smaller version, or send it "
    "by mail."
)
TOO_BIG_BUT_BY_MAIL = sayable(
    "{name} is larger than the {limit} MB that can be fetched from Telegram. Please send it by mail to {address}, or "
    "send a smaller version."
)
OUT_OF_REACH = sayable(
    "{name} lies where I cannot fetch it. Please tell whoever runs Billify, and send it by mail or in the web chat."
)
GONE = sayable("Telegram no longer has {name}. Please send it again.")

log = logging.getLogger(__name__)


class Telegram:
    """Implements `Channel`. A conversation is a chat id, then a colon and the topic in a group with topics.

    `api_url` is another server of the Bot API where one is run. With a `webhook_url` Telegram brings updates
    there and Billify serves them on `webhook_port`; without one Billify asks for them. `albums` keeps what comes in
    parts (without it each picture is a message of its own); `known_as` is told the name of our bot, `moved` the
    old and the new id of a group that became a supergroup, `health` how it goes. `mail_address` is where people can
    send what is too large for Telegram, "" for nowhere; `memory` knows what chats were shown.
    """

    name = "telegram"
    edits = True
    gathers = False

    def __init__(
        self,
        *,
        token: str,
        files: Files,
        api_url: str = OFFICIAL_URL,
        webhook_url: str = "",
        webhook_port: int = 8418,
        tls: Tls = NO_TLS,
        webhook_secret: str = "",
        albums: Albums | None = None,
        known_as: Callable[[str], Awaitable[None]] | None = None,
        mail_address: str = "",
        memory: Memory | None = None,
        moved: Callable[[str, str], Awaitable[None]] | None = None,
        health: HealthOf = unwatched,
        whose: Whose = of_the_only,
    ) -> None:
        self._whose = whose
        self._pace = Pace()
        self._bot = outbound.connect(token, api_url, self._pace)
        self._files = files
        self._webhook_url = webhook_url
        self._webhook_port = webhook_port
        self._tls = tls
        self._webhook_secret = webhook_secret
        self._albums = albums
        self._known_as = known_as
        self._mail_address = mail_address
        self._composer = Composer(files, memory)
        self._fetched_bytes = FETCHED_BYTES if api_url.rstrip("/") == OFFICIAL_URL else OWN_SERVER_BYTES
        self._moved = moved
        self._health = health(self.name)
        self._releasing: set[asyncio.Task[None]] = set()

    async def listen(self, accept: Accept) -> None:
        """See `Channel`. Raises: ChannelMisconfigured for a wrong token, webhook address or port."""

        async def take(update: Update) -> None:
            if self._moved and update.message and update.message.migrate_to_chat_id:
                await self._moved(str(update.message.chat.id), str(update.message.migrate_to_chat_id))
            if message := self._readable(update):
                place = message.conversation, (self._bot.username,)
                async with self._whose(self.name, message.sender, *place, message.text):
                    await self._hand_on(accept, message)
            if update.callback_query:  # not worth waiting for: Telegram brings the next update only after this one
                release = asyncio.create_task(self._release_button(update.callback_query.id))
                self._releasing.add(release)
                release.add_done_callback(self._releasing.discard)

        await listening.introduce(self._bot, self._health)
        await menu.publish(self._bot)
        if self._known_as:
            await self._known_as(self._bot.username)
        gathering = asyncio.create_task(pass_on(self._albums, accept, GATHER_SECONDS)) if self._albums else None
        try:
            if self._webhook_url:
                at = self._webhook_url, self._webhook_port, self._webhook_secret, self._tls
                await listening.receive(self._bot, take, *at, self._health)
            else:
                await listening.poll(self._bot, take, self._health)
        finally:
            if gathering:
                gathering.cancel()
                await asyncio.gather(gathering, return_exceptions=True)

    async def _hand_on(self, accept: Accept, message: Message) -> None:
        if message.choice:
            message = replace(message, choice=await self._composer.choice_of(message.choice))
        await (self._albums.keep(message) if message.album and self._albums else accept(message))

    async def fetch(self, attachment: Attachment) -> bytes:
        """See `Channel`. Telegram's own servers give a bot files of up to 20 MB (Bot API, getFile), which is looked at
        before they are asked; a server of the company's own gives larger ones, by their path on this machine."""
        assert attachment.handle, "only what came from Telegram can be fetched"
        if (attachment.size or 0) > self._fetched_bytes:
            raise self._too_big(attachment, self._fetched_bytes)
        try:
            file = await self._bot.get_file(attachment.handle)
        except BadRequest as error:
            if "too big" in error.message.lower():
                raise self._too_big(attachment, FETCHED_BYTES) from error
            raise _gone(attachment) from error
        if (file.file_path or "").startswith(f"{self._bot.base_file_url}//"):
            log.error(
                "The Bot API server keeps its files at %s, which is not there on this machine: run it here, mount its "
                "folder here at the same path, or start it without --local",
                (file.file_path or "").removeprefix(f"{self._bot.base_file_url}/"),
            )
            raise PlatformLimit(OUT_OF_REACH, name=attachment.name)
        try:
            return bytes(await file.download_as_bytearray(read_timeout=60))
        except InvalidToken as error:  # what the library calls any 404; the token was good a moment ago
            raise _gone(attachment) from error

    def files_apart(self, reply: Reply) -> Sequence[int]:
        """See `Channel`: all but a chart above its words."""
        return composing.files_apart(reply)

    async def send(self, outgoing: Outgoing) -> str:
        """See `Channel`. Where Telegram's answer is lost, the message may come twice: it cannot be asked."""
        chat, thread = _place(outgoing.message)
        self._skip_late_status(chat, outgoing.reply)
        try:
            if outgoing.file is not None:
                attachment = outgoing.reply.attachments[outgoing.file]
                return sent_id(await self._post_file(chat, thread, attachment, outgoing.reply))
            look = await self._composer.compose(outgoing, chat)
            sent = await outbound.post(self._bot, chat, thread, look)
        except TelegramError as error:
            raise translated(error, chat) from error
        await self._finish(chat, thread, outgoing.reply, look, sent, sent_id(sent))
        return sent_id(sent)

    async def edit(self, sent: str, outgoing: Outgoing) -> str:
        """See `Channel`. A message that is gone or can no longer be changed is sent anew, unless it is quiet."""
        chat, message = (int(part) for part in sent.split(":"))
        self._skip_late_status(chat, outgoing.reply)
        look = await self._composer.compose(outgoing, chat, sent)
        try:
            changed = await outbound.change(self._bot, chat, message, look)
        except BadRequest as error:
            if outgoing.reply.quiet:
                return sent
            log.info("Message %s of Telegram cannot be changed (%s); it is sent anew", sent, error)
            await self._composer.forget(sent)
            return await self.send(outgoing)
        except TelegramError as error:
            raise translated(error, chat) from error
        await self._finish(chat, _place(outgoing.message)[1], outgoing.reply, look, changed, sent)
        return sent

    async def close(self) -> None:
        """See `Channel`."""
        await self._bot.shutdown()
        await self._bot.request.shutdown()  # a worker never introduced itself: the line above did nothing

    def _too_big(self, attachment: Attachment, most_bytes: int) -> PlatformLimit:
        limit = most_bytes // 10**6
        if self._mail_address:
            return PlatformLimit(TOO_BIG_BUT_BY_MAIL, name=attachment.name, limit=limit, address=self._mail_address)
        return PlatformLimit(TOO_BIG, name=attachment.name, limit=limit)

    async def _finish(
        self,
        chat: int,
        thread: int | None,
        reply: Reply,
        look: outbound.Look,
        shown: telegram.Message | None,
        sent: str,
    ) -> None:
        """What belongs to the message itself: a note of its picture, all of its words where it shows only their
        beginning, a chart that Telegram does not show above them. It fails no message that is there."""
        await self._composer.keep(chat, look, sent, outbound.file_of(shown))
        refused = look.chart if shown and not shown.photo else None
        try:
            for attachment in (*look.files, *([refused] if refused else [])):
                await self._post_file(chat, thread, attachment, reply)
        except TelegramError as error:
            log.warning("A file of %s is not shown (%s)", sent, error)

    async def _post_file(self, chat: int, thread: int | None, attachment: Attachment, reply: Reply) -> telegram.Message:
        """Sends a file, a picture with the first line of what it is about."""
        assert attachment.sha256, "what we send lies in the document store"
        data = await self._files.get(attachment.sha256)
        return await outbound.post_file(self._bot, chat, thread, attachment, data, first_line(reply))

    def _skip_late_status(self, chat: int, reply: Reply) -> None:
        """Raises: Postponed for a status that would have to wait for its turn: the answer comes in its place."""
        if reply.status and not self._pace.is_free(chat):
            raise Postponed("The chat takes no more messages just now")

    def _readable(self, update: Update) -> Message | None:
        """The message in an update. One in which anything is as nobody expected it is passed over, not asked for again:
        it would come again and again before all others."""
        try:
            return to_message(update, self._bot.bot, datetime.now(UTC))
        except Exception:
            log.warning("Update %s of Telegram is not understood and is skipped", update.update_id, exc_info=True)
            return None

    async def _release_button(self, query: str) -> None:
        """Ends the spinning of a pressed button. Telegram forgets the press soon; then there is none to end."""
        try:
            await self._bot.answer_callback_query(query)
        except TelegramError as error:
            log.info("Telegram no longer waits for an answer to a pressed button (%s)", error)


def _place(message: Message) -> tuple[int, int | None]:
    """The chat, and the topic in it, that a conversation stands for."""
    chat, _, topic = message.conversation.partition(":")
    return int(chat), int(topic) if topic else None


def _gone(attachment: Attachment) -> PlatformLimit:
    return PlatformLimit(GONE, name=attachment.name)
