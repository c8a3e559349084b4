"""What every call must pass before anything of it is read: a token, its scope, its rate, and a body that may be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.api.caller import Caller, caller_of
from bot.api.rates import Allowance, Rates
from bot.channels.problems import problem
from handlers.language.translation import language_of_app, say, speaking
from storage.db.database import Database
from storage.db.tenancy import acting_for

JSON_BYTES = 64 * 1024
FILE_MB = 50
FILE_BYTES = FILE_MB * 2**20
_AROUND_A_FILE = 64 * 1024
"""Room for what stands around a file in a form."""
UPLOADS = ("/documents", "/statements")
_OPEN = ("/openapi.json",)
STRANGERS_A_MINUTE = 60
"""Calls without a good token, from one network address."""


class Gate:
    """ASGI middleware around the API. Calls without a good token are counted by the network address."""

    def __init__(
        self,
        app: ASGIApp,
        database: Database,
        calls_a_minute: int,
        strangers_a_minute: int = STRANGERS_A_MINUTE,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.app = app
        self._database, self._clock = database, clock
        self._rates, self._strangers = Rates(calls_a_minute), Rates(strangers_a_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a call on for its company, or says what is wrong with it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        with speaking(language_of_app(headers.get("accept-language", "")) or "en"):
            path = scope["path"].removeprefix(scope.get("root_path", ""))
            if path in _OPEN:
                await self.app(scope, receive, send)
                return
            caller = await caller_of(self._database, _presented(headers), self._clock())
            host = scope["client"][0] if scope.get("client") else ""
            rate = self._rates.call(caller.public) if caller else self._strangers.call(host)
            send = _with_headers(send, rate)
            if caller is None or rate.over:
                await (_too_many(rate) if rate.over else _no_token())(scope, receive, send)
                return
            if refusal := _refusal(scope["method"], path, headers, caller):
                await refusal(scope, receive, send)
                return
            scope["state"] = {**scope.get("state", {}), "caller": caller}
            with acting_for(caller.company):
                await self.app(scope, _bounded(receive, _most_bytes(path)), send)


def _presented(headers: Headers) -> str:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.casefold() == "bearer" else ""


def _no_token() -> Response:
    text = say("Send a token that is good: “Authorization: Bearer bfy_…”. Say “create an API token” in the chat.")
    return problem(401, text, headers={"WWW-Authenticate": 'Bearer realm="Billify"'})


def _too_many(rate: Allowance) -> Response:
    return problem(429, say("These are too many calls. Try again in {n} seconds.", n=rate.seconds))


def _refusal(method: str, path: str, headers: Headers, caller: Caller) -> Response | None:
    if lacking := caller.may(method, path):
        text = say("This token lacks the scope {scope}. Make one that has it, or ask whoever made it.", scope=lacking)
        return problem(403, text, code="scope", scope=lacking)
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length) > _most_bytes(path):
        return problem(413, _too_large(path))
    if method in ("GET", "HEAD") or not _has_body(headers):
        return None
    wanted = "multipart/form-data" if path in UPLOADS else "application/json"
    if headers.get("content-type", "").partition(";")[0].strip().casefold() != wanted:
        return problem(415, say("Send this as {type}.", type=wanted), headers={"Accept": wanted})
    return None


def _has_body(headers: Headers) -> bool:
    return "transfer-encoding" in headers or headers.get("content-length", "0") != "0"


def _most_bytes(path: str) -> int:
    return FILE_BYTES + _AROUND_A_FILE if path in UPLOADS else JSON_BYTES


def _too_large(path: str) -> str:
    if path in UPLOADS:
        return say("A file may have up to {size} MB. Send a smaller scan, or only the pages that matter.", size=FILE_MB)
    return say("A call may have up to {size} KB. Send less at once.", size=JSON_BYTES // 1024)


def _bounded(receive: Receive, most: int) -> Receive:
    """What comes in, which may be no more than it may be, whatever its length was said to be."""
    read = 0

    async def bounded() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > most:
            raise HTTPException(413, _too_large(UPLOADS[0] if most > JSON_BYTES else ""))
        return message

    return bounded


def _with_headers(send: Send, rate: Allowance) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(rate.headers())
        await send(message)

    return with_headers
