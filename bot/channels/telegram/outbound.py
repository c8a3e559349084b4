"""Requests to Telegram that show something: how a message is sent and how one is changed in place."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from telegram import Bot, InlineKeyboardMarkup, InputMediaPhoto, LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import Defaults, ExtBot
from telegram.request import HTTPXRequest

from handlers.messages import Attachment

log = logging.getLogger(__name__)


def connect(token: str, api_url: str) -> ExtBot[None]:
    """A client of the Bot API at `api_url`. It opens connections only when it is used."""
    api_url = api_url.rstrip("/")
    return ExtBot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=HTTPXRequest(read_timeout=30, media_write_timeout=60),
        defaults=Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)),
    )


@dataclass(frozen=True)
class Look:
    """A reply as Telegram shows it. `caption` is the shorter text that fits below a picture (PNG bytes)."""

    text: str
    caption: str
    buttons: InlineKeyboardMarkup | None
    picture: bytes | None


async def post(bot: Bot, chat: int, thread: int | None, look: Look) -> Message:
    """Sends a new message. Where Telegram refuses the picture, the words go without it."""
    if look.picture:
        try:
            return await bot.send_photo(
                chat,
                look.picture,
                caption=look.caption,
                reply_markup=look.buttons,
                message_thread_id=thread,
            )
        except BadRequest as error:
            _only_about_picture(error)
    return await bot.send_message(chat, look.text, reply_markup=look.buttons, message_thread_id=thread)


async def post_file(bot: Bot, chat: int, thread: int | None, attachment: Attachment, data: bytes) -> Message:
    """Sends a file: a PNG (what we draw) as a picture to look at, anything else, or what Telegram refuses, to save."""
    if attachment.media_type == "image/png":
        try:
            return await bot.send_photo(chat, data, filename=attachment.name, message_thread_id=thread)
        except BadRequest as error:
            _only_about_picture(error)
    return await bot.send_document(chat, data, filename=attachment.name, message_thread_id=thread)


async def change(bot: Bot, chat: int, message: int, look: Look) -> None:
    """Changes a message in place; harmless to repeat.

    A message of text alone takes a picture (Bot API 7.11), but none loses its picture again: words without
    one become the caption. Raises: BadRequest, when the message is gone or cannot be changed any more.
    """
    try:
        if look.picture:
            try:
                media = InputMediaPhoto(look.picture, caption=look.caption, parse_mode=ParseMode.HTML)
                await bot.edit_message_media(media, chat, message, reply_markup=look.buttons)
                return
            except BadRequest as error:
                _only_about_picture(error)
        try:
            await bot.edit_message_text(look.text, chat, message, reply_markup=look.buttons)
        except BadRequest as error:
            if "no text in the message" not in error.message:
                raise
            await bot.edit_message_caption(chat, message, caption=look.caption, reply_markup=look.buttons)
    except BadRequest as error:
        if "message is not modified" not in error.message.lower():
            raise


def _only_about_picture(error: BadRequest) -> None:
    """Lets pass what Telegram says of a picture that it cannot show (PHOTO_INVALID_DIMENSIONS, …)."""
    if not any(word in error.message.upper() for word in ("PHOTO_", "IMAGE_PROCESS", "TOO BIG")):
        raise error
    log.warning("Telegram refuses a picture (%s); the words go without it", error)
