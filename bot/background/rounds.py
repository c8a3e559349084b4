"""Which companies the clock looks at in its minute: not all, where there are many.

What is to be told without asking follows from what happened in a company and from the hours at which its people are
told things. So one question to all companies finds those in which anything happened, and of each other it is
remembered when its next hour comes. What is remembered wrongly is made up for within the hour: nobody is passed over
for longer (`handlers/reminders/next_look.py`).
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session

from bot.processing.companies import Companies
from handlers.mailbox.channel_faults import is_long
from storage.db.database import Database
from storage.db.tenancy import FIRST, acting_for
from storage.messages import channel_faults, stirred

FEW = 50
"""So many companies are all looked at each minute."""
OVERLAP = timedelta(minutes=2)
"""By so much each look reaches back behind the one before: transactions take a while, and machines' clocks differ."""
SECONDS = 30.0
"""Of a minute, for companies in which nothing happened; the others of them have their turn in the next."""

Look = Callable[[datetime], Awaitable[datetime]]
"""Looks at the company for which work is done, at a time (aware); returns when it has to be looked at next."""


class Rounds:
    """What one clock remembers of the companies."""

    def __init__(self, database: Database, companies: Companies, look: Look, few: int = FEW) -> None:
        self._database = database
        self._companies = companies
        self._look = look
        self._few = few
        self._next: dict[int, datetime] = {}
        self._before: datetime | None = None
        self._faults: frozenset[int] = frozenset()
        self.behind = 0
        """Companies whose turn it was, and that have to wait for the next."""

    async def make(self, now: datetime) -> list[int]:
        """Looks at the companies whose turn it is at `now` (aware), those first in which anything happened; which they
        were. Raises: what looks raised, once all others are done; of several ExceptionGroup."""
        known = await self._companies.each()
        if self._before is None or now < self._before:  # the first time, or the machine's clock was set back
            self._next.clear()
        first = await self._first(known, now)
        others = set(known).difference(first)
        due = [company for company in others if self._next.get(company, now) <= now]
        due.sort(key=lambda company: (self._next.get(company, now), company))
        until, looked, faults = time.monotonic() + SECONDS, list[int](), list[Exception]()
        for company in (*first, *due):
            if len(looked) >= len(first) and time.monotonic() > until:
                break
            looked.append(company)
            try:
                with acting_for(company):
                    self._next[company] = await self._look(now)
            except Exception as error:
                self._next.pop(company, None)
                faults.append(error)
        self._before, self.behind = now, len(first) + len(due) - len(looked)
        if len(faults) == 1:
            raise faults[0]
        if faults:
            raise ExceptionGroup("some companies could not be looked at", faults)
        return looked

    async def _first(self, known: list[int], now: datetime) -> list[int]:
        """Those that are looked at in any case, in their order."""
        if len(known) <= self._few:
            return known
        faults = await self._database.read(partial(_faults, now=now))
        if faults != self._faults:  # which owners of all companies hear of
            self._faults = faults
            self._next.clear()
        since = (self._before or now) - OVERLAP
        happened = set(await self._companies.where(lambda session: stirred.companies(session, since, now)))
        return [company for company in known if company in happened or company == FIRST]


def _faults(session: Session, now: datetime) -> frozenset[int]:
    """What does not work by now, each by its number; one that is new counts once it has lasted."""
    return frozenset(fault.id for fault in channel_faults.standing(session, now) if fault.lasting or is_long(fault))
