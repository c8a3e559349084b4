"""Dates as banks print them. In which order day and month stand is a matter of the whole column."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Literal, get_args

from babel import Locale

DateOrder = Literal["ymd", "dmy", "mdy"]
"""In which order year, month and day stand."""

_TIME = r"(?:[T ,]+\d{1,2}[:.]\d\d.*)?"
_NUMBERS = re.compile(rf"\s*(\d{{1,4}})\s*[-./]\s*(\d{{1,2}})\s*[-./']\s*(\d{{2,4}})\.?{_TIME}\s*")
_COMPACT = re.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)\s*")
_DAY_FIRST = re.compile(rf"(\d{{1,2}})[\s./-]+([^\W\d_]+)[\s.,/'-]+(\d{{4}}|\d\d){_TIME}")
_MONTH_FIRST = re.compile(rf"([^\W\d_]+)[\s.]+(\d{{1,2}})[\s,]+(\d{{4}}){_TIME}")
_CENTURY = 70
"""Two-digit years from here on are of the last century."""
_LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "nb", "fi", "pl", "cs", "ro", "hu", "tr", "id")


@lru_cache(maxsize=10_000)
def date_in(text: str, order: DateOrder) -> date | None:
    """The date in a cell, None for anything else. A time behind it does not matter; "3/ 4'25" is Quicken's."""
    if compact := _COMPACT.fullmatch(text):
        return _made(int(compact[1]), int(compact[2]), int(compact[3]))
    if numbers := _NUMBERS.fullmatch(text):
        first, second, third = (int(part) for part in numbers.groups())
        if len(numbers[1]) == 4:
            return _made(first, second, third)
        if len(numbers[1]) == 3 or len(numbers[3]) == 3:
            return None
        day, month = (first, second) if order != "mdy" else (second, first)
        return _made(_year(third), month, day)
    return _wordy(text.strip())


def date_order(texts: Sequence[str]) -> tuple[DateOrder, bool]:
    """In which order the dates of a column are written, and whether that is certain.

    Where every day could be a month, points mean days first; else the order in which the dates run up or down with
    fewer turns is taken, then that in which they lie closer together, days first where both are as good; that is
    uncertain.
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
    likely: dict[DateOrder, tuple[int, int]] = {
        order: _restless([day for day in days if day]) for order, days in read.items()
    }
    return ("mdy" if likely["mdy"] < likely["dmy"] else "dmy"), False


def _restless(days: Sequence[date]) -> tuple[int, int]:
    """How often dates change from rising to falling or back; then over how many days they go."""
    steps = [(later > earlier) - (later < earlier) for earlier, later in itertools.pairwise(days)]
    signs = [step for step in steps if step]
    return sum(one != other for one, other in itertools.pairwise(signs)), (max(days) - min(days)).days if days else 0


def _wordy(text: str) -> date | None:
    """ "3 Mar 2025", "03-Mär-25", "Mar 3, 2025"."""
    if found := _DAY_FIRST.fullmatch(text):
        return _made(_year(int(found[3])), _months().get(found[2].casefold(), 0), int(found[1]))
    if found := _MONTH_FIRST.fullmatch(text):
        return _made(int(found[3]), _months().get(found[1].casefold(), 0), int(found[2]))
    return None


@cache
def _months() -> dict[str, int]:
    """The names of months and their abbreviations (CLDR), without those that are another month elsewhere."""
    found: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        names = Locale(language).months
        for kind, width in itertools.product(("format", "stand-alone"), ("wide", "abbreviated")):
            for month, name in names[kind][width].items():
                found.setdefault(name.casefold().rstrip("."), set()).add(month)
    return {name: months.pop() for name, months in found.items() if len(months) == 1}


def _year(number: int) -> int:
    return number if number > 99 else number + (1900 if number >= _CENTURY else 2000)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
