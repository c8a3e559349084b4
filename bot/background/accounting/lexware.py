"""Lexware Office (formerly lexoffice): vouchers by its public API, let in by a key.

https://developers.lexware.io/docs/ (“Vouchers Endpoint”, “Files Endpoint”, “Posting Categories Endpoint”).
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bot.background.accounting.http import ask
from bot.background.accounting.platform import Access, Keep, PushedBill, Refused

URL = "https://api.lexware.io"
TITLE = "Lexware Office"
_TYPES = {
    (False, False): "purchaseinvoice",
    (False, True): "purchasecreditnote",
    (True, False): "salesinvoice",
    (True, True): "salescreditnote",
}
"""By whether it is ours, and a credit note."""


class Lexware:
    """Lexware Office with a key of the company's. `access` is {"key": …}, and {"url": …} for another address."""

    def __init__(self, access: Access, keep: Keep) -> None:
        self._url = f"{access.get('url') or URL}/v1"
        self._headers = {"Authorization": f"Bearer {access['key']}"}

    async def name(self) -> str:
        found = await ask("GET", f"{self._url}/profile", headers=self._headers)
        return str(found["companyName"])

    async def categories(self) -> dict[str, str]:
        found = await ask("GET", f"{self._url}/posting-categories", headers=self._headers)
        return {str(one["name"]): str(one["id"]) for one in found}

    async def find(self, bill: PushedBill) -> str | None:
        query = {"voucherNumber": bill.number}
        found = await ask("GET", f"{self._url}/vouchers", headers=self._headers, query=query)
        alike = (one for one in found.get("content", ()) if bill.mark in str(one.get("remark", "")).split())
        return next((str(one["id"]) for one in alike), None)

    async def create(self, bill: PushedBill) -> str:
        made = await ask("POST", f"{self._url}/vouchers", headers=self._headers, body=_voucher(bill, 0))
        return str(made["id"])

    async def update(self, external: str, bill: PushedBill) -> None:
        url = f"{self._url}/vouchers/{external}"
        known = await ask("GET", url, headers=self._headers)
        await ask("PUT", url, headers=self._headers, body=_voucher(bill, int(known["version"])))

    async def attach(self, external: str, bill: PushedBill) -> None:
        url = f"{self._url}/vouchers/{external}"
        known = await ask("GET", url, headers=self._headers)
        if bill.file is not None and not known.get("files"):
            await ask("POST", f"{url}/files", headers=self._headers, file=bill.file)

    async def withdraw(self, external: str, bill: PushedBill) -> None:
        raise Refused(f"Lexware Office lets programs delete nothing. Delete the voucher {bill.number} there by hand.")


def _voucher(bill: PushedBill, version: int) -> dict[str, Any]:
    """A voucher; collective contacts take any party, whose name stands in the remark beside our mark."""
    if bill.currency != "EUR":
        raise Refused(f"Lexware Office takes vouchers in EUR only; {bill.number} is in {bill.currency}.")
    if any(line.rate is None for line in bill.lines):
        raise Refused(f"The VAT rate of {bill.number} is not known. Correct it, and it is sent again.")
    return {
        "type": _TYPES[bill.ours, bill.credit_note],
        "voucherNumber": bill.number,
        "voucherDate": bill.issued.isoformat(),
        "dueDate": bill.due.isoformat(),
        "totalGrossAmount": _number(bill.gross),
        "totalTaxAmount": _number(bill.tax),
        "taxType": "gross",
        "useCollectiveContact": True,
        "remark": f"{bill.party} {bill.mark}",
        "voucherItems": [
            {
                "amount": _number(line.gross),
                "taxAmount": _number(line.tax),
                "taxRatePercent": _number(line.rate or Decimal()),
                "categoryId": bill.category,
            }
            for line in bill.lines
        ],
        "version": version,
    }


def _number(amount: Decimal) -> float:
    """As JSON has it; two decimals survive that."""
    return float(amount)
