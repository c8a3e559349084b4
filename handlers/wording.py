"""Everything Billify says: small named functions. Warm, short, plain British English.

Cards and buttons are in `cards` and `choices`, lists in `lists`, questions back in `clarify`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from handlers.formats import count, day, listed, money
from storage.money import Money

FIELD_NAMES = {
    "vendor": "vendor", "buyer": "buyer", "number": "number", "issue_date": "issue date", "due_date": "due date",
    "currency": "currency", "subtotal": "subtotal", "tax": "VAT", "tip": "tip", "total": "total", "iban": "IBAN",
    "bic": "BIC", "payment_reference": "payment reference", "vat_id": "VAT number", "purchase_order": "purchase order",
}  # fmt: skip


def field_name(field: str) -> str:
    """ "due date" for due_date; fields as in `extraction.evidence.FIELDS`."""
    return FIELD_NAMES[field]


# --- people ---


def greeting(name: str) -> str:
    """Answer to "hello"."""
    return f"Hello {name}. Send me a photo or PDF of an invoice, or ask “what's due?”."


def welcome() -> str:
    """Answer to "thanks"."""
    return "You're welcome."


def help_text() -> str:
    """Who Billify is and what one can say."""
    return "\n".join(
        (
            "I'm Billify. I read invoices, keep the books and tell you what is due.",
            "• Send a photo or PDF of an invoice, or forward a mail with one. I read it and ask you to confirm.",
            "• Correct what I read: “total is 1,294.50”, “due 15 May”, “vendor is Acme GmbH”. “Undo” takes it back.",
            "• Say “paid”, or “paid 500 from cash yesterday”.",
            "• Ask “what's due this week?”, “what do we owe Acme?”, “balance”, “show me the invoice”.",
            "• Let a colleague in: “invite anna@example.com”.",
        )
    )


def unknown_sender() -> str:
    """To whoever is not linked to a person; says nothing about whose Billify this is."""
    return (
        "Hello. I can only help people who have been invited. "
        "If you have an invitation code, send it to me; otherwise ask a colleague for one."
    )


def code_refused() -> str:
    """A code that is wrong, used or expired; which one is not told to a stranger."""
    return "That code doesn't work: it may be mistyped, used already or expired. Ask your colleague for a new one."


def invitation(who: str, code: str, until: date) -> str:
    """To the person who invites; meant to be passed on."""
    return (
        f"Here is the invitation for {who}: {code}\n"
        f"They send “join {code}” to me on any channel. It works once, until {day(until)}."
    )


def joined(name: str) -> str:
    """To somebody whose code was accepted."""
    return f"Welcome, {name}. You can send me invoices now, or say “help” to see what I can do."


def already_known(name: str) -> str:
    """A code from somebody who needs none."""
    return f"You are already signed in as {name}. Keep the code for somebody else."


def not_allowed(action: str) -> str:
    """`action` completes "Only the owner can …"."""
    return f"Only the owner can {action}. Ask them to do it."


# --- a document arrives ---

RECEIVED = "Received…"
READING = "Reading…"
CONTINUED = "Continued below"
"""On a card that a later message shows anew."""


def reading(name: str) -> str:
    """Status while a document is read."""
    return f"Reading {name}…" if name else READING


def reader_gave_up(name: str) -> str:
    """The reader died or ran out of time twice."""
    return (
        f"I'm sorry, I couldn't read {name or 'this document'}. You can photograph it again, flat and in better light, "
        "send the PDF instead, or type the values, like “vendor Acme, total 1,294.50 EUR, due 15 May”."
    )


def our_fault() -> str:
    """Something broke that is no fault of the person's."""
    return "I'm sorry, something went wrong on my side and nothing was changed. Please send your message once more."


def nothing_found(name: str) -> str:
    """A readable file in which no bill was found."""
    return (
        f"I could read {name or 'this file'} but found no invoice in it. "
        "If it is one, type the values, like “vendor Acme, total 1,294.50 EUR, due 15 May”."
    )


