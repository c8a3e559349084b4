"""Whom a provider vouches for, among the people of its company."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlmodel import Session

from bot.channels.web.begun import Begun
from bot.channels.web.openid.flow import Vouched
from bot.channels.web.openid.provider import IdentityProvider
from bot.channels.web.sign_in import LockedOut, Visitor
from storage.db.database import Database
from storage.db.tenancy import acting_for
from storage.errors import TooManyAttempts
from storage.people import attempts, challenges, vouched_mail, web_sessions


class VouchedPeople:
    """Signs in whom a provider vouches for. `clock` gives aware UTC."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.clock = clock
        self._database = database

    async def spend(self, begun: Begun) -> bool:
        """Whether what was begun comes back in time and for the first time, on whichever process."""
        with acting_for(None):
            return await self._database.run(_spend, begun, self.clock())

    async def enter(self, provider: IdentityProvider, vouched: Vouched, visitor: Visitor) -> str | None:
        """The session's token; None for nobody that the provider's company knows or invited. Raises: LockedOut."""
        with acting_for(provider.company):
            try:
                return await self._database.run(_enter, provider, vouched, visitor, self.clock())
            except TooManyAttempts as error:
                raise LockedOut(int(str(error.values["minutes"]))) from None


def _spend(session: Session, begun: Begun, now: datetime) -> bool:
    return challenges.spend(session, begun.secret, now=now, until=begun.until)


def _enter(
    session: Session, provider: IdentityProvider, vouched: Vouched, visitor: Visitor, now: datetime
) -> str | None:
    def known() -> str | None:
        person = vouched_mail.person_of(session, vouched.address, vouched.name, now=now)
        if person is None:
            return None
        return web_sessions.begin_for(session, person.id, visitor.agent, now=now, by=f"OpenID {provider.name}")

    return attempts.tried(session, f"openid:{visitor.host}", now, known)
