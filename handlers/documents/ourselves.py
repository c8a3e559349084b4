"""Who we are, as far as documents name us: what the books know of it, for the reader."""

from __future__ import annotations

from sqlmodel import Session

from extraction.fields.parties.ourselves import Ourselves
from storage.ledger import accounts
from storage.people import company


def ourselves(session: Session) -> Ourselves:
    """The company's name, VAT number and IBANs; without its name, where nobody said it yet."""
    us = company.company(session)
    ibans = tuple(account.iban for account in accounts.liquidity_accounts(session) if account.iban)
    return Ourselves((us.name,) if us.name != company.NAMELESS else (), us.vat_id or "", ibans)
