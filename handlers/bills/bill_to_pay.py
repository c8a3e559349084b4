"""Which bill a payment is of: by name or number, by which way the money went, and by what was paid."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from handlers.bills.find_bill import MOST, find_bill
from handlers.context import Context
from handlers.errors import NotFound, NotPossible, WhichOne
from handlers.language.formats import listed
from handlers.language.translation import say
from handlers.requests import Pay
from handlers.rights import permitted
from handlers.wording import bill_texts
from handlers.wording.cards import bill_label
from storage.bills.discounts import discounted_rest
from storage.bills.finding import search
from storage.bills.lifecycle import OPEN, is_owed_by_us
from storage.bills.vendors import find_vendors
from storage.ledger.money import Money
from storage.models import Bill


def bill_to_pay(session: Session, context: Context, request: Pay) -> Bill:
    """The bill that is meant; of several that fit, the one on which just the amount that was said is open.

    Raises: NotFound; NotPossible where there are only bills of the other side; WhichOne.
    """
    hint = request.bill_hint or request.vendor
    if hint is None:
        bill = find_bill(session, context, to_pay=True)
        if not _goes(request, bill):
            raise NotPossible(_wrong_way(request, [bill]))
        return bill
    named = permitted.of_these(session, context, _named(session, request, hint))
    if not named:
        raise NotFound(bill_texts.no_such_bill(hint))
    fitting = [bill for bill in named if _goes(request, bill)]
    if not fitting:
        raise NotPossible(_wrong_way(request, named))
    exact = [bill for bill in fitting if _is_open(request, bill, context)]
    if len(fitting) == 1 or len(exact) == 1:
        return (exact if len(exact) == 1 else fitting)[0]
    if all(bill.state in search.FINISHED for bill in fitting):
        raise NotPossible(say("All bills of {name} are paid already. Nothing was booked.", name=hint))
    raise WhichOne(bill_texts.which_bill(), tuple((bill.id, bill_label(bill)) for bill in fitting[:MOST]), hint)


def _named(session: Session, request: Pay, hint: str) -> list[Bill]:
    """The bills of that number or vendor; of both, where both were said. Finished ones only where no other goes that
    way."""
    if request.bill_hint and request.vendor:
        vendors = {vendor.id for vendor in find_vendors(session, request.vendor)}
        return [bill for bill in search.find_bills(session, hint) if bill.vendor_id in vendors]
    found = search.find_bills(session, hint)
    if request.side is None or any(_goes(request, bill) for bill in found):
        return found
    vendors = {vendor.id for vendor in find_vendors(session, hint)}
    paid = search.search(session, search.BillQuery(vendors=tuple(vendors))).bills
    return [bill for bill in paid if _goes(request, bill)] or found


def _goes(request: Pay, bill: Bill) -> bool:
    """Whether money for the bill moves the way that was said: out for "payable", in for "receivable"."""
    return request.side is None or (request.side == "payable") == is_owed_by_us(bill)


def _is_open(request: Pay, bill: Bill, context: Context) -> bool:
    """Whether just what was said to be paid is what is open on it, less a discount or not."""
    if request.amount is None or bill.currency is None or request.currency not in (None, bill.currency):
        return False
    rest = bill.open_minor if bill.state in OPEN else bill.total_minor or 0
    try:
        said = Money.of(request.amount, bill.currency)
    except ValueError:
        return False
    return bill.state not in search.FINISHED and said in (
        Money(rest, bill.currency),
        discounted_rest(bill, request.on or context.today),
    )


def _wrong_way(request: Pay, found: Sequence[Bill]) -> str:
    """That the bills which were found are of the other side, and what to say if they are meant."""
    bills = listed([bill_label(bill) for bill in found[:MOST]])
    if request.side == "payable":
        return say(
            "{bills}: that is money that comes to us, and I found nothing of theirs to pay. Nothing was booked. "
            "If it came in, say “{party} paid”.",
            bills=bills,
            party=found[0].vendor or say("they"),
        )
    return say(
        "{bills}: that is money that we owe, and I found no invoice of ours to them. Nothing was booked. "
        "If we paid it, say “paid {party}”.",
        bills=bills,
        party=found[0].vendor or say("it"),
    )
