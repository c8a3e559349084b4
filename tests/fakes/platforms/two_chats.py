"""A company that talks to Billify on Slack and Telegram, in direct chats and where several read, over fake platforms.

What is said goes the way of a message: the channel's own translation, fetching, serving and delivery. `seen` is what
people have before them at the end.
"""

from __future__ import annotations

import html
import re
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from telegram import Update, User

from bot.channels.slack import inbound as slack_inbound
from bot.channels.slack import originals as slack_originals
from bot.channels.slack.workspaces.addresses import Source
from bot.channels.telegram import inbound as telegram_inbound
from bot.processing.delivery import Delivery
from extraction.evidence import Reading
from handlers.messages import Message
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.models import Role
from storage.people import people
from tests.fakes.books.desk import NOW, Desk, spoken
from tests.fakes.books.open_house import trust_members
from tests.fakes.platforms import slack as fake_slack
from tests.fakes.platforms.all_channels import all_channels
from tests.fakes.platforms.memory_chat_log import MemoryChatLog
from tests.fakes.platforms.slack import US, FakeSlack
from tests.fakes.platforms.telegram import BOT, FakeTelegram
from tests.fakes.slack.surfaces import labels_of

GROUP = {"slack": "C100", "telegram": "-100200"}
NAMES = {"olga": Role.OWNER, "ada": Role.APPROVER, "max": Role.MEMBER}
TELEGRAM = {"olga": 501, "ada": 502, "max": 503, "stranger": 599}


