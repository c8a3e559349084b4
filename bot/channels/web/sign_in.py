"""Who may come in: the Protocol behind sign-in, and who a request is from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Protocol

from starlette.exceptions import HTTPException
from starlette.requests import Request

from handlers.language.translation import Language, say
from handlers.messages import Message

SESSION = "session"
"""Under which name the signed cookie carries the session's token."""


class LockedOut(Exception):
    """Too many were tried: nothing is looked at for so many `minutes`."""

    def __init__(self, minutes: int) -> None:
        super().__init__(f"{minutes} minutes")
        self.minutes = minutes


@dataclass(frozen=True)
class Visitor:
    """The browser that a request is from: its network address and what it calls itself (User-Agent)."""

    host: str
    agent: str


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in. `address` is their identity, which also names their one conversation."""

    address: str
    name: str


@dataclass(frozen=True)
class OpenSession:
    """A browser in which a person is signed in; `here` is the one that asks."""

    id: int
    browser: str
    begun_at: datetime
    seen_at: datetime
    here: bool


class SignIn(Protocol):
    """Knows the links and codes that let people in, who they are, and where they are signed in."""

    def of_company(self, token: str) -> AbstractAsyncContextManager[None]:
        """What is done meanwhile is done for the company of a session; "" for none yet."""
        ...

    async def enter(self, code: str, visitor: Visitor) -> str | None:
        """Redeems a one-time sign-in link's code or an invitation code, and begins a session.

        Returns the session's token; None when the code is unknown, used or expired. Raises: LockedOut.
        """
        ...

    async def person(self, token: str) -> Person | None:
        """Whose session this is; None when it was ended, is over, or its person is no longer known here."""
        ...

    async def lasting(self, tokens: Collection[str]) -> set[str]:
        """Those of the tokens whose sessions last, as for `person`; one look for all of them."""
        ...

    async def leave(self, token: str) -> None:
        """Ends a session. Harmless where there is none."""
        ...

    async def sessions(self, token: str) -> Sequence[OpenSession]:
        """Where the person of this session is signed in."""
        ...

    async def end(self, token: str, session_id: int | None) -> None:
        """Ends one session of the same person, or (None) all of them. What is not theirs stays."""
        ...

    async def link_for(self, said: str, url: str, visitor: Visitor) -> Message | None:
        """The message by which a link to sign in goes to whoever is called so, or has that mail address, where they
        write to us elsewhere; None where nobody is. `url` is where people reach the chat. Raises: LockedOut.
        """
        ...

    async def language(self, address: str) -> Language | None:
        """The language that a person told to be spoken to in; None when they told none, or are not known."""
        ...

    async def zone(self, address: str) -> tzinfo:
        """The time zone in which a person reads times: their own, else their company's."""
        ...


def visitor_of(request: Request) -> Visitor:
    """Where a request comes from."""
    return Visitor(request.client.host if request.client else "", request.headers.get("user-agent", ""))


def token_of(request: Request) -> str:
    """The token in a request's signed cookie; "" for none."""
    token = request.session.get(SESSION)
    return token if isinstance(token, str) else ""


async def take_in(request: Request, door: SignIn, token: str) -> None:
    """Signs a browser in by a session of its own: what it brought along before that is worth nothing any more."""
    await door.leave(token_of(request))
    request.session.clear()
    request.session[SESSION] = token


async def person_of_session(request: Request, door: SignIn) -> Person | None:
    """Whose session a request names; None when nobody's that still lasts."""
    token = token_of(request)
    return await door.person(token) if token else None


async def signed_in(request: Request, door: SignIn) -> Person:
    """Whose session a request names. Raises: HTTPException 401 when nobody's that still lasts."""
    person = await person_of_session(request, door)
    if person is None:
        raise HTTPException(401, say("You are not signed in any more. Reload the page."))
    return person
