"""UPI, the Indian payment code ("UPI Linking Specifications" of the NPCI): upi://pay?pa=shop@bank&pn=Shop&am=4490.00."""

from __future__ import annotations

import re
from decimal import Decimal

from extraction.payment_qr.payment import Payment
from extraction.payment_qr.uri import query_of

_ADDRESS = re.compile(r"[A-Za-z0-9._-]{1,255}@[A-Za-z][A-Za-z0-9.]{1,64}")
_AMOUNT = re.compile(r"\d{1,9}(?:\.\d{1,2})?")


def read(data: bytes) -> Payment | None:
    """The payment; None for any other code, and for one without a payment address."""
    said = query_of(data, "upi", "pay")
    if not said or not _ADDRESS.fullmatch(said.get("pa", "")):
        return None
    amount = said.get("am", "")
    return Payment(
        iban="",
        creditor=said.get("pn", ""),
        currency=said.get("cu", "").upper() or "INR",
        amount=Decimal(amount) if _AMOUNT.fullmatch(amount) and Decimal(amount) else None,  # 0: the payer says
        message=said.get("tn", ""),
        reference_free=said.get("tr", ""),
        account=said["pa"],
    )