def duplicate(vendor: str | None, total: Money | None, issued: date | None) -> str:
    """A document that looks like a bill which is already here."""
    what = " ".join(
        part
        for part in (
            f"from {vendor}" if vendor else "",
            f"of {day(issued)}" if issued else "",
            f"over {money(total)}" if total else "",
        )
        if part
    )
    return f"This looks like the bill {what + ' ' if what else ''}that is already here. What should I do with it?"


def same_file(vendor: str | None) -> str:
    """The very same bytes were sent before."""
    return (
        f"This very file is already here{f', as the bill from {vendor}' if vendor else ''}. What should I do with it?"
    )


def other_kind(kind: str) -> str:
    """Above the card of a document that may be no bill; "" for one that is."""
    looks_like = {"statement": "an account statement", "other": "an order, a delivery note or the like"}.get(kind)
    return f"This looks like {looks_like}, not like an invoice. Confirm it only if it is one." if looks_like else ""


# --- a bill changes ---


def corrected(changes: int) -> str:
    """Above the card with old → new."""
    return "Corrected." if changes == 1 else f"Corrected {changes} values."


def nothing_to_correct() -> str:
    """The values are those that the bill has already."""
    return "That is what the bill says already."


def how_to_correct() -> str:
    """Answer to Edit."""
    return (
        "What should I change? For example: “total is 1,294.50”, “due 15 May”, “vendor is Acme GmbH”, "
        "“number 2024-117”, “currency USD”, or several at once."
    )


def confirmed() -> str:
    """The bill was posted."""
    return "Confirmed and posted to the ledger."


def already_confirmed() -> str:
    """Confirm, once more."""
    return "This bill is confirmed already."


def missing_to_confirm(fields: Sequence[str]) -> str:
    """A bill that lacks what an entry needs."""
    names = listed([field_name(field) for field in fields])
    return f"Before I can confirm this bill I need the {names}. Tell me, like “{_example(fields[0])}”."


def paid(amount: Money, account: str, on: date, rest: Money | None) -> str:
    """A payment was booked; `rest` is what remains open, None for nothing."""
    tail = f" {money(rest)} is still open." if rest else ""
    return f"Paid {money(amount)} from {account} on {day(on)}.{tail}"


def voided() -> str:
    """Not an invoice."""
    return "Set aside as not an invoice. It no longer counts."


def undone() -> str:
    """Undo worked."""
    return "Taken back."


def nothing_to_undo() -> str:
    """Undo without anything to take back."""
    return "There is nothing to take back here."


def kept_both() -> str:
    """A held duplicate becomes a bill of its own."""
    return "Kept as a bill of its own."


def kept_new() -> str:
    """The new bill replaces the one that was there."""
    return "Kept this one; the earlier bill no longer counts."


def discarded() -> str:
    """The duplicate is dropped."""
    return "Discarded. The bill that was here already stays as it is."


def original(name: str) -> str:
    """Above the original that is sent back."""
    return f"Here is the original, {name}." if name else "Here is the original."


# --- what cannot be done ---


def no_bill_here() -> str:
    """A request about "it" where no bill is in focus."""
    return "Which bill do you mean? Answer to its message, or send me the invoice first."


def which_bill() -> str:
    """Several bills could be meant."""
    return "Which one do you mean?"


def no_such_bill(hint: str) -> str:
    """No bill fits the name or number that was said."""
    return f"I found no bill for “{hint}”. Ask “what's due?” to see the open ones."


def not_proven() -> str:
    """Something is to be changed by a mail that anybody could have sent in the person's name."""
    return (
        "Anybody can write a mail in your name, so I act only on answers to my own mails. "
        "Please answer the mail in which I sent you the bill, or use the chat."
    )


def choice_is_over() -> str:
    """A button of a bill that has moved on."""
    return "That button no longer applies: the bill has changed since. This is how it stands now:"


def not_understood() -> str:
    """Above buttons with the nearest sentences."""
    return "I didn't understand that. Did you mean one of these?"


def _example(field: str) -> str:
    return {"vendor": "vendor is Acme GmbH", "currency": "currency is EUR"}.get(field, "total is 1,294.50")


def also_waiting(bills: int) -> str:
    """Below a list of due bills: what is not counted in it."""
    verbs = "waits to be confirmed and is" if bills == 1 else "wait to be confirmed and are"
    return f"{count(bills, 'more document')} {verbs} not counted here."
