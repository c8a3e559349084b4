"""Which bills a payment code (EPC069-12) can pay. Pure."""

from __future__ import annotations

from typing import Literal

from storage.bills import vendor_ibans
from storage.bills.beside import claims
from storage.bills.lifecycle import OPEN, is_owed_by_us
from storage.models import Bill

Obstacle = Literal["state", "swiss", "currency", "iban", "invalid iban", "amount"]

LARGEST_MINOR = 99_999_999_999
"""999,999,999.99 euros (EPC069-12, AT-04)."""

SWISS = ("CH", "LI")
"""Countries of accounts that are paid by the Swiss QR-bill instead."""


def obstacle(bill: Bill) -> Obstacle | None:
    """Why there can be no code for the bill; None when there can."""
    if bill.state not in OPEN or not is_owed_by_us(bill) or claims.claimant(bill) is not None:
        return "state"
    if bill.iban and bill.iban[:2] in SWISS:
        return "swiss"
    if bill.currency != "EUR":
        return "currency"
    if not bill.iban:
        return "iban"
    if not vendor_ibans.is_valid(bill.iban):
        return "invalid iban"
    return "amount" if bill.open_minor > LARGEST_MINOR else None
