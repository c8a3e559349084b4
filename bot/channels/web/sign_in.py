"""Who may come in: the Protocol behind sign-in, and who a request is from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from starlette.exceptions import HTTPException
from starlette.requests import Request

from handlers.language.translation import Language, say


class SignIn(Protocol):
    """Knows the links and codes that let people in, and who they are."""

    async def enter(self, token: str) -> str | None:
        """Redeems a one-time sign-in link's token or an invitation code.

        Returns the person's web address (their identity in this channel); None when the token is unknown, used or
        expired.
        """
        ...

    async def name(self, address: str) -> str | None:
        """The display name of a person; None when they are no longer known here."""
        ...

    async def language(self, address: str) -> Language | None:
        """The language that a person told to be spoken to in; None when they told none, or are not known."""
        ...


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in. `address` is their identity, which also names their one conversation."""

    address: str
    name: str


async def person_of_address(request: Request, door: SignIn) -> Person | None:
    """Who the signed cookie of a request names; None when nobody, or nobody who is still known."""
    address = request.session.get("address")
    if not isinstance(address, str):
        return None
    name = await door.name(address)
    return None if name is None else Person(address, name)


async def signed_in(request: Request, door: SignIn) -> Person:
    """Who the signed cookie of a request names. Raises: HTTPException 401 when nobody who is still known."""
    person = await person_of_address(request, door)
    if person is None:
        raise HTTPException(401, say("You are not signed in any more. Reload the page."))
    return person
