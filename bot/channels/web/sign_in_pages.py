"""Signing in by a one-time link or an invitation code, asking for such a link, where one is signed in, signing out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.channels.channel import Accept
from bot.channels.web.pages import page
from bot.channels.web.passkeys.desk import PasskeyDesk
from bot.channels.web.security import is_loopback
from bot.channels.web.sign_in import LockedOut, SignIn, person_of_session, signed_in, take_in, token_of, visitor_of
from bot.channels.web.ways_in import WaysIn
from handlers.language.formats import moment
from handlers.people.web_sessions import browser_name

TOKEN_LENGTH = 200
FORM_BYTES = 4096


@dataclass(frozen=True)
class SignInPages:
    """The pages that a person passes before the chat. `url` is where people reach it; `accept` takes messages while the
    channel listens, else it gives None. `passkeys` is None where browsers make none."""

    door: SignIn
    url: str
    accept: Callable[[], Accept | None]
    ways: WaysIn
    passkeys: PasskeyDesk | None = None

    async def link(self, request: Request) -> Response:
        """Opens a sign-in link without redeeming it.

        Mail scanners and browsers' prefetching follow links, so only the form that this page shows redeems one. On
        this very machine, which scanners do not reach, the page sends the form by itself.
        """
        token = request.path_params["token"]
        onwards = _onwards(request.query_params.get("next", ""))
        return page("enter.html", token=token, onwards=onwards, auto=is_loopback(request.headers["host"]))

    async def enter(self, request: Request) -> Response:
        """Redeems the code in the form and signs the person in."""
        code, onwards = await _fields(request, "token", "next")
        onwards = _onwards(onwards)
        try:
            token = await self.door.enter(code, visitor_of(request)) if 0 < len(code) <= TOKEN_LENGTH else None
        except LockedOut as locked:
            return self._locked(request, locked)
        if token is not None:
            await take_in(request, self.door, token)
        elif await person_of_session(request, self.door) is None:
            return self.ways.show(request, "failed", status=403)
        # Who opens their old link again while signed in simply goes on.
        return RedirectResponse(onwards, status_code=303)

    async def send_link(self, request: Request) -> Response:
        """Sends a link to whoever is named, to where they write to us. What is answered, and when, is the same whether
        anybody is called so: the link is sent once the page has been."""
        (who,) = await _fields(request, "who")
        try:
            message = await self.door.link_for(who[:TOKEN_LENGTH], self.url, visitor_of(request)) if who else None
        except LockedOut as locked:
            return self._locked(request, locked)
        shown, accept = self.ways.show(request, "sent"), self.accept()
        if message is not None and accept is not None:
            shown.background = BackgroundTask(accept, message)
        return shown

    async def sign_in(self, request: Request) -> Response:
        """The ways in, for who wants to see them by themselves."""
        if await person_of_session(request, self.door) is not None:
            return RedirectResponse("/", status_code=303)
        return self.ways.show(request, "asked")

    async def sessions(self, request: Request) -> Response:
        """Where the person is signed in."""
        person = await person_of_session(request, self.door)
        if person is None:
            return RedirectResponse("/", status_code=303)
        token = token_of(request)
        zone = await self.door.zone(person.address)

        def local(at: datetime) -> str:
            return moment(at.astimezone(zone))

        return page(
            "sessions.html",
            person=person,
            sessions=await self.door.sessions(token),
            local=local,
            browser=browser_name(request.headers.get("user-agent", "")),
            party=self.passkeys.party if self.passkeys else None,
            passkeys=await self.passkeys.of(token) if self.passkeys else (),
            passkeys_here=self.passkeys is not None and self.passkeys.party.is_here(request),
        )

    async def end(self, request: Request) -> Response:
        """Signs one of the person's browsers out, or all of them."""
        await signed_in(request, self.door)
        (which,) = await _fields(request, "session")
        if which == "all" or which.isdecimal():
            await self.door.end(token_of(request), None if which == "all" else int(which))
        return RedirectResponse("/sessions", status_code=303)

    async def leave(self, request: Request) -> Response:
        """Signs out."""
        await self.door.leave(token_of(request))
        request.session.clear()
        return RedirectResponse("/", status_code=303)

    def _locked(self, request: Request, locked: LockedOut) -> Response:
        shown = self.ways.show(request, "locked", status=429, minutes=locked.minutes)
        shown.headers["Retry-After"] = str(60 * locked.minutes)
        return shown


async def _fields(request: Request, *names: str) -> tuple[str, ...]:
    async with request.form(max_fields=5, max_part_size=FORM_BYTES) as form:
        return tuple(str(form.get(name, "")).strip() for name in names)


def _onwards(path: str) -> str:
    """Where to go once signed in: to a button of a mail, else to the chat, and never to another site."""
    return path if re.fullmatch(r"/mail/[\w.-]{1,1000}", path) else "/"
