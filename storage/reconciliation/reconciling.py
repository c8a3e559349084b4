"""Movements of the bank find what explains them: a payment noted before, a transfer between our accounts, open bills,
or a category. Each is explained by one entry, and each entry explains one movement of an account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from sqlmodel import Session, col, select

from storage import audit
from storage.bank import bank_movements
from storage.bank.bank_movements import amount_of
from storage.bills import lifecycle
from storage.bills.outstanding import open_bills
from storage.db.savepoints import atomic
from storage.errors import LedgerError, WrongState
from storage.ledger import accounts, booking, currency_exchange, double_entry
from storage.ledger.double_entry import Leg
from storage.ledger.money import Money
from storage.models import (
    Account,
    Bill,
    Entry,
    Movement,
    MovementState,
    PaymentInstruction,
    PaymentOrder,
)
from storage.payments import settlement
from storage.payments.settlement import Share
from storage.reconciliation import matching
from storage.reconciliation.expected_movements import (
    ExpectedMovement,
    expected_for,
    expected_on,
    opposite_movements,
    other_account,
)
from storage.reconciliation.matching import OpenBill, Part, Proposal

MOST_PROPOSED = 4

MOVEMENT = "/movement/"
"""In the keys of entries that movements made; what people noted by hand has none in its key."""


def reconcile_movements(
    session: Session, movements: Sequence[Movement], *, key: str, person_id: int, now: datetime
) -> None:
    """Looks for what explains each movement; what is sure is booked, what is likely is kept as a proposal to be asked.

    What the ledger refuses to book (a closed period, say) stays open.
    """
    owed, ordered = _owed(session), _ordered(session)
    by_account = sorted(movements, key=lambda movement: movement.account_id)  # stable: oldest first within each
    for account_id, group in groupby(by_account, key=lambda movement: movement.account_id):
        waiting = [movement for movement in group if movement.state is not MovementState.BOOKED]
        days = [movement.booked_on for movement in waiting]
        noted = _by_worth(expected_on(session, account_id, min(days), max(days))) if days else {}
        for movement in waiting:
            if _link_noted(session, movement, noted.get((movement.amount_minor, movement.currency), [])):
                continue
            declined = set(movement.declined)
            still = [bill for bill in owed if f"bill:{bill.id}" not in declined] if declined else owed
            found = matching.proposals(movement, still, ordered)
            if _book(session, movement, found, key, person_id, now):
                owed = _still_owed(session, owed, found[0].bills if found else ())
                continue
            movement.state = MovementState.ASKED if found else MovementState.NEW
            movement.proposals = [proposal.to_record() for proposal in found[:MOST_PROPOSED]]
    session.flush()


@atomic
def pay_bills(
    session: Session, movement_id: int, proposal: Proposal, *, key: str, person_id: int, now: datetime
) -> Movement:
    """The movement pays these bills. Raises: WrongState when it is explained already; what `settlement.book` does."""
    movement = lock(session, movement_id)
    fee = Money(proposal.fee, movement.currency)
    extra = (Leg(double_entry.BANK_FEES, fee),) if proposal.fee else ()
    shares = [_share(session, part) for part in proposal.parts]
    _settle(session, movement, shares, extra, key=key, person_id=person_id, now=now)
    return movement


@atomic
def categorise(
    session: Session, movement_id: int, category: str, *, key: str, person_id: int, now: datetime
) -> Movement:
    """The movement is booked on an account of the chart (its code), such as "bank_fees", without a bill."""
    movement = lock(session, movement_id)
    accounts.account(session, category)
    extra = (Leg(category, -amount_of(movement)),)
    called = movement.counterparty or movement.text[:80] or "Bank movement"
    _settle(session, movement, (), extra, key=key, person_id=person_id, now=now, description=called)
    record_decision(session, movement, person_id=person_id, now=now)
    return movement


def record_decision(session: Session, movement: Movement, *, person_id: int, now: datetime) -> None:
    """Notes that a person said what the movement is, so that they can take it back (see storage.undo.book_actions)."""
    audit.record(session, "explained", person_id=person_id, now=now, details={"movement": movement.id})


@atomic
def unreconcile(session: Session, movement_id: int, *, key: str, person_id: int, now: datetime) -> list[Bill]:
    """The movement is unexplained again; what it booked is reversed, what was noted by hand stays. The bills it paid.

    Raises: WrongState when nothing explains it.
    """
    movement = _locked(session, movement_id)
    entry = _explaining(session, movement)
    if MOVEMENT in entry.key:
        reversal = f"{key}/unmatch/{movement.id}"
        paid = settlement.reverse_settlement(session, entry, key=reversal, person_id=person_id, now=now)
    else:
        paid = []
        audit.record(session, "unexplained", person_id=person_id, now=now, details={"movement": movement.id})
    bank_movements.unlink_entry(session, entry)
    return paid


def explained_by(session: Session, movement_id: int) -> int | None:
    """Who booked what explains the movement. Raises: WrongState when nothing does."""
    return _explaining(session, _locked(session, movement_id)).person_id


def decline(session: Session, movement_id: int, *, person_id: int, now: datetime) -> Movement:
    """None of the bills proposed is meant. The movement stays open, and they are not asked about again."""
    movement = lock(session, movement_id)
    proposed = [Proposal.from_record(record) for record in movement.proposals]
    bank_movements.decline(movement, *(f"bill:{bill}" for proposal in proposed for bill in proposal.bills))
    movement.state, movement.proposals = MovementState.NEW, []
    audit.record(session, "declined", person_id=person_id, now=now, details={"movement": movement.id})
    return movement


def lock(session: Session, movement_id: int) -> Movement:
    """The movement, which nobody else can explain until this transaction ends. Raises: WrongState when it is booked."""
    movement = _locked(session, movement_id)
    if movement.state is MovementState.BOOKED:
        raise WrongState("This movement is booked already.")
    return movement


def proposal_for(session: Session, movement: Movement, bill_ids: Sequence[int]) -> Proposal:
    """What a person means who says that the movement pays these bills: as proposed, else all that is open on them,
    or of one bill as much as was paid."""
    for record in movement.proposals:
        if (kept := Proposal.from_record(record)).bills == tuple(sorted(bill_ids)):
            return kept
    named = [lifecycle.find(session, bill_id) for bill_id in bill_ids]
    paid = abs(movement.amount_minor)
    if len(named) == 1 and paid < named[0].open_minor:
        return Proposal((Part(named[0].id, paid),), 0, ("part",))
    return Proposal(tuple(Part(bill.id, bill.open_minor) for bill in named), 0, ())


def _explaining(session: Session, movement: Movement) -> Entry:
    entry = session.get(Entry, movement.entry_id) if movement.entry_id else None
    if entry is None:
        raise WrongState("Nothing was booked for this movement.")
    return entry


def _link_noted(session: Session, movement: Movement, noted: list[ExpectedMovement]) -> bool:
    """Whether somebody noted the movement before; then it is linked, and explains nothing else."""
    found = expected_for(session, movement, noted)
    if found is None:
        return False
    noted.remove(found)
    bank_movements.link_entry(session, movement, found.entry)
    return True


def _settle(
    session: Session,
    movement: Movement,
    shares: Sequence[Share],
    extra: Sequence[Leg],
    *,
    key: str,
    person_id: int,
    now: datetime,
    description: str = "",
) -> None:
    """Books the entry that explains the movement."""
    entry = settlement.book_settlement(
        session,
        shares,
        key=f"{key}{MOVEMENT}{movement.id}",
        account=_account(session, movement).code,
        on=movement.booked_on,
        person_id=person_id,
        now=now,
        moved=amount_of(movement),
        extra=extra,
        description=description,
    )
    bank_movements.link_entry(session, movement, entry.id)


def _book(
    session: Session, movement: Movement, found: Sequence[Proposal], key: str, person_id: int, now: datetime
) -> bool:
    """Whether the movement was booked without asking: as a transfer between our accounts, or a sure match."""
    other = other_account(session, movement)
    try:
        if other and bank_movements.TRANSFER not in movement.declined:
            return _book_transfer(session, movement, other, key=key, person_id=person_id, now=now)
        if not found or not found[0].sure:
            return False
        pay_bills(session, movement.id, found[0], key=key, person_id=person_id, now=now)
    except LedgerError:
        return False
    return True


def _book_transfer(
    session: Session, movement: Movement, other: Account, *, key: str, person_id: int, now: datetime
) -> bool:
    """Whether it could be booked: into another currency only once both banks told of it.

    Raises: NoRate, and Unfit where what both tell of is far from the exchange rate.
    """
    ours, moved = _account(session, movement), amount_of(movement)
    source, target = (ours.code, other.code) if moved.minor < 0 else (other.code, ours.code)
    way = {"source": source, "target": target}
    entry_key = f"{key}{MOVEMENT}{movement.id}"
    if other.currency in (None, moved.currency):
        amount = -moved if moved.minor < 0 else moved
        draft = double_entry.transfer(entry_key, movement.booked_on, **way, amount=amount)
        both = [movement]
    else:
        found = [
            each
            for each in opposite_movements(session, movement, other)
            if bank_movements.TRANSFER not in each.declined
        ]
        if len(found) != 1:
            return False
        both = sorted([movement, found[0]], key=lambda each: each.amount_minor)
        left, arrived = (amount_of(each) for each in both)
        draft = currency_exchange.exchange(session, entry_key, both[0].booked_on, **way, amount=-left, received=arrived)
    entry = booking.post(session, draft, person_id=person_id, now=now)
    for each in both:
        bank_movements.link_entry(session, each, entry.id)
    return True


def _owed(session: Session) -> list[OpenBill]:
    return [OpenBill.of(bill) for bill in open_bills(session)]


def _still_owed(session: Session, owed: Sequence[OpenBill], paid: Sequence[int]) -> list[OpenBill]:
    """What is open once these bills were paid, perhaps in part."""
    left = {bill.id: bill for each in paid if (bill := lifecycle.find(session, each)).state in lifecycle.OPEN}
    known = (OpenBill.of(left[bill.id]) if bill.id in left else bill for bill in owed)
    return [bill for bill in known if bill.id not in paid or bill.id in left]


def _by_worth(noted: Sequence[ExpectedMovement]) -> dict[tuple[int, str], list[ExpectedMovement]]:
    """The same by amount and currency, since a movement is looked for among those of its own."""
    found: dict[tuple[int, str], list[ExpectedMovement]] = {}
    for each in noted:
        found.setdefault((each.amount_minor, each.currency), []).append(each)
    return found


def _ordered(session: Session) -> dict[str, int]:
    """The bills of payment files in force by the end-to-end ids of their transfers."""
    query = (
        select(PaymentInstruction.end_to_end_id, PaymentInstruction.bill_id)
        .join(PaymentOrder, col(PaymentOrder.id) == col(PaymentInstruction.order_id))
        .where(col(PaymentOrder.withdrawn_at).is_(None))
    )
    return dict(session.exec(query).all())


def _share(session: Session, part: Part) -> Share:
    currency = lifecycle.find(session, part.bill).currency
    assert currency is not None
    return Share(part.bill, Money(part.amount, currency), Money(part.discount, currency) if part.discount else None)


def _account(session: Session, movement: Movement) -> Account:
    return session.exec(select(Account).where(Account.id == movement.account_id)).one()


def _locked(session: Session, movement_id: int) -> Movement:
    query = select(Movement).where(Movement.id == movement_id).with_for_update()
    movement = session.exec(query.execution_options(populate_existing=True)).one_or_none()
    if movement is None:
        raise WrongState("There is no such movement.")
    return movement
