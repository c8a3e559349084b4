"""Bringing updates in, each acknowledged to Telegram only after it was taken.

The updater of python-telegram-bot is not used: it confirms an update by the offset of its next request, or
answers a webhook, as soon as the update lies in a queue in memory, where a crash loses it.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import warnings
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, NoReturn

from aiohttp import web
from telegram import Bot, Update
from telegram.constants import UpdateType
from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError, TimedOut
from telegram.warnings import PTBUserWarning

from bot.channels.channel import ChannelMisconfigured, Health
from bot.channels.serving import forever, serving
from bot.channels.supervision import growing
from bot.channels.tls import Tls

Take = Callable[[Update], Awaitable[None]]
"""Makes an update durable; raises when it could not, and Telegram will bring the update again."""

KINDS = [UpdateType.MESSAGE, UpdateType.EDITED_MESSAGE, UpdateType.CALLBACK_QUERY, UpdateType.MY_CHAT_MEMBER]
LONG_POLL = timedelta(seconds=50)
PAUSE = 3.0
"""Seconds to wait after a failure, of the network or of our own database, before the next try; doubled each time."""

log = logging.getLogger(__name__)


async def introduce(bot: Bot, health: Health) -> None:
    """Asks Telegram who we are, until it answers. Raises: ChannelMisconfigured for a wrong token."""
    tries = 0
    while True:
        try:
            return await bot.initialize()
        except InvalidToken:
            raise _wrong_token() from None  # the text of the original shows the token
        except TelegramError as error:
            tries += 1
            await _away(health, error, tries)


async def poll(bot: Bot, take: Take, health: Health) -> NoReturn:
    """Asks Telegram for updates, until cancelled.

    The offset of a request confirms all updates before it, so it moves on only past what was taken.
    Raises: ChannelMisconfigured for a token that is good no more.
    """
    offset: int | None = None
    unhooked, tries = False, 0
    while True:
        try:
            if not unhooked:
                unhooked = await bot.delete_webhook()  # Telegram refuses to be polled while one is set
                await health.well()
            for update in await _updates(bot, offset):
                await take(update)
                offset = update.update_id + 1
            tries = 0
            await health.well()
        except TimedOut:
            continue  # a connection that a router forgot: ask anew
        except InvalidToken:
            raise _wrong_token() from None
        except TelegramError as error:
            tries += 1
            await _away(health, error, tries)
        except Exception:
            log.exception("An update of Telegram could not be taken; it will be asked for again")
            await asyncio.sleep(PAUSE)


async def _updates(bot: Bot, offset: int | None) -> Sequence[Update]:
    """What is new. Where the library cannot read it, whatever of it can be read: that must not hold up all others."""
    try:
        return await bot.get_updates(offset, timeout=LONG_POLL, allowed_updates=KINDS)
    except TelegramError:
        raise
    except Exception:  # the library takes the shape on trust, and fails in many ways on one of a newer API
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PTBUserWarning)  # it advises what just failed
            asked = {"offset": offset, "allowed_updates": json.dumps(KINDS)}
            found: Any = await bot.do_api_request("getUpdates", api_kwargs={k: v for k, v in asked.items() if v})
        return [readable(update, bot) for update in found]


def readable(update: dict[str, Any], bot: Bot) -> Update:
    """The update; with nothing in it, where it cannot be read. Raises: KeyError, TypeError for what is no update."""
    number = int(update["update_id"])
    try:
        return Update.de_json(update, bot)
    except Exception:
        log.warning("Update %s of Telegram cannot be read and is skipped", number, exc_info=True)
        return Update(number)


async def _away(health: Health, error: TelegramError, tries: int) -> None:
    """Waits, for as long as Telegram asks, or longer each time. Two that ask for the updates of one bot hear of it."""
    if isinstance(error, Conflict):
        await health.failing(
            "Another program asks Telegram for the messages of this bot, or has set a webhook, so that each gets only "
            "some of them. Stop one of the two, or give it a bot of its own (BILLIFY_TELEGRAM_TOKEN).",
            lasting=True,
        )
    else:
        await health.failing(str(error))
    pause = growing(PAUSE, min(tries, 4) if isinstance(error, Conflict) else tries)
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        pause = max(pause, wait.total_seconds() if isinstance(wait, timedelta) else wait)
    log.warning("Telegram could not be asked (%s); trying again in %.0f s", error, pause)
    await asyncio.sleep(pause)


async def receive(bot: Bot, take: Take, url: str, port: int, secret: str, tls: Tls, health: Health) -> None:
    """Serves a webhook, until cancelled, and tells Telegram its address.

    The last part of the address is derived from the token, so that nobody else can guess it; `secret`, where
    it is set, must come with each request besides. One connection at a time keeps messages in their order.
    Raises: ChannelMisconfigured for an address that Telegram refuses.
    """
    path = hmac.digest(bot.token.encode(), b"webhook", "sha256").hex()[:32]
    application = web.Application()
    application.router.add_post(f"/{{_:.*}}{path}", _endpoint(bot, take, secret))
    async with serving(application, port, "BILLIFY_TELEGRAM_WEBHOOK_PORT", tls):
        await _announce(bot, f"{url.rstrip('/')}/{path}", secret, health)
        await forever(health)


async def _announce(bot: Bot, url: str, secret: str, health: Health) -> None:
    tries = 0
    while True:
        try:
            await bot.set_webhook(url, allowed_updates=KINDS, max_connections=1, secret_token=secret or None)
            return
        except BadRequest as error:
            raise ChannelMisconfigured(
                f"Telegram refuses the webhook ({error}). BILLIFY_TELEGRAM_WEBHOOK_URL must be an https address "
                "that Telegram can reach; leave it empty to have Billify ask Telegram instead."
            ) from error
        except InvalidToken:
            raise _wrong_token() from None
        except TelegramError as error:
            tries += 1
            await _away(health, error, tries)


def _endpoint(bot: Bot, take: Take, secret: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def endpoint(request: web.Request) -> web.Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return web.Response(status=403, text="wrong secret token")
        try:
            update = readable(await request.json(), bot)
        except Exception:
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
