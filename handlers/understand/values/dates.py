"""A day as people say it: "15 May", "15.05.2025", "friday", "in 30 days", "end of month", "30 days net".

An impossible day is refused instead of bent into a possible one. Read here are days of the calendar;
so are counted distances ("in two weeks", "vor drei Tagen").

A date without a year is the one that falls into the twelve months that make sense:
- for a due date from the issue date on, or from 90 days before today where that is not known;
- for something that has happened (issued, paid) up to a week after today.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import Literal

from dateutil.easter import easter

from handlers.understand.text.sentence import NeedsClarification, Sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.values import calendar_words
from handlers.understand.values.calendar_words import plainly
from handlers.wording import clarifying_questions
from storage.bills.lifecycle import YEARS

Sense = Literal["due", "past"]

_ISO = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})")
_DIGITS = re.compile(r"(?P<a>\d{1,2})(?P<mark>[./-])(?P<b>\d{1,2})(?:(?P=mark)(?P<y>\d{4}|\d{2}))?")
_DAY_MONTH = re.compile(r"(?:the )?(?P<d>\d{1,2}) ?(?:st|nd|rd|th|ten)? (?:of )?(?P<m>[a-z]+)(?: (?P<y>\d{4}|\d{2}))?")
_MONTH_DAY = re.compile(r"(?P<m>[a-z]+) (?:the )?(?P<d>\d{1,2}) ?(?:st|nd|rd|th)?(?: (?P<y>\d{4}))?")
_NUMBERED = re.compile(r"(?:the )?(?P<d>\d{1,2}) (?:st|nd|rd|th)")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
_WEEKDAY = re.compile(
    r"(?:(?P<which>this|next|last|coming|past|previous|diese[nr]?|nachste[nr]?|letzte[nr]?|kommende[nr]?"
    r"|vergangene[nr]?|vorige[nr]?) )?(?P<day>[a-z]+)(?P<week> week| in einer woche)?"
)
_END = re.compile(
    r"(?:the |by the |at the )?(?:(?:end|ende) (?:of |des |der |vom )?(?:the )?"
    r"(?:(?P<which>this|next|last|nachste[nr]?|letzte[nr]?|diese[nrs]?) )?"
    r"(?P<unit>month|monats?|year|jahre?s?|week|woche|quarter|quartals?|[a-z]+)(?: (?P<year>\d{4}))?"
    r"|(?P<alone>monatsende|jahresende|month end|year end))"
)
_START = re.compile(
    r"(?:the |at the |dem )?(?:(?:beginning|start|anfang|beginn|(?P<mid>mid|middle|mitte))"
    r" (?:of )?(?:the |this |des |der )?(?P<unit>[a-z]+)"
    r"|(?P<alone>jahresanfang|jahresbeginn|monatsanfang|monatsbeginn))"
)
_FEASTS = {
    "easter": "easter", "ostern": "easter", "christmas": "christmas", "weihnachten": "christmas",
    "new year": "new year", "new years": "new year", "new year is": "new year", "neujahr": "new year",
}  # fmt: skip
_COUNTED = re.compile(
    r"(?:(?:in|within|innerhalb von|(?P<before>vor)) )?(?:the next )?(?P<count>\w+) "
    r"(?P<unit>days?|weeks?|months?|years?|tage?n?|wochen?|monate?n?|jahre?n?)"
    r"(?: (?P<tail>ago|time|from now|from today))?"
)
_NET = re.compile(
    r"(?:net (?P<a>\d{1,3})(?: days)?|(?P<b>\d{1,3}) (?:days|tage) (?:net|netto)"
    r"|(?P<c>\d{1,3}) days (?:after|from) (?:the )?(?:issue|invoice)(?: date)?"
    r"|(?:upon |on )?(?:receipt|presentation)|nach erhalt)"
)
_NEAR = {
    "today": 0, "now": 0, "heute": 0, "sofort": 0, "immediately": 0, "tomorrow": 1, "morgen": 1, "yesterday": -1,
    "gestern": -1, "day after tomorrow": 2, "the day after tomorrow": 2, "ubermorgen": 2, "uebermorgen": 2,
    "day before yesterday": -2, "the day before yesterday": -2, "vorgestern": -2,
}  # fmt: skip


NUMBERS = calendar_words.NUMBERS
"""Small numbers in words."""


def day(said: Sentence, scene: SentenceContext, sense: Sense = "due") -> date | None:
    """The day that the words say; None if they say none.

    Raises: Puzzled when they name a day that is not in the calendar, or terms from an issue date that is unknown.
    """
    plain = _told_as_day(plainly(said))
    readers = (_near, _in_digits, _in_words, _day_of_month, _weekday, _end, _start, _feast, _net, _counted)
    return next((found for read in readers if (found := read(plain, scene, sense)) is not None), None)


_BEFORE_ORDINALS = re.compile(r"\b(?:am|zum|vom|ab dem|seit dem|(?:on|by|since|until|from) the)\s*$", re.IGNORECASE)
_BEFORE_DOTTED = re.compile(r"\b(?:dem|den|der|das|the|bis)\s*$", re.IGNORECASE)
_BEFORE_SHORT = re.compile(r"\b(?:am|bis|bis zum|zum|vom|seit|ab|n[aä]e?chste[nr]?|letzte[nr]?)\s*$", re.IGNORECASE)


def _told_as_day(said: Sentence) -> str:
    """The plain words, where a lone "15" after "am" or with a full stop, "ersten" and "fr" are told to be days."""
    plain = _ORDINAL.sub(r"\1", said.plain)
    if not said.words:
        return plain
    before, after = said.raw[: said.words[0].start], said.raw[said.words[-1].end :][:1]
    told = bool(_BEFORE_ORDINALS.search(before)) or (after == "." and bool(_BEFORE_DOTTED.search(before)))
    if told and (plain in ("ersten", "first") or (plain.isdigit() and 1 <= int(plain) <= 31)):
        return f"{plain if plain.isdigit() else 1} th"
    if plain in calendar_words.SHORT_GERMAN_WEEKDAYS and _BEFORE_SHORT.search(before):
        number = calendar_words.SHORT_GERMAN_WEEKDAYS[plain]
        return ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")[number]
    return plain


def month_number(name: str) -> int | None:
    """1 to 12 for the folded name of a month; None for other words."""
    return calendar_words.month_number(name)


def weekday_number(name: str) -> int | None:
    """0 (Monday) to 6 for the folded name of a weekday; None for other words."""
    return calendar_words.weekday_number(name)


def _near(plain: str, scene: SentenceContext, sense: Sense) -> date | None:
    return scene.today + timedelta(days=_NEAR[plain]) if plain in _NEAR else None


def _in_digits(plain: str, scene: SentenceContext, sense: Sense) -> date | None:
    if iso := _ISO.fullmatch(plain):
        return _existing(int(iso["d"]), int(iso["m"]), int(iso["y"]), plain)
    found = _DIGITS.fullmatch(plain)
    if not found:
        return None
    first, second = int(found["a"]), int(found["b"])
    day_first = scene.day_first or found["mark"] == "."  # nobody writes month.day
    if (second > 12) != (first > 12):
        day_first = first > 12
    number, month = (first, second) if day_first else (second, first)
    return _of_year(number, month, found["y"], plain, scene, sense)


def _in_words(plain: str, scene: SentenceContext, sense: Sense) -> date | None:
    found = _DAY_MONTH.fullmatch(plain) or _MONTH_DAY.fullmatch(plain)
    month = month_number(found["m"]) if found else None
    return _of_year(int(found["d"]), month, found["y"], plain, scene, sense) if found and month else None


def _of_year(number: int, month: int, year: str | None, said: str, scene: SentenceContext, sense: Sense) -> date:
    if year:
        return _existing(number, month, int(year) + (2000 if len(year) == 2 else 0), said)
    first = _first_day(scene, sense)
    years = (first.year, first.year + 1)
    found = [date(y, month, number) for y in years if _exists(number, month, y)]
    fitting = [on for on in found if first <= on < first + timedelta(days=366)]
    if not fitting:
        raise NeedsClarification(clarifying_questions.no_such_day(said))
    return fitting[0]


def _first_day(scene: SentenceContext, sense: Sense) -> date:
    if sense == "past":
        return scene.today - timedelta(days=358)
    return scene.issued or scene.today - timedelta(days=90)


def _existing(number: int, month: int, year: int, said: str) -> date:
    if not _exists(number, month, year):
        raise NeedsClarification(clarifying_questions.no_such_day(said))
    if year not in YEARS:
        raise NeedsClarification(clarifying_questions.unlikely_year(said))
    return date(year, month, number)


def _exists(number: int, month: int, year: int) -> bool:
    return 1 <= month <= 12 and year > 0 and 1 <= number <= calendar.monthrange(year, month)[1]


def _day_of_month(plain: str, scene: SentenceContext, sense: Sense) -> date | None:
    """ "the 15th": of this month, or the next where that is over (the one before, for the past)."""
    found = _NUMBERED.fullmatch(plain)
    if not found:
        return None
    step = -1 if sense == "past" else 1
    for month in (scene.today.month, scene.today.month + step):
        last = last_of_month(scene.today.year, month)
        if int(found["d"]) <= last.day:
            on = last.replace(day=int(found["d"]))
            if (on - scene.today).days * step >= 0:
                return on
    raise NeedsClarification(clarifying_questions.no_such_day(plain))


def _weekday(plain: str, scene: SentenceContext, sense: Sense) -> date | None:
    """ "friday" is the first one after today (before, for the past); "next friday" the one of next week."""
    found = _WEEKDAY.fullmatch(plain)
    number = weekday_number(found["day"]) if found else None
    if not found or number is None:
        return None
    which = found["which"] or ""
    monday = scene.today - timedelta(days=scene.today.weekday())
    if which.startswith(("next", "nachste")):
        return monday + timedelta(days=7 + number)
    if found["week"]:  # "Thursday week": a week after the coming one
        return scene.today + timedelta(days=7 + (number - scene.today.weekday() - 1) % 7 + 1)
    if which.startswith(("last", "letzte", "past", "previous", "vergangen", "vorig")) or (
        sense == "past" and not which
    ):
        return scene.today - timedelta(days=(scene.today.weekday() - number - 1) % 7 + 1)
    if which.startswith(("this", "diese")):
        return monday + timedelta(days=number)
    return scene.today + timedelta(days=(number - scene.today.weekday() - 1) % 7 + 1)


def _end(plain: str, scene: SentenceContext, sense: Sense) -> date | None:
    found = _END.fullmatch(plain)
    if not found:
        return None
    unit = found["unit"] or ("month" if found["alone"].startswith("mon") else "year")
    which = found["which"] or ""
    later = 1 if which.startswith(("next", "nachste")) else -1 if which.startswith(("last", "letzte")) else 0
    today = scene.today
    if found["year"] and not month_number(unit):
        return None
    if unit.startswith("mon") and month_number(unit) is None:
        return last_of_month(today.year, today.month + later)
    if unit.startswith(("year", "jahr")):
        return date(today.year + later, 12, 31)
    if unit in ("week", "woche"):
        return today + timedelta(days=6 - today.weekday() + 7 * later)
    if unit.startswith("quart"):
        return last_of_month(today.year, (today.month + 2) // 3 * 3 + 3 * later)
    month = month_number(unit)
    return last_of_month(_of_year(1, month, found["year"], plain, scene, sense).year, month) if month else None


def _start(plain: str, scene: SentenceContext, sense: Sense) -> date | None:
    """ "the first of the month", "the beginning of the year"."""
    found = _START.fullmatch(plain)
    if not found:
        return None
    unit, today = found["unit"] or found["alone"], scene.today
    if unit.startswith(("year", "jahr")):
        return date(today.year, 1, 1)
    if unit.startswith("w"):
        return today - timedelta(days=today.weekday())
    month = month_number(unit)
    if month:
        return _of_year(15 if found["mid"] else 1, month, None, plain, scene, sense)
    if unit.startswith("mon") and found["mid"]:
        return today.replace(day=15)
    return today.replace(day=1) if unit.startswith("mon") else None


def _feast(plain: str, scene: SentenceContext, sense: Sense) -> date | None:
    """Easter Sunday, Christmas Day and New Year's Day: the last one, looking back, else the next."""
    if plain not in _FEASTS:
        return None
    years = range(scene.today.year - 1, scene.today.year + 2)
    fixed = {"christmas": (12, 25), "new year": (1, 1)}
    feast = _FEASTS[plain]
    days = [easter(year) if feast == "easter" else date(year, *fixed[feast]) for year in years]
    if sense == "past":
        return max(on for on in days if on <= scene.today)
    return min(on for on in days if on >= scene.today)


