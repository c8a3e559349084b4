"""Keeping the books: accounts, categories, closing, exporting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from handlers.requests.roles import Role


@dataclass(frozen=True)
class SetOpeningBalance:
    """What an account held when the books began ("opening balance of the bank is 12,400 on 1 January")."""

    amount: str
    account: str = "bank"
    on: date | None = None
    currency: str | None = None


@dataclass(frozen=True)
class AddAccount:
    """A further account by its name: of a bank or cash, an expense category, or of another kind, where "" is for the
    kind's own name."""

    name: str
    kind: Literal[
        "bank", "cash", "expense", "loan", "tax", "payroll", "private", "salaries", "asset", "liability", "equity",
        "income",
    ]  # fmt: skip
    iban: str | None = None
    currency: str | None = None


@dataclass(frozen=True)
class RenameAccount:
    """An account or category gets another name."""

    name: str
    new: str


@dataclass(frozen=True)
class NumberAccount:
    """An account or category of ours has this number in the tax adviser's chart."""

    name: str
    number: str


@dataclass(frozen=True)
class Categories:
    """Which expense categories are there?"""


@dataclass(frozen=True)
class ClosePeriod:
    """Nothing is booked until this day, inclusive, any more."""

    until: date


@dataclass(frozen=True)
class ReopenPeriod:
    """Take the last closing back."""


@dataclass(frozen=True)
class UndoBookkeepingStep:
    """Take back a step of the books that is not about a bill, by its number in the audit; None is the asker's last."""

    step: int | None = None


@dataclass(frozen=True)
class TrialBalance:
    """Every account's balance at a date, None now."""

    on: date | None = None


@dataclass(frozen=True)
class VatReturn:
    """The VAT return of a period, by boxes; `box` asks for the bills behind one of them, by its number."""

    since: date
    until: date
    box: str | None = None
    label: str = ""


@dataclass(frozen=True)
class Export:
    """The period's books as files."""

    since: date
    until: date
    format: Literal["xlsx", "csv", "zip", "hledger", "beancount", "datev", "all"] = "all"
    label: str = ""


@dataclass(frozen=True)
class SetCompanyProfile:
    """Something about the company: its name, its VAT id, its country (ISO 3166), an IBAN of its bank account, when
    its VAT
    is due ("accrual" by invoices, "cash" by payments), or how the tax adviser's program has it: the chart ("skr03",
    "skr04"), adviser and client by number, corrections as "pairs" or "net"."""

    field: Literal[
        "name", "vat_id", "country", "iban", "vat_basis", "datev_chart", "datev_adviser", "datev_client",
        "datev_corrections",
    ]  # fmt: skip
    value: str


@dataclass(frozen=True)
class RequireApproval:
    """Bills of at least `amount` need `steps` people's approval; `steps` 0 ends such rules. `category` None is any."""

    amount: str
    steps: int = 1
    category: str | None = None
    role: Role = "owner"
    currency: str | None = None


@dataclass(frozen=True)
class ShowApprovalRules:
    """Which rules for approvals hold?"""


@dataclass(frozen=True)
class AllowSelfApproval:
    """Whether people may approve bills that they sent themselves."""

    allowed: bool


@dataclass(frozen=True)
class AccountingSoftware:
    """How far did bills come in the accounting software that is connected? `again`: what did not arrive is sent once
    more."""

    again: bool = False
