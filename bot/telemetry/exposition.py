"""What Prometheus is given, and who may ask for it: whoever brings the token, and nobody where there is none."""

from __future__ import annotations

import asyncio
import hmac
from dataclasses import dataclass

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from bot.telemetry.metrics import REGISTRY


@dataclass(frozen=True)
class Exposition:
    """`token` is what an asker proves itself by, as `Authorization: Bearer …`; "" where none is set."""

    token: str = ""
    registry: CollectorRegistry = REGISTRY
    content_type: str = CONTENT_TYPE_LATEST

    def admits(self, authorization: str) -> bool:
        """Whether a request with that header may see the figures."""
        said = authorization.removeprefix("Bearer ")
        return bool(self.token) and said != authorization and hmac.compare_digest(said.encode(), self.token.encode())

    async def text(self) -> bytes:
        """All figures, in the text format; databases are asked for some, in a thread."""
        return await asyncio.to_thread(generate_latest, self.registry)
