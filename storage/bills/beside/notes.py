"""Notes on bills: added, and taken away."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from storage import audit
from storage.db.text import single_line
from storage.errors import Unfit
from storage.models import BillNote

NOTED, TAKEN_AWAY = "noted", "note taken away"
LONGEST = 500
"""Letters of a note; longer ones are documents."""


def of_bill(session: Session, bill_id: int) -> list[BillNote]:
    """The bill's notes, oldest first."""
    query = select(BillNote).where(BillNote.bill_id == bill_id, col(BillNote.removed_at).is_(None))
    return list(session.exec(query.order_by(col(BillNote.id))).all())


def write(session: Session, bill_id: int, text: str, *, person_id: int, now: datetime) -> BillNote:
    """Notes something about a bill. Raises: Unfit for nothing, and for what is too long."""
    text = single_line(text)
    if not text or len(text) > LONGEST:
        raise Unfit("A note has at most {most} letters, and not none.", most=LONGEST)
    made = BillNote(bill_id=bill_id, text=text, person_id=person_id, written_at=now)
    session.add(made)
    session.flush()
    details = {"row": made.id, "note": text}
    audit.record(session, NOTED, person_id=person_id, now=now, bill_id=bill_id, details=details)
    return made


def take_away(session: Session, note_id: int, *, person_id: int, now: datetime) -> None:
    """The note no longer stands on its bill; the audit keeps it."""
    note = session.get_one(BillNote, note_id)
    note.removed_at = now
    session.flush()
    details = {"row": note.id, "note": note.text}
    audit.record(session, TAKEN_AWAY, person_id=person_id, now=now, bill_id=note.bill_id, details=details)
