"""What is known of a vendor or customer: account, VAT number, terms, category, and what is open."""

from __future__ import annotations

from sqlmodel import Session

from handlers.answers.due_bills import owes
from handlers.context import Context
from handlers.language.formats import day, in_fours
from handlers.language.translation import say, say_count
from handlers.messages import Reply
from handlers.requests import PartyDetails
from handlers.wording import account_names, lists, party_names
from storage.bills import vendor_ibans
from storage.bills.finding import search
from storage.bills.finding.search import BillQuery
from storage.bills.lifecycle import BOOKED
from storage.bills.names.known_vendors import KnownVendor
from storage.models import Bill, Side
from storage.reports import open_items
from storage.reports.open_items import OpenItemFilter

LATEST = 20
"""Bills that are looked at for what is usual."""

MOST = 5
"""Vendors that are told of where a name fits several."""


def party_details(session: Session, context: Context, request: PartyDetails) -> tuple[Reply, ...]:
    """What was asked for of each party that the name fits. Raises: NotFound."""
    parties = party_names.parties(session, request.vendor)
    texts = [_of_party(session, context, party, request.about) for party in parties[:MOST]]
    if len(parties) > MOST:
        texts.append(say("… and {n} more.", n=len(parties) - MOST))
    shown = [party.id for party in parties[:MOST]]
    if request.about:
        return (Reply("\n".join(texts)),)
    bills = [bill for side in Side for bill in open_items.first(session, OpenItemFilter(side, vendors=shown), MOST)]
    listing = lists.bill_list(bills, lambda bill: lists.due_line(bill, context.today))
    return (Reply("\n".join(filter(None, [*texts, listing.text])), listed=listing.bills),)


def _of_party(session: Session, context: Context, party: KnownVendor, about: str | None) -> str:
    """The party's name with a line for each thing that was asked for."""
    bills = search.search(session, BillQuery(vendors=[party.id]), LATEST).bills
    lines: list[str] = []
    if about in (None, "iban"):
        lines += _iban(session, party, bills)
    if about in (None, "vat_id"):
        lines += _vat_id(bills)
    if about in (None, "terms"):
        lines += _terms(bills)
    if about in (None, "category"):
        lines += _category(session, bills)
    if about is None:
        lines += _open(session, context, party)
    return "\n".join([f"{party.name}:", *(f"• {line}" for line in lines)])


def _iban(session: Session, party: KnownVendor, bills: tuple[Bill, ...]) -> list[str]:
    """The accounts that are known to be theirs; a warning of any other that a bill names."""
    known = vendor_ibans.trusted_ibans(session, party.id)
    lines = [say("IBAN {iban}", iban=in_fours(iban)) for iban in known]
    others = {bill.iban: bill for bill in bills if bill.iban and bill.side is Side.PAYABLE and bill.iban not in known}
    for iban, bill in others.items():
        values = {"iban": in_fours(iban), "bill": lists.vendor_and_number(bill)}
        if known:
            lines.append(say("⚠ {bill} names another account, {iban}, which nobody has confirmed.", **values))
        else:
            lines.append(say("⚠ {bill} names {iban}, which nobody has confirmed yet.", **values))
    return lines or [say("No IBAN is known.")]


def _vat_id(bills: tuple[Bill, ...]) -> list[str]:
    """As the latest bill of theirs prints it; on our own invoices it is ours."""
    for bill in bills:
        found = bill.evidence.get("vat_id", {}).get("value")
        if found and bill.side is Side.PAYABLE:
            return [say("VAT number {number} (from {bill})", number=found, bill=lists.vendor_and_number(bill))]
    return [say("No VAT number is known.")]


def _terms(bills: tuple[Bill, ...]) -> list[str]:
    """How long after its issue the latest bill with both days is due, and its discount."""
    for bill in bills:
        if bill.issue_date is None or bill.due_date is None:
            continue
        days = (bill.due_date - bill.issue_date).days
        said = bill.evidence.get("discount", {}).get("value")
        text = say_count(
            "Due {n} day after issue, as of {day}",
            "Due {n} days after issue, as of {day}",
            days,
            day=day(bill.issue_date),
        )
        return [f"{text}, {say('discount {discount}', discount=said)}" if said else text]
    return [say("No terms are known.")]


def _category(session: Session, bills: tuple[Bill, ...]) -> list[str]:
    """What their latest booked bill is booked on, as new ones will be."""
    for bill in bills:
        if bill.category and bill.state in BOOKED:
            name = account_names.account_name_of_code(session, bill.category)
            return [say("Usually booked on {category}", category=name)]
    return [say("No usual category.")]


def _open(session: Session, context: Context, party: KnownVendor) -> list[str]:
    """What is open with them, either way."""
    lines = [
        owes(debt, side, context)
        for side in Side
        for debt in open_items.by_party(session, OpenItemFilter(side, vendors=[party.id]), context.today)
    ]
    return lines or [say("Nothing is open.")]
