"""Who may enter the web chat, and where they are signed in, kept in the ledger's database."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, tzinfo
from typing import TypeVar

from sqlmodel import Session

from bot.channels.channel import Whose, of_the_only
from bot.channels.web.sign_in import LockedOut, OpenSession, Person, Visitor
from handlers.language.translation import Language, known_language
from handlers.messages import Message
from handlers.people.mail_addresses import sign_in_message
from handlers.people.web_sessions import browser_name
from handlers.reminders.schedule import find_time_zone
from storage.db.database import Database
from storage.db.tenancy import FIRST, acting_for
from storage.errors import TooManyAttempts
from storage.models import Person as KnownPerson
from storage.models import WebSession
from storage.people import attempts, company, people, preferences, web_sessions

CHANNEL = web_sessions.CHANNEL
T = TypeVar("T")


class DatabaseSignIn:
    """The web channel's `SignIn`, over the people of the ledger."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        whose: Whose = of_the_only,
        zone: tzinfo = UTC,
    ) -> None:
        """`clock` gives aware UTC; `whose` knows the company of a code or an address; `zone` is the installation's."""
        self._database = database
        self._clock = clock
        self._whose = whose
        self._zone = zone

    @asynccontextmanager
    async def of_company(self, token: str) -> AsyncIterator[None]:
        """See `SignIn`."""
        with acting_for(None):
            found = await self._database.read(web_sessions.company_of, token) if token else None
        with acting_for(found or FIRST):
            yield

    async def enter(self, code: str, visitor: Visitor) -> str | None:
        """See `SignIn`."""
        async with self._whose(CHANNEL, "", text=code):
            return await self._tried(_enter, code, visitor)

    async def person(self, token: str) -> Person | None:
        """See `SignIn`. Now and then it is noted that the session is used."""
        now = self._clock()
        found = await self._database.read(_person, token, now)
        if found is None:
            return None
        person, used = found
        if used is not None:
            await self._database.run(_note_use, used, now)
        return person

    async def lasting(self, tokens: Collection[str]) -> set[str]:
        """See `SignIn`."""
        return await self._database.read(web_sessions.lasting, tokens, now=self._clock())

    async def leave(self, token: str) -> None:
        """See `SignIn`."""
        await self._database.run(_leave, token, self._clock())

    async def sessions(self, token: str) -> Sequence[OpenSession]:
        """See `SignIn`."""
        return await self._database.read(_sessions, token, self._clock())

    async def end(self, token: str, session_id: int | None) -> None:
        """See `SignIn`."""
        await self._database.run(_end, token, session_id, self._clock())

    async def link_for(self, said: str, url: str, visitor: Visitor) -> Message | None:
        """See `SignIn`. Each time that it is asked for counts, found or not."""
        async with self._whose("mail", said):
            return await self._tried(_link_for, said, url, visitor)

    async def language(self, address: str) -> Language | None:
        """The language that the person of this web address prefers, None where they prefer none."""
        return await self._database.read(_language, address)

    async def zone(self, address: str) -> tzinfo:
        """See `SignIn`."""
        told, company_zone = await self._database.read(_zones, address)
        return find_time_zone(told) or find_time_zone(company_zone) or self._zone

    async def _tried(self, attempt: Callable[..., T], *values: object) -> T:
        try:
            return await self._database.run(attempt, *values, self._clock())
        except TooManyAttempts as error:
            raise LockedOut(int(str(error.values["minutes"]))) from None


def _enter(session: Session, code: str, visitor: Visitor, now: datetime) -> str | None:
    def redeemed() -> str | None:
        passing = f"passing-{secrets.token_hex(8)}"
        if people.redeem(session, code, CHANNEL, passing, now) is None:
            return None
        return people.give_lasting_address(session, CHANNEL, passing)

    address = attempts.tried(session, f"{CHANNEL}:{visitor.host}", now, redeemed)
    return web_sessions.begin(session, address, visitor.agent, now=now) if address else None


def _person(session: Session, token: str, now: datetime) -> tuple[Person, int | None] | None:
    """Whose session it is, and its id where its use is to be noted."""
    found = web_sessions.find(session, token, now=now)
    known = session.get(KnownPerson, found.person_id) if found else None
    if found is None or known is None:
        return None
    return Person(found.address, known.name), found.id if web_sessions.is_to_be_noted(found, now) else None


def _note_use(session: Session, session_id: int, now: datetime) -> None:
    web_sessions.note_use(session, session_id, now=now)


def _leave(session: Session, token: str, now: datetime) -> None:
    if found := web_sessions.find(session, token, now=now):
        web_sessions.end(session, found, now=now)


def _sessions(session: Session, token: str, now: datetime) -> tuple[OpenSession, ...]:
    here, known = _theirs(session, token, now)
    return tuple(
        OpenSession(each.id, browser_name(each.user_agent), each.created_at, each.seen_at, here=each.id == here)
        for each in known
    )


def _end(session: Session, token: str, session_id: int | None, now: datetime) -> None:
    for each in _theirs(session, token, now)[1]:
        if session_id in (None, each.id):
            web_sessions.end(session, each, now=now)


def _theirs(session: Session, token: str, now: datetime) -> tuple[int | None, list[WebSession]]:
    """The id of the session of this token, and all of its person's."""
    here = web_sessions.find(session, token, now=now)
    return (here.id, web_sessions.sessions_of(session, here.person_id, now=now)) if here else (None, [])


def _link_for(session: Session, said: str, url: str, visitor: Visitor, now: datetime) -> Message | None:
    asks = f"link:{visitor.host}"
    attempts.tried(session, asks, now, lambda: None)
    person = people.find_person(session, "mail", said)
    if person is None:
        called = people.find_called(session, said)
        person = called[0] if len(called) == 1 and called[0].name.casefold() == said.strip().casefold() else None
    return sign_in_message(session, person, f"{url}/enter/{{code}}", now) if person else None


def _zones(session: Session, address: str) -> tuple[str | None, str | None]:
    """The zones that the person of this web address and their company told."""
    person = people.find_person(session, CHANNEL, address)
    chosen = preferences.preference(session, person.id).zone if person else None
    return chosen, company.company(session).zone


def _language(session: Session, address: str) -> Language | None:
    person = people.find_person(session, CHANNEL, address)
    chosen = preferences.preference(session, person.id).language if person else None
    return known_language(chosen)