def last_of_month(year: int, month: int) -> date:
    """The last day of a month; month 13 is January of the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def _net(plain: str, scene: SentenceContext, sense: Sense) -> date | None:
    """Terms of payment run from the issue date (EN 16931, BT-20)."""
    found = _NET.fullmatch(plain)
    if not found:
        return None
    if scene.issued is None:
        raise NeedsClarification(clarifying_questions.terms_without_issue_date(plain))
    return scene.issued + timedelta(days=int(found["a"] or found["b"] or found["c"] or 0))


def _counted(plain: str, scene: SentenceContext, sense: Sense) -> date | None:
    """A distance from today; looking ahead unless "ago" or "vor" is said."""
    found = _COUNTED.fullmatch(plain)
    if not found or not (found["count"].isdigit() or found["count"] in NUMBERS):
        return None
    count = int(found["count"]) if found["count"].isdigit() else NUMBERS[found["count"]]
    back = found["tail"] == "ago" or bool(found["before"])
    try:
        on = moved(scene.today, -count if back else count, found["unit"])
    except (ValueError, OverflowError):
        return None
    return on if 1990 <= on.year <= 2100 else None


def moved(start: date, count: int, unit: str) -> date:
    """So many units (days, weeks, months, years, in both languages) later; the 31st is the end of a short month."""
    if unit[0] in "dtw":
        return start + timedelta(days=count * (7 if unit[0] == "w" else 1))
    last = last_of_month(start.year, start.month + count * (1 if unit[0] == "m" else 12))
    return last.replace(day=min(start.day, last.day))
