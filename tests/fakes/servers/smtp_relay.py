"""A relay that can be told how to answer: it takes mails, puts them off, refuses them, or is away."""

from __future__ import annotations

import asyncio
import email
import email.policy
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.fakes.servers.ports import free_port


@dataclass(frozen=True)
class Left:
    """A mail that left us: from whom its bounces go to ("" for nobody), to whom, and what it says."""

    return_path: str
    to: str
    mail: EmailMessage


@dataclass
class Relay:
    """`answer` says what each recipient gets, "250" to take the mail; `offered` counts the tries by recipient."""

    port: int = field(default_factory=free_port)
    answer: Callable[[str], str] = lambda _: "250 OK"
    left: list[Left] = field(default_factory=list)
    offered: dict[str, int] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """As `BILLIFY_SMTP_URL` has it."""
        return f"smtp://127.0.0.1:{self.port}"

    @asynccontextmanager
    async def up(self) -> AsyncIterator[None]:
        """Runs while the context is open; before and after, nobody listens."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(self, loop=loop), "127.0.0.1", self.port)
        try:
            yield
        finally:
            server.close()
            await asyncio.sleep(0)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd finds it by this name
        self, _server: SMTP, _session: Session, envelope: Envelope, to: str, _options: list[str]
    ) -> str:
        self.offered[to] = self.offered.get(to, 0) + 1
        said = self.answer(to)
        if said.startswith("250"):
            envelope.rcpt_tos.append(to)
        return said

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        self.left += [Left((envelope.mail_from or "").strip("<>"), to, mail) for to in envelope.rcpt_tos]
        return "250 OK"
