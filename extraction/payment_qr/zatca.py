"""ZATCA, the code on every Saudi invoice ("Security Features Implementation Standards"): it tells of it, in base64.

Inside are a tag, a length and a value each: 1 the seller, 2 its VAT number, 3 the time, 4 the total with VAT, 5 the
VAT; later ones are signatures.
"""

from __future__ import annotations

import base64
import re
from binascii import Error
from datetime import date
from decimal import Decimal

from extraction.payment_qr.payment import Payment

_VAT_NUMBER = re.compile(r"3\d{13}3")
_AMOUNT = re.compile(r"\d{1,12}(?:\.\d{1,4})?")
_LEAST = 5  # tags that each code has


def read(data: bytes) -> Payment | None:
    """What it tells; None for any other code."""
    try:
        values = _values(base64.b64decode(data.strip(), validate=True))
        seller, vat_number, time, total, tax = (values[tag].decode() for tag in range(1, _LEAST + 1))
        issued = date.fromisoformat(time[:10])
    except (Error, KeyError, ValueError):
        return None
    if not _VAT_NUMBER.fullmatch(vat_number) or not _AMOUNT.fullmatch(total) or not _AMOUNT.fullmatch(tax):
        return None
    return Payment(
        iban="",
        creditor=seller.strip(),
        currency="SAR",
        amount=Decimal(total),
        issue_date=issued.isoformat(),
        vat_id=vat_number,
        tax=Decimal(tax),
        asks=False,
    )


def _values(data: bytes) -> dict[int, bytes]:
    """By tag, as far as they are whole."""
    found: dict[int, bytes] = {}
    at = 0
    while at + 2 <= len(data) and data[at] == len(found) + 1:
        value = data[at + 2 : at + 2 + data[at + 1]]
        if len(value) < data[at + 1]:
            break
        found[data[at]] = value
        at += 2 + len(value)
    return found
