"""Whether a document is our own outgoing invoice: money to come in, not to go out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from storage.bills.vendors import alike, match_key
from storage.ledger import accounts
from storage.people import company


@dataclass(frozen=True)
class IssuerMatch:
    """What says that we issued it; `confidence` is the probability, `reason` a phrase for a person, "" when plain."""

    confidence: float
    reason: str = ""


def issued_by_us(session: Session, read: Mapping[str, str]) -> IssuerMatch | None:
    """What says so of a document with these fields, as text; None when nothing does.

    It is ours by the issuer's name, VAT id or IBAN. One that names us as the buyer is not, whatever else it names:
    invoices often print their buyer's VAT id, and direct debits the buyer's IBAN.
    """
    us = company.company(session)
    name = match_key(us.name) if us.name != company.NAMELESS else ""
    if name and alike(match_key(read.get("buyer", "")), name):
        return None
    named = bool(name) and alike(match_key(read.get("vendor", "")), name)
    if named:
        return IssuerMatch(0.97)
    found = _our_number(session, us.vat_id, read)
    if found is None:
        return None
    if "vendor" not in read:
        return IssuerMatch(0.9)
    other_buyer = "buyer" in read
    return IssuerMatch(0.8 if other_buyer else 0.6, f"it has our {found}, but another name")


def _our_number(session: Session, vat_id: str | None, read: Mapping[str, str]) -> str | None:
    """Which of our numbers the document names as its issuer's; None when none."""
    if vat_id and _plain(read.get("vat_id", "")) == _plain(vat_id):
        return "VAT number"
    ibans = {_plain(account.iban) for account in accounts.liquidity_accounts(session) if account.iban}
    return "IBAN" if _plain(read.get("iban", "")) in ibans else None


def _plain(number: str) -> str:
    return "".join(c for c in number.upper() if c.isalnum())
