"""Dates and amounts as banks' tables write them. How they are written is a matter of the whole column."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, get_args

DateOrder = Literal["ymd", "dmy", "mdy"]
"""In which order year, month and day stand."""

_NUMBERS = re.compile(r"\s*(\d{1,4})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{2,4})(?:[T ,]+\d{1,2}:\d\d.*)?\s*")
_COMPACT = re.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)\s*")
_WORDY = ("%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y", "%d %b %y")
_CENTURY = 70
"""Two-digit years from here on are of the last century."""

_AMOUNT = re.compile(
    r"(?P<open>\()?\s*(?:[A-Z]{3}|[€$£])?\s*(?P<sign>[-+])?\s*(?:[A-Z]{3}|[€$£])?\s*(?P<number>\d[\d.,']*|[.,]\d+)"
    r"\s*(?:[A-Z]{3}(?![A-Z])|[€$£])?\s*(?P<close>\))?\s*(?P<after>[-+]|S|H|DR?|CR?|Soll|Haben)?",
    re.IGNORECASE,
)
_OUT = frozenset({"-", "S", "D", "DR", "SOLL"})
"""Marks behind an amount that went out."""


def date_in(text: str, order: DateOrder) -> date | None:
    """The date in a cell, None for anything else. A time behind it does not matter."""
    if compact := _COMPACT.fullmatch(text):
        return _made(int(compact[1]), int(compact[2]), int(compact[3]))
    if numbers := _NUMBERS.fullmatch(text):
        first, second, third = (int(part) for part in numbers.groups())
        if len(numbers[1]) == 4:
            return _made(first, second, third)
        day, month = (first, second) if order != "mdy" else (second, first)
        return _made(_year(third), month, day)
    return _wordy(text)


def date_order(texts: Sequence[str]) -> tuple[DateOrder, bool]:
    """In which order the dates of a column are written, and whether that is certain.

    Where every day could be a month, points mean days first; else the order in which the dates run up or down with
    fewer turns is taken, days first where both are as good, and that is uncertain.
    """
    texts = [text for text in texts if text.strip()]
    read = {order: [date_in(text, order) for text in texts] for order in get_args(DateOrder)[1:]}
    missed: dict[DateOrder, int] = {order: sum(day is None for day in days) for order, days in read.items()}
    if missed["dmy"] != missed["mdy"]:
        return min(missed, key=lambda order: missed[order]), True
    if read["dmy"] == read["mdy"]:
        return "ymd", True
    if sum("." in text for text in texts) > len(texts) // 2:
        return "dmy", True
    turns = {order: _turns([day for day in days if day]) for order, days in read.items()}
    return ("mdy" if turns["mdy"] < turns["dmy"] else "dmy"), False


def amount_in(text: str, mark: str) -> Decimal | None:
    """The amount in a cell, below zero where it went out; `mark` is the decimal one. None for anything else.

    "1.249,50-", "(20.00)", "EUR -5,00", "20,00 S" (Soll) and "20.00 DR" are understood.
    """
    found = _AMOUNT.fullmatch(text.replace("\N{MINUS SIGN}", "-").replace("\N{NO-BREAK SPACE}", " ").strip())
    if not found or bool(found["open"]) != bool(found["close"]):
        return None
    thousands = "." if mark == "," else ","
    number = found["number"].replace("'", "").replace(thousands, "").replace(mark, ".")
    if number.count(".") > 1:
        return None
    out = found["sign"] == "-" or found["open"] or (found["after"] or "").upper() in _OUT
    return -Decimal(number) if out else Decimal(number)


def decimal_mark(texts: Sequence[str]) -> str:
    """The decimal mark of a column: what stands before one or two last digits most often; a point if nothing does."""
    commas, points = (sum(bool(re.search(rf"\d?{mark}\d{{1,2}}(?!\d)\D*$", t)) for t in texts) for mark in (",", r"\."))
    return "," if commas > points else "."


def _turns(days: Sequence[date]) -> int:
    """How often dates change from rising to falling or back."""
    steps = [(later > earlier) - (later < earlier) for earlier, later in itertools.pairwise(days)]
    signs = [step for step in steps if step]
    return sum(one != other for one, other in itertools.pairwise(signs))


def _wordy(text: str) -> date | None:
    """ "3 Mar 2025", "Mar 3, 2025"."""
    plain = " ".join(text.replace(",", " ").replace(".", " ").split())
    for form in _WORDY:
        try:
            return datetime.strptime(plain, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def _year(number: int) -> int:
    return number if number > 99 else number + (1900 if number >= _CENTURY else 2000)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
