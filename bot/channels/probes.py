"""Whether the process lives (`/healthz`) and can be sent requests (`/readyz`), and its figures (`/metrics`).

Load balancers ask, which know no address of ours and carry no secret; so it is answered before anything else. Figures
are for who brings the token: for everybody else there is no such page.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.telemetry.exposition import Exposition

Ready = Callable[[], Awaitable[object]]
"""Asks what requests need. Raises where it is away."""

FRESH_SECONDS = 1.0
"""Whoever asks more often hears what was found last: a probe costs next to nothing, however many there are."""

PATIENCE_SECONDS = 3.0


class Probes:
    """ASGI middleware around all others."""

    def __init__(
        self, app: ASGIApp, ready: Ready, listening: Callable[[], bool], exposition: Exposition | None = None
    ) -> None:
        """`listening` says whether messages are taken: not before the start is over, nor while it stops."""
        self._app = app
        self._ready = ready
        self._listening = listening
        self._exposition = exposition or Exposition()
        self._found = False
        self._looked = -FRESH_SECONDS
        self._looking: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers 200 or 503 in a word, or passes the request on."""
        path = scope["path"] if scope["type"] == "http" and scope["method"] in ("GET", "HEAD") else ""
        if path == "/healthz":
            await PlainTextResponse("ok\n")(scope, receive, send)
        elif path == "/readyz":
            ready = self._listening() and await self._is_ready()
            answer = PlainTextResponse("ready\n") if ready else PlainTextResponse("not ready\n", 503)
            await answer(scope, receive, send)
        elif path == "/metrics" and self._exposition.admits(Headers(scope=scope).get("authorization", "")):
            text = await self._exposition.text()
            await Response(text, headers={"content-type": self._exposition.content_type})(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _is_ready(self) -> bool:
        if self._looking is None and time.monotonic() - self._looked > FRESH_SECONDS:
            self._looking = asyncio.create_task(self._look())
        if self._looking is not None:
            done, _ = await asyncio.wait({self._looking}, timeout=PATIENCE_SECONDS)
            return bool(done) and self._found
        return self._found

    async def _look(self) -> None:
        try:
            await self._ready()
            self._found = True
        except Exception:  # of any kind: what is needed is away, and the log says more where it was needed
            self._found = False
        finally:
            self._looked, self._looking = time.monotonic(), None
