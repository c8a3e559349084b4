"""Passkeys over the ledger's database: whose they are, and the sessions that they begin."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from bot.channels.web.begun import Begun
from bot.channels.web.passkeys import ceremonies
from bot.channels.web.passkeys.ceremonies import NoPasskey, Owner
from bot.channels.web.passkeys.party import RelyingParty
from bot.channels.web.sign_in import LockedOut, Visitor
from handlers.people.web_sessions import browser_name
from storage.db.database import Database
from storage.db.tenancy import FIRST, acting_for
from storage.errors import TooManyAttempts
from storage.models import Person, WebSession
from storage.people import attempts, challenges, passkeys, web_sessions
from storage.people.passkeys import PublicKey

log = logging.getLogger(__name__)


class Refused(Exception):
    """No passkey was added, or nobody let in."""


class Copied(Refused):
    """The passkey counts as if somebody had copied it."""


@dataclass(frozen=True)
class KnownPasskey:
    """One of a person's, as a page shows it; `used_at` is None while it was not used."""

    id: int
    name: str
    added_at: datetime
    used_at: datetime | None


class PasskeyDesk:
    """Adds, lists and removes passkeys of who is signed in, and signs in with them. `clock` gives aware UTC."""

    def __init__(
        self, database: Database, party: RelyingParty, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.party = party
        self._database = database
        self._clock = clock

    async def of(self, token: str) -> Sequence[KnownPasskey]:
        """The passkeys of the person of a session, the oldest first."""
        return await self._database.read(_known, token, self._clock())

    async def options_to_add(self, token: str, begun: Begun) -> str | None:
        """What the browser is asked to make; None where nobody is signed in."""
        found = await self._database.read(_owner, token, begun, self._clock())
        if found is None:
            return None
        owner, known = found
        return ceremonies.creation_options(self.party, owner, begun.derived("challenge"), known)

    async def add(self, token: str, begun: Begun, credential: str, name: str) -> None:
        """Keeps what the browser made. Raises: Refused; LedgerError, which says why."""
        try:
            made = ceremonies.created(self.party, begun.derived("challenge"), credential)
        except NoPasskey as error:
            log.warning("A passkey was not taken: %s", error)
            raise Refused from error
        with acting_for(None):  # ids are no secret: nobody takes the one of another's (WebAuthn 7.1, step 22)
            taken = await self._database.read(passkeys.company_of, made.credential_id)
        try:
            added = taken is None and await self._database.run(_add, token, begun, made, name, self._clock())
        except IntegrityError:
            added = False
        if not added:
            raise Refused

    async def remove(self, token: str, passkey_id: int) -> None:
        """Nobody signs in by it any more. What is not theirs stays."""
        await self._database.run(_remove, token, passkey_id, self._clock())

    def options_to_enter(self, begun: Begun) -> str:
        """What any browser is asked to sign in with."""
        return ceremonies.request_options(self.party, begun.derived("challenge"))

    async def enter(self, begun: Begun, credential: str, visitor: Visitor) -> str:
        """Signs in; the session's token. Raises: Refused, Copied, LockedOut."""
        try:
            said = ceremonies.credential_id(credential)
        except NoPasskey as error:
            raise Refused from error
        with acting_for(None):
            company = await self._database.read(passkeys.company_of, said)
        with acting_for(company or FIRST):
            try:
                token = await self._database.run(_enter, self.party, begun, (said, credential), visitor, self._clock())
            except TooManyAttempts as error:
                raise LockedOut(int(str(error.values["minutes"]))) from None
        if not token:
            raise Refused if token is None else Copied
        return token


def _here(session: Session, token: str, now: datetime) -> WebSession | None:
    return web_sessions.find(session, token, now=now) if token else None


def _known(session: Session, token: str, now: datetime) -> tuple[KnownPasskey, ...]:
    here = _here(session, token, now)
    theirs = passkeys.of_person(session, here.person_id) if here else []
    return tuple(KnownPasskey(one.id, one.name, one.created_at, one.used_at) for one in theirs)


def _owner(session: Session, token: str, begun: Begun, now: datetime) -> tuple[Owner, list[str]] | None:
    here = _here(session, token, now)
    if here is None:
        return None
    known = [one.credential_id for one in passkeys.of_person(session, here.person_id)]
    name = session.get_one(Person, here.person_id).name
    return Owner(_handle(session, here.person_id, begun), name), known


def _handle(session: Session, person_id: int, begun: Begun) -> str:
    return passkeys.handle(session, person_id) or begun.text("handle")


def _add(session: Session, token: str, begun: Begun, made: PublicKey, name: str, now: datetime) -> bool:
    here = _here(session, token, now)
    if here is None or not challenges.spend(session, begun.secret, now=now, until=begun.until):
        return False
    name = name.strip() or browser_name(here.user_agent)
    passkeys.add(session, here.person_id, made, _handle(session, here.person_id, begun), name, now=now)
    return True


def _remove(session: Session, token: str, passkey_id: int, now: datetime) -> None:
    if here := _here(session, token, now):
        passkeys.remove(session, here.person_id, passkey_id, now=now)


def _enter(
    session: Session, party: RelyingParty, begun: Begun, said: tuple[str, str], visitor: Visitor, now: datetime
) -> str | None:
    """The session's token; None where nobody is let in, "" for a passkey that seems to be copied."""
    return attempts.tried(
        session, f"passkey:{visitor.host}", now, lambda: _used(session, party, begun, said, visitor, now)
    )


def _used(
    session: Session, party: RelyingParty, begun: Begun, said: tuple[str, str], visitor: Visitor, now: datetime
) -> str | None:
    if not challenges.spend(session, begun.secret, now=now, until=begun.until):
        return None
    found = passkeys.find(session, said[0])
    person = session.get(Person, found.person_id) if found else None
    if found is None or person is None or person.left_at is not None:
        return None
    try:
        count = ceremonies.used(party, begun.derived("challenge"), said[1], found.public_key, found.user_handle)
    except NoPasskey as error:
        log.warning("A passkey let nobody in: %s", error)
        return None
    if not passkeys.note_use(session, found, count, now=now):
        return ""
    return web_sessions.begin_for(session, person.id, visitor.agent, now=now, by=f"passkey {found.id}")
