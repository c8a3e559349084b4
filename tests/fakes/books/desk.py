"""Somebody at Billify's desk: says things and hears what is answered, over a real ledger and a fixed clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from bot.processing.conversation import Conversation
from extraction.evidence import CashDiscount, Evidence, Kind, ReadDocument, Reading
from handlers.messages import Attachment, Message, Reply
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.people import people
from tests.fakes.slack.looks import faults_of_reply

NOW = datetime(2025, 3, 21, 9, 30, tzinfo=UTC)


class Papers:
    """A reader that knows in advance what is on each paper; the bytes of a paper are its name."""

    def __init__(self, papers: Mapping[str, Reading]) -> None:
        self.papers = papers

    async def read(self, data: bytes, name: str = "") -> Reading:
        return self.papers[data.decode()]

    async def join(self, pictures: tuple[bytes, ...]) -> bytes:
        return b"+".join(pictures)

    async def picture(self, data: bytes, document: ReadDocument) -> bytes:
        return b"\x89PNG\r\n\x1a\n" + data


def paper(kind: Kind = "invoice", doubtful: Mapping[str, str] | None = None, **values: str) -> Reading:
    """What is read on a paper; `doubtful` maps fields read without confidence to the reason."""
    doubtful = doubtful or {}
    fields = {
        name: Evidence(value, 0.4 if name in doubtful else 0.97, "ocr", 1, (1, 2, 3, 4), doubtful.get(name, ""))
        for name, value in values.items()
    }
    return Reading((ReadDocument(kind, (1,), fields),), media_type="image/jpeg")


def of_type(reading: Reading, name: str, refers_to: str = "", *, sure: float = 0.97, copies: int = 1) -> Reading:
    """The paper as one of that type, which refers to an invoice."""
    (document,) = reading.documents
    invoice = Evidence(refers_to, 0.9, "text") if refers_to else None
    judged = replace(
        document,
        type=Evidence(name, sure, "text"),
        kind_confidence=sure,
        preceding_invoice=invoice,
        copies=copies,
    )
    return replace(reading, documents=(judged,))


def offering(reading: Reading, *steps: tuple[str, str], sure: float = 0.97, reason: str = "") -> Reading:
    """The paper with these steps of a discount, each what may be taken off and the last day; `sure` of the day."""
    discounts = tuple(
        CashDiscount(Evidence(off, 0.97, "text"), Evidence(until, sure, "derived", reason=reason))
        for off, until in steps
    )
    (document,) = reading.documents
    return replace(reading, documents=(replace(document, discounts=discounts),))


class Desk:
    """`say` returns everything that was answered, as one plain text."""

    def __init__(self, database: Database, store: DocumentStore, papers: Mapping[str, Reading]) -> None:
        self.database = database
        self.store = store
        self.now = NOW
        self.statuses: list[str] = []
        self.replies: tuple[Reply, ...] = ()
        self._offered: dict[str, str] = {}
        self._numbers = count(1)
        self.read_by(Papers(papers))
        with database.transaction() as session:
            people.ensure_owner(session, "Olga", [("terminal", "owner")], NOW)

    def read_by(self, reader: Papers) -> None:
        """From now on this one reads."""
        zone = ZoneInfo("Europe/Berlin")
        clock = lambda: self.now  # noqa: E731 - read whenever it is asked
        self.conversation = Conversation(self.database, self.store, reader, self._status, zone, "EUR", clock)

    async def say(self, said: str, *, sender: str = "owner") -> str:
        """Says it: "[Label]" presses the button of that label, "<paper>" sends that paper, with words beside it."""
        if said.startswith("["):
            return await self.hear(self._message(sender, choice=self._button(said.strip("[]"))))
        if said.startswith("<"):
            name, _, words = said[1:].partition(">")
            return await self.send(name.encode(), f"{name}.jpg", sender=sender, text=words.strip())
        return await self.hear(self._message(sender, text=said.strip()))

    async def send(self, data: bytes, name: str = "statement", *, sender: str = "owner", **values: Any) -> str:
        """Hands in a file, as somebody drops it on the chat; `values` are further ones of the message."""
        media_type = "image/jpeg" if name.endswith(".jpg") else "application/octet-stream"
        file = Attachment(name, media_type, await self.store.put(data))
        return await self.hear(self._message(sender, attachments=(file,), **values))

    async def hear(self, message: Message) -> str:
        """What is answered to any message, also one that the clock sends."""
        self.replies = await self.conversation.respond(message)
        for reply in self.replies:
            assert not (faults := faults_of_reply(reply)), f"Slack would refuse {reply}: {faults}"
        self._offered |= {choice.label: choice.id for reply in self.replies for choice in reply.choices}
        return "\n".join(map(spoken, self.replies))

    def _message(self, sender: str, **values: Any) -> Message:
        key = f"terminal:{next(self._numbers)}"
        return Message(key, "terminal", sender, sender, self.now, sender.capitalize(), **values)

    def _button(self, label: str) -> str:
        """The id of the latest button of that label; earlier messages keep theirs on the screen."""
        assert label in self._offered, f"no button “{label}” among {list(self._offered)}"
        return self._offered[label]

    async def _status(self, message: Message, text: str) -> None:
        self.statuses.append(text)


async def play(desk: Desk, dialogue: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Says each line and looks for the words that the answer has to hold; "no: words" are those that it must not."""
    for said, expected in dialogue:
        heard = (await desk.say(said)).replace("\xa0", " ")
        for words in expected:
            unwanted = words.removeprefix("no: ")
            assert (words in heard) if words == unwanted else (unwanted not in heard), (
                f"after “{said}”, “{words}” does not fit:\n{heard}"
            )


def spoken(reply: Reply) -> str:
    """A reply as plain text: words, card, [buttons]."""
    lines = [reply.text] if reply.text else []
    if card := reply.card:
        lines.append(" · ".join(part for part in (card.title, card.subtitle) if part))
        lines.append(" · ".join(f"{fact.label} {fact.value}" for fact in card.facts))
        lines += [f"{change.label}: {change.old or '—'} → {change.new}" for change in card.changes]
        lines += [f"Please check: {', '.join(card.doubts)}"] if card.doubts else []
        lines.append(card.state)
    lines += [f"📎 {attachment.name}" for attachment in reply.attachments]
    lines.append(" ".join(f"[{choice.label}]" for choice in reply.choices))
    return "\n".join(line for line in lines if line)
