"""What a person should check on a bill before it is booked, each as a phrase for "Please check: …"."""

from __future__ import annotations

from datetime import date
from typing import Any

from handlers.language.formats import money
from handlers.language.translation import say
from handlers.wording.bill_texts import field_name, whether
from handlers.wording.books import vat_texts
from handlers.wording.extraction_texts import translate_extraction_text
from storage.bills.lifecycle import document_type, is_bill
from storage.ledger.money import Money
from storage.models import Bill, Side

NEEDED = ("vendor", "number", "issue_date", "due_date", "currency", "total")
"""Fields that every bill should have; of the others only what is shown can be doubted."""
_DISCOUNTS = ("discount", "discount_until", "later_discount", "later_discount_until")
SHOWN = ("subtotal", "tax", "tip", *_DISCOUNTS, "category")
_NOT_ON_RECEIPTS = frozenset({"number", "due_date"})
_COLUMN = {
    "subtotal": "subtotal_minor",
    "tax": "tax_minor",
    "tip": "tip_minor",
    "total": "total_minor",
    "discount": "discount_minor",
    "later_discount": "later_discount_minor",
}


def doubts(bill: Bill, today: date, doubt_below: float) -> tuple[str, ...]:
    """Values that are missing, were read with less confidence than `doubt_below`, or contradict each other.

    What a person said is never doubted, only contradicted by the rest.
    """
    found = [phrase for check in (_type, _side) if (phrase := check(bill, doubt_below))]
    found += [vat_texts.uncertain(bill)] if is_doubted(bill, "tax_category", doubt_below) else []
    found += [phrase for field in (*NEEDED, *SHOWN) if (phrase := _doubt(bill, field, doubt_below))]
    found += [phrase for check in (_sum, _order, _future) if (phrase := check(bill, today))]
    return tuple(found)


def _doubt(bill: Bill, field: str, doubt_below: float) -> str:
    evidence: dict[str, Any] = bill.evidence.get(field) or {}
    if _said(evidence):
        return ""
    unknown = getattr(bill, _COLUMN.get(field, field)) is None
    if unknown and field in _COLUMN and evidence and bill.currency is None:
        unknown = False  # it was read, and counts once the currency is known
    if unknown:
        absent_is_fine = field in SHOWN or (bill.kind == "receipt" and field in _NOT_ON_RECEIPTS)
        absent_is_fine = absent_is_fine or (not is_bill(bill) and field != "vendor")
        missing = say("not printed") if field == "currency" else say("not found")
        return "" if absent_is_fine else f"{field_name(field)} ({missing})"
    if evidence.get("confidence", 1.0) >= doubt_below:
        return ""
    reason = evidence.get("reason")
    return f"{field_name(field)} ({translate_extraction_text(reason)})" if reason else field_name(field)


def _type(bill: Bill, doubt_below: float) -> str:
    """What it is, where that is not certain."""
    return whether(document_type(bill)) if is_doubted(bill, "document_type", doubt_below) else ""


def _side(bill: Bill, doubt_below: float) -> str:
    """Which way the money goes, where that is not certain and matters."""
    if not is_bill(bill) or not is_doubted(bill, "side", doubt_below):
        return ""
    phrase = say("whether we owe this") if bill.side is Side.PAYABLE else say("whether this is owed to us")
    reason = bill.evidence["side"].get("reason")
    return f"{phrase} ({translate_extraction_text(reason)})" if reason else phrase


def is_doubted(bill: Bill, name: str, doubt_below: float) -> bool:
    """Whether what was read of a field is less certain than that, and nobody said it."""
    evidence: dict[str, Any] = bill.evidence.get(name) or {}
    return not _said(evidence) and evidence.get("confidence", 1.0) < doubt_below


def _said(evidence: dict[str, Any]) -> bool:
    return evidence.get("source") == "person"


def _sum(bill: Bill, today: date) -> str:
    """subtotal + VAT + tip = total (EN 16931, BR-CO-15), where all that it takes is known."""
    parts = {"subtotal": bill.subtotal_minor, "tax": bill.tax_minor, "tip": bill.tip_minor}
    known = {field: minor for field, minor in parts.items() if minor}
    if bill.subtotal_minor is None or bill.total_minor is None or bill.currency is None:
        return ""
    if bill.tax_minor is None and bill.tip_minor is None:
        return ""
    total = sum(known.values())
    if total == bill.total_minor:
        return ""
    return say(
        "{parts} is {sum}, not the total",
        parts=" + ".join(map(field_name, known)),
        sum=money(Money(total, bill.currency)),
    )


def _order(bill: Bill, today: date) -> str:
    wrong = bill.issue_date and bill.due_date and bill.due_date < bill.issue_date
    return say("due date (before the issue date)") if wrong else ""


def _future(bill: Bill, today: date) -> str:
    early = bill.issue_date and bill.issue_date > today
    return say("issue date (in the future)") if early else ""
