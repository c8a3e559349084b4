"""The log of chats that have no platform to keep them: the web chat and the terminal.

It lies in the ledger's database, so that a worker on another machine can write what a web process shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from handlers.messages import Message, Reply, from_json, to_json
from storage.db.database import Database
from storage.messages import chat_log


@dataclass(frozen=True)
class Post:
    """One bubble of a chat: a person's message or our reply (exactly one of the two is set).

    `key` is unique in the log: a post written again under its key is shown in place of the former.
    `changed_at` is when it was last written.
    """

    key: str
    channel: str
    conversation: str
    message: Message | None
    reply: Reply | None
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
        rows = await self._database.read(chat_log.read_posts, channel, conversation, since)
        return [
            Post(
                key=row.key,
                channel=row.channel,
                conversation=row.conversation,
                message=from_json(Message, row.message) if row.message else None,
                reply=from_json(Reply, row.reply) if row.reply else None,
                changed_at=row.changed_at,
            )
            for row in rows
        ]
