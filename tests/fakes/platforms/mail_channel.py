"""A mail channel that runs: on free ports, with files in memory, handing messages to the test."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.channels.channel import Accept
from bot.channels.mail import Mail, parse
from bot.channels.mail.authentication import Client, Dns
from bot.channels.mail.intake.peek import peek
from bot.channels.mail.options import MailOptions
from extraction.html.pdf import pdf_of
from storage.db.database import Database
from storage.models import MailOutcome
from storage.people import people
from storage.sealing.signing_keys import SigningKey, SigningKeys
from tests.fakes.platforms.memory_document_store import MemoryFiles
from tests.fakes.platforms.message_acceptor import Accepting
from tests.fakes.servers.ports import free_port, opened

ADDRESS = "billify@example.com"
SECRET = SigningKeys([SigningKey(b"only for tests, and long enough!")])
BEGAN = datetime(2025, 3, 1, 9, tzinfo=UTC)
PDF = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"


class NoRecords(Dns):
    """A name server that knows no name."""

    def records(self, name: str, kind: str) -> list[object]:
        return []


TRUSTING = MailOptions(authserv_ids=("mail.example.com",), dns=NoRecords())


def vouched(sender: str) -> str:
    """What the company's mail server writes on a mail that is from whom it says that it is from."""
    return f"mail.example.com; dmarc=pass header.from={sender.rpartition('@')[2].strip('> ')}"


def key_of(raw: bytes) -> str:
    """The key by which the gate knows a mail."""
    return peek(raw, way="", address=ADDRESS).arrived.key


async def parse_here(raw: bytes) -> parse.Mail:
    """A mail as the process that parses mails gives it, without that process."""
    mail = parse.parse(raw)
    drawn = [
        replace(file, media_type="application/pdf", data=pdf_of(file.data.decode())) if parse.is_page(file) else file
        for file in mail.enclosures
    ]
    return replace(mail, enclosures=tuple(drawn))


async def hand_in(mail: Mail, accept: Accept, raw: bytes) -> MailOutcome:
    """What becomes of a mail that a program on this machine hands to our server, without the wire between them."""
    stamped = await mail._reception.authenticator.stamp(raw, Client("127.0.0.1"))
    return await mail._gate.receive(accept, "SMTP", stamped)


class Office:
    """A mail channel with all that it stands on, and the ports at which it listens while `open`.

    Anna, who writes from anna@example.com, is the owner.
    """

    def __init__(self, folder: Path, database: Database) -> None:
        self.database = database
        with database.transaction() as session:
            self.anna = people.ensure_owner(session, "Anna Gruber", [("mail", "anna@example.com")], BEGAN).id
        self.files = MemoryFiles()
        self.accepting = Accepting()
        self.maildir = folder / "mail"
        self.smtp_port = free_port()
        self.lmtp_port = free_port()

    def mail(self, **options: object) -> Mail:
        chosen = {
            "port": 0,
            "secret": SECRET,
            "address": ADDRESS,
            "maildir": self.maildir,
            "options": TRUSTING,
        } | options
        return Mail(database=self.database, files=self.files, **chosen)

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
