"""Questions to the ledger. Dates bound a period, both inclusive, None for no limit; `label` repeats it in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Side = Literal["payable", "receivable"]


@dataclass(frozen=True)
class Due:
    """Which bills are open. Both ends are inclusive, None is no limit; `overdue` means due before today.

    `vendor` is as it was said, `without` the parties that are left out. `above` is a decimal string: open amounts
    from there on, `below` up to there, in `currency` (None: any). `days_late` asks for what is overdue by more than so
    many days, `no_due_date` for bills that have none. `order` puts the first due, the oldest bill or the largest open
    amount first; `most` limits how many. `side` tells what we owe from what others owe us. `issued_since` and
    `issued_until` bound the day of the bill instead ("what haven't we paid from May?"). `label` repeats the condition
    in words ("this week, to Acme"), "" for none.
    """

    until: date | None = None
    since: date | None = None
    overdue: bool = False
    vendor: str | None = None
    label: str = ""
    above: str | None = None
    currency: str | None = None
    side: Side = "payable"
    without: tuple[str, ...] = ()
    days_late: int | None = None
    no_due_date: bool = False
    order: Literal["due", "oldest", "largest"] = "due"
    most: int | None = None
    issued_since: date | None = None
    issued_until: date | None = None
    below: str | None = None


@dataclass(frozen=True)
class Balance:
    """How much there is: on one account, as people call it, or (None) on all that hold money; at a date, None now."""

    account: str | None = None
    on: date | None = None


@dataclass(frozen=True)
class Owed:
    """What we owe in all (payable), or what others owe us (receivable), by party; `party` is as it was said and may fit
    several, which are then summed ("all the Acmes"); `without` are the parties that are left out."""

    side: Side = "payable"
    party: str | None = None
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Settled:
    """Is it paid? Yes or no comes first. Of a bill by its number, or of a party's bills in a period (by date of issue);
    without either of the bill in focus. `last` asks when the party was last paid, or paid us."""

    bill_hint: str | None = None
    vendor: str | None = None
    side: Side | None = None
    since: date | None = None
    until: date | None = None
    last: bool = False
    label: str = ""


@dataclass(frozen=True)
class Payments:
    """Which payments were made (payable), or came in (receivable), in a period: money that moved, not costs. From or to
    one account of ours, or one party, where these are said."""

    side: Side = "payable"
    since: date | None = None
    until: date | None = None
    vendor: str | None = None
    account: str | None = None
    label: str = ""


@dataclass(frozen=True)
class Spend:
    """What was spent: on a category, with a vendor, by a person (who sent the bills), in a period; `by` groups it.

    `compare` sets the period before it beside it, `versus_since` and `versus_until` another one. `most` asks for the
    largest of the groups, `average` for the average month. `without` are vendors that are left out,
    `without_categories` categories. `chart` asks for the picture.
    """

    since: date | None = None
    until: date | None = None
    category: str | None = None
    vendor: str | None = None
    by: Literal["category", "vendor", "month", "person", "bill"] = "category"
    compare: bool = False
    chart: bool = False
    label: str = ""
    person: str | None = None
    without: tuple[str, ...] = ()
    versus_since: date | None = None
    versus_until: date | None = None
    versus_label: str = ""
    most: int | None = None
    average: bool = False
    without_categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Income:
    """What we invoiced, net of VAT, in a period: with one customer, or grouped; `most` asks for the largest."""

    since: date | None = None
    until: date | None = None
    vendor: str | None = None
    by: Literal["vendor", "month"] = "vendor"
    most: int | None = None
    label: str = ""


@dataclass(frozen=True)
class Profit:
    """The result of a period: income less costs, both net."""

    since: date | None = None
    until: date | None = None
    label: str = ""


@dataclass(frozen=True)
class Forecast:
    """What the bank balance will be: day by day until `until`.

    `afford` (a decimal string) asks whether so much can be spent by then, `after_bills` what is left once all that
    is open is paid, `runs_out` how long the money lasts.
    """

    until: date
    label: str = ""
    chart: bool = True
    afford: str | None = None
    currency: str | None = None
    after_bills: bool = False
    runs_out: bool = False


@dataclass(frozen=True)
class Ageing:
    """Open amounts by how long they are overdue."""

    side: Side = "payable"
    chart: bool = True


@dataclass(frozen=True)
class Find:
    """Bills, open or not, that meet every condition given. Amounts are decimal strings. `text` is looked for in the
    vendor, number and what was read; `person` sent them. `order` puts the newest, oldest or largest first; `most`
    limits
    how many; `count` asks how many there are."""

    text: str | None = None
    vendor: str | None = None
    at_least: str | None = None
    at_most: str | None = None
    since: date | None = None
    until: date | None = None
    order: Literal["newest", "largest", "oldest"] = "newest"
    most: int | None = None
    label: str = ""
    person: str | None = None
    count: bool = False
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartyDetails:
    """What is known of a vendor or customer: its IBAN, VAT id, or all of it (`about` None)."""

    vendor: str
    about: Literal["iban", "vat_id", "terms", "category"] | None = None


@dataclass(frozen=True)
class Why:
    """Where a figure or flag comes from: of the last answer, or of `about` ("total", "due date", "overdue")."""

    about: str | None = None
    bill_hint: str | None = None


@dataclass(frozen=True)
class ShowAll:
    """The whole of the last answer, of which only the first lines were told."""


@dataclass(frozen=True)
class Waiting:
    """What waits for a person: documents to confirm, bills to approve, movements to match."""


@dataclass(frozen=True)
class Subscriptions:
    """Which bills come again and again."""


@dataclass(frozen=True)
class Unusual:
    """What stands out among the bills of late, or of a period by date of issue; of one vendor, as it was said, or of
    all."""

    vendor: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Budgets:
    """What is left of budgets: of one category (its code), or of all."""

    category: str | None = None


@dataclass(frozen=True)
class SetBudget:
    """So much may be spent on a category, net, in each interval; `amount` (a decimal string) None ends its budget."""

    category: str
    amount: str | None = None
    currency: str | None = None
    interval: Literal["month", "quarter", "year"] = "month"


@dataclass(frozen=True)
class PaymentDays:
    """After how many days invoices are paid: those of customers (receivable) or those to us."""

    side: Side = "receivable"


OfInsight = Subscriptions | Unusual | Budgets | SetBudget | PaymentDays
"""What the books tell beside what is asked of them, and the budgets that are kept beside them."""
