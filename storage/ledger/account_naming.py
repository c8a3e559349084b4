"""What accounts and categories are called: no two that are in use by one name."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from sqlmodel import Session, col, select

from storage import audit
from storage.db.locks import acquire_lock
from storage.db.savepoints import atomic
from storage.errors import Unfit, WrongState
from storage.models import Account


@atomic
def rename(session: Session, account: Account, name: str, *, person_id: int, now: datetime) -> None:
    """Gives an account or category another name. Raises: WrongState when another has it."""
    acquire_lock(session, "chart of accounts")
    refuse_name(session, name)
    details = {"account": account.code, "old": account.name}
    account.name = name
    session.flush()
    audit.record(session, "renamed", person_id=person_id, now=now, details=details)


def number_in(session: Session, account: Account, chart: str, number: str, *, person_id: int, now: datetime) -> None:
    """Notes an account's number in a tax adviser's chart. Raises: Unfit for what is no number of four to eight
    digits."""
    if not (number.isdecimal() and 4 <= len(number) <= 8):
        raise Unfit("“{number}” is no account of a chart: these have four to eight digits.", number=number)
    details = {"account": account.code, "old": dict(account.charted)}
    account.charted = {**account.charted, chart: number}
    session.flush()
    audit.record(session, "numbered", person_id=person_id, now=now, details=details)


def refuse_name(session: Session, name: str) -> None:
    """Raises: WrongState when an account in use has this name."""
    taken = session.exec(select(Account).where(col(Account.closed_at).is_(None))).all()
    if any(plain_words(account.name) == plain_words(name) for account in taken):
        raise WrongState("There is an account “{name}” already.", name=name)


def plain_words(text: str) -> str:
    """Words without case, accents and marks, with one blank between them."""
    letters = (c for c in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())