@dataclass
class TwoChats:
    """Everybody has an address on both platforms, but for `stranger`. `contents` are the bytes of files by their names,
    of those that are more than a name."""

    desk: Desk
    delivery: Delivery
    platforms: Mapping[str, Any]
    web: MemoryChatLog
    contents: dict[str, bytes] = field(default_factory=dict)
    _ids: Any = field(default_factory=lambda: count(5000))

    async def say(
        self, channel: str, who: str, text: str = "", *, group: bool = False, answers: str | None = None, **more: Any
    ) -> str:
        """Somebody writes, in the group or to Billify alone; "@billify" mentions it. The platform's id of what they
        wrote. `files` are names of papers, `answers` the id of what they answer, `forwarded` as it says,
        `native` further fields of Telegram's message."""
        write = {"slack": self._slack, "telegram": self._telegram}[channel]
        message, sent_id = write(who, text, group, answers, **more)
        if message:
            await self.serve(message)
        return sent_id

    async def serve(self, message: Message) -> None:
        """What durable work does with a message."""
        message = await self.delivery.fetch(message)
        await self.delivery.send(message, await self.desk.conversation.respond(message))

    async def edit(self, channel: str, who: str, sent_id: str, text: str, *, group: bool = False, **more: Any) -> None:
        """Somebody changes what they wrote; `more` are further fields of the platform's message."""
        chat, _, number = sent_id.partition(":")
        said = text.replace("@billify", f"<@{US}>" if channel == "slack" else "@billify_bot")
        if channel == "slack":
            before = {"user": f"U{who.upper()}", "ts": number, "text": "what it was"}
            now = before | {"text": said, "edited": {"user": before["user"], "ts": f"{next(self._ids)}.1"}} | more
            event = {"channel": chat, "channel_type": "channel" if group else "im", "ts": "9.9"}
            event |= {"message": now, "previous_message": before}
            message = slack_originals.to_edit(event, Source(fake_slack.TEAM), US)
        else:
            before = self._kept()[sent_id]
            part = "caption" if "photo" in before else "text"
            now = before | {part: said, "edit_date": int(time.time())} | more
            message = self._taken({"edited_message": now})
        if message:
            await self.serve(message)

    async def delete(self, who: str, sent_id: str, **event: Any) -> None:
        """Somebody takes away what they wrote, in Slack; Telegram tells of no such thing."""
        chat, _, ts = sent_id.partition(":")
        before = {"user": f"U{who.upper()}", "ts": ts, "text": "what it was"}
        event = {"channel": chat, "channel_type": "im", "ts": "9.9", "previous_message": before} | event
        message = slack_originals.to_deletion(event, Source(fake_slack.TEAM), US)
        if message:
            await self.serve(message)

    async def press(self, channel: str, who: str, label: str, sent_id: str) -> None:
        """Somebody presses the button of that label under a message of ours."""
        await self.serve(self.pressing(channel, who, label, sent_id))

    def pressing(self, channel: str, who: str, label: str, sent_id: str) -> Message:
        """The press, as it comes in: of the button as it looks now."""
        platform = self.platforms[channel]
        if channel == "slack":
            payload = platform.press(label, sent_id)
            payload["user"] = {"id": f"U{who.upper()}"}
            return slack_inbound.to_press(payload, Source(fake_slack.TEAM), who.capitalize())
        shown = platform.shown(sent_id)
        rows = shown["reply_markup"]["inline_keyboard"]
        data = next(button["callback_data"] for row in rows for button in row if button["text"] == label)
        query = {"id": "1", "from": _telegram_user(who), "chat_instance": "1", "data": data, "message": shown}
        message = self._taken({"callback_query": query})
        assert message is not None
        return message

    def seen(self, channel: str, who: str | None = None) -> dict[str, str]:
        """Our messages in somebody's direct chat, or (None) in the group, as they look now, by the platform's id."""
        place = GROUP[channel] if who is None else self.direct(channel, who)
        shown = {f"{chat}:{n}": look for (chat, n), look in self.platforms[channel].messages.items()}
        return {sent: plain(look) for sent, look in shown.items() if sent.partition(":")[0] == place}

    def said_last(self, channel: str, who: str | None = None) -> str:
        return list(self.seen(channel, who).values())[-1]

    def direct(self, channel: str, who: str) -> str:
        """The direct chat's id."""
        return f"D{who.upper()}" if channel == "slack" else str(TELEGRAM[who])

    def _slack(
        self,
        who: str,
        text: str,
        group: bool,
        answers: str | None,
        files: tuple[str, ...] = (),
        forwarded: bool = False,
        **_: Any,
    ) -> tuple[Message | None, str]:
        platform: FakeSlack = self.platforms["slack"]
        kept = [platform.keep(self.contents.get(name, name.encode()), f"{name}.jpg", "image/jpeg") for name in files]
        channel = GROUP["slack"] if group else self.direct("slack", who)
        more: dict[str, Any] = {"channel": channel, "channel_type": "channel" if group else "im"}
        if answers:
            ts = answers.partition(":")[2]
            ours = (channel, ts) in platform.messages
            thread = platform.messages[channel, ts].get("thread_ts", ts) if ours else ts
            root_is_ours = (channel, thread) in platform.messages
            more |= {"thread_ts": thread, "parent_user_id": US if root_is_ours else "UADA"}
        passed_on = {"attachments": [{"is_share": True, "text": text, "files": kept}]} if forwarded else {"files": kept}
        said = "" if forwarded else text.replace("@billify", f"<@{US}>")
        payload = platform.message(said, user=f"U{who.upper()}", **more, **passed_on)
        event = payload["event"]
        sent_id = f"{channel}:{event['ts']}"
        if not (slack_inbound.is_addressed(US, event) or slack_inbound.may_concern(US, event)):
            return None, sent_id
        return slack_inbound.to_message(event, Source(fake_slack.TEAM), US, who.capitalize()), sent_id

    def _telegram(
        self,
        who: str,
        text: str,
        group: bool,
        answers: str | None,
        files: tuple[str, ...] = (),
        forwarded: bool = False,
        native: dict[str, Any] | None = None,
        **_: Any,
    ) -> tuple[Message | None, str]:
        platform: FakeTelegram = self.platforms["telegram"]
        chat = _chat(int(GROUP["telegram"] if group else self.direct("telegram", who)))
        said = text.replace("@billify", "@billify_bot")
        parts = []
        for name in files or (None,):
            message: dict[str, Any] = {"message_id": next(self._ids), "date": int(time.time()), "chat": chat}
            message |= {"from": _telegram_user(who)}
            if name:
                photo = platform.keep(self.contents.get(name, name.encode()), f"{name}.jpg") | {"width": 9, "height": 9}
                message |= {"photo": [photo]} | ({"caption": said} if said and not parts else {})
                message |= {"media_group_id": "G1"} if len(files) > 1 else {}
            else:
                message |= {"text": said} if said else {}
            message |= native or {}
            if answers:
                message["reply_to_message"] = self._answered(answers, chat)
            if forwarded:
                message["forward_origin"] = {"type": "hidden_user", "date": 1, "sender_user_name": "Outsider"}
            self._told = message
            self._kept()[f"{chat['id']}:{message['message_id']}"] = message
            parts.append(self._taken({"message": message}))
        sent_id = f"{chat['id']}:{message['message_id']}"
        taken = [part for part in parts if part]
        if len(taken) > 1:
            return telegram_inbound.gathered(taken), taken[0].ids[0]
        return (taken[0] if taken else None), sent_id

    def _answered(self, sent_id: str, chat: dict[str, Any]) -> dict[str, Any]:
        ours = self.platforms["telegram"].messages.get(tuple(int(part) for part in sent_id.split(":")))
        return ours or self._kept()[sent_id]

    def _kept(self) -> dict[str, dict[str, Any]]:
        return self.__dict__.setdefault("said", {})

    def _taken(self, update: dict[str, Any]) -> Message | None:
        us = User.de_json(BOT, None)
        return telegram_inbound.to_message(
            Update.de_json({"update_id": next(self._ids), **update}, None), us, datetime.now(UTC)
        )


