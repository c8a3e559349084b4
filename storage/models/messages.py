"""What was said and sent, and what conversations are about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.db.columns import UtcDateTime
from storage.db.tenancy import OfCompany
from storage.sealing.columns import SealedJson, SealedText


class Inbound(OfCompany, table=True):
    """A message that was served, with the replies it got: serving it again returns these.

    `shared` says that others than the sender read the conversation.
    """

    found_across = True
    __table_args__ = (
        Index("ix_inbound_person", "person_id", "served_at"),
        Index("ix_inbound_conversation", "channel", "conversation", "shared"),
        Index("ix_inbound_served", "served_at"),
    )
    key: str = Field(primary_key=True)
    channel: str
    conversation: str
    person_id: int | None = Field(default=None, foreign_key="person.id")
    served_at: datetime = Field(sa_type=UtcDateTime)
    replies: str = Field(sa_type=SealedText("inbound.replies"))
    shared: bool = False


class Saying(OfCompany, table=True):
    """A message of a person by the platform's id of it, so that what answers it is understood.

    `place` is which of the message's attachments stands under this id, None for the message as a whole. `words` is the
    SHA-256 (hex) of its text, by which an edit is told from an echo; None where that was not kept.
    """

    company_id: int = Field(default=None, primary_key=True)
    channel: str = Field(primary_key=True)
    sent_id: str = Field(primary_key=True)
    message_key: str
    place: int | None = None
    words: str | None = None


class Room(OfCompany, table=True):
    """What the company allows in a place that several people read, by the platform's id of the channel or group.

    `figures` says that balances and the like are told there, `documents` that each file sent there is read.
    """

    company_id: int = Field(default=None, primary_key=True)
    channel: str = Field(primary_key=True)
    room: str = Field(primary_key=True)
    figures: bool = False
    documents: bool = False


class AlbumPart(SQLModel, table=True):
    """One message (JSON) of several that were sent together, until all of them are there; whose it is stands in it."""

    __table_args__ = (Index("ix_albumpart_album", "channel", "album"),)
    key: str = Field(primary_key=True)
    channel: str
    album: str
    message: str = Field(sa_type=SealedText("albumpart.message"))
    received_at: datetime = Field(sa_type=UtcDateTime)


class Album(OfCompany, table=True):
    """A message (JSON) with several pictures, of which it was asked whether they are one invoice."""

    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    message: str = Field(sa_type=SealedText("album.message"))
    asked_at: datetime = Field(sa_type=UtcDateTime)


class Enclosure(OfCompany, table=True):
    """A file in the document store that a reply of ours carries: a chart, a payment file, a page's picture."""

    company_id: int = Field(default=None, primary_key=True)
    sha256: str = Field(primary_key=True)
    kept_at: datetime = Field(sa_type=UtcDateTime)


class ShownPicture(OfCompany, table=True):
    """A picture that stands in a chat, under the platform's id of the message there, and by the platform's id of the
    file, by which it can be shown elsewhere without being sent anew."""

    __table_args__ = (Index("ix_shownpicture_sha256", "channel", "sha256"),)
    company_id: int = Field(default=None, primary_key=True)
    channel: str = Field(primary_key=True)
    chat: str = Field(primary_key=True)
    sha256: str = Field(primary_key=True)
    sent_id: str
    file_id: str
    shown_at: datetime = Field(sa_type=UtcDateTime)


class ButtonToken(OfCompany, table=True):
    """What a button sends back, by the short name under which a platform carries it."""

    company_id: int = Field(default=None, primary_key=True)
    token: str = Field(primary_key=True)
    choice: str


class Delivery(OfCompany, table=True):
    """A reply that was sent: its key, the platform's id of it, and the bill that it speaks of."""

    __table_args__ = (Index("ix_delivery_sent", "channel", "sent_id"),)
    key: str = Field(primary_key=True)
    channel: str
    conversation: str
    sent_id: str
    bill_id: int | None = Field(default=None, foreign_key="bill.id", index=True)
    final: bool = False
    sent_at: datetime = Field(sa_type=UtcDateTime)


class Conversation(OfCompany, table=True):
    """What a conversation is about: the bill that "it" means, and a question of ours that is open.

    `last` is the question that was answered last and the bills that the answer named, in their order: follow-ups
    ("and next month?", "pay the second") lean on it.
    """

    __table_args__ = (UniqueConstraint("company_id", "channel", "conversation"),)
    id: int = Field(default=None, primary_key=True)
    channel: str
    conversation: str
    bill_id: int | None = Field(default=None, foreign_key="bill.id")
    pending: dict[str, Any] | None = Field(default=None, sa_type=SealedJson("conversation.pending"))
    last: dict[str, Any] | None = Field(default=None, sa_type=SealedJson("conversation.last"))


class Post(OfCompany, table=True):
    """One bubble of a chat that has no platform to keep it (web, terminal); JSON of a Message or a Reply."""

    __table_args__ = (
        Index("ix_post_chat", "channel", "conversation", "changed_at"),
        Index("ix_post_page", "channel", "conversation", "id"),
        Index("ix_post_changed", "changed_at"),
    )
    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    channel: str
    conversation: str
    message: str | None = Field(default=None, sa_type=SealedText("post.message"))
    reply: str | None = Field(default=None, sa_type=SealedText("post.reply"))
    changed_at: datetime = Field(sa_type=UtcDateTime)


class Housekeeping(SQLModel, table=True):
    """What is done from time to time for all companies, and when it was begun and finished last."""

    name: str = Field(primary_key=True)
    begun_at: datetime = Field(sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
