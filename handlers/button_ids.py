"""Buttons: which ones a bill offers, and the id that comes back when one is pressed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, get_args

from extraction.statements.tables.column_choices import CHOICES
from handlers.language.formats import money, title
from handlers.language.translation import say
from handlers.messages import Choice
from storage.bills.lifecycle import is_bill
from storage.ledger.money import Money
from storage.models import Bill, BillState
from storage.payments.epc_qr import obstacle

Action = Literal[
    "confirm", "edit", "paid", "void", "undo", "show", "keep-both", "keep-new", "discard", "currency", "pick", "say",
    "snooze", "approve", "refuse", "trust", "qr", "match", "nomatch", "unmatch", "book", "account", "columns",
    "preview", "unimport", "late", "discounted", "rest", "category", "revoke", "takeback", "reword", "mail",
    "album", "connect", "agree", "record", "all",
]  # fmt: skip
ARGUED = ("currency", "snooze", "rest", "category")
"""Actions that have an argument beside their target."""
OTHER_TARGETS: dict[Action, str] = {
    "match": r"\d+:\d+(\+\d+)*",
    "nomatch": r"\d+",
    "unmatch": r"\d+",
    "book": r"\d+:[a-z0-9_-]+",
    "account": r"\d+:(new|bank(-\d+)?)?",
    "columns": rf"\d+:bank(-\d+)?:{CHOICES}",
    "preview": rf"\d+:bank(-\d+)?:{CHOICES}(:[a-z]+)?",
    "unimport": r"\d+(:sure)?",
    "revoke": r"\d+",
    "takeback": r"\d+",
    "reword": r"[a-z]+",
    "album": r"\d+:(one|several)",
    "connect": r"how",
    "agree": r"leave:\d+|(remove|hand-over|erase|owner|member|approver|accountant|auditor):\d+:\d+|merge:\d+:\d+:\d+",
    "all": r"(confirm|discard|approve):\d+(\+\d+)*",
    "mail": r"\d+:(in|always|no|mine|forwards)",
}
"""What the argument looks like of actions that are about no bill but a movement, a document or a step of the books,
whose id comes first, a mail in quarantine, or ("reword") about a kind of request."""
MOST_BYTES = 255
"""What Slack lets a button be called (`action_id`). Telegram carries 64, and longer ones by a token."""
HASH_LENGTH = 4
STAMP_BYTES = 1 + HASH_LENGTH
"""The least that the version of what a button stands under takes (see `handlers.bills.shown.versions`)."""
_STAMPED = re.compile(rf"(?P<made>.+)~(?P<version>[0-9a-v]{{{HASH_LENGTH}}}[0-9a-z]{{0,8}})", re.DOTALL)


@dataclass(frozen=True)
class PressedButton:
    """A pressed button. `target` is the bill's id; None where it is about none. "pick" says which bill was meant.

    `argument` is the currency for "currency", the sentence for "say", days for "snooze", an account's code for
    "category", what was paid for "rest" (see `handlers.bills.pay`), else None. `version` is of what it was shown
    with, None where it carries none.
    """

    action: Action
    target: int | None = None
    argument: str | None = None
    version: str | None = None


def choice_id(action: Action, target: int | None = None, argument: str | None = None) -> str:
    """ "confirm:17", "currency:17:EUR", "say:what's due?". Raises: ValueError beyond 255 bytes, its version's among
    them."""
    made = ":".join(str(part) for part in (action, target, argument) if part is not None)
    if not fits(made, stamp=True):
        raise ValueError(f"A choice has at most {MOST_BYTES} bytes with its version: {made}")
    return made


def fits(made: str, *, stamp: bool = False) -> bool:
    """Whether every platform's button can send this back, or this and a version (`stamp`)."""
    return len(made.encode()) + (STAMP_BYTES if stamp else 0) <= MOST_BYTES


def parse_choice(pressed: str) -> PressedButton | None:
    """What `choice_id` made, with its version where it has one; None for anything else, such as a button of an older
    Billify."""
    stamped = _STAMPED.fullmatch(pressed)
    if stamped and (found := _parsed(stamped["made"])):
        return replace(found, version=stamped["version"])
    return _parsed(pressed)


