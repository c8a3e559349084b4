"""The Swiss QR-bill: "Swiss Implementation Guidelines QR-bill", version 2.x, of SIX."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import islice

from extraction.payment_qr import swico
from extraction.payment_qr.payment import Payment, lines_of, padded
from extraction.standards.check_digits import iban_in

_HEAD = re.compile(rb"SPC\r?\n02\d\d\r?\n1\r?\n")
_AMOUNT = re.compile(r"\d{1,9}\.\d{1,2}|\d{1,9}")
_PARTY = 7  # elements: kind of address, name, four of the address, country


def read(data: bytes) -> Payment | None:
    """The payment; None for any other code, and for one that a bank would refuse.

    That is one without a right Swiss or Liechtenstein IBAN, in another currency than CHF and EUR, or cut off.
    """
    head = _HEAD.match(data)
    if not head:
        return None
    elements = padded(lines_of(data[head.end() :], "utf-8"))
    iban = "".join(next(elements).split()).upper()
    creditor, _final_creditor = (tuple(islice(elements, _PARTY)) for _ in range(2))
    amount, currency = next(elements), next(elements)
    debtor = tuple(islice(elements, _PARTY))
    kind, reference, message, end, about = islice(elements, 5)
    if iban[:2] not in {"CH", "LI"} or iban_in(iban) != iban or currency not in {"CHF", "EUR"} or end != "EPD":
        return None
    bill = swico.read(about)
    return Payment(
        iban=iban,
        creditor=creditor[1],
        currency=currency,
        amount=Decimal(amount) if _AMOUNT.fullmatch(amount) else None,
        debtor=debtor[1],
        reference="" if kind == "NON" else "".join(reference.split()).upper(),
        message=message,
        number=bill.number,
        issue_date=bill.issue_date,
        due_date=bill.due_date,
        vat_id=bill.vat_id,
    )
