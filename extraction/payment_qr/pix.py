"""PIX, the Brazilian payment code ("Manual de Padrões para Iniciação do Pix" of the Banco Central): an EMV code.

EMV codes (EMVCo "Merchant-Presented Mode", 2020) are elements of two digits for the tag, two for the length, and the
value, which may be elements again; the last one holds check digits.
"""

from __future__ import annotations

import re
from binascii import crc_hqx
from decimal import Decimal

from extraction.payment_qr.payment import Payment

_HEAD, _CHECK = "000201", "6304"
_OURS = "br.gov.bcb.pix"
_TEMPLATES = range(26, 52)  # tags in which a scheme puts its own account
_REAL = "986"  # ISO 4217
_NO_REFERENCE = "***"
_AMOUNT = re.compile(r"\d{1,10}(?:\.\d{1,2})?")


def read(data: bytes) -> Payment | None:
    """The payment; None for any other code. Where its check digits are wrong, all that it says is in doubt."""
    text = data.decode("utf-8", errors="replace").strip()
    said = _elements(text) if text.startswith(_HEAD) else {}
    account = next(
        (inside for tag in _TEMPLATES if (inside := _elements(said.get(f"{tag}", ""))).get("00", "").lower() == _OURS),
        None,
    )
    if account is None or not (key := account.get("01") or account.get("25", "")):
        return None
    amount, reference = said.get("54", ""), _elements(said.get("62", "")).get("05", "")
    return Payment(
        iban="",
        creditor=said.get("59", ""),
        currency="BRL" if said.get("53", _REAL) == _REAL else "",
        amount=Decimal(amount) if _AMOUNT.fullmatch(amount) else None,
        message=account.get("02", ""),
        reference_free="" if reference == _NO_REFERENCE else reference,
        account=key,
        doubt="" if _is_checked(text) else "wrong check digits",
    )


def _elements(text: str) -> dict[str, str]:
    """By tag, as far as they are whole; the one before what cannot be an element had a wrong length, and goes too."""
    found: dict[str, str] = {}
    at, last = 0, ""
    while at < len(text):
        head = text[at : at + 4]
        value = text[at + 4 : at + 4 + int(head[2:])] if re.fullmatch(r"[0-9]{4}", head) else ""
        if not value or len(value) < int(head[2:]):
            found.pop(last, None)
            return found
        found.setdefault(head[:2], value)
        at, last = at + 4 + len(value), head[:2]
    return found


def _is_checked(text: str) -> bool:
    """CRC-16 with 0x1021, begun with 0xFFFF, over all before it (EMVCo 4.7.3)."""
    whole, check = text[:-4], text[-4:]
    return whole.endswith(_CHECK) and f"{crc_hqx(whole.encode(), 0xFFFF):04X}" == check.upper()
