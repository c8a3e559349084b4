"""What a payment code says, whichever standard it follows, and how far that is evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from schwifty import BIC
from schwifty.exceptions import SchwiftyException

from extraction.evidence import Box, Evidence
from extraction.standards.check_digits import reference_in

_SURE = 0.99  # check digits stand for it
_STATED = 0.97  # the code is exact, but speaks of the payment, which may be a part of the invoice
_NAMED = 0.9  # who is paid is nearly always who sent the invoice
_CONTRADICTED = 0.7


@dataclass(frozen=True)
class Payment:
    """One payment that a code asks for; "" or None where it does not say.

    `account` is where to pay where that is no IBAN: an address of UPI, a key of PIX. `reference` is structured (ISO
    11649 or Swiss QR), `reference_free` has no check digits, `message` is free text. `amount` 0 says that nothing is to
    be paid. What a code may say of the invoice itself: `number`, `issue_date`, `due_date` (ISO 8601), `vat_id`, `tax`.
    `asks` is False where it tells of an invoice and asks for no payment. `doubt` is why none of it is to be relied on.
    """

    iban: str
    creditor: str
    currency: str
    amount: Decimal | None = None
    bic: str = ""
    debtor: str = ""
    reference: str = ""
    message: str = ""
    number: str = ""
    issue_date: str = ""
    due_date: str = ""
    vat_id: str = ""
    account: str = ""
    reference_free: str = ""
    tax: Decimal | None = None
    asks: bool = True
    doubt: str = ""


def evidence_of(payment: Payment, page: int, box: Box) -> dict[str, Evidence]:
    """The payment as evidence that stands where the code does."""
    values = {
        "vendor": (payment.creditor, _NAMED, ""),
        "buyer": (payment.debtor, _NAMED, ""),
        "number": (payment.number, _STATED, ""),
        "issue_date": (payment.issue_date, _STATED, ""),
        "due_date": (payment.due_date, _STATED, ""),
        "currency": (payment.currency, _SURE, ""),
        "total": _total(payment),
        "iban": (payment.iban, _SURE, ""),
        "tax": (f"{payment.tax:.2f}" if payment.tax is not None else "", _STATED, ""),
        "payment_account": (payment.account, _STATED, ""),
        "bic": (payment.bic if _is_bic(payment.bic) else "", _STATED, ""),
        "payment_reference": _reference(payment),
        "vat_id": (payment.vat_id, _STATED, ""),
    }
    found = {
        name: Evidence(value, confidence, "qr", page, box, reason)
        for name, (value, confidence, reason) in values.items()
        if value
    }
    if not payment.doubt:
        return found
    return {name: replace(one, confidence=_CONTRADICTED, reason=payment.doubt) for name, one in found.items()}


def _total(payment: Payment) -> tuple[str, float, str]:
    if payment.amount is None:
        return "", 0.0, ""
    if not payment.amount:
        return "0.00", _CONTRADICTED, "its payment code is not to be paid"
    return f"{payment.amount:.2f}", _STATED, ""


def _reference(payment: Payment) -> tuple[str, float, str]:
    if not payment.reference:
        return payment.reference_free or payment.message, _STATED, ""
    plain = payment.reference.isascii() and payment.reference.isalnum()
    right = reference_in(payment.reference) if plain else None
    return right or payment.reference, _SURE if right else _CONTRADICTED, "" if right else "wrong check digits"


def _is_bic(text: str) -> bool:
    try:
        return bool(BIC(text))
    except (SchwiftyException, ValueError):
        return False


def lines_of(data: bytes, encoding: str) -> list[str]:
    """The elements of a code, one a line, whichever line ends its writer used."""
    text = data.decode(encoding, errors="replace")
    return [line.strip() for line in re.split(r"\r\n|\n|\r", text)]


def padded(lines: list[str]) -> Iterator[str]:
    """The lines, and then "" for elements at the end that the writer left out."""
    yield from lines
    while True:
        yield ""
