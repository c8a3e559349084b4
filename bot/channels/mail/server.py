"""Our own mail server: SMTP for people and relays, LMTP (RFC 2033) behind a mail server of the company."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Literal

from aiosmtpd import lmtp, smtp

from bot.channels.channel import ChannelMisconfigured
from handlers.errors import BillifyError

log = logging.getLogger(__name__)

Receive = Callable[[bytes], Awaitable[None]]
"""Makes a mail durable; returns once it is. Raises: BillifyError when this mail can never be taken."""

SIZE_LIMIT = 35 * 1024 * 1024
"""Bytes of a mail; base64 adds a third, so about 25 MB of files, which is what the large mail services take."""

_LONGEST_LINE = 1024 * 1024
"""RFC 5321 allows 1000 bytes, but programs that write HTML on one line are many, and the mail is worth having."""


class _Smtp(smtp.SMTP):
    line_length_limit = _LONGEST_LINE


class _Lmtp(lmtp.LMTP):
    line_length_limit = _LONGEST_LINE


class _Desk:
    """What aiosmtpd calls for each command. One address is served and nothing is relayed."""

    def __init__(self, address: str, receive: Receive, most_recipients: int) -> None:
        self._address = address
        self._receive = receive
        self._most_recipients = most_recipients

    async def handle_RCPT(  # noqa: N802 - aiosmtpd finds it by this name
        self, _server: smtp.SMTP, _session: smtp.Session, envelope: smtp.Envelope, to: str, _options: list[str]
    ) -> str:
        if not _is_ours(to, self._address):
            return "550 5.1.1 No such mailbox here"
        if len(envelope.rcpt_tos) >= self._most_recipients:
            return "452 4.5.3 Too many recipients, please send to the others separately"
        envelope.rcpt_tos.append(to)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd finds it by this name
        self, _server: smtp.SMTP, _session: smtp.Session, envelope: smtp.Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        return_path = (envelope.mail_from or "").strip("<>")
        # As a server does on final delivery (RFC 5321, 4.4), so that a null path is known from the mail itself.
        raw = f"Return-Path: <{return_path}>\r\n".encode("utf-8", "replace") + envelope.content
        try:
            await self._receive(raw)
        except BillifyError as error:
            log.warning("Refused a mail from %s: %s", return_path, error)
            return f"554 5.6.0 {' '.join(str(error).split())}".encode("ascii", "replace").decode()
        except Exception:
            log.exception("A mail from %s could not be taken in; its sender was told to try again", return_path)
            return "451 4.3.0 Not taken in because of a fault here, please try again later"
        return "250 2.0.0 Taken in"


def _is_ours(to: str, address: str) -> bool:
    """Whether an address is ours, in any case, with or without a detail ("billify+anything@…", RFC 5233)."""
    local, _, domain = to.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}" == address.lower()


async def serve(kind: Literal["SMTP", "LMTP"], receive: Receive, *, address: str, host: str, port: int) -> None:
    """Takes mails for `address` until cancelled.

    Raises: ChannelMisconfigured when the port cannot be had.
    """
    loop = asyncio.get_running_loop()
    # An LMTP server owes one answer for each recipient, of which aiosmtpd gives one: so one recipient a mail.
    desk = _Desk(address, receive, most_recipients=1 if kind == "LMTP" else 100)
    protocol = _Lmtp if kind == "LMTP" else _Smtp
    open_ones: set[smtp.SMTP] = set()

    def connected() -> smtp.SMTP:
        options: dict[str, Any] = {"hostname": address.rpartition("@")[2], "ident": "Billify", "loop": loop}
        connection = protocol(desk, data_size_limit=SIZE_LIMIT, enable_SMTPUTF8=True, **options)
        open_ones.add(connection)
        return connection

    try:
        server = await loop.create_server(connected, host, port)
    except OSError as error:
        setting = "BILLIFY_MAIL_LMTP_PORT" if kind == "LMTP" else "BILLIFY_MAIL_PORT"
        raise ChannelMisconfigured(
            f"Mail cannot be received at {host}:{port} ({error.strerror}). "
            f"Choose another port with {setting}, or 0 to turn it off."
        ) from error
    try:
        await loop.create_future()
    finally:
        server.close()
        for connection in open_ones:
            if connection.transport:
                connection.transport.close()
