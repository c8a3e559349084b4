"""What is done with a bill. Each answers with the bill as it is then; a card of it in a chat follows."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from bot.api.call import Changing
from bot.api.refusals import Unfit
from bot.api.resources.bill_shapes import Bill, shown
from bot.api.values import Currency, Decimal, Id, Name, Text
from handlers import requests as asked
from handlers.language.translation import say
from storage.models import Side

router = APIRouter(tags=["bills"])

Type = Literal[
    "invoice", "receipt", "credit_note", "proforma_invoice", "reminder", "statement_of_account", "bank_statement",
    "order", "order_confirmation", "quotation", "delivery_note", "contract", "payslip", "other",
]  # fmt: skip
Day = date | None


class Said(BaseModel):
    """What a call says; nothing else may stand in it."""

    model_config = ConfigDict(extra="forbid")


class Corrections(Said):
    """New values of fields; null where the bill has none. What is not named stays as it is."""

    vendor: Name | None = None
    buyer: Name | None = None
    number: Name | None = None
    issue_date: Day = None
    due_date: Day = None
    currency: Currency | None = None
    subtotal: Decimal | None = None
    tax: Decimal | None = None
    tip: Decimal | None = None
    total: Decimal | None = None
    iban: Name | None = None
    bic: Name | None = None
    payment_reference: Name | None = None
    vat_id: Name | None = None
    purchase_order: Name | None = None
    side: Side | None = None
    document_type: Type | None = None


class Confirmation(Said):
    late: bool = Field(False, description="Book a bill of a closed period on the first open day.")


class Reason(Said):
    reason: Text = ""


class Category(Said):
    category: Name | None = Field(None, description="An account of the chart; null chooses by vendor and lines.")


class BillPayment(Said):
    """What was paid; without an amount all that is open."""

    amount: Decimal | None = None
    currency: Currency | None = None
    account: Name | None = Field(None, description="The account that it moved on, such as bank or cash.")
    on: date | None = Field(None, description="The day; today where none is named.")
    discounted: bool = Field(False, description="What is open less the discount for early payment.")
    rest: Literal["open", "ahead", "fee", "rounding"] = Field("open", description="What a difference is.")


class Decision(Said):
    keep: Literal["both", "new", "earlier"]


@router.patch("/bills/{bill}", response_model=Bill, operation_id="correct_bill")
async def correct(call: Changing, bill: Id, said: Corrections) -> Response:
    """Corrects fields of a bill."""
    named = said.model_dump(mode="json", exclude_unset=True)
    if not named:
        raise Unfit(say("Name at least one field to correct."))
    changes = tuple(asked.FieldChange(name, value) for name, value in named.items())
    return await _change(call, bill, asked.Amend(changes))


@router.post("/bills/{bill}/confirm", response_model=Bill, operation_id="confirm_bill")
async def confirm(call: Changing, bill: Id, said: Confirmation | None = None) -> Response:
    """The bill is right: it is booked."""
    return await _change(call, bill, asked.Confirm(late=bool(said and said.late)))


@router.post("/bills/{bill}/void", response_model=Bill, operation_id="void_bill")
async def void(call: Changing, bill: Id, said: Reason | None = None) -> Response:
    """It is no invoice: it is set aside, and what was booked is reversed."""
    return await _change(call, bill, asked.NotAnInvoice(said.reason if said else ""))


@router.post("/bills/{bill}/pay", response_model=Bill, operation_id="pay_bill")
async def pay(call: Changing, bill: Id, said: BillPayment | None = None) -> Response:
    """Notes that it was paid. No money moves by this."""
    paid = said or BillPayment.model_validate({})
    request = asked.Pay(paid.amount, paid.account, paid.on, paid.currency, discounted=paid.discounted, rest=paid.rest)
    return await _change(call, bill, request)


@router.post("/bills/{bill}/approve", response_model=Bill, operation_id="approve_bill")
async def approve(call: Changing, bill: Id) -> Response:
    """It may be paid; where its account is a changed one, that is what is agreed to."""
    return await _change(call, bill, asked.Approve())


@router.post("/bills/{bill}/refuse", response_model=Bill, operation_id="refuse_bill")
async def refuse(call: Changing, bill: Id, said: Reason | None = None) -> Response:
    """It may not be paid."""
    return await _change(call, bill, asked.Refuse(reason=said.reason if said else ""))


@router.post("/bills/{bill}/categorise", response_model=Bill, operation_id="categorise_bill")
async def categorise(call: Changing, bill: Id, said: Category) -> Response:
    """Books it on an account of the chart."""
    return await _change(call, bill, asked.Categorise(said.category))


@router.post("/bills/{bill}/duplicate", response_model=Bill, operation_id="decide_duplicate")
async def duplicate(call: Changing, bill: Id, said: Decision) -> Response:
    """Decides about a held bill, which looks like an earlier one."""
    requests: dict[str, Any] = {"both": asked.KeepBoth(), "new": asked.KeepNew(), "earlier": asked.Discard()}
    return await _change(call, bill, requests[said.keep])


@router.post("/bills/{bill}/undo", response_model=Bill, operation_id="undo_bill")
async def undo(call: Changing, bill: Id) -> Response:
    """Takes back what was done with it last."""
    return await _change(call, bill, asked.Undo(of_bill=True))


async def _change(call: Changing, bill: int, request: object) -> Response:
    return await call.change(request, shown(bill), bill=bill)
