"""Slack's and Telegram's APIs on a local port, as far as listening needs them: whatever is looked up takes seconds."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

TEAM, US, BOT_TOKEN, SECRET, TELEGRAM_TOKEN = "T1", "UBILLIFY", "xoxb-bench", "bench-secret", "1:bench"
_BOT = {"id": 1, "is_bot": True, "first_name": "Billify", "username": "billify_bot"}
_PHOTO = {"id": "F1", "name": "receipt.jpg", "mimetype": "image/jpeg"}
_AT_ONCE: dict[str, Any] = {
    "auth.test": {"user_id": US, "team_id": TEAM, "bot_id": "B1", "user": "billify", "team": "Bench", "url": "x"},
    "getMe": _BOT,
    "setWebhook": True,
}
_LOOKED_UP: dict[str, Any] = {
    "users.info": {"user": {"id": "U1", "profile": {"real_name": "Anna Berg"}}},
    "conversations.replies": {"messages": [{"user": "U1", "text": "", "files": [_PHOTO]}]},
    "getChat": {"id": 1, "type": "private", "first_name": "Anna", "accent_color_id": 0, "max_reaction_count": 1},
    "answerCallbackQuery": True,
}


class SlowPlatform:
    """`asked` counts the requests by method; `url` is where both APIs are."""

    def __init__(self, seconds: float) -> None:
        self.url = ""
        self.asked: Counter[str] = Counter()
        self._seconds = seconds

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Serves while the context is open."""
        application = web.Application()
        application.router.add_route("*", "/api/{method}", self._slack)
        application.router.add_route("*", "/bot{token}/{method}", self._telegram)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield
        finally:
            await runner.cleanup()

    async def _slack(self, request: web.Request) -> web.Response:
        return web.json_response({"ok": True, **await self._answer(request)})

    async def _telegram(self, request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": await self._answer(request)})

    async def _answer(self, request: web.Request) -> Any:
        method = request.match_info["method"]
        self.asked[method] += 1
        if method in _AT_ONCE:
            return _AT_ONCE[method]
        await asyncio.sleep(self._seconds)
        return _LOOKED_UP[method]
