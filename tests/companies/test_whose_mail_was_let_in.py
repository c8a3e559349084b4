"""For which companies mail that waited is to be looked at again."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from storage.db.tenancy import acting_for
from storage.mail import quarantine
from storage.models import Identity, MailOutcome, MailRecord, QuarantinedMail, QuarantineState
from tests.companies.conftest import OfOne
from tests.fakes.books.desk import NOW

Desks = tuple[OfOne, OfOne]


def _held(session: Session, state: QuarantineState) -> None:
    record = MailRecord(key=f"mail:{state}", sender="new@example.com", arrived_at=NOW, outcome=MailOutcome.QUARANTINED)
    session.add(record)
    session.flush()
    session.add(QuarantinedMail(mail_id=record.id, reason="stranger", held_at=NOW, state=state))


def _to_look_at(desk: OfOne, since: datetime | None = None) -> list[int]:
    with acting_for(None), desk.database.reading() as session:
        return quarantine.companies_to_look_at(session, since)


def test_only_where_somebody_decided_or_came_in(desks: Desks) -> None:
    ours, theirs = desks
    with acting_for(1), ours.database.transaction() as session:
        _held(session, QuarantineState.WAITING)
    assert _to_look_at(ours) == []
    with acting_for(2), theirs.database.transaction() as session:
        _held(session, QuarantineState.RELEASED)
    assert _to_look_at(ours) == [2]
    came = NOW + timedelta(hours=1)
    with acting_for(1), ours.database.transaction() as session:
        session.add(Identity(person_id=1, channel="mail", address="new@example.com", linked_at=came))
    assert _to_look_at(ours) == _to_look_at(ours, came - timedelta(minutes=1)) == [1, 2]
    assert _to_look_at(ours, came) == [2], "it was looked at"
