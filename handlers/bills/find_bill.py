"""Which bill a request means: the one in focus, or the one that was named."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from handlers.context import Context
from handlers.errors import NotFound, WhichOne
from handlers.rights import permitted
from handlers.wording import bill_texts
from handlers.wording.cards import bill_label
from storage.bills import lifecycle, outstanding
from storage.bills.finding import search
from storage.models import Bill

MOST = 6


def find_bill(session: Session, context: Context, hint: str | None = None, *, to_pay: bool = False) -> Bill:
    """The bill whose vendor or number `hint` names, None for the one in focus; of those that the asker may see.

    Without a focus it is asked, even if only one can be meant: of the list that was shown here last, else of what
    waits for somebody or is open (`to_pay`: open first). Raises: NotFound when there is none; WhichOne; NotPermitted
    where there are only such as the asker may not see.
    """
    if hint is not None:
        return _only(permitted.of_these(session, context, search.find_bills(session, hint)), hint)
    if context.bill is not None:
        return permitted.of_these(session, context, [lifecycle.find(session, context.bill)])[0]
    if context.last.bills:
        listed = [lifecycle.find(session, bill_id) for bill_id in context.last.bills]
        raise _which(permitted.of_these(session, context, listed))
    waiting = permitted.visible(session, context, outstanding.waiting_bills(session))
    still_open = permitted.visible(session, context, outstanding.open_bills(session))
    own_first = sorted(waiting, key=lambda bill: bill.created_by != context.asker.id)
    found = (still_open or own_first) if to_pay else (own_first or still_open)
    if not found:
        raise NotFound(bill_texts.no_bill_here())
    raise _which(found)


def _only(found: Sequence[Bill], hint: str) -> Bill:
    if not found:
        raise NotFound(bill_texts.no_such_bill(hint))
    if len(found) == 1:
        return found[0]
    raise _which(found, hint)


def _which(found: Sequence[Bill], hint: str | None = None) -> WhichOne:
    return WhichOne(bill_texts.which_bill(), tuple((bill.id, bill_label(bill)) for bill in found[:MOST]), hint)
