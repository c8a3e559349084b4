"""Mail that goes out: a desk that answers by mail over a relay, with a clock that a test moves."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from bot.background.clock import accept_due_notices
from bot.background.outbox import try_due
from bot.channels.chatlog import LedgerChatLog
from bot.channels.mail import Mail
from bot.channels.terminal import Terminal
from bot.processing.delivery import Delivery
from handlers.messages import Message
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from tests.fakes.books.desk import Desk, spoken
from tests.fakes.platforms.mail_channel import ADDRESS, SECRET, TRUSTING
from tests.fakes.servers.smtp_relay import Relay


class Post(Desk):
    """Olga, the owner, writes from olga@example.com and can also be told on the terminal; Max has but mail."""

    def __init__(self, database: Database, folder: Path, relay: Relay, papers: Any = None, **options: Any) -> None:
        super().__init__(database, DocumentStore(folder / "documents", bytes(32)), papers or {})
        self.relay = relay
        chosen = {"port": 0, "secret": SECRET, "address": ADDRESS, "maildir": folder / "mail", "smtp_url": relay.url}
        chosen["options"] = TRUSTING
        self.mail = Mail(database=database, files=self.store, **(chosen | options))
        self.chat = LedgerChatLog(database)
        channels = {"mail": self.mail, "terminal": Terminal(self.chat)}
        self.delivery = Delivery(database, self.store, channels, lambda: self.now)
        self._mails = count(1)

    def mailed(self, text: str = "", sender: str = "olga@example.com", **values: Any) -> Message:
        """A mail as it becomes a message, each with a subject of its own."""
        n = next(self._mails)
        known = {"subject": f"Question {n}", "sent_at": self.now}
        return Message(
            key=f"mail:m{n}@example.com/0123456789ab",
            channel="mail",
            conversation=f"m{n}@example.com",
            sender=sender,
            text=text,
            **(known | values),
        )

    async def serve(self, message: Message) -> None:
        """Answers a message, as the durable workflow does."""
        await self.delivery.send(message, await self.conversation.respond(message))

    async def tick(self) -> None:
        """What the clock does every minute."""
        for message in await accept_due_notices(self.database, _nothing, self.conversation._office.zone, self.now):
            await self.serve(message)

    async def wait(self, time: timedelta, step: timedelta = timedelta(minutes=1)) -> None:
        """Time passes: the outbox is worked on, and the clock ticks, at every step."""
        until = self.now + time
        while self.now < until:
            self.now = min(self.now + step, until)
            await try_due(self.database, self.delivery, self.now)
            await self.tick()

    async def told(self, name: str = "owner") -> list[str]:
        """What the person was told on the terminal."""
        return [spoken(post.reply) for post in await self.chat.read("terminal", name) if post.reply]

    def texts(self, to: str = "olga@example.com") -> list[str]:
        """The plain texts of the mails that left to somebody."""
        return [left.mail.get_body(("plain",)).get_content() for left in self.relay.left if left.to == to]  # type: ignore[union-attr]


async def _nothing(_: Message) -> None:
    """The clock's messages are served by the test itself."""
