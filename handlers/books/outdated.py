"""A button that was pressed under what looked otherwise by then: nothing is done, and it is shown as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session

from handlers.bills.all_at_once.decide import show_all_at_once
from handlers.bills.bill_reply import bill_reply
from handlers.bills.shown import versions
from handlers.books import undo
from handlers.button_ids import suggestion_choices
from handlers.context import Context
from handlers.language.formats import listed
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.requests import (
    AllAtOnce,
    BookMovement,
    ChooseAccount,
    ChooseColumns,
    DecideAll,
    Match,
    OnBill,
    Outdated,
    TakeBackImport,
    Undo,
    UndoBookkeepingStep,
    Unmatch,
)
from handlers.wording import changes
from handlers.wording.cards import card_title
from storage.bills import lifecycle
from storage.models import Audit, Bill
from storage.people import people
from storage.undo import changes as done

_OF_BANK = (Match, Unmatch, BookMovement, ChooseAccount, ChooseColumns, TakeBackImport)


def outdated(session: Session, context: Context, request: Outdated) -> tuple[Reply, ...]:
    """What has changed since and the bill as it is now, with its buttons; a step that was to be taken back is asked
    about anew."""
    meant = request.request
    if isinstance(meant, Undo | UndoBookkeepingStep):
        step = int(meant.change or 0) if isinstance(meant, Undo) else meant.step
        change = done.change_by_step(session, step) if step else None
        if change is not None and done.standing_steps(session, change):
            return undo.ask(session, context, change)
        return (Reply(say("That was taken back already.")),)
    if isinstance(meant, DecideAll):
        (shown,) = show_all_at_once(session, context, AllAtOnce(meant.act, meant.bills))
        text = say("I did nothing yet, as this has changed since you were shown it.")
        return (replace(shown, text=f"{text}\n{shown.text}"),)
    bill_id = meant.bill if isinstance(meant, OnBill) else context.bill
    if bill_id is None or isinstance(meant, _OF_BANK):
        return _of_bank()
    bill = lifecycle.find(session, bill_id)
    return (bill_reply(session, context, bill, _text(session, bill, request.step)),)


def _text(session: Session, bill: Bill, step: int | None) -> str:
    """That nothing was done, what happened since, and who did it."""
    events = versions.since(session, bill.id, step) if step is not None else []
    told = [event for event in events if event.action in changes.STEPS]
    if told:
        return say(
            "I did nothing yet, as this has changed since you were shown it: {what}. It is {title} now. "
            "Is that what you want? Then press again.",
            what=listed([_told(session, event) for event in _latest(told)]),
            title=card_title(bill),
        )
    return say(
        "I did nothing yet, as this has changed since you were shown it. It is {title} now. "
        "Is that what you want? Then press again.",
        title=card_title(bill),
    )


def _told(session: Session, event: Audit) -> str:
    who = people.name_of(session, event.person_id) or say("Billify")
    return say("{what} by {name}", what=changes.step_name(session, event), name=who)


def _latest(events: Sequence[Audit]) -> Sequence[Audit]:
    return events[-changes.MOST :]


def _of_bank() -> tuple[Reply, ...]:
    """The same of what is about movements of the bank."""
    text = say("I did nothing, as this has changed since you were shown it. Here is what is left to explain.")
    return (Reply(text, choices=suggestion_choices((say("movements"),))),)
