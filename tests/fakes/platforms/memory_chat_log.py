"""The log of chats in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.channels.chatlog import Changed, Latest, Post


class MemoryChatLog:
    """Implements `bot.channels.chatlog.ChatLog`; dicts keep the order of the first writing."""

    def __init__(self) -> None:
        self.posts: dict[str, Post] = {}

    async def write(self, post: Post) -> None:
        before = self.posts.get(post.key)
        self.posts[post.key] = replace(post, number=before.number if before else len(self.posts) + 1)

    async def read(self, channel: str, conversation: str, since: datetime | None = None) -> list[Post]:
        return [
            post
            for post in self.posts.values()
            if (post.channel, post.conversation) == (channel, conversation)
            and (since is None or post.changed_at >= since)
        ]

    async def latest(self, channel: str, conversation: str, most: int) -> Latest:
        posts = await self.read(channel, conversation)
        newest = max((post.changed_at for post in posts), default=None)
        return Latest(posts[-most:], newest, len(posts) > most)

    async def number_from(self, channel: str, conversation: str, key: str) -> int:
        keys = [post.key for post in await self.read(channel, conversation)]
        return len(keys) - keys.index(key) if key in keys else 0

    async def changed(self, channel: str, since: datetime) -> list[Changed]:
        found = [post for post in self.posts.values() if post.channel == channel and post.changed_at >= since]
        return [Changed(post.conversation, post.key, post.changed_at) for post in found]
