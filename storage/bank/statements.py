"""Statements of the bank, imported so that no movement is there twice."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session, col, select

from storage import audit
from storage.db.locks import acquire_lock
from storage.db.text import single_line
from storage.ledger.money import Money
from storage.models import Movement, Statement


@dataclass(frozen=True)
class MovementDraft:
    """A movement to be imported; `amount` is negative when money went out. Texts are "" where there is none."""

    booked_on: date
    amount: Money
    text: str = ""
    counterparty: str = ""
    iban: str = ""
    reference: str = ""
    bank_reference: str = ""
    value_on: date | None = None


@dataclass(frozen=True)
class StatementDraft:
    """A statement to be imported: the `part`-th of the file with this SHA-256. Balances None where it has none."""

    format: str
    sha256: str
    part: int
    currency: str
    movements: tuple[MovementDraft, ...]
    number: str = ""
    since: date | None = None
    until: date | None = None
    opening: Money | None = None
    closing: Money | None = None


@dataclass(frozen=True)
class Imported:
    """What an import added: `new` movements; `known` counts those that an earlier statement had already.

    `gap` is the closing balance of the statement before, where this one does not open with it.
    """

    statement: Statement
    new: list[Movement] = field(default_factory=list)
    known: int = 0
    gap: Money | None = None


def import_statement(
    session: Session, account_id: int, draft: StatementDraft, *, person_id: int, now: datetime
) -> Imported:
    """Adds what is not there yet. The same file once more, or another that overlaps, adds nothing twice."""
    acquire_lock(session, f"statements:{account_id}")
    same_part = select(Statement).where(Statement.sha256 == draft.sha256, Statement.part == draft.part)
    if earlier := session.exec(same_part).one_or_none():
        return Imported(earlier, known=len(draft.movements))
    gap = _gap(session, account_id, draft)
    statement = Statement(
        account_id=account_id,
        format=draft.format,
        number=draft.number or None,
        sha256=draft.sha256,
        part=draft.part,
        currency=draft.currency,
        since=draft.since,
        until=draft.until,
        opening_minor=draft.opening.minor if draft.opening else None,
        closing_minor=draft.closing.minor if draft.closing else None,
        imported_by=person_id,
        imported_at=now,
    )
    session.add(statement)
    session.flush()
    new = [
        _movement(statement, movement, key) for movement, key in _unknown(session, account_id, draft, statement.format)
    ]
    session.add_all(new)
    session.flush()
    audit.record(session, "imported", person_id=person_id, now=now, details={"statement": statement.id})
    return Imported(statement, new, len(draft.movements) - len(new), gap)


def latest(session: Session, account_id: int) -> Statement | None:
    """The statement with the latest closing balance, None where no statement had one."""
    query = select(Statement).where(
        Statement.account_id == account_id, col(Statement.closing_minor).is_not(None), col(Statement.until).is_not(None)
    )
    return session.exec(query.order_by(col(Statement.until).desc(), col(Statement.id).desc())).first()


def first_opening(session: Session, account_id: int) -> tuple[Money, date] | None:
    """The opening balance of the earliest statement that has one, and a day at whose beginning it was there.

    Formats differ in whether they date it on the day of the first movement or the one before, so it is the former.
    """
    query = select(Statement).where(
        Statement.account_id == account_id, col(Statement.opening_minor).is_not(None), col(Statement.since).is_not(None)
    )
    earliest = session.exec(query.order_by(col(Statement.since), col(Statement.id))).first()
    if earliest is None or earliest.opening_minor is None or earliest.since is None:
        return None
    days = select(col(Movement.booked_on)).where(Movement.statement_id == earliest.id).order_by(col(Movement.booked_on))
    return Money(earliest.opening_minor, earliest.currency), session.exec(days).first() or earliest.since


def _unknown(session: Session, account_id: int, draft: StatementDraft, format_: str) -> list[tuple[MovementDraft, str]]:
    """The movements that are not there yet, with their keys.

    Files of one format repeat a movement with the same reference or words; those of another word it differently, so
    there a movement of the same day and amount is the same one. Each stands for one only: two coffees on a day are two.
    """
    if not draft.movements:
        return []
    days = [movement.booked_on for movement in draft.movements]
    query = (
        select(Movement, Statement.format)
        .join(Statement, col(Statement.id) == col(Movement.statement_id))
        .where(Movement.account_id == account_id, col(Movement.booked_on).between(min(days), max(days)))
        .order_by(col(Movement.id))
    )
    there: dict[tuple[date, int], list[tuple[str, bool]]] = defaultdict(list)
    for stored, format_there in session.exec(query).all():
        alike = _family(format_there) == _family(format_)
        there[stored.booked_on, stored.amount_minor].append((stored.key, alike))
    keys = {key for known in there.values() for key, _ in known}
    unknown = []
    for movement in draft.movements:
        mark = _mark(movement)
        candidates = there[movement.booked_on, movement.amount.minor]
        known = next((pair for pair in candidates if not pair[1] or pair[0].rpartition("/")[0] == mark), None)
        if known:
            candidates.remove(known)
            continue
        key = next(made for n in range(len(keys) + 1) if (made := f"{mark}/{n}") not in keys)
        keys.add(key)
        unknown.append((movement, key))
    return unknown


def _mark(movement: MovementDraft) -> str:
    """What a movement is known by in every file of its format: the bank's reference, else its words."""
    words = " ".join((movement.counterparty, movement.iban, movement.reference, movement.text)).casefold()
    own = movement.bank_reference or hashlib.sha256("".join(words.split()).encode()).hexdigest()[:16]
    return f"{movement.booked_on.isoformat()}/{movement.amount.minor}/{own[:80]}"


def _family(format_: str) -> str:
    """ "camt" for every version of camt.052 to camt.054, "MT" for MT940 and MT942."""
    return re.split(r"[.\d]", format_, maxsplit=1)[0]


def _movement(statement: Statement, draft: MovementDraft, key: str) -> Movement:
    return Movement(
        statement_id=statement.id,
        account_id=statement.account_id,
        key=key,
        booked_on=draft.booked_on,
        value_on=draft.value_on,
        amount_minor=draft.amount.minor,
        currency=draft.amount.currency,
        counterparty=single_line(draft.counterparty) or None,
        counterparty_iban=draft.iban or None,
        reference=single_line(draft.reference) or None,
        text=" ".join("".join(c if c.isprintable() else " " for c in draft.text).split()),
    )


def _gap(session: Session, account_id: int, draft: StatementDraft) -> Money | None:
    """The closing balance of the last statement before this one, if this one opens with another."""
    if draft.opening is None or draft.since is None:
        return None
    query = (
        select(Statement)
        .where(Statement.account_id == account_id, col(Statement.closing_minor).is_not(None))
        .where(col(Statement.until) <= draft.since)
        .order_by(col(Statement.until).desc(), col(Statement.id).desc())
    )
    before = session.exec(query).first()
    if before is None or before.closing_minor is None or before.closing_minor == draft.opening.minor:
        return None
    return Money(before.closing_minor, before.currency)
