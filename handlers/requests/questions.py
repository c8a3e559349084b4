"""Questions to the ledger. Dates bound a period, both inclusive, None for no limit; `label` repeats it in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Side = Literal["payable", "receivable"]


@dataclass(frozen=True)
class Due:
    """Which bills are open. Both ends are inclusive, None is no limit; `overdue` means due before today.

    `vendor` is as it was said. `above` is a decimal string: open amounts from there on, in `currency` (None: any).
    `side` tells what we owe from what others owe us. `label` repeats the condition in words ("this week, to Acme"),
    "" for none.
    """

    until: date | None = None
    since: date | None = None
    overdue: bool = False
    vendor: str | None = None
    label: str = ""
    above: str | None = None
    currency: str | None = None
    side: Side = "payable"


@dataclass(frozen=True)
class Balance:
    """How much there is: on one account, as people call it, or (None) on all that hold money; at a date, None now."""

    account: str | None = None
    on: date | None = None


@dataclass(frozen=True)
class Owed:
    """What we owe in all (payable), or what others owe us (receivable), by party; `party` is as it was said."""

    side: Side = "payable"
    party: str | None = None


@dataclass(frozen=True)
class Spend:
    """What was spent: on a category, with a vendor, in a period; `by` groups it; `compare` sets the period before it
    beside it. `chart` asks for the picture."""

    since: date | None = None
    until: date | None = None
    category: str | None = None
    vendor: str | None = None
    by: Literal["category", "vendor", "month"] = "category"
    compare: bool = False
    chart: bool = False
    label: str = ""


@dataclass(frozen=True)
class Forecast:
    """What the bank balance will be: day by day until `until`."""

    until: date
    label: str = ""
    chart: bool = True


@dataclass(frozen=True)
class Ageing:
    """Open amounts by how long they are overdue."""

    side: Side = "payable"
    chart: bool = True


@dataclass(frozen=True)
class Find:
    """Bills, open or not, that meet every condition given. Amounts are decimal strings. `text` is looked for in the
    vendor, number and what was read. `order` puts the newest or the largest first; `most` limits how many."""

    text: str | None = None
    vendor: str | None = None
    at_least: str | None = None
    at_most: str | None = None
    since: date | None = None
    until: date | None = None
    order: Literal["newest", "largest"] = "newest"
    most: int | None = None
    label: str = ""


@dataclass(frozen=True)
class Why:
    """Where a figure or flag comes from: of the last answer, or of `about` ("total", "due date", "overdue")."""

    about: str | None = None
    bill_hint: str | None = None


@dataclass(frozen=True)
class Waiting:
    """What waits for a person: documents to confirm, bills to approve, movements to match."""
