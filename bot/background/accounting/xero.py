"""Xero: bills, invoices and credit notes by its Accounting API, let in by OAuth 2.0 (PKCE).

https://developer.xero.com/documentation/api/accounting/invoices, …/creditnotes, …/attachments, …/accounts, and
https://developer.xero.com/documentation/guides/oauth2/pkce-flow.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from bot.background.accounting.http import ask
from bot.background.accounting.oauth import access_token
from bot.background.accounting.platform import Access, Keep, PushedBill, Refused, SignInOver
from bot.channels.mail.oauth.services import OAuthService

URL, TITLE = "https://api.xero.com", "Xero"
TOKEN_URL = "https://identity.xero.com/connect/token"  # noqa: S105 - an address, no secret
AUTHORIZE_URL = "https://login.xero.com/identity/connect/authorize"
SCOPE = "offline_access accounting.transactions accounting.contacts accounting.settings.read accounting.attachments"


def service(client_id: str, client_secret: str = "", token_url: str = "", authorize_url: str = "") -> OAuthService:
    """Where a person signs in; `client_id` is of the app that the company registered with Xero."""
    return OAuthService(
        "xero", TITLE, token_url or TOKEN_URL, authorize_url or AUTHORIZE_URL, "", SCOPE, client_id, client_secret
    )


class Xero:
    """Xero in the name of who connected it. `access` has "client_id", the tokens (`oauth.kept`), for another address
    "url" and "token_url", and in "tenant" the organisation, found out at first: the only one that was let in."""

    def __init__(self, access: Access, keep: Keep) -> None:
        self._access, self._keep = access, keep
        self._base = access.get("url") or URL

    async def name(self) -> str:
        found = await self._ask("GET", "Organisation")
        return str(found["Organisations"][0]["Name"])

    async def categories(self) -> dict[str, str]:
        found = await self._ask("GET", "Accounts", query={"where": 'Status=="ACTIVE"'})
        return {str(one["Name"]): str(one["Code"]) for one in found["Accounts"] if one.get("Code")}

    async def find(self, bill: PushedBill) -> str | None:
        kind, number, id_ = _names(bill)
        query = {"where": f'{number}=="{bill.number}"'.replace("\\", "")}
        found = await self._ask("GET", kind, query=query)
        for one in found[kind]:
            if one.get("Status") in ("VOIDED", "DELETED"):
                continue
            lines = one.get("LineItems") or (await self._ask("GET", f"{kind}/{one[id_]}"))[kind][0]["LineItems"]
            if any(bill.mark in str(line.get("Description", "")).split() for line in lines):
                return str(one[id_])
        return None

    async def create(self, bill: PushedBill) -> str:
        kind, _, id_ = _names(bill)
        made = await self._ask("PUT", kind, body={kind: [_document(bill)]}, once=bill.once)
        return str(made[kind][0][id_])

    async def update(self, external: str, bill: PushedBill) -> None:
        kind, _, id_ = _names(bill)
        await self._ask("POST", f"{kind}/{external}", body={kind: [{**_document(bill), id_: external}]}, once=bill.once)

    async def attach(self, external: str, bill: PushedBill) -> None:
        """Under the same name it takes the place of what is there."""
        if bill.file is not None:
            kind, (name, media_type, data) = _names(bill)[0], bill.file
            path = f"{kind}/{external}/Attachments/{quote(name.replace('/', '-'), safe='')}"
            await self._ask("POST", path, raw=(media_type, data))

    async def withdraw(self, external: str, bill: PushedBill) -> None:
        """What was paid there cannot be voided."""
        kind, _, id_ = _names(bill)
        await self._ask(
            "POST", f"{kind}/{external}", body={kind: [{id_: external, "Status": "VOIDED"}]}, once=bill.once
        )

    async def _ask(self, method: str, path: str, *, once: str = "", **said: Any) -> Any:
        token = await access_token(self._access, self._access.get("token_url") or TOKEN_URL, self._keep)
        headers = {"Authorization": f"Bearer {token}", "Xero-Tenant-Id": await self._tenant(token)}
        if once:
            headers["Idempotency-Key"] = once
        return await ask(method, f"{self._base}/api.xro/2.0/{path}", headers=headers, **said)

    async def _tenant(self, token: str) -> str:
        if not self._access.get("tenant"):
            found = await ask("GET", f"{self._base}/connections", headers={"Authorization": f"Bearer {token}"})
            if len(found) != 1:
                names = ", ".join(str(one.get("tenantName")) for one in found) or "none"
                raise SignInOver(f"let in exactly one organisation when you connect Xero; it was: {names}")
            self._access["tenant"] = str(found[0]["tenantId"])
            await self._keep(self._access)
        return str(self._access["tenant"])


def _names(bill: PushedBill) -> tuple[str, str, str]:
    """What the kind, its number and its id are called."""
    if bill.credit_note:
        return "CreditNotes", "CreditNoteNumber", "CreditNoteID"
    return "Invoices", "InvoiceNumber", "InvoiceID"


def _document(bill: PushedBill) -> dict[str, Any]:
    if not bill.category:
        raise Refused(f"It is not known on which account of Xero “{bill.category_name}” is booked.")
    _, number, _ = _names(bill)
    side = "ACCREC" if bill.ours else "ACCPAY"
    return {
        "Type": f"{side}CREDIT" if bill.credit_note else side,
        "Contact": {"Name": bill.party},
        number: bill.number,
        "Date": bill.issued.isoformat(),
        **({} if bill.credit_note else {"DueDate": bill.due.isoformat()}),
        "CurrencyCode": bill.currency,
        "LineAmountTypes": "Inclusive",
        "Status": "AUTHORISED",
        "LineItems": [
            {
                "Description": f"{bill.category_name} {bill.mark}",
                "Quantity": 1,
                "UnitAmount": float(line.gross),
                "TaxAmount": float(line.tax),
                "AccountCode": bill.category,
            }
            for line in bill.lines
        ],
    }
