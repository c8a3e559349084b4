"""How often codes may be tried: wrong ones are counted for whoever tries, and for all on a channel together.

The count lies in the ledger's database, so that several processes share it. A code has 60 bits; what is limited is the
trying itself, and what a crowd of addresses can try.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from sqlmodel import Session, col, delete, func, select

from storage.db.locks import acquire_lock
from storage.errors import TooManyAttempts
from storage.models import CodeAttempt

T = TypeVar("T")

WITHIN = timedelta(minutes=15)
MOST_BY_ONE = 10
MOST_BY_ALL = 300


def tried(session: Session, who: str, now: datetime, attempt: Callable[[], T | None]) -> T | None:
    """What an attempt gives, None for a wrong code, which is counted. `who` is the channel and an address there.

    Raises: TooManyAttempts, which tries nothing and says when to try again.
    """
    acquire_lock(session, f"codes:{who}")
    begin = now - WITHIN
    tries = select(CodeAttempt.tried_at).where(CodeAttempt.who == who, CodeAttempt.tried_at > begin)
    wrong = session.exec(tries.order_by(col(CodeAttempt.tried_at))).all()
    there = col(CodeAttempt.who).startswith(f"{who.partition(':')[0]}:", autoescape=True)
    query = select(func.count(col(CodeAttempt.id))).where(CodeAttempt.tried_at > begin, there)
    everybody = session.exec(query).one()
    if len(wrong) >= MOST_BY_ONE:
        raise _too_often(wrong[-MOST_BY_ONE] + WITHIN - now)
    if everybody >= MOST_BY_ALL:
        raise _too_often(WITHIN)
    if (found := attempt()) is None:
        note(session, who, now)
    return found


def note(session: Session, who: str, now: datetime) -> None:
    """Counts an attempt. What does not count any more is forgotten."""
    session.exec(delete(CodeAttempt).where(col(CodeAttempt.tried_at) <= now - WITHIN))
    session.add(CodeAttempt(who=who, tried_at=now))
    session.flush()


def _too_often(wait: timedelta) -> TooManyAttempts:
    minutes = max(1, -(-int(wait.total_seconds()) // 60))
    return TooManyAttempts("That was tried too often. Try again in {minutes} minutes.", minutes=minutes)
