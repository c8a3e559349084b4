"""Keeping the books: accounts, categories, closing, exporting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class SetOpeningBalance:
    """What an account held when the books began ("opening balance of the bank is 12,400 on 1 January")."""

    amount: str
    account: str = "bank"
    on: date | None = None
    currency: str | None = None


@dataclass(frozen=True)
class AddAccount:
    """A further bank or cash account, or an expense category, by its name."""

    name: str
    kind: Literal["bank", "cash", "expense"]
    iban: str | None = None
    currency: str | None = None


@dataclass(frozen=True)
class RenameAccount:
    """An account or category gets another name."""

    name: str
    new: str


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
class Export:
    """The period's books as files."""

    since: date
    until: date
    format: Literal["xlsx", "csv", "zip", "hledger", "beancount", "datev", "all"] = "all"
    label: str = ""


@dataclass(frozen=True)
class SetCompanyProfile:
    """Something about the company: its name, its VAT id, its country (ISO 3166), or an IBAN of its bank account."""

    field: Literal["name", "vat_id", "country", "iban"]
    value: str


@dataclass(frozen=True)
class RequireApproval:
    """Bills of at least `amount` need `steps` people's approval; `steps` 0 ends such rules. `category` None is any."""

    amount: str
    steps: int = 1
    category: str | None = None
    role: Literal["owner", "approver", "member"] = "owner"
    currency: str | None = None


@dataclass(frozen=True)
class ShowApprovalRules:
    """Which rules for approvals hold?"""


@dataclass(frozen=True)
class AllowSelfApproval:
    """Whether people may approve bills that they sent themselves."""

    allowed: bool


@dataclass(frozen=True)
class AssignRole:
    """Somebody gets another role."""

    name: str
    role: Literal["owner", "approver", "member"]
