"""Bringing updates in, each acknowledged to Telegram only after it was taken.

The updater of python-telegram-bot is not used: it confirms an update by the offset of its next request, or
answers a webhook, as soon as the update lies in a queue in memory, where a crash loses it.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import NoReturn

from aiohttp import web
from telegram import Bot, Update
from telegram.constants import UpdateType
from telegram.error import BadRequest, InvalidToken, TelegramError, TimedOut

from bot.channels.channel import ChannelMisconfigured
from bot.channels.serving import forever, serving

Take = Callable[[Update], Awaitable[None]]
"""Makes an update durable; raises when it could not, and Telegram will bring the update again."""

KINDS = [UpdateType.MESSAGE, UpdateType.EDITED_MESSAGE, UpdateType.CALLBACK_QUERY, UpdateType.MY_CHAT_MEMBER]
LONG_POLL = timedelta(seconds=50)
PAUSE = 3.0
"""Seconds to wait after a failure, of the network or of our own database, before the next try."""

log = logging.getLogger(__name__)


async def introduce(bot: Bot) -> None:
    """Asks Telegram who we are, until it answers. Raises: ChannelMisconfigured for a wrong token."""
    while True:
        try:
            return await bot.initialize()
        except InvalidToken:
            raise _wrong_token() from None  # the text of the original shows the token
        except TelegramError as error:
            log.warning("Telegram cannot be reached (%s); trying again", error)
            await asyncio.sleep(PAUSE)


async def poll(bot: Bot, take: Take) -> NoReturn:
    """Asks Telegram for updates, until cancelled.

    The offset of a request confirms all updates before it, so it moves on only past what was taken.
    """
    offset: int | None = None
    unhooked = False
    while True:
        try:
            unhooked = unhooked or await bot.delete_webhook()  # Telegram refuses to be polled while one is set
            for update in await bot.get_updates(offset, timeout=LONG_POLL, allowed_updates=KINDS):
                await take(update)
                offset = update.update_id + 1
        except TimedOut:
            continue  # a connection that a router forgot: ask anew
        except InvalidToken:
            raise _wrong_token() from None
        except TelegramError as error:
            log.warning("Telegram could not be asked for updates (%s); trying again", error)
            await asyncio.sleep(PAUSE)
        except Exception:
            log.exception("An update of Telegram could not be taken; it will be asked for again")
            await asyncio.sleep(PAUSE)


async def receive(bot: Bot, take: Take, url: str, port: int, secret: str) -> None:
    """Serves a webhook, until cancelled, and tells Telegram its address.

    The last part of the address is derived from the token, so that nobody else can guess it; `secret`, where
    it is set, must come with each request besides. One connection at a time keeps messages in their order.
    Raises: ChannelMisconfigured for an address that Telegram refuses.
    """
    path = hmac.digest(bot.token.encode(), b"webhook", "sha256").hex()[:32]
    application = web.Application()
    application.router.add_post(f"/{{_:.*}}{path}", _endpoint(bot, take, secret))
    async with serving(application, port, "BILLIFY_TELEGRAM_WEBHOOK_PORT"):
        await _announce(bot, f"{url.rstrip('/')}/{path}", secret)
        await forever()


async def _announce(bot: Bot, url: str, secret: str) -> None:
    while True:
        try:
            await bot.set_webhook(url, allowed_updates=KINDS, max_connections=1, secret_token=secret or None)
            return
        except BadRequest as error:
            raise ChannelMisconfigured(
                f"Telegram refuses the webhook ({error}). BILLIFY_TELEGRAM_WEBHOOK_URL must be an https address "
                "that Telegram can reach; leave it empty to have Billify ask Telegram instead."
            ) from error
        except TelegramError as error:
            log.warning("Telegram could not be told the webhook (%s); trying again", error)
            await asyncio.sleep(PAUSE)


def _endpoint(bot: Bot, take: Take, secret: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def endpoint(request: web.Request) -> web.Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return web.Response(status=403, text="wrong secret token")
        try:
            update = Update.de_json(await request.json(), bot)
        except Exception:  # the library takes the shape on trust and fails in many ways
            log.warning("The webhook of Telegram was sent what is no update", exc_info=True)
            return web.Response(status=400, text="not an update")
        try:
            await take(update)
        except Exception:
            log.exception("An update of Telegram could not be taken; Telegram will bring it again")
            return web.Response(status=500)
        return web.Response()

    return endpoint


def _wrong_token() -> ChannelMisconfigured:
    return ChannelMisconfigured(
        "Telegram does not accept the token. Set BILLIFY_TELEGRAM_TOKEN to the one that @BotFather shows for your bot."
    )
