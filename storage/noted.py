"""Movements that the ledger knows before the bank tells of them."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session, col, select

from storage import matching
from storage.bank_accounts import find_bank
from storage.models import Account, Bill, Entry, EntryKind, Movement, Posting, Vendor

NOTED_WITHIN = timedelta(days=10)
"""How far apart the day that people say and the bank's may be."""


def noted_entry(session: Session, movement: Movement) -> Entry | None:
    """The entry by which somebody noted the movement before: of that account and amount, of about that day, with that
    party, and not explaining another movement yet. The nearest in time of several."""
    undone = select(Entry.reverses).where(col(Entry.reverses).is_not(None))
    linked = select(Movement.entry_id).where(
        Movement.account_id == movement.account_id, col(Movement.entry_id).is_not(None)
    )
    declined = [int(what.removeprefix("entry:")) for what in movement.declined if what.startswith("entry:")]
    query = (
        select(Entry, Posting.party_id)
        .join(Posting, col(Posting.entry_id) == col(Entry.id))
        .where(
            Posting.account_id == movement.account_id,
            Posting.currency == movement.currency,
            Posting.amount_minor == movement.amount_minor,
            col(Posting.booked_on).between(movement.booked_on - NOTED_WITHIN, movement.booked_on + NOTED_WITHIN),
            Entry.kind != EntryKind.REVERSAL,
            Entry.kind != EntryKind.OPENING,
            col(Entry.id).not_in(undone),
            col(Entry.id).not_in(linked),
            col(Entry.id).not_in(declined),
        )
    )
    fitting = [entry for entry, party in session.exec(query).all() if _may_be(session, movement, party)]
    return min(fitting, key=lambda entry: (abs(entry.booked_on - movement.booked_on), entry.id), default=None)


def _may_be(session: Session, movement: Movement, party_id: int | None) -> bool:
    """Whether a noted payment's party may be the other side of the movement."""
    party = session.get(Vendor, party_id) if party_id else None
    if party is None or not (movement.counterparty or movement.counterparty_iban):
        return True
    ibans = select(Bill.iban).where(Bill.vendor_id == party.id, col(Bill.iban) == movement.counterparty_iban)
    return matching.same_party(movement, party.name) or session.exec(ibans).first() is not None


def other_account(session: Session, movement: Movement) -> Account | None:
    """The account of ours that is on the other side."""
    other = find_bank(session, movement.counterparty_iban) if movement.counterparty_iban else None
    return other if other and other.id != movement.account_id else None
