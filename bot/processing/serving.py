"""The one way from a request to its use case: past the proof of its message, and past the rights of its asker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from sqlmodel import Session

from bot.processing import conversation_focus
from bot.processing.dispatch import HANDLERS
from bot.processing.proof_of_change import check_proof
from handlers import requests as asked
from handlers.bills.find_bill import find_bill
from handlers.context import Context
from handlers.errors import BillifyError, NotAllowed
from handlers.messages import Reply
from handlers.rights import labels, permitted
from handlers.rights.needs import Need, needs_of
from handlers.rights.permitted import NotPermitted
from storage import audit
from storage.bills import lifecycle
from storage.models import Bill, Permission, Reach

T = TypeVar("T")


def serve(session: Session, context: Context, request: object) -> tuple[Reply, ...]:
    """What the request is answered with. Raises: NotAllowed; whatever its use case does.

    Which bill is meant is found out before, and looked at once more afterwards: whoever may only do something with
    their own has touched, and is shown, no other.
    """
    check_proof(session, context, request)
    needs = check_rights(session, context, request)
    before = audit.last_step(session)
    replies = HANDLERS[type(request)](session, context, request)
    _check_what_was_done(session, context, needs, before)
    _check_what_is_shown(session, context, replies)
    return _as_narrowed(session, context, needs, replies)


def look(
    session: Session, context: Context, request: object, shape: Callable[[Session, Context], T], bill: int | None = None
) -> T:
    """What `shape` makes of what is so, for whom may ask the request, of this bill where it is about one. Nothing is
    changed. Raises: BillifyError; LedgerError."""
    if bill is not None:
        context = replace(context, bill=lifecycle.find(session, bill).id)
    check_rights(session, context, request)
    return shape(session, context)


def check_rights(session: Session, context: Context, request: object) -> tuple[Need, ...]:
    """What the request needs. Raises: NotPermitted where the asker's role has not all of it."""
    match request:
        case asked.OnBill():
            return check_rights(session, replace(context, bill=request.bill), request.request)
        case asked.SeveralRequests():
            return tuple(need for each in request.requests for need in check_rights(session, context, each))
        case asked.Proposed() | asked.Outdated():
            return check_rights(session, context, request.request)
    bill = _meant(session, context, request)
    needs = needs_of(session, context, request, bill)
    for need in needs:
        reach = permitted.reach(session, context, need.permission)
        if reach is Reach.ANY or (reach is Reach.OWN and (need.of == "list" or (need.of == "bill" and bill is None))):
            continue
        permitted.refuse(session, context, need.permission, bill if need.of == "bill" else None)
    return needs


_ABOUT_IT = (*conversation_focus.ABOUT_IT, asked.Allocate, asked.WriteOff)
"""Requests that mean the bill in focus where they name none."""


def _meant(session: Session, context: Context, request: object) -> Bill | None:
    """The bill that a request names or means; None where there is none, or it will be asked."""
    hint = getattr(request, "bill_hint", None) or (request.vendor if isinstance(request, asked.Pay) else None)
    if hint is None and (context.bill is None or not isinstance(request, _ABOUT_IT)):
        return None
    try:
        return find_bill(session, context, hint)
    except NotAllowed:
        raise
    except BillifyError:
        return None


def _as_narrowed(
    session: Session, context: Context, needs: tuple[Need, ...], replies: tuple[Reply, ...]
) -> tuple[Reply, ...]:
    """The replies, with that they are about the asker's own bills alone: "nothing is due" would say more than that."""
    listed = Need(Permission.SEE_BILLS, "list") in needs
    if not replies or not listed or permitted.reach(session, context, Permission.SEE_BILLS) is not Reach.OWN:
        return replies
    text = "\n".join(filter(None, (replies[-1].text, labels.only_own())))
    return (*replies[:-1], replace(replies[-1], text=text))


def _check_what_was_done(session: Session, context: Context, needs: tuple[Need, ...], before: int) -> None:
    own = [need.permission for need in needs if permitted.reach(session, context, need.permission) is Reach.OWN]
    if not own:
        return
    for bill_id in audit.touched_since(session, before):
        bill = lifecycle.find(session, bill_id)
        if not permitted.is_theirs(session, context, Permission.SEND_DOCUMENTS, bill):
            raise NotPermitted(labels.may_not(session, own[0], theirs=True), own[0])


def _check_what_is_shown(session: Session, context: Context, replies: tuple[Reply, ...]) -> None:
    if permitted.reach(session, context, Permission.SEE_BILLS) is Reach.ANY:
        return
    for reply in replies:
        only_in_focus = reply.bill == context.bill and not (reply.card or reply.attachments)
        for bill_id in (*reply.listed, *((reply.bill,) if reply.bill is not None and not only_in_focus else ())):
            permitted.refuse(session, context, Permission.SEE_BILLS, lifecycle.find(session, bill_id))
