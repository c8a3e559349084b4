"""A date found in a text, and what it is made of: names of months and weekdays, and the years that count."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from babel.dates import get_day_names, get_month_names

LOOKALIKES = {
    **dict.fromkeys("OoQDUCÖöÓóÒòÔôØø", "0"),
    **dict.fromkeys("Il|[]!iJ", "1"),
    **dict.fromkeys("Zz", "2"),
    **dict.fromkeys("A", "4"),
    **dict.fromkeys("Ss$", "5"),
    **dict.fromkeys("Gb", "6"),
    **dict.fromkeys("T?", "7"),
    **dict.fromkeys("BE£&", "8"),
    **dict.fromkeys("gq", "9"),
}
"""What OCR makes of digits → the digit."""

CLOCK_BEHIND = re.compile(r"[\s,]{0,3}(?:\([^\W\d_]{2,10}\)\s?)?[0-2]?\d:[0-5]\d")
"""A time of day right behind a date, with a day of the week between them or none."""

CUT = ("en", "de", "fr", "es", "it", "nl", "pl")
"""Languages in which any month is cut to its first three letters."""

LANGUAGES = (
    *CUT,
    *("pt", "sv", "da", "nb", "fi", "cs", "sk", "sl", "hr", "hu", "ro", "bg", "el", "et", "lv", "lt", "mt", "ga", "tr"),
    *("ms", "id"),
)
"""Those whose months and weekdays are known."""

_FURTHER = {
    "sept": 9,
    "mrz": 3,
    "janner": 1,
    "maerz": 3,
    "juni": 6,
    "juli": 7,
    # "2026. gada 14. martā": Latvian dates are in the locative, which CLDR does not have
    "janvari": 1,
    "februari": 2,
    "marta": 3,
    "aprili": 4,
    "maija": 5,
    "junija": 6,
    "julija": 7,
    "augusta": 8,
    "septembri": 9,
    "oktobri": 10,
    "novembri": 11,
    "decembri": 12,
}
_FORMS: tuple[tuple[Literal["wide", "abbreviated"], Literal["format", "stand-alone"]], ...] = (
    *(("wide", "format"), ("wide", "stand-alone")),
    ("abbreviated", "format"),
)
"""How CLDR has names: as they stand in a date, or by themselves."""

_SHORTEST = 3
_IN_FRONT, _BEHIND = 14, 12  # characters beside a date in which its weekday may stand


@dataclass(frozen=True)
class DateSpan:
    """A date at `text[start:end]`. `readings` holds the one date it can be, or two: day first, then month first, or in
    the months that a name means in two languages.

    `leads` says which of the two a numeric date with one reading begins with, "" where that is no evidence (ISO,
    names of months, 03/03). `faults` says how much was put in place of what OCR made of it, 0 where nothing was: about
    one for each character. What such a date can be in several ways is as many spans at one place. `weekday` says
    whether the day of the week that is printed beside it is that of a reading, None where there is none. `year_first`
    is the day that a date is whose first two digits are those of the year (26/02/11), None where they cannot be.
    """

    start: int
    end: int
    readings: tuple[date, ...]
    leads: Literal["", "day", "month"] = ""
    faults: float = 0.0
    weekday: bool | None = None
    year_first: date | None = None


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, None when there is no such one; a year of two digits is one from 1980 to 2079."""
    year += 2000 if year < 80 else 1900 if year < 100 else 0
    try:
        return date(year, month, day) if 1990 <= year < 2100 else None
    except ValueError:
        return None


@cache
def months(languages: tuple[str, ...] = LANGUAGES) -> dict[str, tuple[int, ...]]:
    """Names and usual short forms of months, folded, to 1…12. A short form of three letters is the shortest.

    Two months are there where languages differ (listopad is November, or October).
    """
    names: defaultdict[str, dict[int, None]] = defaultdict(dict)
    for name, number in _FURTHER.items():
        names[name][number] = None
    for language in languages:
        for width, context in _FORMS:
            for number, name in get_month_names(width, context, locale=language).items():
                names[fold_length(name).strip(".")][int(number)] = None
    for language in CUT:
        for number, name in get_month_names("wide", locale=language).items():
            if (short := fold_length(name)[:_SHORTEST]) not in names:
                names[short][int(number)] = None
    return {name: tuple(numbers) for name, numbers in names.items() if len(name) >= _SHORTEST}


def weekday_beside(text: str, start: int, end: int) -> set[int]:
    """Days of the week (0 is Monday) that the word right before or behind `text[start:end]` may name; mostly none."""
    folded = fold_length(text)
    before = re.search(r"(?<![a-z])([a-z]{3,12})[.,]{0,2}\s{0,2}$", folded[max(0, start - _IN_FRONT) : start])
    behind = re.match(r"[\s,]{0,2}\(?([a-z]{3,12})(?![a-z])", folded[end : end + _BEHIND])
    return set().union(*(_weekdays().get(found[1], frozenset()) for found in (before, behind) if found))


@cache
def _weekdays() -> dict[str, frozenset[int]]:
    """Names and short forms of weekdays, folded; a short form may be one of two (mar: Tuesday in French and Spanish).

    Forms of two letters are left out: too many of them are other words as well.
    """
    names: dict[str, set[int]] = {"tues": {1}, "wednes": {2}, "thur": {3}, "thurs": {3}}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated") if language in CUT else ("wide",):
            for number, name in get_day_names(width, locale=language).items():
                names.setdefault(fold_length(name).strip("."), set()).add(int(number))
    return {name: frozenset(numbers) for name, numbers in names.items() if len(name) >= _SHORTEST}


def fold_length(text: str) -> str:
    """Lower case without accents, of the same length, so that offsets still hold."""
    return "".join(unicodedata.normalize("NFD", char)[0].lower()[:1] for char in text)
