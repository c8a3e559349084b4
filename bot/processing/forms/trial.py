"""Whether a filled form can be served: found out by doing it, in a transaction that is taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TypeVar

from sqlmodel import Session

from bot.processing.forms import bill_forms
from bot.processing.serving import serve
from handlers import requests as asked
from handlers.button_ids import PressedButton
from handlers.context import Context
from handlers.errors import NotAllowed
from handlers.wording import refusals
from storage.db.database import Database
from storage.errors import LedgerError

T = TypeVar("T")


class _NothingDone(Exception):
    """Ends a trial, so that its transaction is undone."""


async def tried(database: Database, work: Callable[[Session], T]) -> T:
    """What the work finds out; whatever it did is taken back."""
    found: list[T] = []

    def trial(session: Session) -> None:
        found[:] = [work(session)]
        raise _NothingDone

    with suppress(_NothingDone):
        await database.run(trial)
    return found[0]


def faults_of(session: Session, context: Context, pressed: PressedButton, filled: bill_forms.Filled) -> dict[str, str]:
    """What is wrong in a form about the bill of `context`, by the field's name; empty where it can be done."""
    try:
        request = bill_forms.request_of_form(session, context, pressed, filled)
    except bill_forms.UnfitField as error:
        return {error.field: str(error)}
    if not isinstance(request, asked.Amend) or not request.changes:
        return {}
    return _refused(session, context, request)


def _refused(session: Session, context: Context, request: asked.Amend) -> dict[str, str]:
    """What the ledger says against corrections, at the field that it is about."""
    text = _refusal(session, context, request)
    if text is None:
        return {}
    alone: Mapping[str, str | None] = {
        change.field: _refusal(session, context, asked.Amend((change,))) for change in request.changes
    }
    culprit = next((field for field, refusal in alone.items() if refusal), request.changes[0].field)
    shown = culprit if culprit in bill_forms.IN_FORM else bill_forms.IN_FORM[0]
    return {shown: alone.get(culprit) or text}


def _refusal(session: Session, context: Context, request: asked.Amend) -> str | None:
    with session.begin_nested() as trial:
        try:
            serve(session, context, request)
        except LedgerError as error:
            return refusals.refusal(error)
        except NotAllowed as error:
            return str(error)
        finally:
            if trial.is_active:
                trial.rollback()
    return None
