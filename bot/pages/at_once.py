"""Several bills that were selected on a page: which of them would be decided about, and the button that does it."""

from __future__ import annotations

from typing import Any, get_args

from sqlmodel import Session

from bot.api.values import LARGEST_ID
from bot.pages.page import Page, Visit
from handlers import requests as asked
from handlers.bills.all_at_once.decide import show_all_at_once
from handlers.bills.shown.versions import stamped
from handlers.context import Context
from handlers.errors import NotFound
from handlers.language.translation import say, sayable


def _request(visit: Visit) -> asked.AllAtOnce:
    acts = {act: act for act in get_args(asked.AllAtOnceAct)}
    if (act := acts.get(visit.get("act"))) is None:
        raise NotFound(say("Say what is to be done with them: confirm, approve or discard."))
    chosen = [int(one) for one in visit.query.get("bill", ()) if one.isdecimal() and int(one) <= LARGEST_ID]
    return asked.AllAtOnce(act, bills=tuple(chosen))


def _values(session: Session, context: Context, visit: Visit) -> dict[str, Any]:
    return {"replies": stamped(session, show_all_at_once(session, context, _request(visit)))}


PAGE = Page("/bills/at-once", sayable("Several at once"), "replies.html", _request, _values)
