"""Movements of the bank and the entries that explain them: which are open, linked, let go or declined."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from storage.ledger import booking
from storage.ledger.money import Money
from storage.models import Entry, EntryKind, Movement, MovementState

TRANSFER = "transfer"


def open_movements(session: Session, account_id: int | None = None, *, until: date | None = None) -> list[Movement]:
    """Movements that no entry explains yet, oldest first: of an account (None: all), until a day (inclusive)."""
    query = select(Movement).where(col(Movement.state).in_((MovementState.NEW, MovementState.ASKED)))
    if account_id is not None:
        query = query.where(Movement.account_id == account_id)
    if until is not None:
        query = query.where(col(Movement.booked_on) <= until)
    return list(session.exec(query.order_by(col(Movement.booked_on), col(Movement.id))).all())


def link_entry(session: Session, movement: Movement, entry_id: int) -> None:
    """The entry explains the movement."""
    movement.state, movement.entry_id, movement.proposals = MovementState.BOOKED, entry_id, []
    session.flush()


def unlink_entry(session: Session, entry: Entry) -> list[Movement]:
    """The entry was reversed, or is not what explains them: its movements are unexplained again, and what it said of
    them is not proposed any more."""
    freed = list(session.exec(select(Movement).where(Movement.entry_id == entry.id)).all())
    for movement in freed:
        movement.state, movement.entry_id = MovementState.NEW, None
        decline(movement, *(f"bill:{bill}" for bill in booking.bills_of(session, entry)), f"entry:{entry.id}")
        if entry.kind is EntryKind.TRANSFER:
            decline(movement, TRANSFER)
    session.flush()
    return freed


def decline(movement: Movement, *what: str) -> None:
    """A person said that the movement is none of these ("bill:17", "entry:5", `TRANSFER`)."""
    movement.declined = [*dict.fromkeys((*movement.declined, *what))]


def amount_of(movement: Movement) -> Money:
    """What moved; negative when money went out."""
    return Money(movement.amount_minor, movement.currency)
