"""Two people who are one: what they did goes on as one person's, and what took two is looked at anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, SQLModel, col, select

from storage import audit
from storage.approvals import approvals, second_person
from storage.db.locks import acquire_lock
from storage.db.savepoints import atomic
from storage.errors import WrongState
from storage.models import (
    AccessToken,
    Alarm,
    Amendment,
    Approval,
    Bill,
    Document,
    Identity,
    Inbound,
    Invitation,
    Matter,
    Passkey,
    Person,
    Preference,
    Role,
    Snooze,
    VendorIban,
    Webhook,
    WebSession,
)
from storage.people import people

_THEIRS: tuple[tuple[type[SQLModel], str], ...] = (
    (Identity, "person_id"), (Alarm, "person_id"), (Inbound, "person_id"), (Invitation, "person_id"),
    (Invitation, "invited_by"), (Bill, "created_by"), (Bill, "confirmed_by"), (Document, "sent_by"),
    (Amendment, "person_id"), (Approval, "person_id"), (VendorIban, "trusted_by"),
    (WebSession, "person_id"), (Passkey, "person_id"), (AccessToken, "person_id"), (Webhook, "person_id"),
    (Person, "invited_by"),
)  # fmt: skip
"""What is a person's. Entries and the audit stay as they were written; `people.name_of` knows who that is by now."""


@dataclass(frozen=True)
class MergedPeople:
    """What came of it: the bills that wait for another's approval, or for a word about their account, again."""

    waiting: tuple[Bill, ...] = ()


@atomic
def merge(session: Session, gone: Person, kept: Person, *, by: int, now: datetime) -> MergedPeople:
    """From now on `gone` is `kept`, who keeps name and role. Whatever took two people and has one behind it by now does
    not count any more.

    Raises: WrongState for one and the same; LastOwner where nobody would own the books.
    """
    acquire_lock(session, "people")
    if gone.id == kept.id or gone.merged_into is not None or kept.merged_into is not None:
        raise WrongState("{name} is one person already.", name=kept.name)
    people.check_owned_without(session, gone)
    before = {bill.id for bill in approvals.waiting(session)}
    for table, column in _THEIRS:
        session.execute(update(table).where(getattr(table, column) == gone.id).values({column: kept.id}))
    _keep_settings(session, gone, kept)
    session.execute(update(Person).where(col(Person.merged_into) == gone.id).values(merged_into=kept.id))
    details = {"person": gone.id, "name": gone.name, "role": str(gone.role), "into": kept.id}
    gone.merged_into, gone.role = kept.id, Role.MEMBER
    session.flush()
    session.expire_all()
    if kept.invited_by == kept.id:
        kept.invited_by = None
    _distrust_own_accounts(session, kept, now)
    audit.record(session, "merged", person_id=by, now=now, details=details)
    return MergedPeople(tuple(bill for bill in approvals.waiting(session) if bill.id not in before))


def _keep_settings(session: Session, gone: Person, kept: Person) -> None:
    """Pauses of reminders go on; how one likes it is as the one who stays likes it."""
    known = {one.bill_id for one in session.exec(select(Snooze).where(Snooze.person_id == kept.id)).all()}
    for snooze in session.exec(select(Snooze).where(Snooze.person_id == gone.id)).all():
        if snooze.bill_id in known:
            session.delete(snooze)
        else:
            snooze.person_id = kept.id
    if theirs := session.get(Preference, gone.id):
        session.delete(theirs)
    session.flush()


def _distrust_own_accounts(session: Session, person: Person, now: datetime) -> None:
    """A changed account that the person trusted on a bill of their own is one that no second person has looked at."""
    query = (
        select(Approval, Bill)
        .join(Bill, col(Bill.id) == col(Approval.bill_id))
        .where(Approval.person_id == person.id, Approval.matter == Matter.IBAN, col(Approval.undone_at).is_(None))
    )
    for trusted, bill in session.exec(query).all():
        if person in second_person.may_vouch(session, bill):
            continue
        trusted.undone_at = now
        known = select(VendorIban).where(VendorIban.bill_id == bill.id, VendorIban.trusted_by == person.id)
        for account in session.exec(known).all():
            account.trusted_by = account.trusted_at = None
        details = {"iban": bill.iban}
        audit.record(session, "distrusted iban", person_id=None, now=now, bill_id=bill.id, details=details)
    session.flush()
