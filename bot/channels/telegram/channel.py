"""Telegram as a channel: what is said there, and what we show there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

import telegram
from telegram import Update
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.channel import Accept, Files, HealthOf, Outgoing, unwatched
from bot.channels.telegram import listening, outbound
from bot.channels.telegram.albums import GATHER_SECONDS, Albums, pass_on
from bot.channels.telegram.inbound import sent_id, to_message
from bot.channels.telegram.refusal import translated
from bot.channels.telegram.render import CAPTION_LIMIT, to_html, to_keyboard
from handlers.errors import NotFound, NotPossible
from handlers.messages import Attachment, Message, Reply

log = logging.getLogger(__name__)


class Telegram:
    """Implements `Channel`. A conversation is a chat id, then a colon and the topic in a group with topics.

    `api_url` is another server of the Bot API where one is run. With a `webhook_url` Telegram brings updates
    there and Billify serves them on `webhook_port`; without one Billify asks for them. `albums` keeps what comes in
    parts (without it each picture is a message of its own); `known_as` is told the name of our bot, `moved` the
    old and the new id of a group that became a supergroup, `health` how it goes.
    """

    name = "telegram"
    edits = True
    gathers = False

    def __init__(
        self,
        *,
        token: str,
        files: Files,
        api_url: str = "https://api.telegram.org",
        webhook_url: str = "",
        webhook_port: int = 8418,
        webhook_secret: str = "",
        albums: Albums | None = None,
        known_as: Callable[[str], Awaitable[None]] | None = None,
        moved: Callable[[str, str], Awaitable[None]] | None = None,
        health: HealthOf = unwatched,
    ) -> None:
        self._bot = outbound.connect(token, api_url)
        self._files = files
        self._webhook_url = webhook_url
        self._webhook_port = webhook_port
        self._webhook_secret = webhook_secret
        self._albums = albums
        self._known_as = known_as
        self._moved = moved
        self._health = health(self.name)
        self._releasing: set[asyncio.Task[None]] = set()

    async def listen(self, accept: Accept) -> None:
        """See `Channel`. Raises: ChannelMisconfigured for a wrong token, webhook address or port."""

        async def take(update: Update) -> None:
            if self._moved and update.message and update.message.migrate_to_chat_id:
                await self._moved(str(update.message.chat.id), str(update.message.migrate_to_chat_id))
            message = self._readable(update)
            if message and message.album and self._albums:
                await self._albums.keep(message)
            elif message:
                await accept(message)
            if update.callback_query:  # not worth waiting for: Telegram brings the next update only after this one
                release = asyncio.create_task(self._release_button(update.callback_query.id))
                self._releasing.add(release)
                release.add_done_callback(self._releasing.discard)

        await listening.introduce(self._bot, self._health)
        if self._known_as:
            await self._known_as(self._bot.username)
        gathering = asyncio.create_task(pass_on(self._albums, accept, GATHER_SECONDS)) if self._albums else None
        try:
            if self._webhook_url:
                at = self._webhook_url, self._webhook_port, self._webhook_secret
                await listening.receive(self._bot, take, *at, self._health)
            else:
                await listening.poll(self._bot, take, self._health)
        finally:
            if gathering:
                gathering.cancel()

    async def fetch(self, attachment: Attachment) -> bytes:
        """See `Channel`. Telegram gives a bot files of up to 20 MB (Bot API, getFile)."""
        assert attachment.handle, "only what came from Telegram can be fetched"
        try:
            file = await self._bot.get_file(attachment.handle)
        except BadRequest as error:
            if "too big" in error.message.lower():
                raise NotPossible(
                    f"{attachment.name} is larger than the 20 MB that Telegram lets a bot fetch. "
                    "Please send a smaller version, or send it by mail."
                ) from error
            raise _gone(attachment) from error
        try:
            return bytes(await file.download_as_bytearray(read_timeout=60))
        except InvalidToken as error:  # what the library calls any 404; the token was good a moment ago
            raise _gone(attachment) from error

    def files_apart(self, reply: Reply) -> Sequence[int]:
        """See `Channel`: all of them."""
        return range(len(reply.attachments))

    async def send(self, outgoing: Outgoing) -> str:
        """See `Channel`. Where Telegram's answer is lost, the message may come twice: it cannot be asked."""
        chat, thread = _place(outgoing.message)
        try:
            if outgoing.file is not None:
                return sent_id(await self._post_file(chat, thread, outgoing))
            return sent_id(await outbound.post(self._bot, chat, thread, await self._look(outgoing.reply)))
        except TelegramError as error:
            raise translated(error, chat) from error

    async def edit(self, sent: str, outgoing: Outgoing) -> str:
        """See `Channel`. A message that is gone or can no longer be changed is sent anew, unless it is quiet."""
        chat, message = (int(part) for part in sent.split(":"))
        try:
            await outbound.change(self._bot, chat, message, await self._look(outgoing.reply))
        except BadRequest as error:
            if outgoing.reply.quiet:
                return sent
            log.info("Message %s of Telegram cannot be changed (%s); it is sent anew", sent, error)
            return await self.send(outgoing)
        except TelegramError as error:
            raise translated(error, chat) from error
        return sent

    async def close(self) -> None:
        """See `Channel`."""
        await self._bot.shutdown()
        await self._bot.request.shutdown()  # a worker never introduced itself: the line above did nothing

    async def _look(self, reply: Reply) -> outbound.Look:
        picture = reply.card.picture if reply.card else None
        return outbound.Look(
            text=to_html(reply),
            caption=to_html(reply, CAPTION_LIMIT),
            buttons=to_keyboard(reply.choices),
            picture=await self._files.get(picture.sha256) if picture and picture.sha256 else None,
        )

    async def _post_file(self, chat: int, thread: int | None, outgoing: Outgoing) -> telegram.Message:
        attachment = outgoing.reply.attachments[outgoing.file or 0]
        assert attachment.sha256, "what we send lies in the document store"
        return await outbound.post_file(self._bot, chat, thread, attachment, await self._files.get(attachment.sha256))

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


def _gone(attachment: Attachment) -> NotFound:
    return NotFound(f"Telegram no longer has {attachment.name}. Please send it again.")
