"""Whether a bill is paid, in words: when and from where, what is still open, and what it waits for."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from handlers.language.formats import day, listed, money
from handlers.language.translation import say, say_count
from handlers.wording import account_names, lists
from storage.approvals import approvals
from storage.bills import lifecycle, vendor_ibans
from storage.bills.lifecycle import is_owed_by_us
from storage.ledger.money import Money
from storage.models import Bill, BillState
from storage.payments import payment_orders
from storage.payments.payments_of_bill import BillPayment, payments_of
from storage.people import people


def settled_words(session: Session, bill: Bill, today: date) -> str:
    """Yes or no, and why: "Yes: paid on 3 May 2025, €71.34 from Bank.", "No: €2,142.00 is open, due …"."""
    if bill.state in (BillState.DRAFT, BillState.HELD):
        return say("No: it waits to be confirmed, so nothing is booked as paid yet.")
    if bill.state is BillState.VOID:
        return say("No: it was set aside as not an invoice.")
    if bill.state is BillState.PAID:
        return say("Yes: {paid}.", paid=paid_words(session, bill))
    if bill.state is BillState.PART_PAID:
        return say(
            "Only a part: {paid}. {still}.", paid=paid_words(session, bill), still=open_words(session, bill, today)
        )
    return say("No: {still}.", still=open_words(session, bill, today))


def paid_words(session: Session, bill: Bill) -> str:
    """ "paid on 3 May 2025, €71.34 from Bank": each payment, those set off too; "nothing is paid yet" without any."""
    parts = [_payment(bill, payment) for payment in payments_of(session, bill)]
    return listed(parts) if parts else say("nothing is paid yet")


def open_words(session: Session, bill: Bill, today: date) -> str:
    """ "€2,142.00 is open, due 20 Jun 2025 (in 10 days), waits for the approval of Anna"."""
    assert bill.currency is not None
    rest = say("{amount} is open", amount=money(Money(bill.open_minor, bill.currency)))
    parts = (rest, lists.due_words(bill, today), waits_words(session, bill))
    return ", ".join(part for part in parts if part)


def waits_words(session: Session, bill: Bill) -> str:
    """What keeps the bill from being paid, or that it is in a payment file; "" for nothing."""
    if not is_owed_by_us(bill) or bill.state not in lifecycle.OPEN:
        return ""
    if order := payment_orders.order_in_force(session, bill.id):
        return say("in the payment file of {day}", day=day(order.made_at.date()))
    far = approvals.approval_status(session, bill)
    if far.refused:
        return say("refused by {name}", name=people.name_of(session, far.refused.person_id))
    if strange := vendor_ibans.changed_iban(session, bill):
        if strange.known:
            return say("held, as it names another account than before")
        return say("held until a second person has looked at its account")
    if not far.waits:
        return ""
    asked = [one.name for one in people.everybody(session) if approvals.awaits_decision_of(session, bill, one)]
    if not asked:
        return say_count("waits for {n} approval", "waits for {n} approvals", far.steps - len(far.by))
    return say("waits for the approval of {names}", names=listed(asked, "or"))


def _payment(bill: Bill, payment: BillPayment) -> str:
    values = {"day": day(payment.on), "amount": money(payment.amount)}
    if payment.account is None:
        return say("set off on {day}, {amount}", **values)
    account = account_names.account_name(payment.account)
    if is_owed_by_us(bill):
        return say("paid on {day}, {amount} from {account}", account=account, **values)
    return say("received on {day}, {amount} on {account}", account=account, **values)
