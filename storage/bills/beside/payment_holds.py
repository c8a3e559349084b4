"""Bills that are not to be paid for now: left out of payment files and reminders until they are released, or a day has
passed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage import audit
from storage.db.text import single_line
from storage.errors import OnHold, WrongState
from storage.models import Bill, BillState, PaymentHold, Person

HELD, RELEASED = "held payment", "released payment"
HELD_AGAIN, HOLD_ENDED = "held payment again", "hold taken back"
"""How taking back a release, and a hold, are recorded."""
ENDED = (BillState.PAID, BillState.VOID)


def in_force(session: Session, bill_id: int, today: date | None = None) -> PaymentHold | None:
    """The hold on a bill; None where it may be paid. Without `today` one that has a last day counts as well."""
    query = select(PaymentHold).where(PaymentHold.bill_id == bill_id, *_standing(today))
    return session.exec(query.order_by(col(PaymentHold.id).desc())).first()


def held_bills(today: date) -> SelectOfScalar[int]:
    """The ids of all bills that are held, as a query."""
    return select(PaymentHold.bill_id).where(*_standing(today))


def all_in_force(session: Session, today: date) -> list[tuple[PaymentHold, Bill]]:
    """Every hold with its bill that is still to be paid, oldest first."""
    query = select(PaymentHold, Bill).join(Bill, col(Bill.id) == col(PaymentHold.bill_id))
    query = query.where(*_standing(today), col(Bill.state).not_in(ENDED))
    return list(session.exec(query.order_by(col(PaymentHold.id))).all())


def hold(
    session: Session, bill: Bill, reason: str, *, person_id: int, now: datetime, until: date | None = None
) -> PaymentHold:
    """Nobody pays the bill for now; a hold that it had already is replaced. Raises: WrongState for one that is paid or
    void."""
    if bill.state in ENDED:
        raise WrongState("{bill} is {state}; there is no payment to hold.", bill=title_of(bill), state=bill.state)
    before = in_force(session, bill.id)
    if before is not None:
        before.released_by, before.released_at = person_id, now
    made = PaymentHold(bill_id=bill.id, reason=single_line(reason), until=until, held_by=person_id, held_at=now)
    session.add(made)
    session.flush()
    details = {"row": made.id, "note": made.reason, "before": before.id if before else None}
    if until is not None:
        details["until"] = until.isoformat()
    audit.record(session, HELD, person_id=person_id, now=now, bill_id=bill.id, details=details)
    return made


def release(session: Session, bill: Bill, *, person_id: int, now: datetime) -> PaymentHold:
    """The bill may be paid again. Raises: WrongState where it is not held."""
    found = in_force(session, bill.id)
    if found is None:
        raise WrongState("{bill} is not on hold.", bill=title_of(bill))
    found.released_by, found.released_at = person_id, now
    session.flush()
    audit.record(session, RELEASED, person_id=person_id, now=now, bill_id=bill.id, details={"row": found.id})
    return found


def take_back_hold(session: Session, hold_id: int, before: int | None, *, person_id: int, now: datetime) -> None:
    """The hold was a mistake; one that it replaced holds again."""
    found = session.get_one(PaymentHold, hold_id)
    found.released_by, found.released_at = person_id, now
    if before is not None:
        _renew(session, before)
    session.flush()
    audit.record(session, HOLD_ENDED, person_id=person_id, now=now, bill_id=found.bill_id, details={"row": hold_id})


def take_back_release(session: Session, hold_id: int, *, person_id: int, now: datetime) -> None:
    """The release was a mistake: the bill is held as before. Raises: WrongState where it is held anew."""
    found = session.get_one(PaymentHold, hold_id)
    if in_force(session, found.bill_id) is not None:
        raise WrongState("The bill was put on hold anew since.")
    _renew(session, hold_id)
    session.flush()
    audit.record(session, HELD_AGAIN, person_id=person_id, now=now, bill_id=found.bill_id, details={"row": hold_id})


def obstacle(session: Session, bill: Bill, today: date | None = None) -> OnHold | None:
    """What refuses to pay a bill that is held, and why; None where it is not."""
    found = in_force(session, bill.id, today)
    if found is None:
        return None
    person = session.get(Person, found.held_by)
    name = person.name if person else "–"
    if found.reason:
        return OnHold(
            "{bill} is on hold by {name}: {reason}. Say “release the hold on {bill}” once it may be paid.",
            bill=title_of(bill),
            name=name,
            reason=_bare(found.reason),
        )
    return OnHold(
        "{bill} is on hold by {name}. Say “release the hold on {bill}” once it may be paid.",
        bill=title_of(bill),
        name=name,
    )


def title_of(bill: Bill) -> str:
    """As the journal calls it (`lifecycle.bill_title`)."""
    return " ".join(part for part in (bill.vendor, bill.number) if part) or "The bill"


def _bare(reason: str) -> str:
    return reason.strip(" .!")


def _standing(today: date | None) -> tuple[ColumnElement[bool], ...]:
    released = col(PaymentHold.released_at).is_(None)
    if today is None:
        return (released,)
    return released, or_(col(PaymentHold.until).is_(None), col(PaymentHold.until) >= today)


def _renew(session: Session, hold_id: int) -> None:
    found = session.get_one(PaymentHold, hold_id)
    found.released_by, found.released_at = None, None
