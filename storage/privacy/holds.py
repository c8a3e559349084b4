"""Legal holds: originals that stay, whatever their period, until somebody says otherwise."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from storage import audit
from storage.errors import WrongState
from storage.models import LegalHold

HELD, RELEASED = "held documents", "released documents"


def hold(session: Session, *, by: int, now: datetime, vendor_id: int | None = None, bill_id: int | None = None) -> None:
    """Keeps all originals of a vendor, or the one of a bill. Raises: WrongState where they are kept already."""
    if _of(session, vendor_id, bill_id):
        raise WrongState("These documents are kept already.")
    made = LegalHold(vendor_id=vendor_id, bill_id=bill_id, made_by=by, made_at=now)
    session.add(made)
    session.flush()
    audit.record(session, HELD, person_id=by, now=now, bill_id=bill_id, details={"hold": made.id})


def release(
    session: Session, *, by: int, now: datetime, vendor_id: int | None = None, bill_id: int | None = None
) -> None:
    """From now on the usual period counts again. Raises: WrongState where nothing was kept longer."""
    found = _of(session, vendor_id, bill_id)
    if found is None:
        raise WrongState("These documents are not kept longer than usual.")
    found.ended_at = now
    session.flush()
    audit.record(session, RELEASED, person_id=by, now=now, bill_id=bill_id, details={"hold": found.id})


def in_force(session: Session) -> list[LegalHold]:
    """All holds, oldest first."""
    query = select(LegalHold).where(col(LegalHold.ended_at).is_(None))
    return list(session.exec(query.order_by(col(LegalHold.id))).all())


def end(session: Session, hold_id: int, now: datetime) -> None:
    """Takes back that something is kept."""
    session.get_one(LegalHold, hold_id).ended_at = now


def renew(session: Session, hold_id: int) -> None:
    """Takes back that it no longer is. Raises: WrongState where somebody said so again meanwhile."""
    made = session.get_one(LegalHold, hold_id)
    if _of(session, made.vendor_id, made.bill_id):
        raise WrongState("These documents are kept already.")
    made.ended_at = None


def _of(session: Session, vendor_id: int | None, bill_id: int | None) -> LegalHold | None:
    return next((one for one in in_force(session) if (one.vendor_id, one.bill_id) == (vendor_id, bill_id)), None)
