"""A bill as a card: what it says, what to check, where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from handlers.language.formats import country, day, money, plain_amount, rate, relative, title
from handlers.language.translation import say, sayable
from handlers.messages import Attachment, Card, Change, Fact
from handlers.wording import lists
from handlers.wording.bill_texts import TYPE_NAMES, field_name, type_name
from handlers.wording.books import vat_texts
from handlers.wording.books.split_texts import split_shown
from handlers.wording.doubts import doubts, is_doubted
from storage.bills.discounts import DiscountStep, steps
from storage.bills.lifecycle import BOOKED, document_type, is_bill, is_credit_note
from storage.ledger.money import Money, UnknownCurrency
from storage.models import Amendment, Bill, BillState, Side

_KINDS = {**TYPE_NAMES, "statement": sayable("Statement")}
_OURS = {
    "invoice": sayable("Our invoice"),
    "receipt": sayable("Our receipt"),
    "credit_note": sayable("Our credit note"),
}
_SIDES = {"payable": sayable("owed by us"), "receivable": sayable("owed to us")}
_AMOUNTS = frozenset({"subtotal", "tax", "tip", "total", "discount", "later_discount"})


def bill_card(
    bill: Bill,
    today: date,
    picture: Attachment | None = None,
    changes: tuple[Change, ...] = (),
    *,
    doubt_below: float,
    confirmed_by: str | None = None,
    category: str | None = None,
) -> Card:
    """The card of a bill.

    A value that was read with less confidence than `doubt_below` is a doubt. `confirmed_by` is the name of who
    confirmed it, None where nobody did or the name is gone; `category` is what it is booked on, None for nothing
    in particular.
    """
    return Card(
        title=card_title(bill),
        subtitle=" ".join(part for part in (_kind(bill), bill.number) if part),
        facts=_facts(bill, today, category, doubt_below),
        doubts=doubts(bill, today, doubt_below) if bill.state in (BillState.DRAFT, BillState.HELD) else (),
        changes=changes,
        state=bill_state(bill, confirmed_by),
        picture=picture,
    )


def bill_state(bill: Bill, confirmed_by: str | None = None) -> str:
    """Where the bill stands: "Waiting for you", "Confirmed by Anna", "Part-paid, €500.00 open"…"""
    match bill.state:
        case BillState.HELD:
            return say("Looks like a duplicate")
        case BillState.DRAFT:
            return say("Waiting for you") if is_bill(bill) else say("Kept, not booked")
        case BillState.CONFIRMED:
            return say("Confirmed by {name}", name=confirmed_by) if confirmed_by else say("Confirmed")
        case BillState.PART_PAID:
            return say("Part-paid, {amount} open", amount=_amount(bill, bill.open_minor))
        case BillState.PAID:
            return say("Paid")
        case BillState.VOID:
            return say("Not an invoice")


def card_title(bill: Bill) -> str:
    """ "Acme GmbH · €1,249.50"."""
    return f"{bill.vendor or say('Unknown vendor')} · {_total(bill)}"


def bill_label(bill: Bill) -> str:
    """The bill in a few words, for a button or a list: "Acme GmbH 2024-117 · €1,249.50"."""
    return f"{lists.vendor_and_number(bill)} · {_total(bill)}"


def shown_change(
    amendment: Amendment, currency: str | None, *, undone: bool = False, categories: Mapping[str, str] | None = None
) -> Change:
    """A correction as the card shows it, or its being taken back; `currency` is the bill's, for amounts.

    `categories` are the names of accounts by code, for a correction of the category; with those of projects, cost
    centres and people by key for one of the split.
    """
    values = (amendment.new, amendment.old) if undone else (amendment.old, amendment.new)
    if amendment.field == "category":
        old, new = (value and (categories or {}).get(value, value) for value in values)
    else:
        old, new = (shown_value(amendment.field, value, currency, categories) for value in values)
    return Change(title(field_name(amendment.field)), old or None, new or say("none"))


def shown_value(field: str, value: str | None, currency: str | None, names: Mapping[str, str] | None = None) -> str:
    """Normalised text of a field as people read it; "" for None. Text that is not normal is shown as it is. `names` are
    those of accounts and cost objects by code, for what names some."""
    if value is None:
        return ""
    try:
        if field == "split":
            return split_shown(value, currency, names or {})
        if field == "paid_by":
            return (names or {}).get(f"person:{value}", value)
        if field == "side":
            return say(_SIDES[value])
        if field == "document_type":
            return type_name(value)
        if field == "tax_category":
            return vat_texts.treatment_name(value)
        if field == "tax_rate":
            return rate(Decimal(value))
        if field == "party_country":
            return country(value)
        if field.endswith(("_date", "_until")):
            return day(date.fromisoformat(value))
        if value.endswith("%"):
            return rate(Decimal(value.removesuffix("%")))
        if field in _AMOUNTS:
            return money(Money.of(value, currency)) if currency else plain_amount(Decimal(value))
    except (ValueError, InvalidOperation, UnknownCurrency):
        return value
    return value


def _facts(bill: Bill, today: date, category: str | None, doubt_below: float) -> tuple[Fact, ...]:
    facts = []
    if bill.side is Side.RECEIVABLE and bill.state is not BillState.VOID and is_bill(bill):
        rest = bill.open_minor if bill.state in BOOKED else bill.total_minor
        facts.append(Fact(say("You owe") if is_credit_note(bill) else say("You are owed"), _amount(bill, rest) or "–"))
    order = bill.evidence.get("purchase_order", {}).get("value")
    if bill.kind == "other" and order and order != bill.number:  # an order's own number, to find it by
        facts.append(Fact(title(field_name("purchase_order")), order))
    account = bill.evidence.get("payment_account", {}).get("value")
    if account and not bill.iban and bill.side is Side.PAYABLE:
        facts.append(Fact(title(field_name("payment_account")), account))
    if bill.issue_date:
        facts.append(Fact(say("Issued"), day(bill.issue_date)))
    if bill.due_date:
        open_still = bill.state not in (BillState.PAID, BillState.VOID)
        when = f" ({relative(bill.due_date, today)})" if open_still else ""
        facts.append(Fact(say("Due"), f"{day(bill.due_date)}{when}", strong=True))
    amounts = {"subtotal": bill.subtotal_minor, "tax": bill.tax_minor, "tip": bill.tip_minor}
    for field, minor in amounts.items():
        if minor or (minor is not None and is_doubted(bill, field, doubt_below)):
            facts.append(Fact(title(field_name(field)), _amount(bill, minor)))
    if treatment := vat_texts.treatment_of(bill):
        facts.append(Fact(title(say("VAT treatment")), treatment))
    names = ("discount", "later_discount")
    facts += [
        Fact(title(field_name(name)), _discount(bill, step, today))
        for name, step in zip(names, steps(bill), strict=False)
    ]
    if prints := bill.evidence.get("copies"):
        facts.append(Fact(say("Prints"), say("{n} of the same document, kept as one", n=str(prints["value"]))))
    if category:
        facts.append(Fact(title(field_name("category")), category))
    return tuple(facts)


def _discount(bill: Bill, step: DiscountStep, today: date) -> str:
    """ "2% if paid by 14 Mar 2025: pay €98.00"; what it was worth, once it can no longer be taken."""
    if step.until is None:
        return money(step.off)
    assert bill.total_minor is not None, "a discount is of the total"
    over = today > step.until or bill.state in (BillState.PART_PAID, BillState.PAID, BillState.VOID)
    if over:
        return say("{amount} until {day}", amount=money(step.off), day=day(step.until))
    worth = shown_value("discount", step.said, None) if step.said.endswith("%") else money(step.off)
    rest = money(Money(bill.total_minor, step.off.currency) - step.off)
    return say("{discount} if paid by {day}: pay {amount}", discount=worth, day=day(step.until), amount=rest)


def _kind(bill: Bill) -> str:
    """ "Invoice", "Our invoice"."""
    if bill.side is Side.RECEIVABLE and bill.kind in _OURS:
        return say(_OURS[bill.kind])
    return say(_KINDS.get(document_type(bill)) or _KINDS.get(bill.kind, sayable("Document")))


def _total(bill: Bill) -> str:
    """ "€1,249.50"; as it was read while the currency is unknown; "no total"."""
    read = bill.evidence.get("total", {}).get("value") if bill.currency is None else None
    return _amount(bill, bill.total_minor) or read or say("no total")


def _amount(bill: Bill, minor: int | None) -> str:
    """ "€1,249.50"; "" for None, which an amount is also while the currency is unknown."""
    return "" if minor is None or bill.currency is None else money(Money(minor, bill.currency))
