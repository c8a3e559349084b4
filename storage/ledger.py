"""Double entry, pure: drafts of journal entries, what is wrong with one, and the entries that Billify makes.

Debit is positive, credit negative.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from storage.models import EntryKind
from storage.money import Money

BANK, CASH = "bank", "cash"
PAYABLE, INPUT_VAT, EXPENSE, EQUITY = "payable", "input_vat", "expense", "equity"
PURSES = (BANK, CASH)
"""Accounts that a bill can be paid from."""


@dataclass(frozen=True)
class Leg:
    """One posting to be: an amount for the account with this code, debit positive."""

    account: str
    amount: Money


@dataclass(frozen=True)
class EntryDraft:
    """A journal entry to be. `key` makes it idempotent; `reverses` is the id of the entry that it undoes."""

    key: str
    kind: EntryKind
    booked_on: date
    description: str
    legs: tuple[Leg, ...]
    reverses: int | None = None


def problems(draft: EntryDraft) -> list[str]:
    """Why the draft cannot be booked, one sentence each; empty when it can."""
    found = []
    if not draft.key:
        found.append("The entry has no key.")
    if len(draft.legs) < 2:
        found.append("An entry needs at least two postings.")
    found += [f"The posting on {leg.account} is zero." for leg in draft.legs if leg.amount.minor == 0]
    found += [
        f"The postings in {total.currency} do not sum to zero but to {total}."
        for total in totals(leg.amount for leg in draft.legs)
        if total.minor != 0
    ]
    return found


def totals(amounts: Iterable[Money]) -> list[Money]:
    """The sum of each currency, in the currencies' alphabetical order. Currencies are never mixed."""
    sums: dict[str, Money] = {}
    for amount in amounts:
        sums[amount.currency] = sums.get(amount.currency, Money(0, amount.currency)) + amount
    return [sums[currency] for currency in sorted(sums)]


def confirmation(
    key: str, booked_on: date, description: str, *, total: Money, tax: Money | None, credit_note: bool
) -> EntryDraft:
    """We owe a bill: debit expense (net) and input VAT, credit accounts payable (gross).

    A credit note is the opposite. Without a known `tax` all of it is expense.
    """
    vat = tax or Money(0, total.currency)
    legs = (Leg(EXPENSE, total - vat), Leg(INPUT_VAT, vat), Leg(PAYABLE, -total))
    booked = tuple(leg for leg in legs if leg.amount.minor)
    return EntryDraft(key, EntryKind.CONFIRMATION, booked_on, description, _opposite(booked) if credit_note else booked)


def payment(
    key: str, booked_on: date, description: str, *, amount: Money, account: str, credit_note: bool
) -> EntryDraft:
    """A bill is paid: debit accounts payable, credit bank or cash. For a credit note we receive the amount."""
    legs = (Leg(PAYABLE, amount), Leg(account, -amount))
    return EntryDraft(key, EntryKind.PAYMENT, booked_on, description, _opposite(legs) if credit_note else legs)


def opening(key: str, booked_on: date, *, account: str, balance: Money) -> EntryDraft:
    """What an account held when the books began, against equity. `balance` is negative for a debt."""
    legs = (Leg(account, balance), Leg(EQUITY, -balance))
    return EntryDraft(key, EntryKind.OPENING, booked_on, f"Opening balance of {account}", legs)


def reversal(key: str, entry: EntryDraft, entry_id: int) -> EntryDraft:
    """The entry that undoes `entry`, on the same accounting date, so that balances at every date are restored."""
    description = f"Reversal: {entry.description}"
    return EntryDraft(key, EntryKind.REVERSAL, entry.booked_on, description, _opposite(entry.legs), entry_id)


def _opposite(legs: tuple[Leg, ...]) -> tuple[Leg, ...]:
    return tuple(Leg(leg.account, -leg.amount) for leg in legs)
