"""The European payment code: EPC069-12, "Quick Response Code: Guidelines to enable data capture for SEPA transfers".

In Germany and Austria it is known as GiroCode and Stuzza code.
"""

from __future__ import annotations

import re
from decimal import Decimal

from extraction.payment_qr.payment import Payment, lines_of, padded
from extraction.standards.check_digits import iban_in

_HEAD = re.compile(rb"BCD\r?\n00[12]\r?\n([1-8])\r?\n(?:SCT|INST)(?:\r?\n|$)")
_CHARACTER_SETS = ("utf-8", *(f"iso-8859-{part}" for part in (1, 2, 4, 5, 7, 10, 15)))
_AMOUNT = re.compile(r"EUR\s?(\d{1,9})(?:[.,](\d{1,2}))?")


def read(data: bytes) -> Payment | None:
    """The payment; None for any other code, and for one that a bank would refuse: without a name or a right IBAN."""
    head = _HEAD.match(data)
    if not head:
        return None
    elements = padded(lines_of(data[head.end() :], _CHARACTER_SETS[int(head[1]) - 1]))
    bic, creditor, account, amount, _purpose, reference, message = (next(elements) for _ in range(7))
    iban = "".join(account.split()).upper()
    if not creditor or iban_in(iban) != iban:
        return None
    return Payment(
        iban=iban,
        creditor=creditor,
        currency="EUR",
        amount=_amount(amount),
        bic="".join(bic.split()).upper(),
        reference="".join(reference.split()).upper(),
        message=message,
    )


def _amount(text: str) -> Decimal | None:
    found = _AMOUNT.fullmatch(text)
    return Decimal(f"{found[1]}.{found[2] or '0'}") if found else None
