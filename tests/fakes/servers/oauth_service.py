"""A service's token endpoints (RFC 6749, RFC 8628, RFC 8252), and what a mail server asks it about a token."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.mail.oauth import OAuthService


class Service:
    """`pending` is how often it says that nobody entered the code yet; `refuses` what it answers instead of tokens;
    `seconds` is how long a token is good. `asked` are the forms it was sent, `good` the tokens it gave."""

    def __init__(self) -> None:
        self.pending: list[str] = []
        self.refuses = ""
        self.status = 200
        self.seconds = 3600
        self.offline = True
        self.user = "billify@example.com"
        self.asked: list[dict[str, str]] = []
        self.good: list[str] = []
        self.challenge = ""
        self.url = ""

    def service(self, name: str = "microsoft", client_secret: str = "") -> OAuthService:
        device = f"{self.url}/device" if name == "microsoft" else ""
        return OAuthService(
            name, name.title(), f"{self.url}/token", f"{self.url}/authorize", device, "mail", "client-1", client_secret
        )

    async def device(self, request: web.Request) -> web.Response:
        self.asked.append(dict(await request.post()))
        return web.json_response(
            {
                "device_code": "device-1",
                "user_code": "ABC-DEF",
                "verification_uri": "https://sign.in/device",
                "interval": 0.01,
                "expires_in": 60,
            }
        )

    async def token(self, request: web.Request) -> web.Response:
        form = dict(await request.post())
        self.asked.append(form)
        if self.status != 200:
            return web.Response(status=self.status)
        if self.pending:
            return web.json_response({"error": self.pending.pop(0)}, status=400)
        if self.refuses:
            return web.json_response(
                {"error": self.refuses, "error_description": "AADSTS700082: it expired.\nTrace: 1"}, status=400
            )
        if form["grant_type"] == "authorization_code":
            digest = hashlib.sha256(form["code_verifier"].encode()).digest()
            if urlsafe_b64encode(digest).rstrip(b"=").decode() != self.challenge:
                return web.json_response({"error": "invalid_grant"}, status=400)
        self.good.append(f"access-{len(self.good)}")
        answer = {"access_token": self.good[-1], "expires_in": self.seconds, "token_type": "Bearer"}
        if self.offline and form["grant_type"] != "refresh_token":
            answer["refresh_token"] = "refresh-secret"
        return web.json_response(answer)

    async def about(self, request: web.Request) -> web.Response:
        """What Dovecot asks before it lets somebody in."""
        if request.query.get("access_token") in self.good:
            return web.json_response({"email": self.user, "active": True})
        return web.json_response({"error": "invalid_token"}, status=401)


@asynccontextmanager
async def oauth_service() -> AsyncIterator[Service]:
    """The service, on a port of its own."""
    service = Service()
    app = web.Application()
    app.router.add_post("/device", service.device)
    app.router.add_post("/token", service.token)
    app.router.add_get("/about", service.about)
    async with TestServer(app) as server:
        service.url = str(server.make_url("")).rstrip("/")
        yield service