def _parsed(pressed: str) -> PressedButton | None:
    name, _, rest = pressed.partition(":")
    action = next((known for known in get_args(Action) if known == name), None)
    if action is None or not rest:
        return None
    if action == "say":
        return PressedButton(action, argument=rest)
    if action in OTHER_TARGETS:
        return PressedButton(action, argument=rest) if re.fullmatch(OTHER_TARGETS[action], rest) else None
    target, _, argument = rest.partition(":")
    if not (target.isascii() and target.isdigit()) or (action in ARGUED) != bool(argument):
        return None
    return PressedButton(action, int(target), argument or None)


def suggestion_choices(suggestions: tuple[str, ...]) -> tuple[Choice, ...]:
    """Buttons that say a sentence; those too long for a button are left out."""
    ids = [(f"say:{sentence}", sentence) for sentence in suggestions]
    return tuple(Choice(made, title(sentence)) for made, sentence in ids if fits(made))


def pick_choices(candidates: tuple[tuple[int, str], ...]) -> tuple[Choice, ...]:
    """Buttons to say which of several bills was meant: (bill id, label) pairs."""
    return tuple(Choice(choice_id("pick", bill), label) for bill, label in candidates)


def bill_choices(
    bill: Bill,
    *,
    currency: str | None = None,
    undoable: bool = False,
    instead: tuple[Choice, ...] = (),
    lessened: Money | None = None,
) -> tuple[Choice, ...]:
    """The buttons of a bill in its state.

    `currency` is the company's, offered where none is printed. `undoable` offers Undo; `instead` are
    buttons that take the place of the state's. `lessened` is what settles it with its discount, None for none.
    Confirm and Mark paid appear once vendor, total and currency are known, which an entry needs.
    """
    assert bill.id is not None
    offered = {
        BillState.HELD: _held,
        BillState.DRAFT: _draft,
        BillState.CONFIRMED: _booked,
        BillState.PART_PAID: _booked,
    }.get(bill.state)
    choices = instead or (offered(bill, bill.id, currency) if offered else ())
    if lessened and not instead:
        text = say("Paid {amount} with discount", amount=money(lessened))
        choices = (*choices[:1], Choice(choice_id("discounted", bill.id), text), *choices[1:])
    return (*choices, Choice(choice_id("undo", bill.id), say("Undo"))) if undoable else choices


def _held(bill: Bill, target: int, currency: str | None) -> tuple[Choice, ...]:
    return (
        Choice(choice_id("keep-both", target), say("Keep both")),
        Choice(choice_id("keep-new", target), say("Keep this one")),
        Choice(choice_id("discard", target), say("Discard"), "danger"),
    )


def _draft(bill: Bill, target: int, currency: str | None) -> tuple[Choice, ...]:
    if not is_bill(bill):
        return (
            Choice(choice_id("record", target), say("Record as a bill anyway")),
            Choice(choice_id("edit", target), say("Edit")),
            Choice(choice_id("void", target), say("Not an invoice"), "danger"),
        )
    bookable = bool(bill.vendor and bill.currency and bill.total_minor is not None)
    choices = []
    if currency and not bill.currency:
        choices.append(
            Choice(choice_id("currency", target, currency), say("Currency is {currency}", currency=currency), "primary")
        )
    if bookable:
        choices.append(Choice(choice_id("confirm", target), say("Confirm"), "primary"))
    choices.append(Choice(choice_id("edit", target), say("Edit")))
    if bookable:
        choices.append(Choice(choice_id("paid", target), say("Mark paid")))
    return (*choices, Choice(choice_id("void", target), say("Not an invoice"), "danger"))


def _booked(bill: Bill, target: int, currency: str | None) -> tuple[Choice, ...]:
    return (
        Choice(choice_id("paid", target), say("Mark paid"), "primary"),
        *([] if obstacle(bill) else [Choice(choice_id("qr", target), say("Pay by QR"))]),
        Choice(choice_id("edit", target), say("Edit")),
        Choice(choice_id("show", target), say("Show original")),
        Choice(choice_id("void", target), say("Not an invoice"), "danger"),
    )
