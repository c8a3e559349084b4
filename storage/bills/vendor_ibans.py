"""The bank accounts that are known to be a vendor's: a changed one is the commonest way to steal a payment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from schwifty import IBAN
from sqlmodel import Session, col, select

from storage.db.locks import acquire_lock
from storage.models import Bill, Side, VendorIban


@dataclass(frozen=True)
class ChangedIban:
    """The bill's IBAN is not the vendor's as it is known."""

    known: tuple[str, ...]
    new: str


def is_valid(iban: str) -> bool:
    """Whether money can be sent there: length and check digits fit the country (ISO 13616)."""
    return IBAN(iban, allow_invalid=True).is_valid


def changed_iban(session: Session, bill: Bill) -> ChangedIban | None:
    """The accounts that are known to be the vendor's, and the bill's, where it is another; None where all is well."""
    if bill.vendor_id is None or not bill.iban or bill.side is Side.RECEIVABLE:
        return None
    known = trusted_ibans(session, bill.vendor_id)
    return ChangedIban(tuple(known), bill.iban) if known and bill.iban not in known else None


def trusted_ibans(session: Session, vendor_id: int) -> list[str]:
    """The accounts known to be the vendor's, oldest first."""
    query = select(VendorIban.iban).where(VendorIban.vendor_id == vendor_id, col(VendorIban.trusted_at).is_not(None))
    return list(session.exec(query.order_by(col(VendorIban.id))).all())


def trust_first_iban(session: Session, bill: Bill, *, person_id: int, now: datetime) -> None:
    """The first account that a confirmed bill of a vendor names is taken for theirs."""
    if bill.vendor_id and bill.iban and bill.side is Side.PAYABLE and not trusted_ibans(session, bill.vendor_id):
        trust(session, bill, person_id, now)


def trust(session: Session, bill: Bill, person_id: int, now: datetime) -> None:
    """From now on the bill's account is known to be the vendor's."""
    assert bill.vendor_id is not None and bill.iban is not None
    acquire_lock(session, f"iban:{bill.vendor_id}:{bill.iban}")
    query = select(VendorIban).where(VendorIban.vendor_id == bill.vendor_id, VendorIban.iban == bill.iban)
    known = session.exec(query).one_or_none() or VendorIban(
        vendor_id=bill.vendor_id, iban=bill.iban, bill_id=bill.id, seen_at=now
    )
    known.trusted_by, known.trusted_at = person_id, now
    session.add(known)
    session.flush()
