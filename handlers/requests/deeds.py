"""What people do with a bill beside deciding about it: split it, note something, hold its payment, claim it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

PrivateAs = Literal["private", "drawings", "owed_back"]


@dataclass(frozen=True)
class SplitPart:
    """A part of a bill: `measure` is an amount ("300.00"), a share ("50%", "1/3") or "rest".

    `category` is a code, `private` says that it is nobody's cost, and as what it is booked where that was said.
    `kind` and `name` are of what it is for, as it was said: a project, a cost centre, or (None) whatever is called so.
    """

    measure: str
    category: str | None = None
    private: PrivateAs | None = None
    person: str | None = None
    kind: Literal["project", "cost_centre"] | None = None
    name: str | None = None


@dataclass(frozen=True)
class Split:
    """The bill goes to several categories, people, projects or cost centres; no parts: to its own category alone."""

    parts: tuple[SplitPart, ...]
    bill_hint: str | None = None


@dataclass(frozen=True)
class AddCostObject:
    """A project, or a cost centre, that costs can be booked for."""

    kind: Literal["project", "cost_centre"]
    name: str


@dataclass(frozen=True)
class CostObjects:
    """Which projects and cost centres there are."""


@dataclass(frozen=True)
class Note:
    """Something is noted about a bill; without a text, what was noted is told."""

    text: str
    bill_hint: str | None = None


@dataclass(frozen=True)
class AttachPaper:
    """The paper in focus, which is no bill, belongs to the bill that is named."""

    bill_hint: str


@dataclass(frozen=True)
class Hold:
    """The bill is not to be paid for now, and why: until a day, or until it is released."""

    bill_hint: str | None = None
    reason: str = ""
    until: date | None = None


@dataclass(frozen=True)
class Release:
    """The bill that is held may be paid after all."""

    bill_hint: str | None = None


@dataclass(frozen=True)
class OnHold:
    """Which bills are held, by whom and why."""


@dataclass(frozen=True)
class Claim:
    """Somebody of the company paid the bill out of their own pocket: whoever says it, or `person`."""

    person: str | None = None
    bill_hint: str | None = None


@dataclass(frozen=True)
class Trip:
    """A way with one's own vehicle, to be paid back: how far (a decimal string), in kilometres or miles, when and
    why."""

    distance: str
    unit: Literal["km", "mi"]
    on: date | None = None
    text: str = ""


@dataclass(frozen=True)
class PerDiem:
    """Meals on a trip, to be paid back by days; `last` is its last day, None today."""

    days: int
    last: date | None = None
    text: str = ""


@dataclass(frozen=True)
class PettyCash:
    """Something was paid from the cash box, and there is no receipt. `amount` is a decimal string."""

    amount: str
    text: str
    on: date | None = None
    currency: str | None = None
    category: str | None = None


@dataclass(frozen=True)
class PayMeBack:
    """Where whoever says it is paid back what they laid out."""

    iban: str


OfDeeds = (
    Split
    | AddCostObject
    | AttachPaper
    | Claim
    | Trip
    | PerDiem
    | PettyCash
    | PayMeBack
    | CostObjects
    | Note
    | Hold
    | Release
    | OnHold
)
"""What people do with a bill beside deciding about it."""
