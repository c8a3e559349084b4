"""Why something is not done: what the ledger refuses, and what somebody may not do."""

from __future__ import annotations

from datetime import date

from handlers.language.formats import day, money
from handlers.language.translation import say, sayable
from handlers.wording import bill_texts
from storage.errors import Incomplete, LedgerError
from storage.ledger.money import Money
from storage.models import BillState

STATES = {
    BillState.HELD: sayable("held"),
    BillState.DRAFT: sayable("draft"),
    BillState.CONFIRMED: sayable("confirmed"),
    BillState.PART_PAID: sayable("part-paid"),
    BillState.PAID: sayable("paid"),
    BillState.VOID: sayable("void"),
}
"""What refusals call the state of a bill."""


def refusal(error: LedgerError) -> str:
    """Why the ledger refuses, its amounts and dates in the reader's format."""
    if isinstance(error, Incomplete):
        return bill_texts.missing_to_confirm(error.missing)
    if not error.values:
        return say(error.text)
    return say(error.text, **{name: _shown(value) for name, value in error.values.items()})


def _shown(value: object) -> object:
    if isinstance(value, Money):
        return money(value)
    if isinstance(value, BillState):
        return say(STATES[value])
    return day(value) if isinstance(value, date) else value


def not_proven() -> str:
    """Something is to be changed by a mail that anybody could have sent in the person's name."""
    return say(
        "Anybody can write a mail in your name, so I act only on answers to my own mails. "
        "Please answer the mail in which I sent you the bill, or use the chat."
    )


def proof_expired() -> str:
    """Something is to be changed by an answer to a mail of ours that is too old."""
    return say(
        "My mail that you answered is too old to act on. Please ask me for the bill, such as “show Acme”, and answer "
        "the new mail, or use the chat."
    )


def never_by_mail() -> str:
    """Something is to be changed that is not the bill of a mail: people, rules, the books."""
    return say("By mail I change only the bill that my mail is about, since mails are passed on. Please use the chat.")


def other_bill() -> str:
    """A mail about one bill is answered with a change of another."""
    return say(
        "My mail that you answered is about another bill. Please answer the mail about this one, or use the chat."
    )


def not_aligned() -> str:
    """An answer to a mail in a person's name that nothing shows to be theirs: it says nothing and does nothing."""
    return say("A mail came in your name, but nothing shows that you wrote it, so I did not act on it.")
