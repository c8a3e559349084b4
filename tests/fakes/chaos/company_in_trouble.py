"""A company on chats whose platforms have trouble, with a clock that the test moves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.background.clock import accept_due_notices
from bot.background.outbox import try_due
from handlers.messages import Attachment, Message, Reply
from tests.fakes.books.desk import NOW
from tests.fakes.platforms.two_chats import GROUP, TELEGRAM, TwoChats, plain

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


class Company:
    """The company with a clock that the test moves, for the outbox and for what people are told by themselves."""

    def __init__(self, chats: TwoChats) -> None:
        self.chats, self.now = chats, NOW
        chats.delivery._clock = lambda: self.now
        self._n = 0

    async def answer(self, channel: str, *replies: Reply, who: str = "max", **more: Any) -> Message:
        """Delivers these replies to a message of somebody, as durable work does."""
        self._n += 1
        self.now += SECOND
        direct = self.chats.direct(channel, who)
        sender = f"U{who.upper()}" if channel == "slack" else str(TELEGRAM[who])
        known = {"conversation": direct, "sender": sender, "sent_at": self.now}
        message = Message(key=f"{channel}:q{self._n}", channel=channel, **(known | more))
        await self.chats.delivery.send(message, replies)
        return message

    async def wait(self, time: timedelta, step: timedelta = MINUTE) -> None:
        until = self.now + time
        while self.now < until:
            self.now = min(self.now + step, until)
            await try_due(self.chats.desk.database, self.chats.delivery, self.now)

    async def tick(self) -> None:
        """What the clock does every minute."""
        accepted: list[Message] = []

        async def accept(message: Message) -> None:
            accepted.append(message)

        await accept_due_notices(self.chats.desk.database, accept, self.chats.desk.conversation._office.zone, self.now)
        for message in accepted:
            await self.chats.serve(message)

    async def file(self, name: str = "ledger.csv") -> Attachment:
        return Attachment(name, "text/csv", await self.chats.desk.store.put(name.encode()))

    def received(self, channel: str, who: str | None = "max") -> list[str]:
        """All that somebody has before them: texts in their order, and files as "[file name]"."""
        platform, place = (
            self.chats.platforms[channel],
            GROUP[channel] if who is None else self.chats.direct(channel, who),
        )
        if channel == "telegram":
            shown = [look for (chat, _), look in sorted(platform.messages.items()) if str(chat) == place]
            return [f"[{look['document']['file_name']}]" if "document" in look else plain(look) for look in shown]
        shown = platform._in(place)
        return [f"[{look['files'][0]['name']}]" if "files" in look else plain(look) for look in shown]
