"""Values as they stand in calls and answers: amounts are decimal strings with a dot, currencies ISO 4217."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from fastapi import Path, Query
from pydantic import BaseModel, BeforeValidator, Field, StringConstraints

from storage.ledger.money import Money

LARGEST_ID = 2**31 - 1

Id = Annotated[int, Path(ge=1, le=LARGEST_ID)]
IdValue = Annotated[int, Field(ge=1, le=LARGEST_ID)]
_CALM = r"^[^\x00-\x1f\x7f]*$"

Text = Annotated[str, StringConstraints(max_length=200, pattern=_CALM)]
"""Words without control characters."""
Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$")]
"""Words, at least one."""
Decimal = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,12}(\.[0-9]{1,3})?$")]
"""An amount without a sign, such as "1249.50"."""
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


def _written(value: object) -> object:
    """A figure is no day, though pydantic would count seconds from 1970. Raises: ValueError."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        raise ValueError("a day is written like 2025-03-31")
    return value


Day = Annotated[date, BeforeValidator(_written)]
"""A day, ISO 8601."""
Since = Annotated[Day | None, Query(description="From this day on.")]
Until = Annotated[Day | None, Query(description="Up to this day, inclusive.")]


class Amount(BaseModel):
    """Money: a decimal string with a dot and no thousands mark, and its currency."""

    amount: str = Field(examples=["1249.50"])
    currency: str = Field(examples=["EUR"])


def amount(money: Money) -> Amount:
    """The money as JSON."""
    return Amount(amount=str(money.decimal), currency=money.currency)


def decimal(minor: int | None, currency: str | None) -> str | None:
    """Minor units as a decimal string; None where the amount or its currency is not known."""
    return None if minor is None or currency is None else str(Money(minor, currency).decimal)
