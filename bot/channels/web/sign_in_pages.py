"""Signing in by a one-time link or an invitation code, and signing out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.channels.web.pages import page
from bot.channels.web.security import is_loopback
from bot.channels.web.sign_in import SignIn, person_of_address

TOKEN_LENGTH = 200
FORM_BYTES = 4096


@dataclass(frozen=True)
class SignInPages:
    """The pages that a person passes before the chat."""

    door: SignIn

    async def link(self, request: Request) -> Response:
        """Opens a sign-in link without redeeming it.

        Mail scanners and browsers' prefetching follow links, so only the form that this page shows redeems one. On
        this very machine, which scanners do not reach, the page sends the form by itself.
        """
        token = request.path_params["token"]
        onwards = _onwards(request.query_params.get("next", ""))
        return page("enter.html", token=token, onwards=onwards, auto=is_loopback(request.headers["host"]))

    async def enter(self, request: Request) -> Response:
        """Redeems the token or code in the form and signs the person in."""
        async with request.form(max_fields=5, max_part_size=FORM_BYTES) as form:
            token = str(form.get("token", "")).strip()
            onwards = _onwards(str(form.get("next", "")))
        address = await self.door.enter(token) if 0 < len(token) <= TOKEN_LENGTH else None
        if address is not None:
            request.session["address"] = address
        elif await person_of_address(request, self.door) is None:
            return page("signin.html", status=403, failed=True)
        # Who opens their old link again while signed in simply goes on.
        return RedirectResponse(onwards, status_code=303)

    async def leave(self, request: Request) -> Response:
        """Signs out."""
        request.session.clear()
        return RedirectResponse("/", status_code=303)


def _onwards(path: str) -> str:
    """Where to go once signed in: to a button of a mail, else to the chat, and never to another site."""
    return path if re.fullmatch(r"/mail/[\w.-]{1,1000}", path) else "/"
