"""BezahlCode, the German payment code of before GiroCode ("BezahlCode. Spezifikation", single transfers only)."""

from __future__ import annotations

import re
from decimal import Decimal

from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from extraction.payment_qr.payment import Payment
from extraction.payment_qr.uri import query_of
from extraction.standards.check_digits import iban_in

_AMOUNT = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{1,9})(?:[.,](\d{1,2}))?")


def read(data: bytes) -> Payment | None:
    """The payment; None for any other code, such as a debit, and for one without a right account."""
    said = query_of(data, "bank", "singlepaymentsepa") or query_of(data, "bank", "singlepayment")
    if not said:
        return None
    iban = "".join(said.get("iban", "").split()).upper() or _of_account(said.get("bnc", ""), said.get("account", ""))
    if iban_in(iban) != iban:
        return None
    return Payment(
        iban=iban,
        creditor=said.get("name", ""),
        currency=said.get("currency", "").upper() or "EUR",
        amount=_amount(said.get("amount", "")),
        bic=said.get("bic", "").upper(),
        message=said.get("reason", ""),
    )


def _of_account(bank_code: str, account: str) -> str:
    """The IBAN of an account as it was written before SEPA; "" where there is none."""
    try:
        return str(IBAN.generate("DE", bank_code=bank_code, account_code=account))
    except (SchwiftyException, ValueError):
        return ""


def _amount(text: str) -> Decimal | None:
    found = _AMOUNT.fullmatch(text)
    return Decimal(f"{found[1].replace('.', '')}.{found[2] or '0'}") if found else None
