"""Answers of several lines, numbered where the next message may lean on them ("pay the second")."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from handlers.language.formats import day, listed, money, relative
from handlers.language.translation import say
from storage.bills import outstanding
from storage.bills.discounts import discounted_rest, step_on
from storage.ledger.money import Money
from storage.models import Bill

MOST_LINES = 20
"""More bills than this are counted, not listed; sums are always of all."""


_WHOLE = 100_000
"""Lines of an answer that is told whole, in a file."""
_whole: ContextVar[bool] = ContextVar("whole", default=False)
_cuts: ContextVar[list[int] | None] = ContextVar("cuts", default=None)


@contextmanager
def whole() -> Iterator[None]:
    """Within it, nothing is left out of any list."""
    before = _whole.set(True)
    try:
        yield
    finally:
        _whole.reset(before)


@contextmanager
def noting_cuts() -> Iterator[list[int]]:
    """Collects how many lines each list leaves out that is made within it."""
    cuts: list[int] = []
    before = _cuts.set(cuts)
    try:
        yield cuts
    finally:
        _cuts.reset(before)


def at_most(most: int) -> int:
    """How many lines a list has that is cut after so many."""
    return _WHOLE if _whole.get() else most


def left_out(number: int) -> str:
    """The line that ends a list which is cut, and that it was."""
    cuts = _cuts.get()
    if cuts is not None:
        cuts.append(number)
    return say("… and {n} more.", n=number)


@dataclass(frozen=True)
class Listing:
    """Lines about bills, and the ids of the bills that they name, in their order."""

    text: str
    bills: tuple[int, ...] = ()


def bill_list(
    bills: Sequence[Bill], line: Callable[[Bill], str], most: int = MOST_LINES, number: int | None = None
) -> Listing:
    """A line for each bill, as `line` words it: numbered, unless it is the only one.

    `number` is how many there are in all, where `bills` are only the first of them.
    """
    number = len(bills) if number is None else number
    shown = bills[: at_most(most)]
    marks = [f"{n}." for n in range(1, len(shown) + 1)] if number > 1 else ["•"]
    lines = [f"{mark} {line(bill)}" for mark, bill in zip(marks, shown, strict=False)]
    if number > len(shown):
        lines.append(left_out(number - len(shown)))
    return Listing("\n".join(lines), tuple(bill.id for bill in shown))


def due_line(bill: Bill, today: date) -> str:
    """ "Acme GmbH 2024-117 · €1,249.50 · due 2 Apr 2025 (in 12 days)"; the amount is what is still open."""
    parts = (
        vendor_and_number(bill),
        money(outstanding.open_amount(bill)),
        due_words(bill, today),
        discount_words(bill, today),
    )
    return " · ".join(filter(None, parts))


def due_words(bill: Bill, today: date) -> str:
    """ "due 2 Apr 2025 (in 12 days)"."""
    if bill.due_date is None:
        return say("no due date")
    return say("due {day} ({relative})", day=day(bill.due_date), relative=relative(bill.due_date, today))


def discount_words(bill: Bill, today: date) -> str:
    """ "€1,224.51 if paid by 25 Mar 2025"; "" where there is no discount for early payment, any more."""
    step, rest = step_on(bill, today), discounted_rest(bill, today)
    if step is None or rest is None or step.until is None:
        return ""
    return say("{amount} if paid by {day}", amount=money(rest), day=day(step.until))


def vendor_and_number(bill: Bill) -> str:
    """The bill by vendor and number, as far as they are known: "Acme GmbH 2024-117"."""
    return " ".join(part for part in (bill.vendor or say("Unknown vendor"), bill.number) if part)


def sums(amounts: Sequence[Money]) -> str:
    """ "€1,249.50 and US$20.00": one sum a currency."""
    return listed([money(amount) for amount in amounts])


def after(label: str) -> str:
    """A condition as it stands behind what it limits: " this week", ", to Acme", ""."""
    return f" {label}" if label and not label.startswith(",") else label
