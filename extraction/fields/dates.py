"""Dates in a text: numeric, ISO, with month names; and whether the day or the month comes first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from babel.dates import get_month_names

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pl")
# OCR takes a dot for a comma, so that these two are one separator.
_NUMERIC = re.compile(
    r"(?<![\d/])(\d{1,2})\s?(?:([/\-])\s?(\d{1,2})\s?\2|[.,]\s?(\d{1,2})\s?[.,])\s?(\d{4}|\d{2})(?!\d|[/\-]\d)"
)
_ISO = re.compile(r"(?<!\d)(20\d{2})\s?([/.\-])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<![\d\w])(20\d{2})([01]\d)([0-3]\d)(?!\d)")
# A slash that OCR took for a 1, 7, 0 or a letter: 25/1202018, 23101/2019. Only with four digits of the year.
_TORN = re.compile(r"(?<!\d)([0-3]\d)(?:[/\-.][01]?|[017Il|])([01]\d)(?:[/\-.][017Il|]?|[017Il|])(20[0-4]\d)(?!\d)")
# Separators that OCR took for others: 07-10:2018, 12 10-2016. Only with four digits of the year.
_MIXED = re.compile(r"(?<![\d.,:/-])([0-3]?\d)[/\-.:, ]{1,2}([0-3]?\d)[/\-.:, ]{1,2}(20[0-4]\d)(?![\d/\-])")
_CONFUSED = str.maketrans({"O": "0", "o": "0", "Q": "0", "l": "1", "I": "1", "|": "1"})
_NEARLY_DATE = re.compile(r"(?<!\w)[\dOoQlI|]{1,2}[/.\-][\dOoQlI|]{1,2}[/.\-][\dOoQlI|]{2,4}(?!\w)")
_STREET_ZIP = re.compile(r"\b[A-Z]{2}[ .,]{1,2}\d{5}(?:-\d{4})?\b")
_ELSEWHERE = re.compile(r"\bRM\b|\bRM\d|\bSDN\b|\bGST ID|€|£|\bGmbH\b|\bMwSt\b|\bTVA\b|\bUSt\b")
_PHONE_US = re.compile(r"\(\d{3}\)\s?\d{3}[-.]\d{4}|\b\d{3}-\d{3}-\d{4}\b")


@dataclass(frozen=True)
class DateSpan:
    """A date at `text[start:end]`. `readings` holds the one date it can be, or two: day first, then month first.

    `leads` says which of the two a numeric date with one reading begins with, "" where that is no evidence (ISO,
    names of months, 03/03). `repaired` says that a digit was put in place of what OCR made of it.
    """

    start: int
    end: int
    readings: tuple[date, ...]
    leads: Literal["", "day", "month"] = ""
    repaired: bool = False


@dataclass(frozen=True)
class DayOrder:
    """Whether numeric dates of a document are written day first, and whether anything in it says so."""

    day_first: bool
    known: bool

    def pick(self, span: DateSpan) -> date:
        """The reading of a date in this order."""
        return span.readings[0] if self.day_first or len(span.readings) == 1 else span.readings[1]


def find_dates(text: str) -> Iterator[DateSpan]:
    """Every date in a text, left to right, none overlapping another."""
    readable = _NEARLY_DATE.sub(lambda match: match[0].translate(_CONFUSED), text)
    found = [*_iso(readable), *_numeric(readable), *_named(readable), *_torn(readable), *_mixed(readable)]
    found.sort(key=lambda span: (span.repaired, span.start, span.start - span.end))
    taken: list[DateSpan] = []
    for span in found:
        if all(span.end <= other.start or other.end <= span.start for other in taken):
            taken.append(span)
    yield from sorted(taken, key=lambda span: span.start)


def day_order(texts: Iterable[str], spans: Iterable[DateSpan]) -> DayOrder:
    """Day or month first: by the dates that can only be read one way, else by signs of an address in the US."""
    leads = [span.leads for span in spans]
    day, month = leads.count("day"), leads.count("month")
    if day or month:
        return DayOrder(day >= month, known=not (day and month))
    whole = "\n".join(texts)
    american = bool(_STREET_ZIP.search(whole) or _PHONE_US.search(whole)) and not _ELSEWHERE.search(whole)
    return DayOrder(not american, known=american)


def _day(year: int, month: int, day: int) -> date | None:
    year += 2000 if year < 80 else 1900 if year < 100 else 0
    try:
        return date(year, month, day) if 1990 <= year < 2100 else None
    except ValueError:
        return None


def _iso(text: str) -> Iterator[DateSpan]:
    for match in _ISO.finditer(text):
        if found := _day(int(match[1]), int(match[3]), int(match[4])):
            yield DateSpan(match.start(), match.end(), (found,))
    for match in _COMPACT.finditer(text):
        if found := _day(*map(int, match.groups())):
            yield DateSpan(match.start(), match.end(), (found,))


def _numeric(text: str) -> Iterator[DateSpan]:
    for match in _NUMERIC.finditer(text):
        a, b, year = int(match[1]), int(match[3] or match[4]), int(match[5])
        day_first, month_first = _day(year, b, a), _day(year, a, b)
        if match[4] and day_first:
            month_first = None  # nobody writes the month first with dots
        if day_first and month_first and day_first != month_first:
            yield DateSpan(match.start(), match.end(), (day_first, month_first))
        elif day_first:
            yield DateSpan(match.start(), match.end(), (day_first,), "" if day_first == month_first else "day")
        elif month_first:
            yield DateSpan(match.start(), match.end(), (month_first,), "month")


def _mixed(text: str) -> Iterator[DateSpan]:
    for match in _MIXED.finditer(text):
        a, b, year = map(int, match.groups())
        readings = tuple(dict.fromkeys(filter(None, (_day(year, b, a), _day(year, a, b)))))
        if readings and not match[0].replace(" ", "").isdigit():
            yield DateSpan(match.start(), match.end(), readings, repaired=True)


def _torn(text: str) -> Iterator[DateSpan]:
    for match in _TORN.finditer(text):
        if found := _day(int(match[3]), int(match[2]), int(match[1])):
            yield DateSpan(match.start(), match.end(), (found,), repaired=True)


def _named(text: str) -> Iterator[DateSpan]:
    folded = fold_length(text)
    gap = r"[\s\-/.,'´`]{0,3}"
    of = r"(?:(?:de|of)\s)?"
    year = r"(20\d{2}|\d{2})(?![\d:])"
    months = _months()
    names = "|".join(sorted(months, key=len, reverse=True))
    day_first = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er)?{gap}{of}({names}){gap}{of}{year}")
    month_first = re.compile(rf"(?<![a-z])({names}){gap}(\d{{1,2}})(?:st|nd|rd|th)?[\s,.'´`/\-]{{1,3}}{year}")
    for match in day_first.finditer(folded):
        if found := _day(int(match[3]), months[match[2]], int(match[1])):
            yield DateSpan(match.start(), match.end(), (found,))
    for match in month_first.finditer(folded):
        if found := _day(int(match[3]), months[match[1]], int(match[2])):
            yield DateSpan(match.start(), match.end(), (found,))


@cache
def _months() -> dict[str, int]:
    """Names and usual short forms of months, folded, to 1…12. A short form of three letters is the shortest."""
    names = {"sept": 9, "mrz": 3, "janner": 1, "maerz": 3, "juni": 6, "juli": 7}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for number, name in get_month_names(width, locale=language).items():
                names.setdefault(fold_length(name).strip("."), int(number))
                if width == "wide":
                    names.setdefault(fold_length(name)[:3], int(number))
    return {name: number for name, number in names.items() if len(name) >= 3}


def fold_length(text: str) -> str:
    """Lower case without accents, of the same length, so that offsets still hold."""
    return "".join(unicodedata.normalize("NFD", char)[0].lower()[:1] for char in text)
