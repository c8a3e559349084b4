"""What all accounting software is asked for, and what it is given: a bill, in terms of EN 16931."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Protocol

Access = dict[str, Any]
"""What lets us in, of the platform's own; kept sealed."""
Keep = Callable[[Access], Awaitable[None]]
"""Keeps access that was renewed, before it is used."""


@dataclass(frozen=True)
class Line:
    """A part of a bill of one treatment: amounts in the bill's currency, VAT included in `gross`; `rate` in percent,
    None where it is not known. `treatment` is its VAT category (EN 16931, BT-118), "S" also where nothing is known."""

    gross: Decimal
    tax: Decimal
    rate: Decimal | None
    treatment: str = "S"


@dataclass(frozen=True)
class PushedBill:
    """A bill as it is pushed. `mark` names it among all bills of all companies of this Billify, the same each time;
    `once` is the same for the same try. `category` is what the platform books it on, as the company named it; `file` is
    the original, as name, media type and bytes, None where it is kept no more."""

    mark: str
    once: str
    ours: bool
    credit_note: bool
    party: str
    number: str
    issued: date
    due: date
    currency: str
    lines: tuple[Line, ...]
    category: str
    category_name: str
    file: tuple[str, str, bytes] | None = None

    @property
    def gross(self) -> Decimal:
        """What is to be paid."""
        return sum((line.gross for line in self.lines), Decimal())

    @property
    def tax(self) -> Decimal:
        """The VAT in it."""
        return sum((line.tax for line in self.lines), Decimal())


class Refused(Exception):
    """The platform does not take it, and will not the next time; `str` says why, for people."""


class NotNow(Exception):
    """The platform cannot be asked, or asks to come again, `wait` later at the earliest."""

    def __init__(self, why: str, wait: timedelta = timedelta()) -> None:
        super().__init__(why)
        self.wait = wait


class SignInOver(Exception):
    """The platform lets us in no more: a person has to connect it anew."""


class AccountingPlatform(Protocol):
    """One way into accounting software, while it is used. All raise: Refused, NotNow, SignInOver."""

    async def name(self) -> str:
        """What the organisation is called there, which shows that we are let in."""
        ...

    async def categories(self) -> dict[str, str]:
        """What can be booked on: by what it is called there, the id that bills name."""
        ...

    async def find(self, bill: PushedBill) -> str | None:
        """The id under which an earlier try made it there; None where none did."""
        ...

    async def create(self, bill: PushedBill) -> str:
        """Makes it there, and gives its id."""
        ...

    async def update(self, external: str, bill: PushedBill) -> None:
        """Has it stand there as it stands here."""
        ...

    async def attach(self, external: str, bill: PushedBill) -> None:
        """Puts the original beside it, once."""
        ...

    async def withdraw(self, external: str, bill: PushedBill) -> None:
        """Takes it back there. Raises: Refused where the platform lets only people do that."""
        ...
