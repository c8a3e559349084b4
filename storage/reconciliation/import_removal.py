"""A statement that was not to be imported: its movements go, and what they booked is reversed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from storage import audit
from storage.bank import long_imports
from storage.db.locks import acquire_lock
from storage.db.savepoints import atomic
from storage.errors import WrongState
from storage.models import CsvMapping, Movement, MovementState, Statement, StatementImport
from storage.reconciliation import reconciling

TAKEN_BACK = "import taken back"
"""What the audit calls it."""


def statements_of(session: Session, sha256: str) -> Sequence[Statement]:
    """What was imported of a file, in its order."""
    return session.exec(select(Statement).where(Statement.sha256 == sha256).order_by(col(Statement.part))).all()


def last_imported(session: Session, person_ids: Sequence[int]) -> Statement | None:
    """The statement that a person imported last and that is still there; None for none."""
    query = select(Statement).where(col(Statement.imported_by).in_(person_ids))
    return session.exec(query.order_by(col(Statement.id).desc())).first()


def movements_of(session: Session, sha256: str) -> Sequence[Movement]:
    """The movements that came with a file, and not with one before it."""
    ids = [statement.id for statement in statements_of(session, sha256)]
    return session.exec(select(Movement).where(col(Movement.statement_id).in_(ids)).order_by(col(Movement.id))).all()


@atomic
def take_back(
    session: Session, sha256: str, *, fingerprint: str | None, key: str, person_id: int, now: datetime
) -> tuple[int, int]:
    """Removes what was imported of a file; returns how many movements went, and for how many a booking was reversed.

    With the `fingerprint` of its table, how that is read is forgotten, so that it is asked anew. Raises: WrongState
    when nothing of it is there, or it is still being imported; LedgerError where a booking cannot be reversed.
    """
    found = statements_of(session, sha256)
    if not found:
        raise WrongState("That was taken back already.")
    if long_imports.of_file(session, sha256):
        raise WrongState("This statement is still being imported. Take it back once it is done.")
    for account_id in sorted({statement.account_id for statement in found}):
        acquire_lock(session, f"statements:{account_id}")
    movements, reversed_ = movements_of(session, sha256), 0
    for movement in movements:
        session.refresh(movement)
        if movement.state is MovementState.BOOKED:
            reconciling.unreconcile(session, movement.id, key=key, person_id=person_id, now=now)
            reversed_ += 1
    for row in (*movements, *session.exec(select(StatementImport).where(StatementImport.sha256 == sha256)).all()):
        session.delete(row)
    session.flush()
    for statement in found:
        session.delete(statement)
    for mapping in session.exec(select(CsvMapping).where(CsvMapping.fingerprint == fingerprint)).all():
        session.delete(mapping)
    session.flush()
    details = {"statements": [statement.id for statement in found], "movements": len(movements)}
    audit.record(session, TAKEN_BACK, person_id=person_id, now=now, details=details)
    return len(movements), reversed_
