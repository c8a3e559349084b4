"""What closing the books takes: profit and loss, the balance sheet, other currencies at their worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class FinancialStatements:
    """Profit and loss of a period, the balance sheet at its end, or both, beside those of the period before; `file`
    asks for them as a workbook."""

    since: date
    until: date
    part: Literal["results", "balance", "both"] = "both"
    file: bool = False
    label: str = ""


@dataclass(frozen=True)
class ValueCurrencies:
    """What of other currencies is there at the end of a day is valued at that day's rates."""

    on: date


@dataclass(frozen=True)
class TellDifference:
    """What the difference between a told balance of an account (its code) at the beginning of a day and what is booked
    is: `because` names an account, or is "opening": it was there before the books began. Amounts are decimal strings;
    `difference` is what was shown."""

    account: str
    amount: str
    currency: str
    on: date
    difference: str
    because: str


@dataclass(frozen=True)
class WriteOff:
    """What is left of a bill is given up, for a reason ("" where none was said). `bill_hint` None means the one in
    focus."""

    reason: str
    bill_hint: str | None = None


Accounting = FinancialStatements | ValueCurrencies | TellDifference | WriteOff
"""What the books of a period are closed with."""
