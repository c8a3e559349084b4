"""What is done with a bill, said in fixed words."""

from __future__ import annotations

from handlers.requests import (
    AddCostObject,
    Approve,
    Claim,
    Confirm,
    CostObjects,
    Hold,
    OnHold,
    Release,
    Request,
    Split,
    SplitPart,
)
from handlers.understand.text.sentence import SlotMismatch
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
    "on_hold": lambda _: OnHold(),
    "hold": lambda _: Hold(),
    "release_hold": release,
}
