"""The log of chats that have no platform to keep them: the web chat and the terminal.

It lies in the ledger's database, so that a worker on another machine can write what a web process shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from handlers.messages import Message, Reply


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
