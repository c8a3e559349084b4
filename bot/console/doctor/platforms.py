"""Whether platforms and mail servers let us in: they are asked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime

import httpx

from bot.application.app import App
from bot.application.mail_options import oauth_services
from bot.channels.mail.endpoint import Endpoint, endpoint
from bot.channels.mail.oauth import AccessTokens, SignInOver
from bot.channels.mail.oauth.token_endpoint import ServiceAway
from bot.channels.mail.outgoing.reachable import mailbox_fault, relay_fault
from bot.console.doctor.finding import MOST_LINES, Finding
from config.settings import Settings
from handlers.mailbox.channel_faults import channel_name
from handlers.mailbox.machine_troubles import is_machine, trouble
from storage.messages import channel_faults
from storage.models import ChannelFault

ANSWER_SECONDS = 10.0


async def channels(app: App, now: datetime) -> Finding:
    """What the processes that listen said of their channels."""
    faults = await app.database.read(channel_faults.standing, now)
    if not faults:
        return Finding("Channels", True, ", ".join(app.channels))
    lines = [f"{_name(one)} since {one.since:%Y-%m-%d %H:%M} UTC: {_reason(one)}" for one in faults]
    return Finding("Channels", False, "\n    ".join(["these do not work; they are tried again", *lines[:MOST_LINES]]))


def _name(fault: ChannelFault) -> str:
    return "This installation" if is_machine(fault) else channel_name(fault.channel)


def _reason(fault: ChannelFault) -> str:
    return trouble(fault) if is_machine(fault) else fault.reason


async def tokens(settings: Settings) -> AsyncIterator[Finding]:
    """Asks each platform whose token is set who we are there."""
    if token := settings.telegram_token.get_secret_value():
        url = f"{settings.telegram_api_url}/bot{token}/getMe"
        yield await _asked("Telegram", "BILLIFY_TELEGRAM_TOKEN", url, "")
    for setting, method in (("slack_bot_token", "auth.test"), ("slack_app_token", "apps.connections.open")):
        if token := getattr(settings, setting).get_secret_value():
            what = "Slack" if method == "auth.test" else "Slack (Socket Mode)"
            yield await _asked(what, f"BILLIFY_{setting.upper()}", f"{settings.slack_api_url}{method}", token)


async def _asked(what: str, setting: str, url: str, token: str) -> Finding:
    """Both platforms answer with JSON that says whether it is "ok"."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        async with httpx.AsyncClient(timeout=ANSWER_SECONDS) as client:
            said = (await client.post(url, headers=headers)).json()
    except httpx.HTTPError as error:  # whose text may quote the address, and that the token
        return Finding(what, False, f"cannot be reached ({type(error).__name__}): look at the network, and try again")
    except ValueError:
        return Finding(what, False, "answers with what is no answer: check the address of its API in the settings")
    if said.get("ok"):
        return Finding(what, True, f"the token of {setting} is valid")
    why = said.get("error") or said.get("description") or "no reason given"
    return Finding(what, False, f"the token is refused ({why}): set {setting} to a valid one")


async def mail_servers(settings: Settings, app: App) -> AsyncIterator[Finding]:
    if url := settings.smtp_url.get_secret_value():
        fault = await _fault(settings, app, endpoint(url, "smtp", "BILLIFY_SMTP_URL"), relay_fault)
        text = f"no mail can be sent ({fault}): check BILLIFY_SMTP_URL" if fault else "the server takes our mail"
        yield Finding("Mail out", fault is None, text)
    if url := settings.imap_url.get_secret_value():
        fault = await _fault(settings, app, endpoint(url, "imap", "BILLIFY_IMAP_URL"), mailbox_fault)
        text = f"the mailbox cannot be read ({fault}): check BILLIFY_IMAP_URL" if fault else "the mailbox can be read"
        yield Finding("Mail in", fault is None, text)


async def _fault(
    settings: Settings, app: App, server: Endpoint, check: Callable[[Endpoint], Awaitable[str | None]]
) -> str | None:
    """What is wrong with a mail server, also where a service's sign-in lets us in; None for nothing."""
    services = {service.name: service for service in oauth_services(settings)}
    try:
        return await check(await AccessTokens(app.database, app.keys, services).authorized(server))
    except (SignInOver, ServiceAway) as error:
        return str(error)
