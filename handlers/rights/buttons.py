"""Which of a bill's buttons somebody may press."""

from __future__ import annotations

from sqlmodel import Session

from handlers import requests as asked
from handlers.button_ids import parse_choice
from handlers.context import Context
from handlers.messages import Choice
from handlers.rights import permitted
from handlers.rights.needs import needs_of
from storage.models import Bill

_MEANT: dict[str, object] = {
    "confirm": asked.Confirm(),
    **dict.fromkeys(("paid", "discounted"), asked.Pay()),
    **dict.fromkeys(("edit", "currency"), asked.Amend(())),
    "void": asked.NotAnInvoice(),
    "keep-both": asked.KeepBoth(),
    "keep-new": asked.KeepNew(),
    "discard": asked.Discard(),
    **dict.fromkeys(("approve", "trust"), asked.Approve()),
    "refuse": asked.Refuse(),
}
"""What the buttons of a bill's card ask for; all others whoever sees the card may press."""


def pressable(session: Session, context: Context, bill: Bill, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Those that the asker may press; all where others read the card, who may do more."""
    if context.shared:
        return choices
    return tuple(choice for choice in choices if _may_press(session, context, bill, choice))


def _may_press(session: Session, context: Context, bill: Bill, choice: Choice) -> bool:
    pressed = parse_choice(choice.id)
    meant = _MEANT.get(pressed.action) if pressed else None
    if meant is None:
        return True
    return all(
        permitted.may(session, context, need.permission, bill if need.of == "bill" else None)
        for need in needs_of(session, context, meant, bill)
    )
