"""Further papers of a bill: the delivery note, the contract, a reminder of it. Each is a document of its own that is
kept and not booked."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from storage import audit
from storage.errors import WrongState
from storage.models import Bill, EnclosedPaper

ATTACHED, DETACHED = "attached paper", "detached paper"


def of_bill(session: Session, bill_id: int) -> list[Bill]:
    """The papers that belong to a bill, oldest first."""
    query = select(Bill).join(EnclosedPaper, col(EnclosedPaper.paper_id) == col(Bill.id))
    query = query.where(EnclosedPaper.bill_id == bill_id, col(EnclosedPaper.detached_at).is_(None))
    return list(session.exec(query.order_by(col(EnclosedPaper.id))).all())


def bill_of(session: Session, paper_id: int) -> Bill | None:
    """The bill that a paper belongs to; None for none."""
    query = select(Bill).join(EnclosedPaper, col(EnclosedPaper.bill_id) == col(Bill.id))
    query = query.where(EnclosedPaper.paper_id == paper_id, col(EnclosedPaper.detached_at).is_(None))
    return session.exec(query.order_by(col(EnclosedPaper.id).desc())).first()


def attach(session: Session, bill: Bill, paper: Bill, *, person_id: int | None, now: datetime) -> EnclosedPaper:
    """From now on the paper belongs to the bill; `person_id` None where Billify saw it. Raises: WrongState for itself,
    for what is there already, and for what belongs to another."""
    if paper.id == bill.id:
        raise WrongState("That is the bill itself.")
    there = bill_of(session, paper.id)
    if there is not None:
        raise WrongState("This paper belongs to {bill} already.", bill=_title(there))
    made = EnclosedPaper(bill_id=bill.id, paper_id=paper.id, attached_by=person_id, attached_at=now)
    session.add(made)
    session.flush()
    details = {"row": made.id, "paper": paper.id}
    audit.record(session, ATTACHED, person_id=person_id, now=now, bill_id=bill.id, details=details)
    return made


def detach(session: Session, row: int, *, person_id: int, now: datetime) -> None:
    """The paper no longer belongs to its bill; it is kept by itself."""
    found = session.get_one(EnclosedPaper, row)
    found.detached_at = now
    session.flush()
    details = {"row": row, "paper": found.paper_id}
    audit.record(session, DETACHED, person_id=person_id, now=now, bill_id=found.bill_id, details=details)


def _title(bill: Bill) -> str:
    return " ".join(part for part in (bill.vendor, bill.number) if part) or "The bill"
