"""A document store in memory, which may be away."""

from __future__ import annotations

import hashlib

from storage.errors import StoreAway


class MemoryFiles:
    """Implements `bot.channels.channel.Files`."""

    def __init__(self) -> None:
        self._bytes: dict[str, bytes] = {}
        self.away = False

    async def put(self, data: bytes) -> str:
        self._expect_here()
        sha256 = hashlib.sha256(data).hexdigest()
        self._bytes[sha256] = data
        return sha256

    async def get(self, sha256: str) -> bytes:
        self._expect_here()
        if sha256 not in self._bytes:
            raise FileNotFoundError(sha256)
        return self._bytes[sha256]

    def _expect_here(self) -> None:
        if self.away:
            raise StoreAway("s3://bucket", "connection refused")
