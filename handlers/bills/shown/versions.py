"""The version of what a button stands under, which it carries, so that one pressed later than that changes nothing.

A button acts on what the person sees. Each that is about a bill, a movement of the bank, a document or a step of the
books therefore ends in a stamp, `~` and what `handlers.button_ids` calls the version: four characters of a hash of
what was shown, then the number of the latest step in the audit at that moment (base 36), by which it is told what came
after it.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b32hexencode
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlmodel import Session, col, func, select

from handlers.button_ids import HASH_LENGTH, OTHER_TARGETS, PressedButton, fits, parse_choice
from handlers.language.translation import speaking
from handlers.messages import Choice, Reply, from_json, split_reply_key
from handlers.wording.cards import card_title
from storage import audit
from storage.messages import deliveries, idempotency
from storage.models import Audit, Bill, Delivery, Document, Movement, Statement
from storage.undo import changes

_SHOWN = (
    "vendor", "vendor_id", "number", "kind", "side", "issue_date", "due_date", "currency", "subtotal_minor",
    "tax_minor", "tip_minor", "total_minor", "open_minor", "iban", "payment_reference", "category", "discount_minor",
    "discount_until", "later_discount_minor", "later_discount_until", "state",
)  # fmt: skip
"""What a card shows of a bill, and what is booked and paid of it."""
OF_MOVEMENTS = ("match", "nomatch", "unmatch", "book")
OF_DOCUMENTS = ("account", "columns", "unimport")
OF_STEPS = ("revoke", "takeback")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def stamped(session: Session, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """The replies with the version of what they show on each button that is about something."""
    latest = _base36(audit.last_step(session))
    return tuple(
        replace(reply, choices=tuple(_with_version(session, reply, choice, latest) for choice in reply.choices))
        for reply in replies
    )


def unstamped(choices: Sequence[Choice]) -> list[tuple[str, str]]:
    """Id and label of each button but for the number of the step, to compare what two cards offer."""
    return [(_cut(choice.id), choice.label) for choice in choices]


def is_outdated(session: Session, pressed: PressedButton, bill_id: int | None, shown: Reply | None) -> bool:
    """Whether what the button is about looked otherwise when it was shown.

    `bill_id` is the bill of the reply that it stands in; `shown` that reply, where it is known: by it a button
    without a version, one that was typed or made by an earlier Billify, is judged.
    """
    version = pressed.version or _version_in(shown, pressed)
    if version is not None:
        now = _hash(session, pressed, bill_id)
        return now is not None and now != version[:HASH_LENGTH]
    if shown is None or shown.card is None or pressed.target is None:
        return False
    bill = session.get(Bill, pressed.target)
    with speaking(shown.language):
        return bill is not None and shown.card.title != card_title(bill)


def step_of(version: str | None) -> int | None:
    """The latest step in the audit when the button was shown; None where it does not say."""
    return int(version[HASH_LENGTH:], 36) if version and len(version) > HASH_LENGTH else None


def reply_sent(session: Session, sent: Delivery) -> Reply | None:
    """The reply that was sent; None where it is no longer kept."""
    message_key, n = split_reply_key(sent.key)
    served = idempotency.find_without_waiting(session, message_key)
    replies = from_json(tuple[Reply, ...], served.replies) if served else ()
    return replies[n] if n < len(replies) else None


def last_shown(session: Session, channel: str, conversation: str, bill_id: int) -> Reply | None:
    """How a bill was shown last in a conversation, for a button that is typed; None where it was not."""
    for sent in deliveries.deliveries_of(session, channel, conversation, bill_id):
        if (reply := reply_sent(session, sent)) and reply.choices:
            return reply
    return None


def _with_version(session: Session, reply: Reply, choice: Choice, latest: str) -> Choice:
    pressed = parse_choice(choice.id)
    if pressed is None or pressed.version is not None:
        return choice
    version = _hash(session, pressed, reply.bill)
    if version is None:
        return choice
    made = f"{choice.id}~{version}{latest}"
    return replace(choice, id=made if fits(made) else f"{choice.id}~{version}")


def _hash(session: Session, pressed: PressedButton, bill_id: int | None) -> str | None:
    """Of what the button is about as it is now; None where it is about nothing that could change."""
    about = list(_subjects(session, pressed, bill_id))
    if not about:
        return None
    digest = hashlib.sha256(json.dumps(about, default=str).encode()).digest()
    return b32hexencode(digest).decode().lower()[:HASH_LENGTH]


def _subjects(session: Session, pressed: PressedButton, bill_id: int | None) -> Iterable[object]:
    """What the button is about, each as values that survive JSON."""
    numbers = [int(part) for part in (pressed.argument or "").replace("+", ":").split(":") if part.isdecimal()]
    if pressed.target is not None:
        yield _bill(session, pressed.target)
    elif pressed.action == "say":
        if bill_id is not None:
            yield _bill(session, bill_id)
    elif pressed.action in OF_MOVEMENTS:
        movement = session.get(Movement, numbers[0])
        yield (movement.state, movement.entry_id, movement.amount_minor) if movement else None
        yield from (_bill(session, each) for each in numbers[1:] if pressed.action == "match")
    elif pressed.action in OF_DOCUMENTS:
        yield _document(session, numbers[0])
    elif pressed.action == "all":
        yield from (_bill(session, each) for each in numbers)
    elif pressed.action in OF_STEPS:
        change = changes.change_by_step(session, numbers[0])
        yield from (_bill(session, each) for each in (change.bills if change else ()))
        yield [event.id for event in changes.standing_steps(session, change)] if change else None
    else:
        assert pressed.action in OTHER_TARGETS, f"what is {pressed.action} about?"


def _bill(session: Session, bill_id: int) -> list[str] | None:
    bill = session.get(Bill, bill_id)
    if bill is None:
        return None
    read = {name: found.get("value") for name, found in bill.evidence.items()}  # also what no column can hold yet
    return [*(str(getattr(bill, name)) for name in _SHOWN), json.dumps(read, sort_keys=True, default=str)]


def _document(session: Session, document_id: int) -> object:
    """What was made of a document so far."""
    document = session.get(Document, document_id)
    if document is None:
        return None
    bills = select(func.count(col(Bill.id))).where(Bill.document_id == document_id)
    statements = select(func.count(col(Statement.id))).where(Statement.sha256 == document.sha256)
    return session.exec(bills).one(), session.exec(statements).one()


def _version_in(shown: Reply | None, pressed: PressedButton) -> str | None:
    """The version that the same button had where it was shown, else that of another about the same bill."""
    known = [parse_choice(choice.id) for choice in shown.choices] if shown else []
    same = [one for one in known if one and one.version and one.target == pressed.target]
    exact = [one for one in same if (one.action, one.argument) == (pressed.action, pressed.argument)]
    about_bill = [one for one in same if one.target is not None]
    return next((one.version for one in (*exact, *about_bill)), None)


def _cut(made: str) -> str:
    choice, mark, version = made.rpartition("~")
    return f"{choice}~{version[:HASH_LENGTH]}" if mark else made


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits or "0"


def since(session: Session, bill_id: int, step: int) -> list[Audit]:
    """What happened to a bill after a step, oldest first."""
    return [event for event in audit.history(session, bill_id) if event.id > step]
