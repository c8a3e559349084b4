"""Whether the mail servers that are configured let us in; nothing is sent or read."""

from __future__ import annotations

import aiosmtplib
from imapclient.exceptions import IMAPClientError

from bot.channels.mail.endpoint import Endpoint
from bot.channels.mail.imap import Mailbox, Refused
from bot.channels.mail.send import in_words, smtp_client

_SECONDS = 15


async def relay_fault(server: Endpoint) -> str | None:
    """Why no mail can be handed to the server; None where it can."""
    client = smtp_client(server, _SECONDS)
    try:
        async with client:
            await client.noop()
    except (aiosmtplib.SMTPException, OSError) as error:
        return in_words(error)
    return None


async def mailbox_fault(server: Endpoint) -> str | None:
    """Why the mailbox cannot be read; None where it can."""
    mailbox = Mailbox(server)
    try:
        await mailbox.run(mailbox.open)
    except (Refused, IMAPClientError, OSError) as error:
        return in_words(error)
    finally:
        mailbox.close()
    return None
