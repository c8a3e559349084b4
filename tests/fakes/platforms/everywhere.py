"""The same people with the same company on one channel at a time, so that what they see there can be compared."""

from __future__ import annotations

import email
import email.policy
import mailbox
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.channels.mail import Mail
from bot.channels.slack.views.chart import to_chart
from handlers.language.translation import say as in_words
from handlers.language.translation import speaking
from handlers.messages import Attachment, Message, Reply
from storage.people import people
from tests.fakes.books.desk import NOW, spoken
from tests.fakes.platforms.mail_channel import SECRET
from tests.fakes.platforms.two_chats import NAMES, TwoChats

CHANNELS = ("web", "slack", "telegram", "mail")


class Everywhere:
    """`say` says something on a channel and returns what the person sees anew or otherwise than before."""

    def __init__(self, chats: TwoChats, channel: str, folder: Path) -> None:
        self.chats, self.channel, self._folder = chats, channel, folder / "mail"
        self.replies: tuple[Reply, ...] = ()
        self._number = 0
        self._offered: dict[str, list[tuple[str, Reply]]] = {}
        chats.serve = self._served  # type: ignore[method-assign]
        database = chats.desk.database
        self.mail = Mail(
            database=database, files=chats.desk.store, address="billify@example.com", secret=SECRET, port=0,
            maildir=self._folder,
        )  # fmt: skip
        chats.delivery._channels = {**chats.delivery._channels, "mail": self.mail}
        with database.transaction() as session:
            for name in NAMES:
                person = people.find_person(session, "slack", f"U{name.upper()}")
                for where in ("web", "mail"):
                    if people.find_person(session, where, self.address(name, where)) is None:
                        token = people.sign_in_link(session, person.id, now=NOW, minutes=9)
                        assert people.redeem(session, token, where, self.address(name, where), NOW)

    def address(self, who: str, channel: str) -> str:
        if channel == "web":
            return "person-1" if who == "olga" else f"web-{who}"
        return f"{who}@example.com"

    async def say(self, who: str, said: str) -> str:
        """As `Desk.say`: "[Label]" presses, "<paper>" sends a paper, "clock:kind" is what the clock tells."""
        before = self._seen(who)
        if said.startswith("clock:"):
            await self._clock(who, said.removeprefix("clock:"))
        elif self.channel in ("slack", "telegram"):
            await self._on_platform(who, said)
        else:
            await self._by_message(who, said)
        return "\n".join(look for key, look in self._seen(who).items() if before.get(key) != look)

    def files_sent(self) -> set[str]:
        """The names of the files of the last answer that stand on the platform by themselves, or are drawn there, once
        they are there."""
        files = [file for reply in self.replies for file in reply.attachments]
        names = {file.name.casefold() for file in files}
        if self.channel == "slack":
            slack = self.chats.platforms["slack"]
            blocks = [block for look in slack.messages.values() for block in look["blocks"]]
            titles = {block["title"] for block in blocks if block["type"] == "data_visualization"}
            drawn = {file.name.casefold() for file in files if file.chart and to_chart(file.chart)["title"] in titles}
            return drawn | names & {about["about"]["name"].casefold() for about in slack.files.values()}
        if self.channel == "telegram" and names:
            looks = self.chats.platforms["telegram"].messages.values()
            return names if any("photo" in look or "document" in look for look in looks) else set()
        return set()

    async def _on_platform(self, who: str, said: str) -> None:
        if said.startswith("["):
            label = said.strip("[]")
            sent = [key for key, look in self._seen(who).items() if said in look][-1]
            if self.channel == "telegram" and "keyboard" in self.chats.platforms["telegram"].shown(sent):
                await self.chats.say(self.channel, who, label)  # which is what pressing such a button does
                return
            await self.chats.press(self.channel, who, label, sent)
            return
        name, _, words = said[1:].partition(">") if said.startswith("<") else ("", "", said)
        await self.chats.say(self.channel, who, words.strip(), files=(name,) if name else ())

    async def _by_message(self, who: str, said: str) -> None:
        message = self._message(who)
        if said.startswith("["):
            offered = [one for one in self._offered[who] if any(f"[{c.label}]" == said for c in one[1].choices)]
            key, reply = offered[-1]
            choice = next(choice.id for choice in reply.choices if f"[{choice.label}]" == said)
            message = replace(message, choice=choice, answers=key)
        elif said.startswith("<"):
            name, _, words = said[1:].partition(">")
            sha256 = await self.chats.desk.store.put(self.chats.contents.get(name, name.encode()))
            message = replace(
                message, attachments=(Attachment(f"{name}.jpg", "image/jpeg", sha256),), text=words.strip()
            )
        else:
            message = replace(message, text=said)
        await self._served(message)

    async def _clock(self, who: str, kind: str) -> None:
        where = self.channel
        if where in ("slack", "telegram"):
            conversation = self.chats.direct(where, who)
            sender = f"U{who.upper()}" if where == "slack" else conversation
            notice = Message(f"clock:{kind}", where, conversation, sender, self.chats.desk.now, notice=kind)
            await self._served(notice)
            return
        await self._served(replace(self._message(who), key=f"clock:{kind}", notice=kind))

    async def _served(self, message: Message) -> None:
        message = await self.chats.delivery.fetch(message)
        self.replies = await self.chats.desk.conversation.respond(message)
        offered = self._offered.setdefault(message.sender_name.casefold(), [])
        offered += [(f"{message.key}#{n}", reply) for n, reply in enumerate(self.replies)]
        await self.chats.delivery.send(message, self.replies)

    def _message(self, who: str) -> Message:
        self._number += 1
        where, address = self.channel, self.address(who, self.channel)
        key = f"{where}:{self._number:08d}"
        return Message(key, where, address, address, self.chats.desk.now, who.capitalize(), subject="Hello")

    def _seen(self, who: str) -> dict[str, str]:
        if self.channel == "web":
            mine = self.address(who, "web")
            posts = self.chats.web.posts.values()
            return {post.key: in_web(post.reply) for post in posts if post.reply and post.conversation == mine}
        if self.channel == "mail":
            return dict(self._mails(self.address(who, "mail")))
        return self.chats.seen(self.channel, who)

    def _mails(self, to: str) -> Any:
        if not self._folder.exists():
            return
        for key, raw in sorted(mailbox.Maildir(self._folder).items()):
            mail = email.message_from_bytes(raw.as_bytes(), policy=email.policy.default)
            if to in str(mail["To"]):
                files = [f"📎 {part.get_filename()}" for part in mail.walk() if part.get_filename()]
                yield key, "\n".join([str(mail["Subject"]), mail.get_body(("plain",)).get_content(), *files])


def in_web(reply: Reply) -> str:
    """A reply with the words that the page puts before doubts."""
    with speaking(reply.language):
        return spoken(reply).replace("Please check:", in_words("Please check:"))


def words(look: str) -> set[str]:
    """The words and figures of what somebody sees, however they are laid out."""
    return {word.casefold() for word in re.findall(r"[\w€£$][\w.,:€£$'-]*[\w€£$]|[\w€£$]", look.replace("\xa0", " "))}
