"""What a pressed button asks for, and whether what it stands under has changed since it was shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from bot.processing.dispatch import request_of_button
from bot.processing.forms.bill_forms import request_of_form
from bot.processing.scene import request_of_text, served
from handlers import requests as asked
from handlers.bills.shown import versions
from handlers.button_ids import PressedButton
from handlers.context import Context
from handlers.messages import Reply, split_reply_key
from storage.bills import lifecycle
from storage.messages import deliveries
from storage.models import BillState

_REACHED: dict[type, tuple[BillState, ...]] = {asked.Confirm: lifecycle.BOOKED, asked.Pay: (BillState.PAID,)}
"""Where a bill stands once there is no more to do for a request."""


def pressed_request(
    session: Session,
    context: Context,
    pressed: PressedButton,
    pending: Mapping[str, Any] | None,
    filled: Sequence[tuple[str, str]] = (),
) -> object:
    """What a button asks for, or the form that it opened; what has changed since it was shown is looked at first."""
    if filled and pressed.target is not None:
        meant = request_of_form(session, replace(context, bill=pressed.target), pressed, filled)
        request: object = asked.OnBill(pressed.target, meant)
    else:
        request = _asked_by(session, context, pressed, pending)
    about = pressed.target if pressed.target is not None else context.bill
    if not _changes_something(request) or _sees_itself(session, request):
        return request
    outdated = versions.is_outdated(session, pressed, about, _shown(session, context, about))
    return asked.Outdated(request, versions.step_of(pressed.version)) if outdated else request


def _changes_something(request: object) -> bool:
    """Whether a request, or one of several, changes the books."""
    match request:
        case asked.OnBill():
            return _changes_something(request.request)
        case asked.SeveralRequests():
            return any(map(_changes_something, request.requests))
    return isinstance(request, asked.CHANGES)


def _sees_itself(session: Session, request: object) -> bool:
    """Whether the use case itself says what there is no more to do: undoing looks at the step that was shown, and who
    wants what is done already changes nothing."""
    match request:
        case asked.OnBill(request=asked.Undo()):
            return True
        case asked.OnBill(bill=bill_id, request=inner):
            state = lifecycle.find(session, bill_id).state
            return state is BillState.VOID or state in _REACHED.get(type(inner), ())
    return False


def _shown(session: Session, context: Context, bill_id: int | None) -> Reply | None:
    """The reply that the pressed button stands in; of one that was typed, what the conversation was shown last."""
    if context.card is not None:
        sent = deliveries.delivery(session, context.card)
        return versions.reply_sent(session, sent) if sent else None
    if bill_id is None:
        return None
    return versions.last_shown(session, context.channel, context.conversation, bill_id)


def _asked_by(session: Session, context: Context, pressed: PressedButton, pending: Mapping[str, Any] | None) -> object:
    """What a button asks for by itself."""
    if pressed.action == "say":
        said_by_button = pressed.argument or ""
        return served(request_of_text(session, context, said_by_button), said_by_button)
    if pressed.target is None:
        return request_of_button(pressed)
    if pressed.action != "pick":
        return asked.OnBill(pressed.target, request_of_button(pressed))
    if not pending or not _is_of(pending, context):
        return asked.OnBill(pressed.target, asked.ShowBill())
    meant = request_of_text(session, replace(context, bill=pressed.target), pending["text"])
    return on_bill(meant, pending.get("hint"), pressed.target)


def _is_of(pending: Mapping[str, Any], context: Context) -> bool:
    """Whether the button that was pressed is one of the open question's, and not of one that was asked before it."""
    key = pending.get("key")
    return context.card is None or key is None or split_reply_key(context.card)[0] == key


def on_bill(request: object, hint: str | None, bill: int) -> object:
    """The request, with this bill in the place of the name or number that several fit (None: of none at all)."""
    if isinstance(request, asked.SeveralRequests):
        return asked.SeveralRequests(tuple(on_bill(each, hint, bill) for each in request.requests))
    named = "vendor" if isinstance(request, asked.Pay) and request.bill_hint is None else "bill_hint"
    if getattr(request, named, None) != hint:
        return request
    return asked.OnBill(bill, replace(request, **{named: None}) if hint else request)  # type: ignore[type-var]
