"""A picture that a phone's banking app pays a bill with: the European payment code (EPC069-12, version 002)."""

from __future__ import annotations

import io

from segno import helpers
from sqlmodel import Session

from extraction.standards.check_digits import reference_in
from handlers.bills import vendor_account
from handlers.bills.find_bill import find_bill
from handlers.context import Context
from handlers.errors import NotPossible
from handlers.language.formats import money
from handlers.language.translation import say, sayable
from handlers.messages import Reply, drawn
from handlers.requests import PaymentCode
from storage.approvals import approvals
from storage.bills.discounts import discounted_rest
from storage.ledger.money import Money
from storage.models import Bill
from storage.payments.epc_qr import Obstacle, obstacle

WHY_NOT: dict[Obstacle, str] = {
    "state": sayable("Only a confirmed bill that is still to be paid can be paid by a code."),
    "swiss": sayable("Swiss accounts are paid by a QR-bill, which I can't make. Use the one on the invoice."),
    "currency": sayable("A payment code is in euros, and this bill is in {currency}."),
    "iban": sayable("I need the vendor's IBAN for that. Say “IBAN is …”."),
    "invalid iban": sayable("The bill's IBAN {iban} isn't valid. Compare it with the bill and say “IBAN is …”."),
    "amount": sayable("The amount is too large for a payment code."),
}
LONGEST_NAME, LONGEST_TEXT = 70, 140
SCALE, BORDER = 8, 4
"""Pixels of a module, and the quiet zone in modules that ISO/IEC 18004 asks for."""


def payment_code(session: Session, context: Context, request: PaymentCode) -> tuple[Reply, ...]:
    """The code for what is open on the bill. Raises: NotPossible where there can be none; LedgerError where the bill
    may not be paid yet."""
    bill = find_bill(session, context, request.bill_hint)
    if why := obstacle(bill):
        raise NotPossible(say(WHY_NOT[why], currency=bill.currency, iban=bill.iban))
    if refused := approvals.payment_obstacle(session, bill, context.today):
        raise refused
    due = discounted_rest(bill, context.today) or Money(bill.open_minor, "EUR")
    picture = code_of(bill, due)
    text = say("Scan this with your banking app to pay {amount} to {vendor}.", amount=money(due), vendor=bill.vendor)
    said = say("Say “paid” once it is done, or send me the bank's statement.")
    file = drawn("pay.png", picture, context.keep(picture))
    account = vendor_account.described(session, bill)
    return (Reply(f"{text} {account}. {said}", attachments=(file,), bill=bill.id),)


def code_of(bill: Bill, due: Money) -> bytes:
    """The PNG. The reference is structured if it is one by ISO 11649, else part of the text, as banks require."""
    reference = reference_in(bill.payment_reference or "")
    structured = reference if reference and reference.startswith("RF") else None
    text = " ".join(filter(None, (bill.number, bill.payment_reference))) or bill.vendor
    code = helpers.make_epc_qr(
        name=(bill.vendor or "")[:LONGEST_NAME],
        iban=bill.iban or "",
        amount=due.decimal,
        text=None if structured else (text or "")[:LONGEST_TEXT],
        reference=structured,
        encoding="utf-8",
    )
    picture = io.BytesIO()
    code.save(picture, kind="png", scale=SCALE, border=BORDER)
    return picture.getvalue()
