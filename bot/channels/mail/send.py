"""Mails on their way out: to a mail server, or into a folder where there is none."""

from __future__ import annotations

import asyncio
import hashlib
import mailbox
import os
from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib

from bot.channels.channel import Postponed, Undeliverable
from bot.channels.mail.endpoint import Endpoint
from bot.channels.mail.look.compose import SMTP

_NOT_OURS = frozenset((421, 454, 530, 534, 535, 538))
"""Answers (RFC 4954, RFC 3207) about us and the server, not about the mail: it may take it once that is mended."""


async def post(mail: EmailMessage, server: Endpoint, *, return_path: str) -> None:
    """Hands the mail to a server (RFC 5321); returns once that has taken it.

    `return_path` is where a bounce goes: "" is the null sender, which no server answers (RFC 5321, 4.5.5).
    Raises: Undeliverable when the server refuses this mail for good, Postponed when it may take it later.
    """
    client = smtp_client(server)
    try:
        async with client:
            await client.sendmail(return_path, [mail["To"].addresses[0].addr_spec], mail.as_bytes(policy=SMTP))
    except aiosmtplib.SMTPRecipientsRefused as error:
        raise _refusal(error.recipients[0]) from error
    except (aiosmtplib.SMTPConnectResponseError, aiosmtplib.SMTPHeloError) as error:
        said = f"{error.code} {error.message}"
        raise Postponed(f"the mail server {server.host} takes no mail now: {said}", away=True) from error
    except aiosmtplib.SMTPResponseException as error:
        raise _refusal(error) from error
    except (aiosmtplib.SMTPException, OSError) as error:  # it is away, or gone in the middle of it
        raise Postponed(f"the mail server {server.host} cannot be reached ({in_words(error)})", away=True) from error


def smtp_client(server: Endpoint, seconds: float = 60) -> aiosmtplib.SMTP:
    """A client that enters the server as it is configured, and waits for each answer so long."""
    return aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        username=server.user,
        password=server.password,
        oauth_token_generator=_giving(server.token),
        use_tls=server.tls,
        start_tls=False if server.tls else None,
        timeout=seconds,
    )


def in_words(error: Exception) -> str:
    """What an error says, on one line; its kind where it says nothing."""
    return " ".join(str(error).split()) or type(error).__name__


def _giving(token: str | None) -> Callable[[], Awaitable[str]] | None:
    """What aiosmtplib asks for the token."""
    if token is None:
        return None

    async def give() -> str:
        return token

    return give


def _refusal(error: aiosmtplib.SMTPResponseException) -> Postponed | Undeliverable:
    said = f"{error.code} {' '.join(error.message.split())}"
    if error.code in _NOT_OURS:
        return Postponed(f"the mail server does not let us in: {said}", away=True)
    return Undeliverable(said) if error.code >= 500 else Postponed(said)


async def keep(mail: EmailMessage, folder: Path) -> None:
    """Puts the mail into a Maildir, which any mail program reads. Kept once, however often that is asked."""
    await asyncio.to_thread(_keep, mail, folder)


def _keep(mail: EmailMessage, folder: Path) -> None:
    mailbox.Maildir(folder, create=True)
    # The standard library names each delivery anew; a name made of the message id makes a repeat visible.
    name = hashlib.sha256(mail["Message-ID"].encode()).hexdigest()[:40] + ".billify"
    if (folder / "new" / name).exists() or any((folder / "cur").glob(f"{name}*")):
        return
    unfinished = folder / "tmp" / name
    with unfinished.open("wb") as file:
        file.write(mail.as_bytes(policy=SMTP.clone(linesep="\n")))
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(folder / "new" / name)
