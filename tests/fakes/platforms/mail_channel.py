"""A mail channel that runs: on free ports, with files in memory, handing messages to the test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.channels.mail import Mail
from tests.fakes.platforms.memory_document_store import MemoryFiles
from tests.fakes.platforms.message_acceptor import Accepting
from tests.fakes.servers.ports import free_port, opened

ADDRESS = "billify@example.com"
SECRET = b"only for tests, and long enough!"
PDF = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"


class Office:
    """A mail channel with all that it stands on, and the ports at which it listens while `open`."""

    def __init__(self, folder: Path) -> None:
        self.files = MemoryFiles()
        self.accepting = Accepting()
        self.maildir = folder / "mail"
        self.smtp_port = free_port()
        self.lmtp_port = free_port()

    def mail(self, **options: object) -> Mail:
        chosen = {"port": 0, "secret": SECRET, "address": ADDRESS, "maildir": self.maildir} | options
        return Mail(files=self.files, **chosen)

    @asynccontextmanager
    async def open(self, **options: object) -> AsyncIterator[Mail]:
        mail = self.mail(port=self.smtp_port, lmtp_port=self.lmtp_port, **options)
        async with asyncio.TaskGroup() as together:
            listening = together.create_task(mail.listen(self.accepting))
            await opened(self.smtp_port)
            await opened(self.lmtp_port)
            yield mail
            listening.cancel()
        await mail.close()
