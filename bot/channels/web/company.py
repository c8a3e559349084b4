"""For which company the web chat is asked: that of who is signed in."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.web.sign_in import SignIn, token_of


class CompanyMiddleware:
    """ASGI middleware, within that of sessions: what a request does is done for the company of its session."""

    def __init__(self, app: ASGIApp, door: SignIn) -> None:
        self.app = app
        self.door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        async with self.door.of_company(token_of(Request(scope))):
            await self.app(scope, receive, send)
