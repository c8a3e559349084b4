"""The way to an existing mailbox: read by IMAP, sent from by SMTP, a mail to itself, and a first one to the owner."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from functools import partial
from urllib.parse import quote, urlsplit

from imapclient.exceptions import IMAPClientError

from bot.application.app import open_app
from bot.channels.channel import ChannelMisconfigured, Postponed, Undeliverable
from bot.channels.mail import send
from bot.channels.mail.endpoint import Endpoint, endpoint
from bot.channels.mail.imap import Mailbox, Refused
from bot.channels.mail.outgoing.reachable import mailbox_fault, relay_fault
from bot.console.connect import kept_settings
from bot.console.connect.guide import Guide, NotThis
from bot.console.connect.introduction import HELLO, say_hello
from config.setting_faults import load_settings
from config.settings import Settings
from handlers.errors import BillifyError
from storage.db.tenancy import FIRST, acting_for

HERE = "@localhost"
"""How addresses end that nobody set: they are of this machine alone."""
ARRIVES_WITHIN = 90.0
LOOK_SECONDS = 1.0


async def connect_mailbox(settings: Settings, address: str, owner: str, guide: Guide) -> None:
    """Walks through it. Raises: BillifyError, saying which step failed and what to do."""
    guide.step(
        "The mailbox",
        "A mailbox of its own, such as billify@your-company.com: what arrives there from now on is read, and answered "
        "from there. With a second factor, make an app password for it.",
    )
    address, _ = await guide.ask_until_it_works("Its address", address or _told(settings.mail_address), _address)
    imap, smtp = (kept_settings.in_force(settings, name) for name in ("imap_url", "smtp_url"))
    password = "" if imap and smtp else await guide.ask("Its password", secret=True)
    login = f"{quote(address, safe='')}:{quote(password, safe='')}" if password else ""
    domain = address.rpartition("@")[2]
    read = partial(_way, "imap", "BILLIFY_IMAP_URL", login, "/INBOX")
    _, mailbox = await guide.ask_until_it_works(
        "The server to read from (IMAP)",
        imap,
        lambda said: _checked(read(said), mailbox_fault, "imap"),
        default=f"imap.{domain}",
    )
    guide.done("The mailbox can be read.")
    write = partial(_way, "smtp", "BILLIFY_SMTP_URL", login, "")
    _, relay = await guide.ask_until_it_works(
        "The server to send by (SMTP)",
        smtp,
        lambda said: _checked(write(said), relay_fault, "smtp"),
        default=f"smtp.{domain}",
    )
    guide.done("The server takes our mail.")
    guide.step("A mail to itself", "One goes out from there, and is looked for in the mailbox.")
    await _round_trip(relay[1], mailbox[1], address)
    guide.done("It arrived.")
    guide.step("You", "From which address do you write to Billify? Mail from others waits until you decide about it.")
    owner, _ = await guide.ask_until_it_works("Your own address", owner or _told(settings.owner_mail), _address)
    kept_settings.keep(
        guide,
        settings,
        {"mail_address": address, "imap_url": mailbox[0], "smtp_url": relay[0], "owner_mail": owner},
    )
    with acting_for(FIRST):
        async with open_app(load_settings(), f"connect-{datetime.now(UTC):%H%M%S}") as app:
            await say_hello(app, "mail", owner, owner)
    guide.done(f"I wrote to {owner}. Look there: “{HELLO}”")


def _told(address: str) -> str:
    return "" if address.endswith(HERE) else address


async def _address(said: str) -> None:
    """Raises: NotThis for what is no mail address."""
    name, _, domain = said.rpartition("@")
    if not name or "." not in domain or " " in said:
        raise NotThis(f"“{said}” is no mail address, such as billify@your-company.com.")


def _way(protocol: str, setting: str, login: str, path: str, said: str) -> tuple[str, Endpoint]:
    """A server as its setting has it, from its name, its URL without a login, or the whole URL. Raises: NotThis."""
    parts = urlsplit(said if "://" in said else f"{protocol}s://{said}")
    if login and parts.username is None:
        parts = parts._replace(netloc=f"{login}@{parts.netloc}", path=parts.path.rstrip("/") or path)
    try:
        return parts.geturl(), endpoint(parts.geturl(), protocol, setting)
    except ChannelMisconfigured:
        raise NotThis(f"“{said}” is no server, such as {protocol}.your-company.com.") from None


async def _checked(
    way: tuple[str, Endpoint], fault_of: Callable[[Endpoint], Awaitable[str | None]], protocol: str
) -> tuple[str, Endpoint]:
    """The way, once the server lets us in. Raises: NotThis."""
    if fault := await fault_of(way[1]):
        server = f"{way[1].host}{f':{way[1].port}' if way[1].port else ''}"
        raise NotThis(
            f"{server} does not let us in ({fault}). Check the name of the server, the address and the password; one "
            f"that speaks without TLS, or at another port, is written as {protocol}://{server.partition(':')[0]}:port."
        )
    return way


async def _round_trip(relay: Endpoint, mailbox: Endpoint, address: str) -> None:
    """Sends a mail to the mailbox itself and waits for it there. Raises: BillifyError."""
    sign = f"billify-{secrets.token_hex(8)}"
    mail = EmailMessage()
    mail["From"] = mail["To"] = address
    mail["Subject"] = f"Billify tries out this mailbox ({sign})"
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Message-ID"] = f"<{sign}@{address.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content("Billify sent this to itself, to see whether mail goes out and comes in. It can be deleted.")
    try:
        await send.post(mail, relay, return_path=address)
    except (Postponed, Undeliverable) as error:
        raise BillifyError(f"The mail was not taken: {error}. Ask whoever runs the mail server why.") from None
    looking = Mailbox(mailbox)
    try:
        async with asyncio.timeout(ARRIVES_WITHIN):
            await looking.run(looking.open)
            while not await looking.run(looking.with_subject, sign):  # noqa: ASYNC110 - not every server tells
                await asyncio.sleep(LOOK_SECONDS)
    except TimeoutError:
        raise BillifyError(
            f"The mail was taken but did not arrive within {ARRIVES_WITHIN:.0f} seconds. Look for it among the spam, "
            "and whether the address is that of this mailbox; then run this again."
        ) from None
    except (Refused, IMAPClientError, OSError) as error:
        raise BillifyError(f"The mailbox can no longer be read ({send.in_words(error)}). Run this again.") from None
    finally:
        with suppress(OSError):
            looking.close()
