"""What an export is, and what is right of it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from openpyxl import Workbook

Moved = tuple[date, Decimal]

CLOSING = Decimal("722.06")
"""What is on the account after the three movements, of 500.00 before."""

NAMES = ("Kaffee Rot", "Kunde Nord", "Haus West")
"""Who was on the other side of them."""

OURSELVES = "Iris Handel"


@dataclass(frozen=True)
class Export:
    """A file of a bank, and what is in it.

    `moved` are its movements, the oldest first; `closing` and `opening` None where the file does not say; `named` is
    whether it tells the other side; `left_out` the rows that may be left out, as long as they are told of.
    """

    name: str
    data: bytes
    currency: str = ""
    moved: tuple[Moved, ...] = ()
    opening: Decimal | None = None
    closing: Decimal | None = None
    named: bool = True
    left_out: int = 0


def moves(told: str = "03-04 -12.50, 03-14 1234.56, 03-20 -1000.00") -> tuple[Moved, ...]:
    """ "03-04 -12.50, …": days of 2025 and amounts, negative where money went out."""
    each = (part.split() for part in told.split(","))
    return tuple((date.fromisoformat(f"2025-{day}"), Decimal(amount)) for day, amount in each)


THREE = moves()


def text(
    name: str,
    content: str,
    currency: str = "",
    *,
    encoding: str = "utf-8",
    moved: tuple[Moved, ...] = THREE,
    balances: bool = False,
    named: bool = True,
    left_out: int = 0,
) -> Export:
    """An export that is text. `balances` says that it tells what was on the account."""
    return Export(
        name,
        content.lstrip("\n").encode(encoding),
        currency,
        moved,
        Decimal("500.00") if balances else None,
        CLOSING if balances else None,
        named,
        left_out,
    )


def workbook(
    name: str,
    rows: Sequence[Sequence[object]],
    currency: str = "",
    *,
    moved: tuple[Moved, ...] = THREE,
    balances: bool = False,
    named: bool = True,
    left_out: int = 0,
) -> Export:
    """An export that is an Excel workbook."""
    made = Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(list(row))
    file = io.BytesIO()
    made.save(file)
    ends = (Decimal("500.00"), CLOSING) if balances else (None, None)
    return Export(name, file.getvalue(), currency, moved, *ends, named, left_out)
