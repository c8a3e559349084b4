"""The log of chats that have no platform to keep them: the web chat and the terminal.

It lies in the ledger's database, so that a worker on another machine can write what a web process shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from handlers.messages import Message, Reply, from_json, to_json
from storage.db.database import Database
from storage.messages import chat_log
from storage.models import Post as Row


@dataclass(frozen=True)
class Post:
    """One bubble of a chat: a person's message or our reply (exactly one of the two is set).

    `key` is unique in the log: a post written again under its key is shown in place of the former.
    `changed_at` is when it was last written; `number` grows in the order of the first writing, 0 where it is not read
    from the log.
    """

    key: str
    channel: str
    conversation: str
    message: Message | None
    reply: Reply | None
    changed_at: datetime
    number: int = 0


@dataclass(frozen=True)
class Latest:
    """The end of a conversation: its last posts, oldest first; `since` is when any post of it changed last, None where
    there is none; `earlier` says that there are more."""

    posts: list[Post]
    since: datetime | None
    earlier: bool


@dataclass(frozen=True)
class Changed:
    """That a post was written, without what it says."""

    conversation: str
    key: str
    changed_at: datetime


class ChatLog(Protocol):
    """Where posts are kept, in the order of their first writing."""

    async def write(self, post: Post) -> None:
        """Adds the post, or replaces the one of the same key in its place."""
        ...

    async def read(self, channel: str, conversation: str, since: datetime | None = None) -> list[Post]:
        """Posts of a conversation, oldest first; with `since`, only those changed at or after it.

        Clocks of several machines differ: ask with some overlap, and take a key seen before as a repeat.
        """
        ...

    async def latest(self, channel: str, conversation: str, most: int) -> Latest:
        """The last `most` posts of a conversation."""
        ...

    async def number_from(self, channel: str, conversation: str, key: str) -> int:
        """How many posts a conversation has from the one of this key on; 0 where it is none of its."""
        ...

    async def changed(self, channel: str, since: datetime) -> list[Changed]:
        """The posts of all conversations that changed at or after `since`."""
        ...


class LedgerChatLog:
    """The chat log in the ledger's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def write(self, post: Post) -> None:
        """Adds the post, or replaces the one of the same key in its place."""
        await self._database.run(
            chat_log.write_post,
            key=post.key,
            channel=post.channel,
            conversation=post.conversation,
            message=to_json(post.message) if post.message else None,
            reply=to_json(post.reply) if post.reply else None,
            now=post.changed_at,
        )

    async def read(self, channel: str, conversation: str, since: datetime | None = None) -> list[Post]:
        """Posts of a conversation, oldest first; with `since`, only those changed at or after it."""
        return await self._database.read(
            lambda session: [_post(row) for row in chat_log.read_posts(session, channel, conversation, since)]
        )

    async def latest(self, channel: str, conversation: str, most: int) -> Latest:
        """The last `most` posts of a conversation."""

        def look(session: Session) -> Latest:
            rows = chat_log.latest_posts(session, channel, conversation, most + 1)
            newest = chat_log.newest_change(session, channel, conversation)
            return Latest([_post(row) for row in rows[-most:]], newest, len(rows) > most)

        return await self._database.read(look)

    async def number_from(self, channel: str, conversation: str, key: str) -> int:
        """How many posts a conversation has from the one of this key on; 0 where it is none of its."""
        return await self._database.read(chat_log.number_from, channel, conversation, key)

    async def changed(self, channel: str, since: datetime) -> list[Changed]:
        """The posts of all conversations that changed at or after `since`."""
        rows = await self._database.read(chat_log.changes, channel, since)
        return [Changed(*row) for row in rows]


def _post(row: Row) -> Post:
    """A post from its row; in the thread that read it, since decoding takes longer than reading."""
    return Post(
        key=row.key,
        channel=row.channel,
        conversation=row.conversation,
        message=from_json(Message, row.message) if row.message else None,
        reply=from_json(Reply, row.reply) if row.reply else None,
        changed_at=row.changed_at,
        number=row.id or 0,
    )
