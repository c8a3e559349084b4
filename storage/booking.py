"""Booking: the only place where entries and postings are written, and they are only ever added."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage import accounts, ledger
from storage.errors import Unbalanced, WrongState
from storage.ledger import EntryDraft, Leg
from storage.locks import hold
from storage.models import Account, Entry, EntryKind, Posting
from storage.money import Money


def find_entry(session: Session, key: str) -> Entry | None:
    """The entry that was booked under this key."""
    return session.exec(select(Entry).where(Entry.key == key)).one_or_none()


def post(
    session: Session, draft: EntryDraft, *, person_id: int | None, now: datetime, bill_id: int | None = None
) -> Entry:
    """Books a draft once: a second time under the same key changes nothing and returns the entry that is there.

    Raises: Unbalanced with the draft's problems; NoSuchAccount.
    """
    if found := ledger.problems(draft):
        raise Unbalanced(found)
    hold(session, f"entry:{draft.key}")
    if booked := find_entry(session, draft.key):
        return booked
    entry = Entry(
        key=draft.key,
        kind=draft.kind,
        booked_on=draft.booked_on,
        recorded_at=now,
        description=draft.description,
        bill_id=bill_id,
        person_id=person_id,
        reverses=draft.reverses,
    )
    ids = [accounts.account(session, leg.account).id for leg in draft.legs]
    session.add(entry)
    session.flush()
    session.add_all(
        Posting(
            entry_id=entry.id,
            account_id=id_,
            amount_minor=leg.amount.minor,
            currency=leg.amount.currency,
            booked_on=entry.booked_on,
            bill_id=bill_id,
        )
        for id_, leg in zip(ids, draft.legs, strict=True)
    )
    session.flush()
    return entry


def reverse(session: Session, entry: Entry, *, key: str, person_id: int | None, now: datetime) -> Entry:
    """Books the opposite of an entry, on its accounting date and for its bill; once, as `post`.

    Raises: WrongState when the entry was reversed already under another key, or is itself a reversal.
    """
    draft = ledger.reversal(key, draft_of(session, entry), entry.id)
    earlier = session.exec(select(Entry).where(Entry.reverses == entry.id)).one_or_none()
    if entry.kind is EntryKind.REVERSAL or (earlier is not None and earlier.key != key):
        raise WrongState(f"“{entry.description}” was taken back already.")
    return post(session, draft, person_id=person_id, now=now, bill_id=entry.bill_id)


def draft_of(session: Session, entry: Entry) -> EntryDraft:
    """The draft that the entry was booked from."""
    rows = session.exec(
        select(Account.code, Posting.amount_minor, Posting.currency)
        .join(Account, col(Account.id) == col(Posting.account_id))
        .where(Posting.entry_id == entry.id)
        .order_by(col(Posting.id))
    ).all()
    legs = tuple(Leg(code, Money(minor, currency)) for code, minor, currency in rows)
    return EntryDraft(entry.key, entry.kind, entry.booked_on, entry.description, legs, entry.reverses)


def entries_in_force(session: Session, bill_id: int, kind: EntryKind) -> list[Entry]:
    """The bill's entries of one kind that no later entry reversed, oldest first."""
    reversed_ids = select(Entry.reverses).where(Entry.bill_id == bill_id, col(Entry.reverses).is_not(None))
    return list(
        session.exec(
            select(Entry)
            .where(Entry.bill_id == bill_id, Entry.kind == kind, col(Entry.id).not_in(reversed_ids))
            .order_by(col(Entry.id))
        ).all()
    )


def balance_of_bill(session: Session, bill_id: int, code: str) -> int:
    """What the bill's postings on one account sum to, in minor units of the bill's currency; debit positive."""
    total = session.exec(
        select(func.coalesce(func.sum(Posting.amount_minor), 0))
        .join(Entry, col(Entry.id) == col(Posting.entry_id))
        .join(Account, col(Account.id) == col(Posting.account_id))
        .where(Entry.bill_id == bill_id, Account.code == code)
    ).one()
    return int(total)
