"""Bills of the books as they are pushed: their parts as they were booked, on what the company says each category is."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sqlmodel import Session

from bot.background.accounting.platform import Line, PushedBill
from storage.bills import lifecycle, vat_treatment
from storage.db.tenancy import company_of
from storage.ledger import accounts, double_entry, tax_codes
from storage.ledger.double_entry import TaxedPart
from storage.models import AccountingConnection, Bill, Document
from storage.people.company import company

OTHER = "other"
"""What every category is booked on that the company gave no place of its own."""


def is_to_be_there(bill: Bill) -> bool:
    """Whether a bill is in the books."""
    return bill.state in lifecycle.BOOKED


def pushed(session: Session, connection: AccountingConnection, bill: Bill, wanted: int) -> PushedBill:
    """The bill, without its file. It is booked, so that its amounts are known."""
    assert bill.id is not None and bill.currency is not None and bill.issue_date is not None
    home = vat_treatment.home_of(company(session))
    code = bill.category or double_entry.UNCATEGORISED[bill.side]
    names = {one.code: one.name for one in accounts.categories(session)}
    mark = f"Billify-{company_of(session)}-{bill.id}"
    return PushedBill(
        mark=mark,
        once=f"{mark}-{wanted}",
        ours=bill.side == "receivable",
        credit_note=lifecycle.is_credit_note(bill),
        party=bill.vendor or "",
        number=bill.number or mark,
        issued=bill.issue_date,
        due=bill.due_date or bill.issue_date,
        currency=bill.currency,
        lines=tuple(_line(one) for one in vat_treatment.taxed_parts(bill, home, bill.issue_date)),
        category=place_of(connection.categories, code),
        category_name=names.get(code, code),
    )


PLAIN = ("S", "Z", "E")
"""Treatments that are the same everywhere: with VAT, at the zero rate, exempt."""


def of_its_own(bill: PushedBill) -> bool:
    """Whether its VAT is declared in another way (reverse charge, within the EU, export, import), which each platform
    books by accounts and taxes of its own that nobody told us."""
    return any(line.treatment not in PLAIN for line in bill.lines)


def place_of(categories: Mapping[str, str], code: str) -> str:
    """What a category is booked on there; "" where nobody said."""
    return categories.get(code) or categories.get(OTHER, "")


def original_of(session: Session, bill: Bill) -> Document | None:
    """The document that the bill was read from, while it is kept."""
    document = session.get(Document, bill.document_id)
    return document if document is not None and document.discarded_at is None else None


def _line(part: TaxedPart) -> Line:
    gross, tax = (part.net + part.tax).decimal, part.tax.decimal
    if part.code is None:
        return Line(gross, tax, None)
    code = tax_codes.parse(part.code)
    untaxed = code.category in tax_codes.UNTAXED
    return Line(
        gross, tax, Decimal(0) if untaxed else Decimal(code.rate) if code.rate is not None else None, code.category
    )
