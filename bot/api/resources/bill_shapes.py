"""A bill as JSON. Field names are those of `billify read --json`, terms of EN 16931 in snake case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, Field
from sqlmodel import Session

from bot.api.values import decimal
from handlers.bills.find_bill import find_bill
from handlers.context import Context
from storage.models import Bill as BillRow
from storage.models import BillState, Side

Sort = Literal["newest", "oldest", "largest"]


class ReadField(BaseModel):
    """A value as it was read on the document, or told by a person, with how sure that is and where it stands."""

    value: str
    confidence: float | None = None
    page: int | None = None
    box: list[float] | None = Field(None, description="x0, y0, x1, y1 in pixels of the page, or PDF points.")
    source: str | None = Field(None, description="xml, qr, text, ocr, derived or person.")


class BillSummary(BaseModel):
    """A bill as it stands after corrections. Amounts are null while they, or the currency, are unknown."""

    id: int
    state: BillState
    kind: str = Field(description="invoice, receipt, credit_note, statement or other.")
    side: Side = Field(description="payable: owed by us; receivable: owed to us.")
    document: int
    vendor: str | None = Field(description="Whom it is from; of a receivable whom it is to.")
    party: int | None = Field(description="The id of that vendor or customer.")
    number: str | None
    issue_date: date | None
    due_date: date | None
    currency: str | None
    subtotal: str | None
    tax: str | None
    tip: str | None
    total: str | None
    open: str | None = Field(description="What is still to be paid.")
    iban: str | None
    payment_reference: str | None
    category: str | None
    duplicate_of: int | None
    created_by: int
    created_at: datetime
    confirmed_by: int | None
    confirmed_at: datetime | None


class Bill(BillSummary):
    """A bill with what was read."""

    fields: dict[str, ReadField]


def summary_of(row: BillRow) -> BillSummary:
    """The bill as it stands in lists."""
    return BillSummary(**_columns(row))


def bill_of(row: BillRow) -> Bill:
    """The bill with all that was read."""
    fields = {
        name: ReadField(
            value=str(found["value"]),
            confidence=found.get("confidence"),
            page=found.get("page"),
            box=list(found["box"]) if found.get("box") else None,
            source=found.get("source"),
        )
        for name, found in sorted(row.evidence.items())
        if found.get("value") is not None
    }
    return Bill(**_columns(row), fields=fields)


def _columns(row: BillRow) -> dict[str, Any]:
    names = BillSummary.model_fields.keys() - {"document", "party", "subtotal", "tax", "tip", "total", "open"}
    amounts = {
        name: decimal(getattr(row, f"{name}_minor"), row.currency)
        for name in ("subtotal", "tax", "tip", "total", "open")
    }
    return (
        {name: getattr(row, name) for name in names} | amounts | {"document": row.document_id, "party": row.vendor_id}
    )


def shown(bill_id: int) -> Callable[[Session, Context], Bill]:
    """The shape of one bill, as far as the asker may see it."""

    def shape(session: Session, context: Context) -> Bill:
        return bill_of(find_bill(session, replace(context, bill=bill_id)))

    return shape
