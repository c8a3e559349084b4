"""The page before the chat: the ways in that it offers, and what came of one that was tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.channels.web.pages import page
from bot.channels.web.passkeys.party import RelyingParty


@dataclass(frozen=True)
class WaysIn:
    """`providers` are names and titles of identity providers; `party` is None where nobody comes in by a passkey."""

    providers: Sequence[tuple[str, str]] = ()
    party: RelyingParty | None = None

    def show(self, request: Request, state: str, *, status: int = 200, **values: object) -> HTMLResponse:
        """The page; `state` says what was tried: "asked" (nothing), "failed", "locked", "sent", "refused"."""
        passkeys = self.party is not None and self.party.is_here(request)
        return page("signin.html", status=status, state=state, providers=self.providers, passkeys=passkeys, **values)