def plain(look: dict[str, Any]) -> str:
    """A message of either platform as text, with its buttons in brackets."""
    if "blocks" not in look:
        text = re.sub(r"<[^>]+>", "", look.get("text") or look.get("caption") or "")
        rows = look.get("reply_markup", {}).get("inline_keyboard", []) + look.get("keyboard", {}).get("keyboard", [])
        labels = [f"[{button['text']}]" for row in rows for button in row]
        return " ".join([html.unescape(text), *labels])
    found: list[str] = []
    for block in look["blocks"]:
        texts = [block["text"]] if "text" in block else []
        texts += block.get("fields", []) + [one for one in block.get("elements", []) if "action_id" not in one]
        found += [text["text"] for text in texts]
        found += [f"[{label}]" for label in labels_of(block)]
    return html.unescape(" ".join(found)).replace("*", "").replace("~", "")


@asynccontextmanager
async def two_chats(database: Database, folder: Path, papers: Mapping[str, Reading]) -> AsyncIterator[TwoChats]:
    """The company, its people linked on both platforms, and Olga on the web as well."""
    store = DocumentStore(folder / "documents", bytes(32))
    desk = Desk(database, store, papers)
    with database.transaction() as session:
        for name, role in NAMES.items():
            if role is not Role.OWNER:
                code = people.invite(session, name.capitalize(), invited_by=1, now=NOW)
                people.redeem(session, code, "slack", f"U{name.upper()}", NOW, name)
            else:
                people.ensure_owner(session, "Olga", [("slack", "UOLGA"), ("web", "person-1")], NOW)
            person = people.find_person(session, "slack", f"U{name.upper()}")
            assert person is not None
            people.appoint(session, person, role, by=1, now=NOW)
            token = people.sign_in_link(session, person.id, now=NOW, minutes=9)
            assert people.redeem(session, token, "telegram", str(TELEGRAM[name]), NOW)
        trust_members(session)
    async with all_channels(database, store) as chats:
        chats.slack.directs = {f"U{name.upper()}": f"D{name.upper()}" for name in NAMES}
        yield TwoChats(desk, chats.delivery, {"slack": chats.slack, "telegram": chats.telegram}, chats.log)


def web_looks(chats: TwoChats) -> list[str]:
    """What stands in Olga's web chat."""
    return [spoken(post.reply) for post in chats.web.posts.values() if post.reply]


def _telegram_user(who: str) -> dict[str, Any]:
    return {"id": TELEGRAM[who], "is_bot": False, "first_name": who.capitalize()}


def _chat(number: int) -> dict[str, Any]:
    return {"id": number, "type": "private" if number > 0 else "supergroup", "title": "Office"}
