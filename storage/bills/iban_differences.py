"""What is odd about the account that a bill names, beside what is known: shown side by side to who vouches for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session, col, select

from storage.bills.vendors import alike, look_alike
from storage.models import Amendment, Bill, BillState, Document, Identity, MailRecord, Vendor, VendorIban

Kind = Literal["account", "hand", "owner", "name", "sender", "duplicate"]
"""Another account than the known; one that somebody typed; that of another vendor; a vendor whose name looks like that
of one with another account; a mail from elsewhere than before; another account than on the bill that is here."""

MAILS_LOOKED_AT = 20


@dataclass(frozen=True)
class Difference:
    """What the bill says (`here`) and what is known (`there`, empty for nothing): accounts, names or domains.

    `person_id` is who gave the account by hand; `bill_id` the bill that is here already.
    """

    kind: Kind
    here: str
    there: tuple[str, ...] = ()
    person_id: int | None = None
    bill_id: int | None = None


def differences(
    session: Session, bill: Bill, *, hand: Amendment | None, known: Sequence[str]
) -> tuple[Difference, ...]:
    """All that is odd, the gravest first; `known` are the vendor's accounts, `hand` the correction that gave this."""
    assert bill.iban is not None
    found: list[Difference] = []
    if known:
        found.append(Difference("account", bill.iban, tuple(known)))
    found += _of_another(session, bill)
    found += _like_another(session, bill)
    found += on_the_other(session, bill)
    found += _from_elsewhere(session, bill)
    if hand is not None:
        before = (hand.old,) if hand.old else ()
        found.append(Difference("hand", bill.iban, before, person_id=hand.person_id))
    return tuple(found)


def given_by_hand(session: Session, bill: Bill) -> Amendment | None:
    """The correction by which somebody gave the bill its account; None where it was read."""
    if bill.evidence.get("iban", {}).get("source") != "person":
        return None
    return last_correction(session, bill, "iban")


def last_correction(session: Session, bill: Bill, field: str) -> Amendment | None:
    """The latest correction of a field that stands."""
    query = select(Amendment).where(
        Amendment.bill_id == bill.id, Amendment.field == field, col(Amendment.undone_at).is_(None)
    )
    return session.exec(query.order_by(col(Amendment.id).desc())).first()


def _of_another(session: Session, bill: Bill) -> list[Difference]:
    """The account is known as that of a vendor of quite another name; a name that was misread pays the right one."""
    query = (
        select(Vendor)
        .join(VendorIban)
        .join(Bill, col(Bill.id) == col(VendorIban.bill_id))
        .where(
            VendorIban.iban == bill.iban,
            VendorIban.vendor_id != bill.vendor_id,
            col(VendorIban.trusted_at).is_not(None),
            Bill.vendor_id == VendorIban.vendor_id,
            Bill.id != bill.id,
            Bill.state != BillState.VOID,
        )
    )
    vendor = session.get_one(Vendor, bill.vendor_id)
    others = session.exec(query.order_by(col(Vendor.id))).unique().all()
    names = [other.name for other in others if not alike(other.match_key, vendor.match_key)]
    return [Difference("owner", bill.iban or "", tuple(names))] if names else []


def _like_another(session: Session, bill: Bill) -> list[Difference]:
    """Another vendor is called almost so, and paid elsewhere."""
    query = (
        select(Vendor.name, VendorIban.iban)
        .join(VendorIban)
        .where(Vendor.id != bill.vendor_id, col(VendorIban.trusted_at).is_not(None))
    )
    name = bill.vendor or ""
    accounts: dict[str, list[str]] = {}
    for other, iban in session.exec(query.order_by(col(VendorIban.id))).all():
        if look_alike(name, other):
            accounts.setdefault(other, []).append(iban)
    return [Difference("name", name, (other, *ibans)) for other, ibans in accounts.items() if bill.iban not in ibans]


def on_the_other(session: Session, bill: Bill) -> list[Difference]:
    """The bill that this one came beside, or in the place of, names another account or none."""
    other = session.get(Bill, bill.duplicate_of) if bill.duplicate_of is not None else None
    if other is None or other.iban == bill.iban:
        return []
    return [Difference("duplicate", bill.iban or "", (other.iban,) if other.iban else (), bill_id=other.id)]


def _from_elsewhere(session: Session, bill: Bill) -> list[Difference]:
    """The mail that brought the bill is of another domain than all that brought the vendor's bills before."""
    own = _domains(session, Bill.id == bill.id)
    before = _domains(session, Bill.vendor_id == bill.vendor_id, Bill.id < bill.id, Bill.state != BillState.VOID)
    if not own or not before or any(_same_house(own[0], domain) for domain in before):
        return []
    return [Difference("sender", own[0], tuple(before))]


def _domains(session: Session, *which: object) -> list[str]:
    """The domains of the strangers' mails that brought these bills, the latest first. What a colleague passed on says
    nothing of the vendor."""
    ours = select(Identity.address).where(Identity.channel == "mail")
    query = (
        select(MailRecord.sender)
        .join(Document, col(Document.message_key) == col(MailRecord.message_key))
        .join(Bill, col(Bill.document_id) == col(Document.id))
        .where(*which, col(MailRecord.sender).not_in(ours))  # type: ignore[arg-type]
        .order_by(col(MailRecord.id).desc())
        .limit(MAILS_LOOKED_AT)
    )
    found = [sender.rpartition("@")[2].casefold() for sender in session.exec(query).all()]
    return list(dict.fromkeys(domain for domain in found if domain))


def _same_house(one: str, other: str) -> bool:
    """Whether a domain lies below the other."""
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")
