"""A SEPA credit-transfer file: ISO 20022 pain.001.001.09, by sepaxml and checked against its schema."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sepaxml import SepaTransfer
from text_unidecode import unidecode

from storage.models import Account
from storage.payments.payment_orders import Transfer, end_to_end_id

SCHEMA = "pain.001.001.09"
LONGEST_NAME, LONGEST_TEXT = 70, 140
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "&": "+"})
_OUTSIDE = re.compile(r"[^A-Za-z0-9/\-?:().,'+ ]")
"""All but the characters that every bank takes (EPC217-08, "SEPA requirements for an extended character set", 1.4)."""


def credit_transfer(account: Account, holder: str, transfers: Sequence[Transfer]) -> tuple[str, bytes]:
    """The file's message id and its bytes, in the order of the transfers.

    `account` has an IBAN; each bill has a vendor, an IBAN and an amount in EUR. Raises: sepaxml's ValidationError,
    which would be a fault of ours.
    """
    config = {"name": sepa_text(holder)[:LONGEST_NAME], "IBAN": account.iban, "batch": True, "currency": "EUR"}
    if account.bic:
        config["BIC"] = account.bic
    order = SepaTransfer(config, schema=SCHEMA, clean=False)
    for n, transfer in enumerate(transfers, start=1):
        order.add_payment(
            {
                "name": sepa_text(transfer.payee.name)[:LONGEST_NAME],
                "IBAN": transfer.payee.iban,
                "amount": transfer.amount.minor,
                "execution_date": transfer.on,
                "description": remittance(transfer)[:LONGEST_TEXT],
                "endtoend_id": end_to_end_id(order.msg_id, n),
            }
        )
    return str(order.msg_id), bytes(order.export(validate=True))


def remittance(transfer: Transfer) -> str:
    """What the vendor reads: the reference that they asked for, else the number of their bill."""
    bill = transfer.bill
    return sepa_text(bill.payment_reference or bill.number or bill.vendor or "")


def sepa_text(text: str) -> str:
    """The text in the characters that every bank takes: "Müller & Söhne" is "Mueller + Soehne"."""
    return " ".join(_OUTSIDE.sub(" ", unidecode(text.translate(_UMLAUTS))).split())
