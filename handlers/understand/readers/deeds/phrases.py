"""What is done with a bill, said in fixed words."""

from __future__ import annotations

from typing import Literal

from handlers.requests import (
    AddCostObject,
    Approve,
    Budgets,
    Claim,
    Confirm,
    CostObjects,
    Hold,
    OnHold,
    PaymentDays,
    Release,
    Request,
    SetBudget,
    Split,
    SplitPart,
    Subscriptions,
    Unusual,
)
from handlers.understand.text.sentence import SlotMismatch
from handlers.understand.values import names
from handlers.understand.values.slots import RequestBuilder, Slots


def _never(slots: Slots) -> None:
    """Words that are only to be known."""
    raise SlotMismatch


def add_project(slots: Slots) -> AddCostObject:
    """ "add project Town Hall"."""
    return AddCostObject("project", slots.text("name"))


def add_cost_centre(slots: Slots) -> AddCostObject:
    """ "new cost centre Berlin"."""
    return AddCostObject("cost_centre", slots.text("name"))


def release(slots: Slots) -> Request:
    """ "release it" approves a bill that waits for that, and ends the hold of one that is held."""
    if slots.said.plain != "release it" or "hold" in slots.scene.known:
        return Release()
    return Approve() if slots.scene.booked or not slots.scene.known else Confirm()


_INTERVALS: dict[str, Literal["month", "quarter", "year"]] = {
    "month": "month", "monthly": "month", "monat": "month", "quarter": "quarter", "quartal": "quarter",
    "vierteljahr": "quarter", "year": "year", "jahr": "year",
}  # fmt: skip


def budget_of(slots: Slots) -> Request:
    """ "budget for travel 300 a month", "how much of the travel budget is left?", "no budget for travel"."""
    category = names.category(slots.get("category"), slots.scene)
    if category is None:
        raise SlotMismatch
    if "amount" in slots:
        interval = _INTERVALS.get(slots.get("interval").plain)
        if interval is None:
            raise SlotMismatch
        amount = slots.amount()
        return SetBudget(category, amount.value, amount.currency, interval)
    ends = slots.said.words[0].plain in ("no", "remove", "kein", "losche")
    return SetBudget(category) if ends else Budgets(category)


REQUEST_BUILDERS: dict[str, RequestBuilder] = {
    "split_nothing": lambda _: Split(()),
    "split_half": lambda _: Split((SplitPart("1/2", private="private"),)),
    "split_whole": lambda _: Split((SplitPart("rest", private="private"),)),
    "split_words": _never,
    "claim_words": _never,
    "claim": lambda _: Claim(),
    "add_project": add_project,
    "add_cost_centre": add_cost_centre,
    "cost_objects": lambda _: CostObjects(),
    "subscriptions": lambda _: Subscriptions(),
    "unusual": lambda _: Unusual(),
    "budgets": lambda _: Budgets(),
    "budget_of": budget_of,
    "payment_days_in": lambda _: PaymentDays(),
    "payment_days_out": lambda _: PaymentDays("payable"),
    "on_hold": lambda _: OnHold(),
    "hold": lambda _: Hold(),
    "release_hold": release,
}
