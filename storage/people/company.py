"""The company whose books these are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session

from storage import audit
from storage.db.locks import acquire_lock
from storage.db.tenancy import company_of
from storage.errors import Unfit
from storage.models import Company

NAMELESS = "My company"
VAT_BASES = ("accrual", "cash")
DATEV_CHOICES = {"datev_chart": ("skr03", "skr04"), "datev_corrections": ("pairs", "net")}
DATEV_NUMBERS = {"datev_adviser": (1001, 9_999_999), "datev_client": (1, 99_999)}
"""The least and the largest number that DATEV knows advisers and clients by."""


def company(session: Session) -> Company:
    """The company's profile; an unsaved one with the defaults, where nothing was said yet."""
    return session.get(Company, company_of(session)) or Company(name=NAMELESS)


def ensure_company(session: Session, name: str) -> Company:
    """The profile, begun with this name where there is none. Safe with several processes starting at once."""
    acquire_lock(session, "company")
    own = company_of(session)
    found = session.get(Company, own) or Company(id=own, name=name)
    session.add(found)
    session.flush()
    return found


def mail_address(session: Session) -> str:
    """The address of ours that people write to; "" before the first start."""
    return company(session).mail_address


def describe(session: Session, **columns: Any) -> Company:
    """Sets columns of the profile; the others stay."""
    found = ensure_company(session, NAMELESS)
    for name, value in columns.items():
        setattr(found, name, value)
    session.flush()
    return found


def change(session: Session, field: str, value: str, *, person_id: int, now: datetime) -> Company:
    """Somebody says what the company's name, VAT id or country is, or when its VAT is due. Raises: Unfit when it is no
    such thing."""
    value = " ".join(value.split())
    if field == "vat_id":
        value = "".join(c for c in value.upper() if c.isalnum())
    if field == "vat_basis" and value not in VAT_BASES:
        raise Unfit("VAT is due by invoices (accrual) or by payments (cash), not by “{value}”.", value=value)
    if field in DATEV_CHOICES and value not in DATEV_CHOICES[field]:
        raise Unfit("“{value}” is not a {field}.", value=value, field=field.replace("_", " "))
    if field in DATEV_NUMBERS and not (
        value.isdecimal() and DATEV_NUMBERS[field][0] <= int(value) <= DATEV_NUMBERS[field][1]
    ):
        raise Unfit(
            "DATEV's numbers of advisers are 1001 to 9999999, of clients 1 to 99999; “{value}” is none.", value=value
        )
    if not value or (field == "country" and not (len(value) == 2 and value.isalpha())):
        raise Unfit("“{value}” is not a {field}.", value=value, field=field.replace("_", " "))
    old = getattr(company(session), field)
    changed = describe(session, **{field: value.upper() if field == "country" else value})
    audit.record(session, "described", person_id=person_id, now=now, details={"field": field, "old": old})
    return changed


def allow_own_approval(session: Session, allowed: bool, *, person_id: int, now: datetime) -> None:
    """Whether people may approve bills that they sent themselves."""
    before = company(session).approve_own
    describe(session, approve_own=allowed)
    audit.record(session, "own approval", person_id=person_id, now=now, details={"before": before})
