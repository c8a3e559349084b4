"""SPAYD, the Short Payment Descriptor of Czech and Slovak banks ("QR Platba", standard of the Česká bankovní asociace).

SPD*1.0*ACC:CZ5855000000001265098001+RZBCCZPP*AM:480.50*CC:CZK*X-VS:1234567890, values in per cent encoding. X-INV holds
what the invoice says itself, as an SID ("QR Faktura").
"""

from __future__ import annotations

import re
from decimal import Decimal
from urllib.parse import unquote

from extraction.payment_qr.payment import Payment
from extraction.standards.check_digits import iban_in
from extraction.standards.days import compact_date

_HEAD = re.compile(r"SPD\*1\.\d\*", re.IGNORECASE)
_INVOICE = re.compile(r"SID\*1\.\d\*", re.IGNORECASE)
_AMOUNT = re.compile(r"\d{1,10}(?:\.\d{1,2})?")


def read(data: bytes) -> Payment | None:
    """The payment; None for any other code, and for one without a right IBAN."""
    text = data.decode("utf-8", errors="replace").strip()
    head = _HEAD.match(text)
    if not head:
        return None
    said = _values(text[head.end() :])
    account, _, bic = said.get("ACC", "").partition("+")
    iban = "".join(account.split()).upper()
    if iban_in(iban) != iban:
        return None
    invoice = _invoice(said.get("X-INV", ""))
    reference = "".join(said.get("RF", "").split()).upper()
    structured = reference.startswith("RF")  # else of the bank's own kind
    symbol = said.get("X-VS", "") or ("" if structured else reference)  # the variable symbol names the invoice
    return Payment(
        iban=iban,
        creditor=said.get("RN", ""),
        currency=said.get("CC", "CZK" if iban.startswith("CZ") else "EUR").upper(),
        amount=_amount(said.get("AM", "")),
        bic=bic.strip().upper(),
        reference=reference if structured else "",
        reference_free=symbol,
        message="" if symbol or structured else said.get("MSG", ""),
        number=invoice.get("ID", ""),
        issue_date=compact_date(invoice.get("DD", "")),
        due_date=compact_date(said.get("DT", "")) or compact_date(invoice.get("DT", "")),
        vat_id=invoice.get("VII", "").upper(),
        tax=_tax(invoice),
    )


def _values(text: str) -> dict[str, str]:
    """By key; of two the first counts."""
    found: dict[str, str] = {}
    for part in text.split("*"):
        key, mark, value = part.partition(":")
        if mark:
            found.setdefault(key.strip().upper(), unquote(value).strip())
    return found


def _invoice(text: str) -> dict[str, str]:
    head = _INVOICE.match(text)
    return _values(text[head.end() :]) if head else {}


def _tax(invoice: dict[str, str]) -> Decimal | None:
    """The VAT of all its rates (T0 the usual one, T1 and T2 the lower)."""
    stated = [amount for rate in ("T0", "T1", "T2") if (amount := _amount(invoice.get(rate, ""))) is not None]
    return sum(stated, Decimal(0)) if stated else None


def _amount(text: str) -> Decimal | None:
    return Decimal(text) if _AMOUNT.fullmatch(text) else None
