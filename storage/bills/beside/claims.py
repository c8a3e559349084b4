"""Expense claims: bills that somebody of the company paid out of their own pocket. They are owed to that person, not to
the vendor, until the person got the money."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from storage.ledger import double_entry
from storage.models import Bill
from storage.people import people, preferences

FIELD = "paid_by"
"""The evidence that says who paid, by the person's id."""


@dataclass(frozen=True)
class Payee:
    """Who gets the money for a bill, and on which account; None where nobody told it."""

    name: str
    iban: str | None


def claimant(bill: Bill) -> int | None:
    """The id of who paid the bill for us; None where nobody did."""
    said = bill.evidence.get(FIELD, {}).get("value")
    return int(said) if said and str(said).isdigit() else None


def control_account(bill: Bill) -> str:
    """The account that says what is open on the bill."""
    if claimant(bill) is not None:
        return double_entry.STAFF
    return double_entry.CONTROL_ACCOUNT[bill.side]


def payee(session: Session, bill: Bill) -> Payee:
    """The vendor with the bill's account, or who paid it with their own."""
    person = claimant(bill)
    if person is None:
        return Payee(bill.vendor or "", bill.iban)
    return Payee(people.name_of(session, person), preferences.preference(session, person).iban)
