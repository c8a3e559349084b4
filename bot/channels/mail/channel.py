"""Mail as a channel: mails in by SMTP, LMTP or IMAP, answers out by SMTP or into a folder."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot.channels.channel import Accept, ChannelMisconfigured, Files, Outgoing
from bot.channels.mail import imap, inbound, send, server
from bot.channels.mail.compose import compose
from bot.channels.mail.endpoint import endpoint
from bot.channels.mail.headers import is_address
from bot.channels.mail.parsing_process import MailParser
from bot.channels.mail.reply_tokens import ReplyTokens
from handlers.errors import BillifyError
from handlers.messages import Attachment

log = logging.getLogger(__name__)


class Mail:
    """Implements `bot.channels.channel.Channel`. The identity of a person is the address in From, in lower case.

    `Message.answers` and `Message.choice` are set only by proof (see `seals`); all else in a mail can be forged.
    """

    name = "mail"
    edits = False

    def __init__(
        self,
        *,
        files: Files,
        address: str,
        secret: bytes,
        host: str = "127.0.0.1",
        port: int = 2525,
        lmtp_port: int = 0,
        imap_url: str = "",
        smtp_url: str = "",
        maildir: Path,
    ) -> None:
        """`address` is the one that people write to; `secret` signs our answers; a port of 0 is not served.

        Raises: ChannelMisconfigured for an address or a URL that is none.
        """
        if not is_address(address):
            raise ChannelMisconfigured(f"BILLIFY_MAIL_ADDRESS is no mail address: {address}. Write it as name@domain.")
        self._files = files
        self._address = address
        self._seals = ReplyTokens(secret, address.rpartition("@")[2])
        self._host = host
        self._ports = {"SMTP": port, "LMTP": lmtp_port}
        self._mailbox = endpoint(imap_url, "imap", "BILLIFY_IMAP_URL") if imap_url else None
        self._relay = endpoint(smtp_url, "smtp", "BILLIFY_SMTP_URL") if smtp_url else None
        self._maildir = maildir
        self._parser = MailParser()

    async def listen(self, accept: Accept) -> None:
        """Takes mails in on all ways that are configured, until cancelled. Raises: ChannelMisconfigured."""
        receive = partial(self._receive, accept)
        ways: list[Coroutine[Any, Any, None]] = []
        if port := self._ports["SMTP"]:
            ways.append(server.serve("SMTP", receive, address=self._address, host=self._host, port=port))
        if port := self._ports["LMTP"]:
            ways.append(server.serve("LMTP", receive, address=self._address, host=self._host, port=port))
        if self._mailbox:
            ways.append(imap.watch(self._mailbox, receive))
        try:
            async with asyncio.TaskGroup() as together:
                for way in ways:
                    together.create_task(way)
                if not ways:
                    await asyncio.get_running_loop().create_future()
        except* Exception as group:
            raise group.exceptions[0] from None

    async def fetch(self, attachment: Attachment) -> bytes:
        """Mails bring their files along. Raises: BillifyError, always."""
        raise BillifyError(f"The file {attachment.name} did not come with its mail. Please send it again.")

    async def send(self, outgoing: Outgoing) -> str:
        """Mails a reply to the sender of its message; returns our message id, the same one for a repeat.

        No machine is answered (RFC 3834): what is for one lies in the folder of mails, where a person can look.
        """
        card = outgoing.reply.card
        mail = compose(
            outgoing,
            address=self._address,
            seals=self._seals,
            picture=await self._picture(card.picture) if card and card.picture else None,
            files=[(file, await self._files.get(_stored(file))) for file in outgoing.reply.attachments],
            now=datetime.now(UTC),
        )
        if outgoing.message.automatic:
            log.warning("%s wrote by a machine, so the answer is not sent but kept", outgoing.message.sender)
        if self._relay and not outgoing.message.automatic:
            await send.post(mail, self._relay)
        else:
            await send.keep(mail, self._maildir)
        return str(mail["Message-ID"]).strip("<>")

    async def edit(self, sent_id: str, outgoing: Outgoing) -> str:
        """A sent mail stays as it is: the reply goes out anew."""
        return await self.send(outgoing)

    async def close(self) -> None:
        """Ends the process that parses mails."""
        await self._parser.close()

    async def _receive(self, accept: Accept, raw: bytes) -> None:
        message = await inbound.receive(
            raw,
            files=self._files,
            seals=self._seals,
            address=self._address,
            now=datetime.now(UTC),
            parses=self._parser.parse,
        )
        if message:
            await accept(message)

    async def _picture(self, picture: Attachment) -> bytes | None:
        try:
            return await self._files.get(_stored(picture))
        except FileNotFoundError:
            log.warning("The picture %s is gone; the answer goes out without it", picture.name)
            return None


def _stored(attachment: Attachment) -> str:
    assert attachment.sha256 is not None, "what we send is always stored"
    return attachment.sha256
