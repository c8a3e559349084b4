"""Mails on their way out: to a mail server, or into a folder where there is none."""

from __future__ import annotations

import asyncio
import hashlib
import mailbox
import os
from email.message import EmailMessage
from pathlib import Path

import aiosmtplib

from bot.channels.mail.compose import SMTP
from bot.channels.mail.endpoint import Endpoint
from handlers.errors import BillifyError


async def post(mail: EmailMessage, server: Endpoint) -> None:
    """Hands the mail to a server (RFC 5321); returns once that has taken it.

    Raises: BillifyError when it refuses this mail for good; aiosmtplib.SMTPException or OSError when it may take it
    later, or once its settings are put right.
    """
    recipient = mail["To"].addresses[0].addr_spec
    try:
        await aiosmtplib.send(
            mail.as_bytes(policy=SMTP),
            sender=mail["From"].addresses[0].addr_spec,
            recipients=[recipient],
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            use_tls=server.tls,
            start_tls=False if server.tls else None,
        )
    except aiosmtplib.SMTPRecipientsRefused as error:
        _give_up_if_final(error.recipients[0], recipient)
        raise
    except (aiosmtplib.SMTPSenderRefused, aiosmtplib.SMTPDataError) as error:
        _give_up_if_final(error, recipient)
        raise


def _give_up_if_final(error: aiosmtplib.SMTPResponseException, recipient: str) -> None:
    if error.code >= 500:
        raise BillifyError(
            f"The mail server refused the answer to {recipient}: {error.code} {error.message}"
        ) from error


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
