"""Whether the mail servers that are configured let us in; nothing is sent or read."""

from __future__ import annotations

import aiosmtplib
from imapclient.exceptions import IMAPClientError

from bot.channels.mail.endpoint import Endpoint
from bot.channels.mail.imap import Mailbox, Refused
from bot.channels.mail.send import giving

_SECONDS = 15


async def relay_fault(server: Endpoint) -> str | None:
    """Why no mail can be handed to the server; None where it can."""
    client = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        username=server.user,
        password=server.password,
        oauth_token_generator=giving(server.token),
        use_tls=server.tls,
        start_tls=False if server.tls else None,
        timeout=_SECONDS,
    )
    try:
        async with client:
            await client.noop()
    except (aiosmtplib.SMTPException, OSError) as error:
        return " ".join(str(error).split()) or type(error).__name__
    return None


async def mailbox_fault(server: Endpoint) -> str | None:
    """Why the mailbox cannot be read; None where it can."""
    mailbox = Mailbox(server)
    try:
        await mailbox.run(mailbox.open)
    except (Refused, IMAPClientError, OSError) as error:
        return " ".join(str(error).split()) or type(error).__name__
    finally:
        mailbox.close()
    return None
