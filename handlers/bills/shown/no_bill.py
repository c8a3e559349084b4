"""What is said of a document that is no bill: what it is, and where the bill stands that it refers to."""

from __future__ import annotations

from handlers.language.translation import say, sayable
from storage.bills.lifecycle import document_type
from storage.models import Bill

_IS_NONE = {
    "proforma_invoice": sayable("This is a pro forma invoice: the real one is still to come."),
    "reminder": sayable("This is a reminder, not a bill of its own."),
    "statement_of_account": sayable("This is a statement of account: it lists bills and is none itself."),
    "bank_statement": sayable(
        "This is a bank statement. To import its movements I need the bank's file: CAMT, MT940, OFX, QIF or CSV."
    ),
    "order": sayable("This is an order, not a bill."),
    "order_confirmation": sayable("This is an order confirmation, not a bill."),
    "quotation": sayable("This is a quotation, not a bill."),
    "delivery_note": sayable("This is a delivery note, not a bill."),
    "contract": sayable("This is a contract, not a bill."),
    "payslip": sayable("This is a payslip, not a bill."),
}
_IS_OF = {
    "reminder": sayable("This is a reminder of {bill}, not a bill of its own."),
    "order_confirmation": sayable("This is an order confirmation for {bill}, not a bill."),
    "delivery_note": sayable("This is the delivery note for {bill}, not a bill."),
}


def is_no_bill(bill: Bill, referred_to: str, found: str) -> str:
    """Above the card of a document that is no bill: what it is, of which invoice (`referred_to`, "" for none known),
    and where that bill stands here (`found`, "" where it is not here)."""
    kind = document_type(bill)
    if kind in _IS_OF and referred_to:
        is_what = say(_IS_OF[kind], bill=referred_to)
    elif kind in _IS_NONE:
        is_what = say(_IS_NONE[kind])
    elif bill.kind == "statement":
        is_what = say(_IS_NONE["bank_statement"])
    else:
        is_what = say("This looks like an order, a delivery note or the like, not like an invoice.")
    here = found or (say("That bill is not here yet.") if kind in _IS_OF and referred_to else "")
    return " ".join(filter(None, (is_what, here, say("I keep it and book nothing, unless it is a bill after all."))))


def found_as(label: str, state: str) -> str:
    """The bill that a paper refers to, as it stands here."""
    return say("That bill is here: {bill}, {state}.", bill=label, state=state)


def named_invoice(number: str, vendor: str | None) -> str:
    """ "Acme Ltd's 2024-117"."""
    return say("{vendor}'s {number}", vendor=vendor, number=number) if vendor else number


def not_confirmed(bill: Bill) -> str:
    """Confirm, said of a document that is no bill; above the button that makes it one."""
    return f"{is_no_bill(bill, '', '')} {say('Shall I record it as a bill?')}"
