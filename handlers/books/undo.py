"""Takes back what somebody did: the asker's own last change here at once, anything else once they agreed to it."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from handlers.bills.bill_reply import bill_reply
from handlers.bills.find_bill import find_bill
from handlers.books.undo_candidates import candidates
from handlers.books.undo_rights import refuse_unless_allowed
from handlers.button_ids import choice_id
from handlers.context import Context
from handlers.errors import NotFound, NotPossible
from handlers.language.formats import title
from handlers.language.translation import say
from handlers.messages import Change as ShownChange
from handlers.messages import Choice, Reply
from handlers.requests import Undo, UndoBookkeepingStep
from handlers.wording import account_names, bill_texts, changes
from handlers.wording.cards import shown_change
from storage import audit
from storage.bills import lifecycle
from storage.db.locks import acquire_lock
from storage.models import Amendment, Audit
from storage.people import people
from storage.undo import bill_actions
from storage.undo import changes as done
from storage.undo.changes import Change
from storage.undo.standing import ARRIVALS, stands
from storage.undo.take_back import take_back

MOST_CARDS = 6
"""Of more bills, no cards are shown."""


def undo(session: Session, context: Context, request: Undo) -> tuple[Reply, ...]:
    """What was taken back, or what would be, with a button.

    Raises: NotPossible when there is nothing to take back; NotAllowed; LedgerError when what came after needs it.
    """
    acquire_lock(session, "undo")  # of two at once, the second finds what the first did
    if request.change is not None:
        return _take_back(session, context, done.change_by_step(session, int(request.change)))
    if request.what or request.vendor:
        return _which(session, context, request)
    if request.of_bill or context.pointed:
        return _of_bill(session, context, request.seen)
    return _last(session, context)


def undo_step(session: Session, context: Context, request: UndoBookkeepingStep) -> tuple[Reply, ...]:
    """Takes a step of the books back: the one whose button was pressed, if it is the asker's, of today, and nothing
    came after it; else once they agreed."""
    acquire_lock(session, "undo")
    if request.step is None:
        return _last(session, context)
    change = done.change_by_step(session, request.step)
    if change is None or not done.standing_steps(session, change):
        return _take_back(session, context, change)
    own = people.is_same(session, change.last.person_id, context.asker.id)
    fresh = own and _is_today(context, change.last) and not done.since(session, change)
    return (_take_back if fresh else ask)(session, context, change)


def _last(session: Session, context: Context) -> tuple[Reply, ...]:
    """The asker's last change in this conversation; where that is taken back already, what could be taken back."""
    change = done.last_of_person(session, context.asker.id, context.channel, context.conversation)
    if change is not None:
        for_good = change.final or (change.last,) * all(event.action in ARRIVALS for event in change.events)
        if for_good:
            raise NotPossible(changes.cannot_be_taken_back(session, for_good[-1]))
        if done.standing_steps(session, change) and not change.reverses:
            fresh = _is_today(context, change.last) and not done.since(session, change)
            return (_take_back if fresh else ask)(session, context, change)
    step = bill_actions.last_undoable(session, context.bill) if context.bill is not None else None
    older = (
        done.change_of(session, step, step.bill_id)
        if step
        else done.older_of_person(session, context.asker.id, context.channel, context.conversation)
    )
    if older is None:
        raise NotPossible(bill_texts.nothing_to_undo())
    return ask(session, context, older)


def _of_bill(session: Session, context: Context, seen: int | None) -> tuple[Reply, ...]:
    """The bill's last step, or the last that its card knew of (`seen`): at once where it is the asker's, of today, said
    here, and nothing came after it or after the card that has the button."""
    bill = find_bill(session, context)
    step = bill_actions.last_undoable(session, bill.id, until=seen)
    if step is None:
        raise NotPossible(bill_texts.nothing_to_undo())
    if not stands(session, step):
        raise NotPossible(say("That was taken back already."))
    change = done.change_of(session, step, bill.id)
    last = audit.last_of(session, bill.id, but=("reminded",))
    own = people.is_same(session, change.last.person_id, context.asker.id)
    here = done.said_in(session, change) == (context.channel, context.conversation)
    at_once = own and here and _is_today(context, step) and last is not None and last.id == change.last.id
    return (_take_back if at_once and _on_card(context, change) else ask)(session, context, change)


def _on_card(context: Context, change: Change) -> bool:
    """Whether the card whose button was pressed knew of the change."""
    return context.card_sent is None or change.last.at <= context.card_sent


def _which(session: Session, context: Context, request: Undo) -> tuple[Reply, ...]:
    """What may be meant, each with its button."""
    found = candidates(session, context, request.what or "", request.vendor)
    if not found:
        raise NotFound(say("I found nothing like that which could be taken back."))
    return (_question(session, context, found),)


def ask(session: Session, context: Context, change: Change) -> tuple[Reply, ...]:
    """Asks whether the change is to be taken back. Raises: NotAllowed."""
    refuse_unless_allowed(session, context, done.standing_steps(session, change))
    return (_question(session, context, [change]),)


def _question(session: Session, context: Context, found: list[Change]) -> Reply:
    """Says what would be taken back, who did it and when, and what was done since."""
    steps = [done.standing_steps(session, change) for change in found]
    marks = [f"{n}." for n in range(1, len(found) + 1)] if len(found) > 1 else ["•"]
    lines = [
        f"{mark} {changes.step_line(session, each, context.zone)}" for mark, each in zip(marks, steps, strict=True)
    ]
    head = say("Shall I take this back?") if len(found) == 1 else say("Which of these shall I take back?")
    later = done.since(session, found[0]) if len(found) == 1 else []
    known = [event for event in later if event.action in changes.STEPS]
    if known:
        lines.append(say("Since then: {what}.", what=changes.names_of(session, known)))
    return Reply("\n".join([head, *lines]), choices=tuple(_button(session, each, len(found)) for each in steps))


def _button(session: Session, steps: tuple[Audit, ...], of: int) -> Choice:
    label = say("Take it back") if of == 1 else title(changes.names_of(session, steps))
    return Choice(choice_id("takeback", argument=str(steps[-1].id)), label)


def _take_back(session: Session, context: Context, change: Change | None) -> tuple[Reply, ...]:
    """Takes it back, and shows each bill as it is now."""
    steps = done.standing_steps(session, change) if change else ()
    if change is None or not steps:
        raise NotPossible(say("That was taken back already."))
    refuse_unless_allowed(session, context, steps)
    names = changes.names_of(session, steps)
    undone = take_back(session, change, key=context.key, person_id=context.asker.id, now=context.now)
    if not change.bills or len(change.bills) > MOST_CARDS:
        return (Reply(say("I took back {what}.", what=names)),)
    text = bill_texts.undone() if undone else say("Taken back: {what}.", what=names)
    return tuple(
        bill_reply(
            session,
            replace(context, card=None) if n else context,
            lifecycle.find(session, bill_id),
            "" if n else text,
            changes=_shown(session, undone, bill_id),
        )
        for n, bill_id in enumerate(change.bills)
    )


def _shown(session: Session, undone: list[Amendment], bill_id: int) -> tuple[ShownChange, ...]:
    """The corrections that were taken back, for the card."""
    currency, names = lifecycle.find(session, bill_id).currency, account_names.all_names(session)
    return tuple(shown_change(one, currency, undone=True, categories=names) for one in undone if one.bill_id == bill_id)


def _is_today(context: Context, event: Audit) -> bool:
    return event.at.astimezone(context.zone).date() == context.today
