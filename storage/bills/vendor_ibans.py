"""The bank accounts that are known to be a vendor's: a changed one is the commonest way to steal a payment.

An account is known once somebody vouched for it, or once a booked bill of the vendor named it with nothing odd about it
(`storage.bills.iban_differences`). One that only a bill names which was set aside or is a draft again is remembered,
so that another beside it is told, but it is no longer known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from schwifty import IBAN
from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.bills import iban_differences
from storage.bills.beside import claims
from storage.bills.iban_differences import Difference
from storage.db.locks import acquire_lock
from storage.ledger import accounts
from storage.models import Account, Amendment, Approval, Bill, BillState, Matter, Side, VendorIban

_UNBOOKED = (BillState.HELD, BillState.DRAFT, BillState.VOID)


@dataclass(frozen=True)
class ChangedIban:
    """The bill's IBAN is not the vendor's as it is `known` (oldest first), or something else about it has to be looked
    at by a second person: each of the `differences`, the gravest first."""

    known: tuple[str, ...]
    new: str
    differences: tuple[Difference, ...] = ()


def is_valid(iban: str) -> bool:
    """Whether money can be sent there: length and check digits fit the country (ISO 13616)."""
    return IBAN(iban, allow_invalid=True).is_valid


def changed_iban(session: Session, bill: Bill) -> ChangedIban | None:
    """What a second person has to look at before money goes to the bill's account; None where all is well, or where
    no money goes there."""
    if bill.vendor_id is None or not bill.iban or not _is_paid_by_us(bill) or claims.claimant(bill) is not None:
        return None
    hand = iban_differences.given_by_hand(session, bill)
    trusted = bill.iban in trusted_ibans(session, bill.vendor_id)
    if trusted and (hand is None or _is_known_without(session, bill, hand.person_id)):
        return None
    if our_account(session, bill.iban) or _is_vouched_for(session, bill):
        return None
    known = tuple(iban for iban in _remembered(session, bill.vendor_id) if iban != bill.iban)
    found = iban_differences.differences(session, bill, hand=hand, known=() if trusted else known)
    return ChangedIban(known, bill.iban, found) if found else None


def may_be_changed() -> ColumnElement[bool]:
    """Whether `changed_iban` may have something to say of a bill, as a condition of a query: its account is not known
    as the vendor's, or somebody gave it by hand."""
    namer = aliased(Bill)
    known = select(VendorIban.id).join(namer, col(namer.id) == col(VendorIban.bill_id), isouter=True)
    known = known.where(VendorIban.vendor_id == Bill.vendor_id, VendorIban.iban == Bill.iban, *_known(namer))
    by_hand = select(Amendment.id).where(
        Amendment.bill_id == Bill.id, Amendment.field == "iban", col(Amendment.undone_at).is_(None)
    )
    unsure = or_(~known.correlate(Bill).exists(), by_hand.correlate(Bill).exists())
    return and_(col(Bill.iban).is_not(None), col(Bill.vendor_id).is_not(None), unsure)


def our_account(session: Session, iban: str | None) -> Account | None:
    """Which of our own accounts an IBAN is; None for none. No supplier is paid there."""
    wanted = plain(iban or "")
    if not wanted:
        return None
    ours = accounts.liquidity_accounts(session)
    return next((account for account in ours if account.iban and plain(account.iban) == wanted), None)


def trusted_ibans(session: Session, vendor_id: int) -> list[str]:
    """The accounts known to be the vendor's, oldest first."""
    query = select(VendorIban.iban).join(Bill, isouter=True).where(VendorIban.vendor_id == vendor_id, *_known())
    return list(session.exec(query.order_by(col(VendorIban.id))).all())


def first_bill(session: Session, bill: Bill) -> int | None:
    """The bill by which the account was last taken for the vendor's; None for none."""
    query = select(VendorIban.bill_id).where(VendorIban.vendor_id == bill.vendor_id, VendorIban.iban == bill.iban)
    return session.exec(query).first()


