"""Booking: the only place where entries and postings are written, and they are only ever added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from storage.db.lists import one_of
from storage.db.locks import acquire_lock
from storage.db.tenancy import company_of
from storage.errors import Unbalanced, WrongState
from storage.ledger import accounts, double_entry, period_closing
from storage.ledger.double_entry import EntryDraft, Leg
from storage.ledger.money import Money
from storage.models import Account, Entry, EntryKind, Posting, Turnover

CONTROL_ACCOUNTS = (*double_entry.CONTROL_ACCOUNT.values(), double_entry.STAFF)

Turnovers = dict[tuple[int, str, date], tuple[int, int]]
"""Debit and credit, both positive, by account, currency and the month's first day."""


def find_entry(session: Session, key: str) -> Entry | None:
    """The entry that was booked under this key."""
    return session.exec(select(Entry).where(Entry.key == key)).one_or_none()


def post(
    session: Session, draft: EntryDraft, *, person_id: int | None, now: datetime, bill_id: int | None = None
) -> Entry:
    """Books a draft once: a second time under the same key changes nothing and returns the entry that is there.

    `bill_id` is the bill that the whole entry is about, None where it is about none or several.
    Raises: Unbalanced with the draft's problems; NoSuchAccount; PeriodClosed.
    """
    if found := double_entry.validation_problems(draft):
        raise Unbalanced(found)
    acquire_lock(session, f"entry:{draft.key}")
    if booked := find_entry(session, draft.key):
        return booked
    period_closing.require_open(session, draft.booked_on)
    ids = accounts.ids(session, (leg.account for leg in draft.legs))
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
    session.add(entry)
    session.flush()
    postings = [
        Posting(
            entry_id=entry.id,
            account_id=ids[leg.account],
            amount_minor=leg.amount.minor,
            currency=leg.amount.currency,
            booked_on=entry.booked_on,
            bill_id=leg.bill,
            party_id=leg.party,
            tax_code=leg.tax,
            cost_object=leg.cost_object,
        )
        for leg in draft.legs
    ]
    session.add_all(postings)
    session.flush()
    turn_over(session, turnovers_of(postings))
    return entry


def reverse(session: Session, entry: Entry, *, key: str, person_id: int | None, now: datetime) -> Entry:
    """Books the opposite of an entry, on its accounting date; once, as `post`.

    Where that date is closed by now, the reversal is of the first day that is open: what was closed stays as it was.
    Raises: WrongState when the entry was reversed already under another key, or is itself a reversal.
    """
    draft = double_entry.reversal(key, draft_of(session, entry), entry.id)
    earlier = session.exec(select(Entry).where(Entry.reverses == entry.id)).one_or_none()
    if entry.kind is EntryKind.REVERSAL or (earlier is not None and earlier.key != key):
        raise WrongState("“{entry}” was taken back already.", entry=entry.description)
    draft = replace(draft, booked_on=period_closing.first_open_day(session, entry.booked_on))
    return post(session, draft, person_id=person_id, now=now, bill_id=entry.bill_id)


def draft_of(session: Session, entry: Entry) -> EntryDraft:
    """The draft that the entry was booked from."""
    rows = session.exec(
        select(Account.code, Posting).join(Account).where(Posting.entry_id == entry.id).order_by(col(Posting.id))
    ).all()
    legs = tuple(
        Leg(code, Money(p.amount_minor, p.currency), p.bill_id, p.party_id, p.tax_code, p.cost_object)
        for code, p in rows
    )
    return EntryDraft(entry.key, entry.kind, entry.booked_on, entry.description, legs, entry.reverses)


def entries_in_force(session: Session, bill_id: int, *kinds: EntryKind) -> list[Entry]:
    """The entries of these kinds with a posting for the bill that no later entry reversed, oldest first."""
    of_bill = select(Posting.entry_id).where(Posting.bill_id == bill_id)
    found = session.exec(
        select(Entry).where(col(Entry.id).in_(of_bill), col(Entry.kind).in_(kinds)).order_by(col(Entry.id))
    ).all()
    undone = select(Entry.reverses).where(one_of(Entry.reverses, [entry.id for entry in found]))
    reversed_ids = set(session.exec(undone).all())
    return [entry for entry in found if entry.id not in reversed_ids]


def bills_of(session: Session, entry: Entry) -> list[int]:
    """The ids of the bills whose open amount the entry changes, in their order."""
    query = (
        select(Posting.bill_id)
        .join(Account)
        .where(Posting.entry_id == entry.id, col(Account.code).in_(CONTROL_ACCOUNTS))
    )
    return sorted({bill for bill in session.exec(query).all() if bill is not None})


def balance_of_bill(session: Session, bill_id: int, code: str) -> int:
    """What the bill's postings on one account sum to, in minor units of the bill's currency; debit positive."""
    total = session.exec(
        select(func.coalesce(func.sum(Posting.amount_minor), 0))
        .join(Account)
        .where(Posting.bill_id == bill_id, Account.code == code)
    ).one()
    return int(total)


def turnovers_of(postings: Iterable[Posting]) -> Turnovers:
    """What these postings add to the turnovers."""
    sums: Turnovers = {}
    for posting in postings:
        place = posting.account_id, posting.currency, posting.booked_on.replace(day=1)
        debit, credit = sums.get(place, (0, 0))
        minor = posting.amount_minor
        sums[place] = (debit + max(minor, 0), credit + max(-minor, 0))
    return sums


def turn_over(session: Session, added: Turnovers) -> None:
    """Adds to the turnovers of accounts, always in the same order, so that no two writers deadlock."""
    for (account_id, currency, month), (debit, credit) in sorted(added.items()):
        row = {"account_id": account_id, "currency": currency, "month": month}
        sums = {"company_id": company_of(session), "debit_minor": debit, "credit_minor": credit}
        insert: Any = _insert(session)(Turnover).values(**row, **sums)
        session.connection().execute(
            insert.on_conflict_do_update(
                index_elements=list(row),
                set_={
                    "debit_minor": col(Turnover.debit_minor) + insert.excluded.debit_minor,
                    "credit_minor": col(Turnover.credit_minor) + insert.excluded.credit_minor,
                },
            )
        )


def _insert(session: Session) -> Any:
    """INSERT … ON CONFLICT, which both databases have, each in a dialect of its own."""
    return (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert
