"""Who may enter the web chat: one-time links and invitation codes, kept in the ledger's database."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime

from sqlmodel import Session

from handlers.language.translation import Language, known_language
from storage.db.database import Database
from storage.people import people, preferences

CHANNEL = "web"


class DatabaseSignIn:
    """The web channel's Door, over the people of the ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def enter(self, token: str) -> str | None:
        """Redeems a sign-in link's token or an invitation code; the web address it opens, None when it is no good."""
        return await self._database.run(_enter, token, datetime.now(UTC))

    async def name(self, address: str) -> str | None:
        """What the person of this web address is called, None when nobody has it (any more)."""
        person = await self._database.read(people.find_person, CHANNEL, address)
        return person.name if person else None

    async def language(self, address: str) -> Language | None:
        """The language that the person of this web address prefers, None where they prefer none."""
        return await self._database.read(_language, address)


def _language(session: Session, address: str) -> Language | None:
    person = people.find_person(session, CHANNEL, address)
    chosen = preferences.preference(session, person.id).language if person else None
    return known_language(chosen)


def _enter(session: Session, token: str, now: datetime) -> str | None:
    passing = f"passing-{secrets.token_hex(8)}"
    if people.redeem(session, token, CHANNEL, passing, now) is None:
        return None
    return people.give_lasting_address(session, CHANNEL, passing)
