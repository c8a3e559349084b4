"""`billify token`: made, listed and revoked by whoever runs Billify."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from rich.console import Console
from rich.markup import escape
from sqlmodel import Session

from bot.application.app import open_app
from config.settings import Settings
from handlers.errors import BillifyError
from storage.models import AccessToken, Person, Role
from storage.people import people
from storage.people.access import tokens

console = Console(highlight=False)


async def create_token(settings: Settings, name: str, person: str, scopes: Sequence[str], days: int) -> None:
    """Prints a new token, alone, for a script to take. Raises: BillifyError for nobody; LedgerError."""
    async with open_app(settings, "tokens") as app:
        print(await app.database.run(_create, name, person, scopes, days))


async def list_tokens(settings: Settings) -> None:
    """Prints each with its number."""
    async with open_app(settings, "tokens") as app:
        for one, whose in await app.database.read(tokens.everybodys, now=datetime.now(UTC)):
            until = f"until {one.expires_at:%Y-%m-%d}" if one.expires_at else "until revoked"
            used = f"used {one.used_at:%Y-%m-%d}" if one.used_at else "not used"
            console.print(escape(f"{one.id}  {one.name}  {whose.name}  {one.kind}  {until}  {used}"))


async def revoke_token(settings: Settings, number: int) -> None:
    """Ends it. Raises: BillifyError where there is none of that number."""
    async with open_app(settings, "tokens") as app:
        name = await app.database.run(_revoke, number)
        console.print(f"Nobody comes in by the token {escape(name)} any more.")


def _create(session: Session, name: str, person: str, scopes: Sequence[str], days: int) -> str:
    _, token = tokens.issue(
        session, person_called(session, person).id, name, scopes=scopes, days=days, now=datetime.now(UTC)
    )
    return token


def person_called(session: Session, name: str) -> Person:
    """Whoever is called so; the owner for "". Raises: BillifyError."""
    if not name:
        return next(one for one in people.everybody(session) if one.role is Role.OWNER)
    found = people.find_called(session, name)
    if len(found) != 1:
        known = ", ".join(people.names(session))
        raise BillifyError(f"“{name}” is {'several' if found else 'nobody'} here. There are: {known}.")
    return found[0]


def _revoke(session: Session, number: int) -> str:
    held = session.get(AccessToken, number)
    if held is None:
        raise BillifyError(f"There is no token {number}. `billify token list` prints them.")
    name = held.name
    tokens.revoke(session, held, by=None, now=datetime.now(UTC))
    return name
