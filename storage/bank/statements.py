"""Statements of the bank, imported so that no movement is there twice."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

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
    begun = begin_statement(session, account_id, draft, person_id=person_id, now=now)
    if not begun.is_new:
        return Imported(begun.statement, known=len(draft.movements))
    new = add_movements(session, begun.statement, unknown_movements(session, account_id, draft))
    return Imported(begun.statement, new, len(draft.movements) - len(new), begun.gap)


@dataclass(frozen=True)
class Begun:
    """A statement whose movements may follow; not `is_new` where this part of the file was imported before."""

    statement: Statement
    is_new: bool
    gap: Money | None = None


def begin_statement(
    session: Session, account_id: int, draft: StatementDraft, *, person_id: int, now: datetime
) -> Begun:
    """Notes the statement, as yet without its movements (`add_movements`)."""
    acquire_lock(session, f"statements:{account_id}")
    same_part = select(Statement).where(Statement.sha256 == draft.sha256, Statement.part == draft.part)
    if earlier := session.exec(same_part).one_or_none():
        return Begun(earlier, is_new=False)
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
    audit.record(session, "imported", person_id=person_id, now=now, details={"statement": statement.id})
    return Begun(statement, is_new=True, gap=gap)


def add_movements(
    session: Session, statement: Statement, movements: Sequence[tuple[MovementDraft, str]]
) -> list[Movement]:
    """Adds movements with their keys, of `unknown_movements` or a piece of it, to a statement."""
    acquire_lock(session, f"statements:{statement.account_id}")
    new = [_movement(statement, movement, key) for movement, key in movements]
    session.add_all(new)
    session.flush()
    return new


def latest(session: Session, account_id: int) -> Statement | None:
    """The statement with the latest closing balance, None where no statement had one."""
    query = select(Statement).where(
        Statement.account_id == account_id, col(Statement.closing_minor).is_not(None), col(Statement.until).is_not(None)
    )
    return session.exec(query.order_by(col(Statement.until).desc(), col(Statement.id).desc())).first()


def listed(session: Session, most: int, before: int | None = None) -> list[Statement]:
    """The last that were imported, the newest first; `before` one of this id, None for the very last."""
    query = select(Statement).order_by(col(Statement.id).desc()).limit(most)
    return list(session.exec(query if before is None else query.where(Statement.id < before)).all())


def movements_of(session: Session, statement_id: int, most: int, after: int = 0) -> list[Movement]:
    """The movements that a statement added, in their order; those behind the one of this id."""
    query = select(Movement).where(Movement.statement_id == statement_id, Movement.id > after)
    return list(session.exec(query.order_by(col(Movement.id)).limit(most)).all())


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


def unknown_movements(session: Session, account_id: int, draft: StatementDraft) -> list[tuple[MovementDraft, str]]:
    """The movements that are not there yet, with their keys. Those of the statement itself count as there, so that an
    import that was cut off goes on with what is left.

    Files of one format repeat a movement with the same reference or words; those of another word it differently, so
    there a movement of the same day and amount is the same one. Each stands for one only: two coffees on a day are two.
    """
    if not draft.movements:
        return []
    days = [movement.booked_on for movement in draft.movements]
    columns: tuple[Any, ...] = (Movement.key, Movement.booked_on, Movement.amount_minor, Statement.format)
    query = (
        select(*columns)
        .join(Statement, col(Statement.id) == col(Movement.statement_id))
        .where(Movement.account_id == account_id, col(Movement.booked_on).between(min(days), max(days)))
        .order_by(col(Movement.id))
    )
    keys: set[str] = set()
    alike: Counter[str] = Counter()
    others: Counter[tuple[date, int]] = Counter()
    family = _family(draft.format)
    for key, booked_on, amount, format_there in session.exec(query).all():
        keys.add(key)
        if _family(format_there) == family:
            alike[key.rpartition("/")[0]] += 1
        else:
            others[booked_on, amount] += 1
    unknown = []
    numbers: Counter[str] = Counter()
    for movement in draft.movements:
        mark, worth = _mark(movement), (movement.booked_on, movement.amount.minor)
        if alike[mark]:
            alike[mark] -= 1
        elif others[worth]:
            others[worth] -= 1
        else:
            while (key := f"{mark}/{numbers[mark]}") in keys:
                numbers[mark] += 1
            numbers[mark] += 1
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
