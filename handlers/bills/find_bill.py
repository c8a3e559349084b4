"""Which bill a request means: the one in focus, or the one that was named."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from handlers.context import Context
from handlers.errors import NotFound, WhichOne
from handlers.wording import bill_texts
from handlers.wording.cards import bill_label
from storage.bills import lifecycle, outstanding, search
from storage.models import Bill

MOST = 6


def find_bill(session: Session, context: Context, hint: str | None = None) -> Bill:
    """The bill whose vendor or number `hint` names, None for the one in focus or, without a focus, the only one
    that waits for somebody or is open.

    Raises: NotFound when there is none; WhichOne when it could be several.
    """
    if hint is None:
        if context.bill is not None:
            return lifecycle.find(session, context.bill)
        return _only(outstanding.waiting_bills(session) or outstanding.open_bills(session), bill_texts.no_bill_here())
    return _only(search.find_bills(session, hint), bill_texts.no_such_bill(hint), hint)


def _only(found: Sequence[Bill], nothing: str, hint: str | None = None) -> Bill:
    if not found:
        raise NotFound(nothing)
    if len(found) == 1:
        return found[0]
    raise WhichOne(bill_texts.which_bill(), tuple((bill.id, bill_label(bill)) for bill in found[:MOST]), hint)
