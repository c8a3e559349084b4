"""Movements that the ledger knows before the bank tells of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import exists
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.bank.bank_accounts import find_bank
from storage.models import Account, Bill, Entry, EntryKind, Movement, MovementState, Posting, Vendor
from storage.reconciliation.remittance_information import same_party

NOTED_WITHIN = timedelta(days=10)
"""How far apart the day that people say and the bank's may be."""


@dataclass(frozen=True)
class ExpectedMovement:
    """An entry that moved money on an account and explains no movement of it yet; `party` is a vendor's name, None for
    a transfer and the like."""

    entry: int
    on: date
    amount_minor: int
    currency: str
    party_id: int | None
    party: str | None


def expected_on(session: Session, account_id: int, since: date, until: date) -> list[ExpectedMovement]:
    """What was noted on the account by hand about these days and still stands, in the order in which it was booked."""
    reversal = aliased(Entry)
    undone = exists().where(col(reversal.reverses) == col(Entry.id))
    linked = exists().where(col(Movement.entry_id) == col(Entry.id), col(Movement.account_id) == account_id)
    columns: tuple[Any, ...] = (
        Entry.id, Posting.booked_on, Posting.amount_minor, Posting.currency, Posting.party_id, Vendor.name,
    )  # fmt: skip
    query = (
        select(*columns)
        .join(Posting, col(Posting.entry_id) == col(Entry.id))
        .join(Vendor, col(Vendor.id) == col(Posting.party_id), isouter=True)
        .where(
            Posting.account_id == account_id,
            col(Posting.booked_on).between(since - NOTED_WITHIN, until + NOTED_WITHIN),
            col(Entry.kind).not_in((EntryKind.REVERSAL, EntryKind.OPENING)),
            ~undone,
            ~linked,
        )
        .order_by(col(Entry.id))
    )
    return [ExpectedMovement(*row) for row in session.exec(query).all()]


def expected_for(session: Session, movement: Movement, noted: Iterable[ExpectedMovement]) -> ExpectedMovement | None:
    """The one of these by which somebody noted the movement: of its amount, of about that day, with that party; the
    nearest in time of several. None when there is none, or a person said that it is not."""
    fitting = [
        each
        for each in noted
        if (each.amount_minor, each.currency) == (movement.amount_minor, movement.currency)
        and abs(each.on - movement.booked_on) <= NOTED_WITHIN
        and f"entry:{each.entry}" not in movement.declined
        and _may_be(session, movement, each)
    ]
    return min(fitting, key=lambda each: (abs(each.on - movement.booked_on), each.entry), default=None)


def other_account(session: Session, movement: Movement) -> Account | None:
    """The account of ours that is on the other side."""
    other = find_bank(session, movement.counterparty_iban) if movement.counterparty_iban else None
    return other if other and other.id != movement.account_id else None


def opposite_movements(session: Session, movement: Movement, other: Account) -> list[Movement]:
    """Open movements of the other account by which the movement's money may have arrived there, or left, in another
    currency: the other way round, of about that day, and with nobody else on their other side."""
    arriving = col(Movement.amount_minor) > 0 if movement.amount_minor < 0 else col(Movement.amount_minor) < 0
    query = select(Movement).where(
        Movement.account_id == other.id,
        col(Movement.state).in_((MovementState.NEW, MovementState.ASKED)),
        col(Movement.currency) != movement.currency,
        col(Movement.booked_on).between(movement.booked_on - NOTED_WITHIN, movement.booked_on + NOTED_WITHIN),
        arriving,
    )
    found = session.exec(query.order_by(col(Movement.id))).all()
    return [each for each in found if _is_ours(session, each, movement.account_id)]


def _is_ours(session: Session, movement: Movement, account_id: int) -> bool:
    """Whether the movement's other side is that account of ours, or is not told."""
    other = other_account(session, movement)
    return other.id == account_id if other else not movement.counterparty_iban


def _may_be(session: Session, movement: Movement, noted: ExpectedMovement) -> bool:
    """Whether a noted payment's party may be the other side of the movement."""
    if noted.party is None or not (movement.counterparty or movement.counterparty_iban):
        return True
    ibans = select(Bill.id).where(Bill.vendor_id == noted.party_id, col(Bill.iban) == movement.counterparty_iban)
    return same_party(movement, noted.party) or session.exec(ibans).first() is not None
