"""A day as people say it: "15 May", "15.05.2025", "friday", "in 30 days", "end of month", "30 days net".

Days of the calendar are read here, so that an impossible one is refused instead of bent into a possible one;
counted distances ("in two weeks", "vor drei Tagen") are dateparser's.

A date without a year is the one that falls into the twelve months that make sense:
- for a due date from the issue date on, or from 90 days before today where that is not known;
- for something that has happened (issued, paid) up to a week after today.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal

from babel import Locale
from dateutil.easter import easter

from handlers.understand.text.sentence import NeedsClarification, Sentence, repaired
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.text.words import fold
from handlers.wording import clarifying_questions

Sense = Literal["due", "past"]

_ISO = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})")
_DIGITS = re.compile(r"(?P<a>\d{1,2})(?P<mark>[./-])(?P<b>\d{1,2})(?:(?P=mark)(?P<y>\d{4}|\d{2}))?")
_DAY_MONTH = re.compile(r"(?:the )?(?P<d>\d{1,2}) ?(?:st|nd|rd|th|ten)? (?:of )?(?P<m>[a-z]+)(?: (?P<y>\d{4}|\d{2}))?")
_MONTH_DAY = re.compile(r"(?P<m>[a-z]+) (?:the )?(?P<d>\d{1,2}) ?(?:st|nd|rd|th)?(?: (?P<y>\d{4}))?")
_NUMBERED = re.compile(r"(?:the )?(?P<d>\d{1,2}) (?:st|nd|rd|th)")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
_WEEKDAY = re.compile(
    r"(?P<which>this|next|last|coming|diese[nr]?|nachste[nr]?|letzte[nr]?|kommende[nr]?)? ?(?P<day>[a-z]+)"
)
_END = re.compile(
    r"(?:the |by the |at the )?(?:(?:end|ende) (?:of |des |der |vom )?(?:the )?"
    r"(?:(?P<which>this|next|last|nachste[nr]?|letzte[nr]?|diese[nrs]?) )?"
    r"(?P<unit>month|monats?|year|jahre?s?|week|woche|[a-z]+)|(?P<alone>monatsende|jahresende|month end|year end))"
)
_START = re.compile(
    r"(?:the |at the |dem )?(?:(?:beginning|start|anfang|beginn) (?:of )?(?:the |this |des |der )?(?P<unit>[a-z]+)"
    r"|(?P<alone>jahresanfang|jahresbeginn|monatsanfang|monatsbeginn))"
)
_FEASTS = {"easter": "easter", "ostern": "easter", "christmas": "christmas", "weihnachten": "christmas"}
_COUNTED = re.compile(
    r"(?:(?:in|within|innerhalb von|vor) )?(?:the next )?(?P<count>\w+) "
    r"(?:days?|weeks?|months?|tage?n?|wochen?|monate?n?)"
    r"(?: (?:ago|time|from now|from today))?"
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


NUMBERS = {
    word: n
    for n, words in enumerate(
        (
            "no zero keine null", "one a an ein eine einen einer once", "two zwei couple", "three drei", "four vier",
            "five funf",
            "six sechs", "seven sieben", "eight acht", "nine neun", "ten zehn", "eleven elf", "twelve zwolf",
        )
    )
    for word in words.split()
}  # fmt: skip
"""Small numbers in words."""


def day(said: Sentence, scene: SentenceContext, sense: Sense = "due") -> date | None:
    """The day that the words say; None if they say none.

    Raises: Puzzled when they name a day that is not in the calendar, or terms from an issue date that is unknown.
    """
    plain = _ORDINAL.sub(r"\1", said.plain)
    readers = (_near, _in_digits, _in_words, _day_of_month, _weekday, _end, _start, _feast, _net, _counted)
    return next((found for read in readers if (found := read(plain, scene, sense)) is not None), None)


def month_number(name: str) -> int | None:
    """1 to 12 for the folded name of a month, full or short, English or German; None for other words."""
    return _months().get(name, _months().get(repaired(name)))


def weekday_number(name: str) -> int | None:
    """0 (Monday) to 6 for the folded name of a weekday, full or short; None for other words."""
    return _weekdays().get(name, _weekdays().get(repaired(name)))


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
    if not 1990 <= year <= 2100:
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
    if which.startswith(("last", "letzte")) or (sense == "past" and not which):
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
    if unit.startswith("mon") and month_number(unit) is None:
        return last_of_month(today.year, today.month + later)
    if unit.startswith(("year", "jahr")):
        return date(today.year + later, 12, 31)
    if unit in ("week", "woche"):
        return today + timedelta(days=6 - today.weekday() + 7 * later)
    month = month_number(unit)
    return last_of_month(_of_year(1, month, None, plain, scene, sense).year, month) if month else None


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
        return _of_year(1, month, None, plain, scene, sense)
    return today.replace(day=1) if unit.startswith("mon") else None


def _feast(plain: str, scene: SentenceContext, sense: Sense) -> date | None:
    """Easter Sunday and Christmas Day: the last one, looking back, else the next."""
    if plain not in _FEASTS:
        return None
    years = range(scene.today.year - 1, scene.today.year + 2)
    days = [easter(year) if _FEASTS[plain] == "easter" else date(year, 12, 25) for year in years]
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
    counted = _COUNTED.fullmatch(plain)
    if not counted or not (counted["count"].isdigit() or counted["count"] in NUMBERS):
        return None
    import dateparser  # slow to import: only once somebody counts days

    distance = re.sub(r"\b(time|from now|from today|within|innerhalb von|the next)\b", "", plain).split()
    ago = distance[-1] == "ago" or distance[0] == "vor"
    phrase = " ".join(distance if ago or distance[0] == "in" else ["in", *distance])
    base = datetime.combine(scene.today, datetime.min.time())  # a calendar day has no zone
    found = dateparser.parse(phrase, languages=["en", "de"], settings={"RELATIVE_BASE": base})
    if found is None or not 1990 <= found.year <= 2100:
        return None
    return date(found.year, found.month, found.day)


@cache
def _months() -> dict[str, int]:
    names = {"sept": 9, "marz": 3, "maerz": 3}
    for language in ("de", "en", "en_GB"):
        for width in ("wide", "abbreviated"):
            names |= {fold(name).strip("."): n for n, name in Locale.parse(language).months["format"][width].items()}
    return names


@cache
def _weekdays() -> dict[str, int]:
    names = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3, "sonnabend": 5}
    for language in ("de", "en"):
        widths = ("wide", "abbreviated") if language == "en" else ("wide",)
        for width in widths:
            names |= {fold(name).strip("."): n for n, name in Locale(language).days["format"][width].items()}
    return names