def trust_first_iban(session: Session, bill: Bill, *, person_id: int, now: datetime) -> None:
    """The first account that a confirmed bill of a vendor names is taken for theirs, unless somebody has to look."""
    if not bill.vendor_id or not bill.iban or bill.side is not Side.PAYABLE or our_account(session, bill.iban):
        return
    if changed_iban(session, bill) is None and bill.iban not in trusted_ibans(session, bill.vendor_id):
        trust(session, bill, person_id, now)


def trust(session: Session, bill: Bill, person_id: int, now: datetime) -> None:
    """From now on the bill's account is known to be the vendor's."""
    assert bill.vendor_id is not None and bill.iban is not None
    acquire_lock(session, f"iban:{bill.vendor_id}:{bill.iban}")
    query = select(VendorIban).where(VendorIban.vendor_id == bill.vendor_id, VendorIban.iban == bill.iban)
    known = session.exec(query).one_or_none() or VendorIban(vendor_id=bill.vendor_id, iban=bill.iban, seen_at=now)
    known.bill_id, known.trusted_by, known.trusted_at = bill.id, person_id, now
    session.add(known)
    session.flush()


def account_basis(bill: Bill) -> str:
    """What vouching for an account rests on."""
    return f"{bill.vendor_id}|{bill.iban}"


def plain(iban: str) -> str:
    """An IBAN without blanks, in capitals, as bills hold it."""
    return "".join(iban.split()).upper()


def _is_paid_by_us(bill: Bill) -> bool:
    """Whether money may go to the bill's account: what we got, or a credit note that we gave."""
    return bill.side is Side.PAYABLE or bill.kind == "credit_note"


def _known(namer: type[Bill] = Bill) -> tuple[ColumnElement[bool], ...]:
    """That an account is known, joined with the bill that named it."""
    vouched = select(Approval.id).where(
        Approval.bill_id == VendorIban.bill_id, Approval.matter == Matter.IBAN, col(Approval.undone_at).is_(None)
    )
    stands = or_(col(VendorIban.bill_id).is_(None), col(namer.state).not_in(_UNBOOKED), vouched.exists())
    return col(VendorIban.trusted_at).is_not(None), stands


def _remembered(session: Session, vendor_id: int) -> list[str]:
    """The accounts that were ever taken for the vendor's, oldest first."""
    query = select(VendorIban.iban).where(VendorIban.vendor_id == vendor_id, col(VendorIban.trusted_at).is_not(None))
    return list(session.exec(query.order_by(col(VendorIban.id))).all())


def _is_known_without(session: Session, bill: Bill, person_id: int) -> bool:
    """Whether the vendor's account is known by others than who gave it by hand, as long as the vendor is not of
    somebody's hand, too: who says both has made another bill of it."""
    if iban_differences.last_correction(session, bill, "vendor") is not None:
        return False
    vouched = select(Approval.id).where(
        Approval.bill_id == Bill.id, Approval.matter == Matter.IBAN, col(Approval.undone_at).is_(None)
    )
    elsewhere = and_(col(Bill.created_by) != person_id, col(Bill.confirmed_by) != person_id)
    query = (
        select(VendorIban.id)
        .join(Bill, isouter=True)
        .where(
            VendorIban.vendor_id == bill.vendor_id,
            VendorIban.iban == bill.iban,
            *_known(),
            or_(col(VendorIban.bill_id).is_(None), elsewhere, vouched.exists()),
        )
    )
    return session.exec(query).first() is not None


def _is_vouched_for(session: Session, bill: Bill) -> bool:
    query = select(Approval.id).where(
        Approval.bill_id == bill.id,
        Approval.matter == Matter.IBAN,
        Approval.basis == account_basis(bill),
        col(Approval.undone_at).is_(None),
    )
    return session.exec(query).first() is not None
