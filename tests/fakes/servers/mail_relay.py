"""The mail server of a company: takes any mail by SMTP and hands it to Dovecot's mailboxes by LMTP."""

from __future__ import annotations

import asyncio
import smtplib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.fakes.servers.dovecot import Dovecot
from tests.fakes.servers.ports import free_port


class _Hand:
    def __init__(self, dovecot: Dovecot, refuse: str) -> None:
        self._dovecot = dovecot
        self._refuse = refuse

    async def handle_RCPT(  # noqa: N802 - aiosmtpd finds it by this name
        self, _server: SMTP, _session: Session, envelope: Envelope, to: str, _options: list[str]
    ) -> str:
        if self._refuse:
            return self._refuse
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.to_thread(self._deliver, envelope)
        return "250 OK"

    def _deliver(self, envelope: Envelope) -> None:
        with smtplib.LMTP(self._dovecot.host, self._dovecot.lmtp_port) as connection:
            connection.sendmail(envelope.mail_from or "", envelope.rcpt_tos, envelope.content or b"")


@asynccontextmanager
async def relay(dovecot: Dovecot, refuse: str = "") -> AsyncIterator[str]:
    """Runs the server; its URL as `BILLIFY_SMTP_URL` has it. `refuse` answers every recipient (say, "550 no")."""
    loop = asyncio.get_running_loop()
    port = free_port()
    server = await loop.create_server(lambda: SMTP(_Hand(dovecot, refuse), loop=loop), "127.0.0.1", port)
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        server.close()
