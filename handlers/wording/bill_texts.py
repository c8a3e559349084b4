"""What Billify says around a bill: small named functions. Warm, short, plain British English.

Every text is given to `say`, whose German is in `locale/de.po`. Cards and buttons are in `cards` and `choices`, lists
in `lists`, questions back in `clarify`, answers in `answers`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers.language.formats import day, listed, money
from handlers.language.translation import say, say_count, sayable
from storage.ledger.money import Money

FIELD_NAMES = {
    "vendor": sayable("vendor"),
    "buyer": sayable("buyer"),
    "number": sayable("number"),
    "issue_date": sayable("issue date"),
    "due_date": sayable("due date"),
    "currency": sayable("currency"),
    "subtotal": sayable("subtotal"),
    "tax": sayable("VAT"),
    "tip": sayable("tip"),
    "total": sayable("total"),
    "iban": sayable("IBAN"),
    "bic": sayable("BIC"),
    "payment_account": sayable("payment account"),
    "payment_reference": sayable("payment reference"),
    "vat_id": sayable("VAT number"),
    "purchase_order": sayable("purchase order"),
    "category": sayable("category"),
    "discount": sayable("discount"),
    "discount_until": sayable("discount until"),
    "later_discount": sayable("later discount"),
    "later_discount_until": sayable("later discount until"),
    "side": sayable("who owes it"),
    "document_type": sayable("kind of document"),
    "tax_category": sayable("VAT treatment"),
    "tax_rate": sayable("VAT rate"),
    "party_country": sayable("country"),
    "split": sayable("split"),
    "paid_by": sayable("paid by"),
}

TYPE_NAMES = {
    "invoice": sayable("Invoice"), "receipt": sayable("Receipt"),
    "credit_note": sayable("Credit note"), "proforma_invoice": sayable("Pro forma invoice"),
    "reminder": sayable("Reminder"), "statement_of_account": sayable("Statement of account"),
    "bank_statement": sayable("Bank statement"), "order": sayable("Order"),
    "order_confirmation": sayable("Order confirmation"), "quotation": sayable("Quotation"),
    "delivery_note": sayable("Delivery note"), "contract": sayable("Contract"),
    "payslip": sayable("Payslip"),
}  # fmt: skip
"""What people call documents of each type (extraction.evidence.DocumentType)."""

_WHETHER = {
    "invoice": sayable("whether this is an invoice"),
    "receipt": sayable("whether this is a receipt"),
    "credit_note": sayable("whether this is a credit note"),
}


def field_name(field: str) -> str:
    """ "due date" for due_date; fields as in `extraction.evidence.FIELDS`."""
    return say(FIELD_NAMES[field])


def type_name(document_type: str) -> str:
    """ "Reminder"; "Document" for what has no name."""
    return say(TYPE_NAMES.get(document_type, sayable("Document")))


def whether(document_type: str) -> str:
    """What to check where the type is not certain."""
    return say(_WHETHER.get(document_type, sayable("what this document is")))


# --- a document arrives ---


def continued() -> str:
    """On a card that a later message shows anew."""
    return say("Continued below")


def reader_gave_up(name: str) -> str:
    """The reader died or ran out of time twice."""
    return say(
        "I'm sorry, I couldn't read {name}. You can photograph it again, flat and in better light, "
        "send the PDF instead, or type the values, like “vendor Acme, total 1,294.50 EUR, due 15 May”.",
        name=name or say("this document"),
    )


def our_fault() -> str:
    """Something broke that is no fault of the person's."""
    return say(
        "I'm sorry, something went wrong on my side and nothing was changed. Please send your message once more."
    )


def nothing_found(name: str) -> str:
    """A readable file in which no bill was found."""
    return say(
        "I could read {name} but found no invoice in it. "
        "If it is one, type the values, like “vendor Acme, total 1,294.50 EUR, due 15 May”.",
        name=name or say("this file"),
    )


def was_shrunk() -> str:
    """About a picture that was sent small, where something in it is doubtful."""
    return say("Your app sent this photo small. I read it better if you send it as a file: attach it with 📎 → File.")


def duplicate(vendor: str | None, total: Money | None, issued: date | None) -> str:
    """A document that looks like a bill which is already here."""
    known = (
        say("from {vendor}", vendor=vendor) if vendor else "",
        say("of {day}", day=day(issued)) if issued else "",
        say("over {amount}", amount=money(total)) if total else "",
    )
    what = "".join(f" {part}" for part in known if part)
    return say("This looks like the bill{what} that is already here. What should I do with it?", what=what)


