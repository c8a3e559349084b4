"""Requests to Telegram that show something: how a message is sent and how one is changed in place."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from telegram import Bot, InlineKeyboardMarkup, InputMediaPhoto, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import Defaults, ExtBot
from telegram.request import HTTPXRequest

from bot.channels.telegram.flood import Pace, Paced
from bot.channels.telegram.keyboards import Markup
from handlers.messages import Attachment

T = TypeVar("T")
log = logging.getLogger(__name__)


def connect(token: str, api_url: str, pace: Pace) -> ExtBot[None]:
    """A client of the Bot API at `api_url`. It opens connections only when it is used."""
    api_url = api_url.rstrip("/")
    return ExtBot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=HTTPXRequest(read_timeout=30, media_write_timeout=60),
        rate_limiter=Paced(pace),
        defaults=Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)),
    )


@dataclass(frozen=True)
class Picture:
    """A picture (PNG) as it is sent: by Telegram's id of it where it has it, else its bytes. `sha256` is "" for one
    that is shown once, such as a chart."""

    sha256: str
    file_id: str | None
    load: Callable[[], Awaitable[bytes]]

    async def shown(self, show: Callable[[str | bytes], Awaitable[T]]) -> T | None:
        """What showing it comes to; None where Telegram refuses the picture. Its id is good for one bot alone."""
        if self.file_id:
            try:
                return await show(self.file_id)
            except BadRequest as error:
                if "file" not in error.message.lower():
                    raise
                log.info("Telegram no longer knows a picture by its id (%s); it is sent again", error)
        try:
            return await show(await self.load())
        except BadRequest as error:
            _only_about_picture(error)
            return None


@dataclass(frozen=True)
class Look:
    """A reply as Telegram shows it. `caption` is the shorter text that fits below a picture.

    `captioned`: the message that it takes the place of shows its picture already. `answers` is the number of the
    message in the chat that it points to; `chart` is the file that is its picture; `files` are sent after it, which are
    not among the reply's own.
    """

    text: str
    caption: str
    markup: Markup | None
    picture: Picture | None = None
    captioned: bool = False
    answers: int | None = None
    chart: Attachment | None = None
    files: tuple[Attachment, ...] = ()


async def post(bot: Bot, chat: int, thread: int | None, look: Look) -> Message:
    """Sends a new message. Where Telegram refuses the picture, the words go without it."""
    answers = ReplyParameters(look.answers, allow_sending_without_reply=True) if look.answers else None
    place = Place(chat, thread, answers)
    if look.picture:
        sent = await look.picture.shown(partial(_send_photo, bot, place, look))
        if sent:
            return sent
    return await bot.send_message(
        chat, look.text, reply_markup=look.markup, message_thread_id=thread, reply_parameters=answers
    )


@dataclass(frozen=True)
class Place:
    """A chat, the topic in it, and the message that is answered there."""

    chat: int
    thread: int | None
    answers: ReplyParameters | None


async def _send_photo(bot: Bot, place: Place, look: Look, photo: str | bytes) -> Message:
    return await bot.send_photo(
        place.chat,
        photo,
        caption=look.caption,
        reply_markup=look.markup,
        message_thread_id=place.thread,
        reply_parameters=place.answers,
    )


async def post_file(
    bot: Bot, chat: int, thread: int | None, attachment: Attachment, data: bytes, caption: str = ""
) -> Message:
    """Sends a file: a PNG (what we draw) as a picture to look at, below which stands what it is about; anything else,
    or what Telegram refuses, to save."""
    if attachment.media_type == "image/png":
        try:
            return await bot.send_photo(
                chat, data, filename=attachment.name, caption=caption or None, message_thread_id=thread
            )
        except BadRequest as error:
            _only_about_picture(error)
    return await bot.send_document(chat, data, filename=attachment.name, message_thread_id=thread)


async def change(bot: Bot, chat: int, message: int, look: Look) -> Message | None:
    """Changes a message in place; harmless to repeat. The message as it is now; None where nothing was changed.

    A message of text alone takes a picture (Bot API 7.11), but none loses its picture again: words without
    one become the caption. Raises: BadRequest, when the message is gone or cannot be changed any more.
    """
    buttons = look.markup if isinstance(look.markup, InlineKeyboardMarkup) else None
    try:
        if look.picture:
            changed = await look.picture.shown(partial(_edit_photo, bot, chat, message, look.caption, buttons))
            if changed:
                return changed
        if not look.captioned:
            try:
                return _message(await bot.edit_message_text(look.text, chat, message, reply_markup=buttons))
            except BadRequest as error:
                if "no text in the message" not in error.message:
                    raise
        return _message(await bot.edit_message_caption(chat, message, caption=look.caption, reply_markup=buttons))
    except BadRequest as error:
        if "message is not modified" not in error.message.lower():
            raise
        return None


async def _edit_photo(
    bot: Bot, chat: int, message: int, caption: str, buttons: InlineKeyboardMarkup | None, photo: str | bytes
) -> Message | None:
    media = InputMediaPhoto(photo, caption=caption, parse_mode=ParseMode.HTML)
    return _message(await bot.edit_message_media(media, chat, message, reply_markup=buttons))


def file_of(message: Message | None) -> str | None:
    """Telegram's id of the picture that a message shows."""
    return max(message.photo, key=lambda size: size.width).file_id if message and message.photo else None


def _message(changed: Message | bool) -> Message | None:
    return changed if isinstance(changed, Message) else None


def _only_about_picture(error: BadRequest) -> None:
    """Lets pass what Telegram says of a picture that it cannot show (PHOTO_INVALID_DIMENSIONS, …)."""
    if not any(word in error.message.upper() for word in ("PHOTO_", "IMAGE_PROCESS", "TOO BIG")):
        raise error
    log.warning("Telegram refuses a picture (%s); the words go without it", error)
