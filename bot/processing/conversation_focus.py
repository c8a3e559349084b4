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
from handlers.messages import Message, Reply, file_of_key, from_json
from handlers.understand.text.words import fold
from storage.bills import lifecycle, vendors
from storage.messages import deliveries, idempotency, own_keys, sayings
from storage.messages.own_keys import Speaker
from storage.models import Delivery, Saying

SHORTEST_NAME = 3
"""Shorter words of a company's name say little about who is meant."""


@dataclass(frozen=True)
class Answered:
    """The message that a message answers: `sent` is ours, None for a person's or one that never came to us. `bills` are
    those that it speaks of, or that came from it; `listed` those that it lists, or that went out with it as cards where
    which of them is meant was not said.

    `loosely` says that the answer only stands in its thread, where other bills may be spoken of as well.
    """

    sent: Delivery | None = None
    bills: tuple[int, ...] = ()
    listed: tuple[int, ...] = ()
    loosely: bool = False

    @property
    def bill(self) -> int | None:
        """The bill that it is about, or the only one that it lists; None for none, or several."""
        found = self.bills or self.listed
        return found[0] if len(found) == 1 else None

    @property
    def several(self) -> tuple[int, ...]:
        """The bills to choose from, where there are several."""
        found = self.bills if len(self.bills) > 1 else self.listed
        return found if len(found) > 1 else ()


def answered(session: Session, message: Message) -> Answered | None:
    """What the message answers, by the reply's key or by the platform's id of it ("sent:…", "thread:…"); None for
    nothing."""
    if message.answers is None:
        return None
    speaker = speaker_of(message)
    kind, _, sent_id = message.answers.partition(":")
    if kind not in ("sent", "thread"):
        sent = own_keys.own_delivery(session, speaker, message.answers)
    else:
        sent = own_keys.own_delivery_by_sent_id(session, speaker, sent_id)
    loosely = kind == "thread"
    if sent is not None:
        if message.choice is None and len(cards := _gathered_with(session, sent)) > 1:
            return Answered(sent, (), cards, loosely)
        reply = reply_sent(session, sent)
        spoken_of = reply.bill if reply and file_of_key(sent.key) is not None else sent.bill_id
        about = (spoken_of,) if spoken_of is not None else ()
        return Answered(sent, about, reply.listed if reply else (), loosely)
    said = own_keys.own_saying(session, speaker, sent_id if kind in ("sent", "thread") else message.answers)
    if said is None:
        return Answered(loosely=loosely)
    return Answered(None, sayings.bills_of(session, said) or _spoken_of(session, said), loosely=loosely)


def speaker_of(message: Message) -> Speaker:
    """Where a message was said, and by whom: what the keys that it brings are held against."""
    return Speaker(message.channel, message.conversation, message.sender)


def _gathered_with(session: Session, sent: Delivery) -> tuple[int, ...]:
    """The bills whose cards went out as one with a reply of ours."""
    together = deliveries.gathered_with(session, sent)
    return tuple(dict.fromkeys(one.bill_id for one in together if one.bill_id is not None))


def _spoken_of(session: Session, said: Saying) -> tuple[int, ...]:
    """The bills that our answer to a message was about."""
    served = idempotency.find_without_waiting(session, said.message_key)
    replies = from_json(tuple[Reply, ...], served.replies) if served else ()
    return tuple(dict.fromkeys(reply.bill for reply in replies if reply.bill is not None and not reply.quiet))


def with_what_was_answered(last: Last, message: Message, to: Answered | None, focus: int | None) -> Last:
    """What was listed last, for a message that answers one about several bills, or in whose thread another is shown."""
    if to is None or message.choice:
        return last
    if to.loosely and to.bill is not None and focus not in (None, to.bill):
        return replace(last, bills=(to.bill, focus) if focus is not None else (to.bill,))
    return replace(last, bills=to.several or to.listed) if to.several or to.listed else last


def bill_in_focus(message: Message, to: Answered | None, focus: int | None) -> int | None:
    """The bill that "it" means in a message: of the card, list or document that it answers, or of the button's reply,
    else the one in focus. An answer to what is not known means none, and never another bill."""
    if to is None or (message.choice and to.sent is None):
        return focus if message.proven else None
    if to.loosely and not message.choice:
        if to.several:
            return focus if focus in to.several else None
        return (to.bill if focus in (None, to.bill) else None) if to.bill is not None else focus
    if message.choice or to.bills or to.listed:
        return to.bill
    return focus if message.proven and to.sent is not None else None


def scope(message: Message, to: Answered | None) -> frozenset[int] | None:
    """The bills that a message may change, None for all: of a narrow one, those of the reply that it answers."""
    if not message.narrow:
        return None
    return frozenset((*to.bills, *to.listed)) if to and to.sent else frozenset()


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
    asked.Split, asked.Hold, asked.Release, asked.Note, asked.Claim, asked.AttachPaper,
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
    said, known = _words(text), vendors.names(session)
    likely = {name for word in said for name in known.with_part_of(word)}
    named = {name for name in likely if said & (_words(name) - vendors.LEGAL_FORMS)}
    return bool(named) and lifecycle.find(session, bill_id).vendor not in named


def _words(text: str) -> set[str]:
    found = (word.strip(".,;:!?()“”\"'&-") for word in fold(text).split())
    return {word for word in found if len(word) >= SHORTEST_NAME}
