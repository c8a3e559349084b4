"""The account that a bill is paid to, as people see it: in fours, who gave it, whether it is new, and what is odd."""

from __future__ import annotations

from sqlmodel import Session

from handlers.language.formats import in_fours, listed
from handlers.language.translation import say
from handlers.messages import Fact
from handlers.wording import lists
from storage.bills import iban_differences, lifecycle, vendor_ibans
from storage.bills.beside import claims
from storage.bills.iban_differences import Difference
from storage.models import Bill, BillState
from storage.people import people


def facts(session: Session, bill: Bill) -> tuple[Fact, ...]:
    """The account as a line of the card of what may still be paid; nothing where none is known or needed."""
    settled = bill.state in (BillState.PAID, BillState.VOID)
    if not bill.iban or settled or not lifecycle.is_owed_by_us(bill) or claims.claimant(bill) is not None:
        return ()
    return (Fact(say("IBAN"), described(session, bill)),)


def described(session: Session, bill: Bill) -> str:
    """ "DE89 3704 0044 0532 0130 00, printed on the document, known"; "" for a bill without an account."""
    if not bill.iban:
        return ""
    return ", ".join((in_fours(bill.iban), _given_by(session, bill), _how_known(session, bill)))


def doubts(session: Session, bill: Bill, strange: vendor_ibans.ChangedIban | None) -> tuple[str, ...]:
    """What to check about the account before money goes there, each beside what is known."""
    ours = vendor_ibans.our_account(session, bill.iban) if lifecycle.is_owed_by_us(bill) else None
    if ours is not None:
        return (say("IBAN {iban} is our own, {account}", iban=in_fours(bill.iban or ""), account=ours.name),)
    return tuple(_worded(session, bill, one) for one in strange.differences) if strange else ()


def _given_by(session: Session, bill: Bill) -> str:
    if hand := iban_differences.given_by_hand(session, bill):
        return say("corrected by {name}", name=people.name_of(session, hand.person_id))
    if any(one.kind == "duplicate" for one in iban_differences.on_the_other(session, bill)):
        return say("from the duplicate")
    return say("printed on the document")


def _how_known(session: Session, bill: Bill) -> str:
    known = vendor_ibans.trusted_ibans(session, bill.vendor_id) if bill.vendor_id is not None else []
    if bill.iban not in known:
        return say("new for this vendor")
    seen = vendor_ibans.first_bill(session, bill)
    return say("first seen on this bill") if seen == bill.id else say("known")


def _worded(session: Session, bill: Bill, one: Difference) -> str:
    match one.kind:
        case "account":
            known = listed([in_fours(iban) for iban in one.there], "or")
            return say("IBAN {new} is not the known {known}", new=in_fours(one.here), known=known)
        case "owner":
            return say(
                "IBAN {iban} is known as that of {other}, not of {vendor}",
                iban=in_fours(one.here),
                other=listed(list(one.there)),
                vendor=bill.vendor,
            )
        case "name":
            other, *ibans = one.there
            return say(
                "“{vendor}” looks like “{other}”, whose IBAN is {known}, not {new}",
                vendor=one.here,
                other=other,
                known=listed([in_fours(iban) for iban in ibans], "or"),
                new=in_fours(bill.iban or ""),
            )
        case "sender":
            return say(
                "it came by a mail from {domain}, the earlier ones from {known}",
                domain=one.here,
                known=listed(list(one.there)),
            )
        case "duplicate":
            return _beside(session, one)
        case "hand":
            name = people.name_of(session, one.person_id)
            if not one.there:
                return say("IBAN {new} was added by {name}", new=in_fours(one.here), name=name)
            before = in_fours(one.there[0])
            return say("IBAN {new} was put by {name} in place of {old}", new=in_fours(one.here), name=name, old=before)


def _beside(session: Session, one: Difference) -> str:
    assert one.bill_id is not None
    other = lists.vendor_and_number(lifecycle.find(session, one.bill_id))
    if not one.there:
        return say("IBAN {new} stands not on {bill}, which was here before", new=in_fours(one.here), bill=other)
    return say(
        "IBAN {new} is another than {known} on {bill}, which was here before",
        new=in_fours(one.here),
        known=in_fours(one.there[0]),
        bill=other,
    )
