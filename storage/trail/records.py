"""Reads the trail: who did what, when, by which message, on which channel, from what to what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, or_, select

from storage.models import Audit, AuditLink
from storage.trail.chain import ERASED
from storage.trail.changes import Changes

AT_ONCE = 500


@dataclass(frozen=True)
class Record:
    """A link of the chain with its step, None where changes were made that no step was recorded for."""

    link: AuditLink
    step: Audit | None

    @property
    def changes(self) -> Changes:
        """Of each row what changed, old and new; without the mark of erasure."""
        return {row: columns for row, columns in self.link.changes.items() if row != ERASED}


def records(
    session: Session,
    *,
    since: datetime | None = None,
    before: datetime | None = None,
    people: Sequence[int] | None = None,
    beyond: int = 0,
    most: int | None = None,
) -> Iterator[Record]:
    """What happened from `since` on and `before` then, in the chain's order; `people` are the ids of who did it, None
    for everybody and Billify itself. Only links `beyond` a position, and at most so many."""
    query = select(AuditLink, Audit).join(Audit, col(Audit.id) == col(AuditLink.audit_id), isouter=True)
    if since is not None:
        query = query.where(AuditLink.at >= since)
    if before is not None:
        query = query.where(AuditLink.at < before)
    if people is not None:
        query = query.where(col(AuditLink.person_id).in_(people))
    if beyond:
        query = query.where(AuditLink.position > beyond)
    if most is not None:
        query = query.limit(most)
    found = session.exec(query.order_by(col(AuditLink.position)).execution_options(yield_per=AT_ONCE))
    return (Record(link, step) for link, step in found)


def records_of_bill(session: Session, bill_id: int) -> list[Record]:
    """What happened to a bill, in the chain's order: its steps, and what their messages changed of it besides."""
    steps = select(Audit).where(Audit.bill_id == bill_id)
    of_bill = session.exec(steps).all()
    keys = {step.message_key for step in of_bill if step.message_key}
    query = select(AuditLink, Audit).join(Audit, col(Audit.id) == col(AuditLink.audit_id), isouter=True)
    query = query.where(or_(col(Audit.bill_id) == bill_id, col(AuditLink.message_key).in_(keys)))
    row = f"bill:{bill_id}"
    found = session.exec(query.order_by(col(AuditLink.position))).all()
    return [Record(link, step) for link, step in found if (step and step.bill_id == bill_id) or row in link.changes]
