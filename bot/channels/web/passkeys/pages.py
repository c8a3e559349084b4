"""What a page asks for passkeys, by script: JSON in, JSON out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.channels.web import begun
from bot.channels.web.passkeys.desk import Copied, PasskeyDesk, Refused
from bot.channels.web.sign_in import LockedOut, SignIn, signed_in, take_in, token_of, visitor_of
from handlers.language.translation import say
from handlers.wording.refusals import refusal
from storage.errors import LedgerError

BODY_BYTES = 64 * 1024
_ADD, _ENTER = "passkey to add", "passkey to enter"


@dataclass(frozen=True)
class PasskeyPages:
    """Adds and removes passkeys of who is signed in, and signs in with one."""

    desk: PasskeyDesk
    door: SignIn

    def routes(self) -> list[Route]:
        """All of them change something, so that none is a GET."""
        return [
            Route("/passkeys/new", self.new, methods=["POST"]),
            Route("/passkeys", self.add, methods=["POST"], max_body_size=BODY_BYTES),
            Route("/passkeys/remove", self.remove, methods=["POST"], max_body_size=BODY_BYTES),
            Route("/passkeys/ask", self.ask, methods=["POST"]),
            Route("/passkeys/enter", self.enter, methods=["POST"], max_body_size=BODY_BYTES),
        ]

    async def new(self, request: Request) -> Response:
        """What the browser of who is signed in is to make."""
        await signed_in(request, self.door)
        made = begun.begin(request.session, _ADD, datetime.now(UTC))
        options = await self.desk.options_to_add(token_of(request), made)
        return Response(options, media_type="application/json")

    async def add(self, request: Request) -> Response:
        """Keeps what it made, under the name that its person gave it."""
        await signed_in(request, self.door)
        credential, name = await _answer(request)
        asked = begun.take(request.session, _ADD)
        try:
            if asked is None:
                raise Refused
            await self.desk.add(token_of(request), asked, credential, name)
        except LedgerError as error:
            return _no(refusal(error))
        except Refused:
            return _no(say("That did not work. Please try again."))
        return JSONResponse({"to": "/sessions"})

    async def remove(self, request: Request) -> Response:
        """Nobody signs in by it any more."""
        await signed_in(request, self.door)
        async with request.form(max_fields=2, max_part_size=1024) as form:
            which = str(form.get("passkey", ""))
        if which.isdecimal() and len(which) < 10:
            await self.desk.remove(token_of(request), int(which))
        return RedirectResponse("/sessions", status_code=303)

    async def ask(self, request: Request) -> Response:
        """What any browser is to sign in with."""
        asked = begun.begin(request.session, _ENTER, datetime.now(UTC))
        return Response(self.desk.options_to_enter(asked), media_type="application/json")

    async def enter(self, request: Request) -> Response:
        """Signs in whoever has the private half of one of our passkeys."""
        credential, _ = await _answer(request)
        asked = begun.take(request.session, _ENTER)
        try:
            if asked is None:
                raise Refused
            token = await self.desk.enter(asked, credential, visitor_of(request))
        except LockedOut as locked:
            text = say("That was tried too often. Try again in {minutes} minutes.", minutes=locked.minutes)
            return _no(text, 429)
        except Copied:
            return _no(
                say("This passkey may have been copied, so it lets nobody in. Sign in by a link, and remove it.")
            )
        except Refused:
            return _no(say("This passkey lets nobody in here. Sign in by a link instead."))
        await take_in(request, self.door, token)
        return JSONResponse({"to": "/"})


async def _answer(request: Request) -> tuple[str, str]:
    """The credential that a browser sends, as JSON, and the name beside it; "" for what is not there."""
    try:
        sent = json.loads(await request.body())
    except (ValueError, RecursionError):
        return "", ""
    if not isinstance(sent, dict):
        return "", ""
    name = sent.get("name")
    return json.dumps(sent.get("credential")), name if isinstance(name, str) else ""


def _no(text: str, status: int = 403) -> Response:
    return JSONResponse({"error": text}, status)