def same_file(vendor: str | None) -> str:
    """The very same bytes were sent before."""
    if vendor:
        return say(
            "This very file is already here, as the bill from {vendor}. What should I do with it?", vendor=vendor
        )
    return say("This very file is already here. What should I do with it?")


# --- a bill changes ---


def corrected(changes: int) -> str:
    """Above the card with old → new."""
    return say_count("Corrected.", "Corrected {n} values.", changes)


def nothing_to_correct() -> str:
    """The values are those that the bill has already."""
    return say("That is what the bill says already.")


def how_to_correct() -> str:
    """Answer to Edit."""
    return say(
        "What should I change? For example: “total is 1,294.50”, “due 15 May”, “vendor is Acme GmbH”, "
        "“number 2024-117”, “currency USD”, or several at once."
    )


def confirmed() -> str:
    """The bill was posted."""
    return say("Confirmed and posted to the ledger.")


def already_confirmed() -> str:
    """Confirm, once more."""
    return say("This bill is confirmed already.")


def missing_to_confirm(fields: Sequence[str]) -> str:
    """A bill that lacks what an entry needs."""
    return say(
        "Before I can confirm this bill I need the {fields}. Tell me, like “{example}”.",
        fields=listed([field_name(field) for field in fields]),
        example=_example(fields[0]),
    )


def paid(amount: Money, account: str, on: date, rest: Money | None) -> str:
    """A payment was booked, of money that left `account` or (negative) came in; `rest` is still open, None nothing."""
    if amount.minor < 0:
        done = say("Received {amount} on {account}, {day}.", amount=money(-amount), account=account, day=day(on))
    else:
        done = say("Paid {amount} from {account} on {day}.", amount=money(amount), account=account, day=day(on))
    return f"{done} {say('That is a part: {amount} is still open.', amount=money(rest))}" if rest else done


def with_discount(discount: Money) -> str:
    """After `paid`: the rest was not paid but forgone."""
    return say("The discount of {amount} settles the rest.", amount=money(discount))


def overpaid(amount: Money, rest: Money, over: Money) -> str:
    """More than is open; above buttons that say what the difference is."""
    return say(
        "{amount} is {over} more than the {rest} that is open. What is the difference?",
        amount=money(amount),
        over=money(over),
        rest=money(rest),
    )


def overpaid_abroad(amount: Money, rest: Money) -> str:
    """More than is open, in another currency, so that the difference has no amount of its own."""
    return say("{amount} is more than the {rest} that is open.", amount=money(amount), rest=money(rest))


def period_closed(until: date, first: date) -> str:
    """A bill of a closed period; above a button to book it later."""
    return say(
        "The books are closed until {day}. Shall I book it on {first}, the first open day?",
        day=day(until),
        first=day(first),
    )


def voided() -> str:
    """Not an invoice."""
    return say("Set aside as not an invoice. It no longer counts.")


def undone() -> str:
    """Undo worked."""
    return say("Taken back.")


def nothing_to_undo() -> str:
    """Undo without anything to take back."""
    return say("There is nothing to take back here.")


def kept_both() -> str:
    """A held duplicate becomes a bill of its own."""
    return say("Kept as a bill of its own.")


def discarded() -> str:
    """The duplicate is dropped."""
    return say("Discarded. The bill that was here already stays as it is.")


def original(name: str) -> str:
    """Above the original that is sent back."""
    return say("Here is the original, {name}.", name=name) if name else say("Here is the original.")


# --- what cannot be done ---


def no_bill_here() -> str:
    """A request about "it" where no bill is in focus."""
    return say("Which bill do you mean? Answer to its message, or send me the invoice first.")


def which_bill() -> str:
    """Several bills could be meant."""
    return say("Which one do you mean?")


def which_of_these(said: str) -> str:
    """Of several documents that were sent with an order."""
    return say("Which of these do you mean by “{words}”?", words=said)


def no_such_bill(hint: str) -> str:
    """No bill fits the name or number that was said."""
    return say("I found no bill for “{hint}”. Ask “what's due?” to see the open ones.", hint=hint)


def choice_is_over() -> str:
    """A button of a bill that has moved on."""
    return say("That button no longer applies: the bill has changed since. This is how it stands now:")


def not_understood() -> str:
    """Above buttons with the nearest sentences."""
    return say("I didn't understand that. Did you mean one of these?")


def also_waiting(bills: int) -> str:
    """Below a list of due bills: what is not counted in it."""
    return say_count(
        "{n} more document waits to be confirmed and is not counted here.",
        "{n} more documents wait to be confirmed and are not counted here.",
        bills,
    )


def _example(field: str) -> str:
    if field == "vendor":
        return say("vendor is Acme GmbH")
    return say("currency is EUR") if field == "currency" else say("total is 1,294.50")
