"""A bank statement as its file tells it, whatever the format. Terms are those of ISO 20022 (camt.053)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True)
class StatementLine:
    """A movement: money that came in (positive) or went out (negative).

    `booked_on` is the booking date, `value_on` the value date. `counterparty` and `iban` are the other side's.
    `reference` is what the payer gave the payment (end-to-end id, creditor reference), `bank_reference` what the bank
    calls the movement, the same in each of its files; each is "" where there is none. `pending` says that it is not
    booked yet. `currency` is "" unless, against the rules, it is another than the statement's.
    """

    booked_on: date
    amount: Decimal
    text: str = ""
    counterparty: str = ""
    iban: str = ""
    reference: str = ""
    bank_reference: str = ""
    value_on: date | None = None
    pending: bool = False
    currency: str = ""


@dataclass(frozen=True)
class LeftOut:
    """A row, or another piece of a statement, that is not among its movements, and why.

    `row` is its line in the file or its number there, from 1; `text` is what it says. `why` is the part that cannot be
    read ("date", "amount", "direction"), or what it is instead of a movement; `end` says of a balance whether it is the
    "opening" or a "closing" one, `amount` what it tells, None where that cannot be read.
    """

    row: int
    text: str
    why: Literal["date", "amount", "direction", "pending", "balance", "total"]
    end: str = ""
    amount: Decimal | None = None

    @property
    def is_missing(self) -> bool:
        """Whether it may have been a movement."""
        return self.why in ("date", "amount", "direction")


@dataclass(frozen=True)
class BankStatement:
    """A period of one account. `format` is such as "camt.053.001.08", "MT940", "OFX", "QIF", "CSV".

    `account` is an IBAN (without blanks) or whatever number the bank prints, "" where the format has none; `currency`
    is ISO 4217, "" where the account has to tell it. Balances are None where the format has none.
    `symbol` is a sign beside its amounts that stands for several currencies ("$", "kr"), "" for none. `strange` are the
    other currencies that it speaks of, against the rules. `left_out` is what of the file is not among its movements.
    """

    format: str
    lines: tuple[StatementLine, ...]
    account: str = ""
    currency: str = ""
    number: str = ""
    bank: str = ""
    owner: str = ""
    opening: Decimal | None = None
    closing: Decimal | None = None
    since: date | None = None
    until: date | None = None
    strange: tuple[str, ...] = ()
    symbol: str = ""
    left_out: tuple[LeftOut, ...] = ()

    @property
    def booked(self) -> tuple[StatementLine, ...]:
        """The movements that count: neither pending nor in another currency."""
        return tuple(line for line in self.lines if not line.pending and not line.currency)

    @property
    def difference(self) -> Decimal:
        """By how much opening balance and movements miss the closing balance; 0 where a balance is not told."""
        if self.opening is None or self.closing is None:
            return Decimal(0)
        return self.closing - self.opening - sum((line.amount for line in self.booked), Decimal(0))

    @property
    def first_day(self) -> date | None:
        """The first day that it speaks of, None for none."""
        return self.since or min((line.booked_on for line in self.lines), default=None)

    @property
    def last_day(self) -> date | None:
        """The last day that it speaks of, which is that of its closing balance; None for none."""
        return self.until or max((line.booked_on for line in self.lines), default=None)


@dataclass(frozen=True)
class StatementTable:
    """A table of a CSV file or a workbook. `rows` have as many cells as `header`, or more where their file is damaged.

    `above` are the rows before it, without empty cells; `begins` is the line of the file on which `rows` begin. Where
    it is not `headed`, `header` are the numbers of its columns, from 1. `kind` sets it apart from others so headed.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    above: tuple[tuple[str, ...], ...] = ()
    headed: bool = True
    begins: int = 1
    kind: str = ""

    @property
    def fingerprint(self) -> str:
        """The same for each export of the same kind: of the header, without case, or of how many columns there are and
        which are never empty."""
        told = "|".join(cell.casefold() for cell in self.header)
        if not self.headed:
            told += "|" + "|".join(str(n) for n in range(len(self.header)) if all(self.column(n)))
        return hashlib.sha256((self.kind + told).encode()).hexdigest()

    def column(self, index: int) -> list[str]:
        """The cells of a column, from top to bottom."""
        return [row[index] for row in self.rows if any(row)]
