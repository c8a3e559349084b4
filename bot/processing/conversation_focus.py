"""What "it" means in a conversation: the card that was answered, or what was shown there last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from handlers import requests as asked
from handlers.bills.find_bill import find_bill
from handlers.bills.shown.versions import reply_sent
from handlers.context import Context
from handlers.errors import BillifyError
from handlers.last_answer import ASIDES, Last
from handlers.messages import Message, Reply
from handlers.understand.text.words import fold
from storage.bills import lifecycle, vendors
from storage.messages import deliveries
from storage.models import Delivery

SHORTEST_NAME = 3
"""Shorter words of a company's name say little about who is meant."""


@dataclass(frozen=True)
class Answered:
    """The reply of ours that a message answers: as it was sent, and the bills that it listed."""

    sent: Delivery
    listed: tuple[int, ...] = ()

    @property
    def bill(self) -> int | None:
        """The bill that it speaks of, or the only one that it lists; None for none, or several."""
        return self.sent.bill_id or (self.listed[0] if len(self.listed) == 1 else None)


def answered(session: Session, message: Message) -> Answered | None:
    """What the message answers, by the reply's key or by the platform's id of it ("sent:…"); None for nothing."""
    if message.answers is None:
        return None
    if message.answers.startswith("sent:"):
        sent = deliveries.delivery_by_sent_id(session, message.channel, message.answers.removeprefix("sent:"))
    else:
        sent = deliveries.delivery(session, message.answers)
    if sent is None:
        return None
    reply = reply_sent(session, sent)
    return Answered(sent, reply.listed if reply else ())


def bill_in_focus(message: Message, to: Answered | None, focus: int | None) -> int | None:
    """The bill that "it" means in a message: of the card or list that it answers, or of the button's reply, else the
    one in focus."""
    if to is not None and (message.choice or to.bill is not None or to.listed):
        return to.bill
    return focus if message.proven else None


def focus_after(before: int | None, request: object, replies: Sequence[Reply]) -> int | None:
    """The bill that "it" means once this request got these replies: of the card shown last, or of a list of one.

    Several cards or a longer list leave it to be asked; courtesies and what was not understood leave it as it was,
    any other answer ends it.
    """
    spoken = [reply for reply in replies if not reply.quiet]
    if not spoken:
        return before
    last, shown = spoken[-1], {reply.bill for reply in spoken if reply.bill is not None}
    if len(shown) > 1 or len(last.listed) > 1:
        return None
    if last.bill is not None:
        return last.bill
    if last.listed:
        return last.listed[0]
    return before if isinstance(request, ASIDES) else None


def after_documents(last: Last, replies: Sequence[Reply]) -> Last:
    """What was shown last once documents came in: their cards, else what a statement of the bank had."""
    cards = tuple(dict.fromkeys(reply.bill for reply in replies if reply.bill is not None and not reply.quiet))
    return replace(last, bills=cards if len(cards) > 1 else last.bills, movements=not cards)


ABOUT_IT = (
    asked.Amend, asked.Edit, asked.Confirm, asked.Pay, asked.HowToPay, asked.PaymentCode, asked.NotAnInvoice,
    asked.KeepBoth, asked.KeepNew, asked.Discard, asked.Categorise, asked.Approve, asked.Refuse, asked.ShowBill,
    asked.ShowOriginal, asked.History, asked.Why, asked.Remind, asked.SnoozeBill, asked.SnoozeFor,
)  # fmt: skip
"""Requests that mean the bill in focus where they name none."""


def bill_meant(session: Session, context: Context, request: object) -> int | None:
    """The bill that a request is about that was refused: the one it names, else the one in focus; None for none."""
    hint = getattr(request, "bill_hint", None) or getattr(request, "vendor", None)
    if hint is None or not isinstance(request, asked.CHANGES):
        return context.bill if hint is None and isinstance(request, ABOUT_IT) else None
    try:
        return find_bill(session, context, hint).id
    except BillifyError:
        return None


def is_left(session: Session, bill_id: int, request: object, text: str) -> bool:
    """Whether words of which nobody made anything speak of somebody else than the bill in focus, and so end it."""
    if not isinstance(request, asked.Unclear | asked.Unknown):
        return False
    if isinstance(request, asked.Unclear) and request.stranger:
        return True
    said = _words(text)
    named = {name for name in vendors.names(session).values() if said & (_words(name) - vendors.LEGAL_FORMS)}
    return bool(named) and lifecycle.find(session, bill_id).vendor not in named


def _words(text: str) -> set[str]:
    found = (word.strip(".,;:!?()“”\"'&-") for word in fold(text).split())
    return {word for word in found if len(word) >= SHORTEST_NAME}
