"""A document store in memory."""

from __future__ import annotations

import hashlib


class MemoryFiles:
    """Implements `bot.channels.channel.Files`."""

    def __init__(self) -> None:
        self._bytes: dict[str, bytes] = {}

    async def put(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        self._bytes[sha256] = data
        return sha256

    async def get(self, sha256: str) -> bytes:
        if sha256 not in self._bytes:
            raise FileNotFoundError(sha256)
        return self._bytes[sha256]
