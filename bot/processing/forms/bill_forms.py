"""The fields of a bill as a form, and the request that a filled form makes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from sqlmodel import Session

from bot.processing.scene import scene_of
from handlers import requests as asked
from handlers.button_ids import PressedButton
from handlers.context import Context
from handlers.errors import BillifyError
from handlers.language.formats import plain_amount
from handlers.requests import FieldChange
from handlers.understand.text.sentence import SlotMismatch, sentence
from handlers.understand.text.words import AMOUNTS, DATES
from handlers.understand.values import field_values
from handlers.wording import clarifying_questions
from storage.bills import lifecycle
from storage.models import Bill

IN_FORM = ("vendor", "number", "issue_date", "due_date", "total", "tax", "currency", "iban")
"""The fields that a form corrects, in their order; all others by words."""
REASON = "reason"

Filled = Sequence[tuple[str, str]]


class UnfitField(BillifyError):
    """A value that is typed into a field is none of its kind; `str(error)` says why, `field` where."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


def value_in_form(bill: Bill, field: str) -> str:
    """How a value stands in the form: dates as 2025-01-31, amounts as the reader writes them, "" for nothing."""
    value = str(bill.evidence.get(field, {}).get("value") or "")
    if field not in AMOUNTS:
        return value
    try:
        return plain_amount(Decimal(value))
    except InvalidOperation:
        return value


def request_of_form(session: Session, context: Context, pressed: PressedButton, filled: Filled) -> object:
    """What a form asks for of the bill of `context`. Raises: UnfitField."""
    values = dict(filled)
    if pressed.action == "refuse":
        return asked.Refuse(reason=values.get(REASON, "").strip())
    if pressed.action == "void":
        return asked.NotAnInvoice(reason=values.get(REASON, "").strip())
    assert context.bill is not None, "a form is about a bill"
    bill = lifecycle.find(session, context.bill)
    changes: list[FieldChange] = []
    for field in IN_FORM:
        typed = values.get(field, value_in_form(bill, field)).strip()
        if typed != value_in_form(bill, field).strip():
            changes += _changes(session, context, field, typed)
    return asked.Amend(tuple(changes))


def _changes(session: Session, context: Context, field: str, typed: str) -> list[FieldChange]:
    if not typed:
        return [FieldChange(field, None)]
    if field in DATES:
        return [FieldChange(field, typed)]
    try:
        return field_values.change(field, sentence(typed), scene_of(session, context, typed))
    except SlotMismatch:
        raise UnfitField(field, clarifying_questions.which_value(field)) from None
    except BillifyError as error:
        raise UnfitField(field, str(error)) from error
