"""The vocabulary between channels and use cases: what people send, what Billify answers.

Channels translate their platform's events into a `Message` and a `Reply` into their
platform's look; nobody else knows a platform. All are frozen and survive JSON
(`to_json` / `from_json`), because durable work keeps them in its database.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Literal, TypeVar

from pydantic import TypeAdapter

from config.plain_text import plain_text
from handlers.language.translation import Language
from handlers.language.translation import language as spoken


@dataclass(frozen=True)
class _Shown:
    """What is shown to people, on whatever channel: none of its texts has anything that a terminal would obey, or that
    turns words around, whatever file, code or mail they came from (see config.plain_text)."""

    def __post_init__(self) -> None:
        for name in (each.name for each in fields(self)):
            if isinstance(text := getattr(self, name), str) and (plain := plain_text(text)) != text:
                object.__setattr__(self, name, plain)


@dataclass(frozen=True)
class Chart(_Shown):
    """What a picture that we drew shows, for platforms that draw it themselves: bars, or a line, of one currency.

    `points` are labels with amounts as decimal text, in their order; `unit` is the currency (ISO 4217).
    """

    kind: Literal["bar", "line"]
    title: str
    points: tuple[tuple[str, str], ...]
    unit: str


@dataclass(frozen=True)
class Attachment(_Shown):
    """A file that travels with a message or a reply.

    `sha256` is the name of its bytes in the document store; it is None only on the way
    in, while the bytes still lie with the platform and `handle` says how to fetch them.
    `media_type` is what the sender claims; extraction identifies by content. `role` is what it came for: `sent` as
    such, `shown` in a text (a logo, a pasted receipt), or the `body`, which is the text itself as a document; the last
    two count only where they read as a bill. `size` is in bytes, None where the platform does not say; `shrunk` says
    that the platform made a picture smaller than it was taken. `fault` is why the bytes cannot be had, for whoever sent
    it: a `sayable` text, whose blanks `fault_values` fill by their names. `pixels` is the width and height of a picture
    that we drew.
    """

    name: str
    media_type: str = "application/octet-stream"
    sha256: str | None = None
    handle: str | None = None
    role: Literal["sent", "shown", "body", "incidental"] = "sent"
    size: int | None = None
    shrunk: bool = False
    chart: Chart | None = None
    fault: str = ""
    fault_values: tuple[tuple[str, str], ...] = ()
    pixels: tuple[int, int] | None = None


def drawn(name: str, png: bytes, sha256: str, chart: Chart | None = None) -> Attachment:
    """A picture that we drew, which is kept under that name of its bytes: with its width and height, by which it has
    its room before it is loaded (PNG, 11.2.1, IHDR)."""
    width, height = struct.unpack_from(">II", png, 16)
    return Attachment(name, "image/png", sha256, chart=chart, pixels=(width, height))


Unread = Literal[
    "encrypted", "linked", "partial", "elsewhere", "sticker", "voice", "video", "location", "contact", "poll", "game",
]  # fmt: skip
"""Why a message brings no document: a mail is encrypted, a piece of one, or says where the document lies; or what was
sent is none."""


@dataclass(frozen=True)
class Message:
    """What one person said at one moment: words, files, or a pressed choice.

    `key` is `channel:external id`, the same whenever the platform repeats the message; it names the durable work and
    is unique in the ledger. `conversation` and `sender` are the channel's own identifiers (a chat, a thread; a user,
    a mail address). `answers` is the key of the reply of ours that this message answers, or "sent:" and the
    platform's id of it; None if the platform does not say. `now` sets the clock, for the owner's terminal only.
    `automatic` says that a machine sent it (an invoicing system's mail): it is worked on as any other, but its
    channel answers no machine. `ids` are the platform's ids of it, by which later messages answer it, of an album one
    for each attachment; `answers` is "thread:" and an id where it only stands in the thread of that message.

    `shared` says that others than the sender read the conversation: a channel, a group. There Billify acts only when it
    is `addressed`: named, answered, told by a command or a button. What is not comes in only if it has files, or stands
    in the thread of a card of ours. `forwarded` words are somebody else's, and no order. `quoted` are the files of the
    message that it answers, to be read where that was not; `album` is the platform's id of what was sent together, as
    long as its parts come in one by one. `command` says that the words were a command ("/due"). `locale` is the
    language of the sender's app (IETF BCP 47), "" where the platform does not say. `filled` is what was typed into the
    form that a button opened (`choice`), by the fields' names. `lookups` is what its channel does not know yet and
    looks up once the message is durable, in names of the channel's own.

    `edited` says that it is an earlier message, by its first id, as its sender has changed it; `deleted`, that its
    sender took it away, of which nothing is left but its id.

    `notice` is set where nobody wrote: the clock asks, in the person's name, for what they
    are told by themselves ("reminder", "digest", "alarm:7"); then `now` is when it asked, None for the present, and
    `person` whose it is, where that cannot be told by the address (that is not yet shown to be theirs). `unread` is why
    it brings no document, as far as its channel can tell; said where none was read.

    What is known of who wrote: `aligned` is False where nothing shows that it was the sender; `proven`, where the
    message does not also answer one of ours, as it must to change anything; `expired` says that what it answers is too
    old for that. `narrow` says that the proof is good for what that message of ours was about, and nothing else: so it
    is by mail, which is passed on, and printed, and read by others.

    `company` is the id of the company that it is of, set where it is accepted; None where it is still to be looked up.
    """

    key: str
    channel: str
    conversation: str
    sender: str
    sent_at: datetime
    sender_name: str = ""
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    choice: str | None = None
    answers: str | None = None
    subject: str = ""
    now: datetime | None = None
    automatic: bool = False
    proven: bool = True
    aligned: bool = True
    expired: bool = False
    narrow: bool = False
    notice: str | None = None
    person: int | None = None
    unread: Unread | None = None
    ids: tuple[str, ...] = ()
    shared: bool = False
    addressed: bool = True
    forwarded: bool = False
    quoted: tuple[Attachment, ...] = ()
    album: str = ""
    command: bool = False
    locale: str = ""
    edited: bool = False
    deleted: bool = False
    filled: tuple[tuple[str, str], ...] = ()
    lookups: tuple[str, ...] = ()
    company: int | None = None


@dataclass(frozen=True)
class Choice(_Shown):
    """A button. `id` comes back in `Message.choice`; at most 255 bytes (`handlers.button_ids`)."""

    id: str
    label: str
    style: Literal["primary", "normal", "danger"] = "normal"


@dataclass(frozen=True)
class Fact(_Shown):
    """A labelled value on a card, such as Due: 2 Apr 2025 (in 12 days)."""

    label: str
    value: str
    strong: bool = False


@dataclass(frozen=True)
class Change(_Shown):
    """A correction, shown as label: old → new. `old` is None where nothing was known."""

    label: str
    old: str | None
    new: str


@dataclass(frozen=True)
class Card(_Shown):
    """A bill at a glance, as plain text parts that each channel lays out in its own look.

    `title` is "Acme GmbH · €1,249.50", `subtitle` "Invoice 2024-117"; `doubts` are what a
    person should check, each a phrase for "Please check: …"; `state` is a word or two on
    where the bill stands ("Waiting for you", "Confirmed by Anna"). `picture` is a PNG of
    the page on which each value that was read is outlined.
    """

    title: str
    subtitle: str = ""
    facts: tuple[Fact, ...] = ()
    doubts: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    state: str = ""
    picture: Attachment | None = None


@dataclass(frozen=True)
class Reply(_Shown):
    """One message of ours. `text` is plain (line breaks, no markup) and stands above the card.

    `bill` is the id of the bill that it speaks of, so that an answer to it is understood.
    `replaces` is the key of an earlier reply that it is to be shown in place of; a channel
    that cannot edit sends it anew, unless it is `quiet`: then it says nothing new and is only worth showing in place.
    `listed` are the ids of the bills that it lists, in their order, for "pay the second". `language` is what it is
    worded in, for what its channel adds ("Please check:"). `to` is another conversation, as channel and conversation,
    that it goes to: what is not for everybody goes to the person alone. `unreached` is said in place of the text where
    that cannot be delivered; what goes elsewhere is sent first. `status` says how far the work is: the answer takes its
    place. `done` are the platform's ids of what people sent in this channel that needs nothing more now, for a mark on
    it; `undone` of what does again. `page` is where the web chat shows live what was asked for, as path and query, ""
    for nowhere.
    """

    text: str = ""
    card: Card | None = None
    choices: tuple[Choice, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    bill: int | None = None
    replaces: str | None = None
    quiet: bool = False
    listed: tuple[int, ...] = ()
    to: tuple[str, str] | None = None
    unreached: str = ""
    status: bool = False
    done: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    page: str = ""
    language: Language = field(default_factory=spoken)


def files_of(replies: Sequence[Reply]) -> set[str]:
    """The SHA-256s of the files that replies carry, pictures of cards among them."""
    pictures = (reply.card.picture for reply in replies if reply.card and reply.card.picture)
    attached = (attachment for reply in replies for attachment in reply.attachments)
    return {file.sha256 for file in (*pictures, *attached) if file.sha256}


def reply_key(message_key: str, n: int) -> str:
    """The key of the n-th reply (from 0) to a message: equal whenever the work is repeated."""
    return f"{message_key}#{n}"


def split_reply_key(key: str) -> tuple[str, int]:
    """The message's key and the n of `reply_key`, also of one of the reply's files."""
    message_key, _, n = key.rpartition("#")
    return message_key, int(n.partition("/")[0])


def file_key(key: str, n: int) -> str:
    """The key of the n-th file (from 0) of the reply of this key, where it goes out by itself."""
    return f"{key}/file/{n}"


def file_of_key(key: str) -> int | None:
    """The n of `file_key`; None for the key of a reply."""
    n = key.rpartition("#")[2].rpartition("/file/")[2]
    return int(n) if "/file/" in key.rpartition("#")[2] else None


T = TypeVar("T")


def to_json(value: object, kind: type[T] | None = None) -> str:
    """JSON of one of the dataclasses above, or of `kind` (say, `tuple[Reply, ...]`)."""
    return adapter(kind or type(value)).dump_json(value).decode()


def from_json(kind: type[T], text: str) -> T:
    """The value back from its JSON. Raises: pydantic.ValidationError when it is of another shape."""
    return adapter(kind).validate_json(text)


def adapter(kind: type[T]) -> TypeAdapter[T]:
    """What makes JSON of a kind of values and reads it: building one takes milliseconds, so each is built once."""
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


_ADAPTERS: dict[object, TypeAdapter[Any]] = {}
