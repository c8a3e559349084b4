"""Stretches that have a name of their own: calendar weeks, weekends, halves of a year, parts of a month, "Jan to Mar".

Each reader returns (first day, last day, label) of the folded words, None for other words.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.values.calendar_words import month_number
from handlers.understand.values.dates import Sense, last_of_month
from handlers.wording import period_names

Stretch = tuple[date, date, str]

_IN = r"(?:(?:in|im|for|during|over|fur|am|on|at|of|von|vom|ubers?) )?(?:the |das |der |die |dem |den )?"
_YEAR = r"(?: (?:of |von )?(?:the year |this year |(?P<year>\d{4}|\d{2})))?"
_CALENDAR_WEEK = re.compile(rf"{_IN}(?:kw|week) ?(?P<week>\d{{1,2}}){_YEAR}")
_WEEKEND = re.compile(
    rf"{_IN}(?:(?P<next>next|coming|following|nachste[nrs]?|kommende[nrs]?) |(?P<this>this|diese[nrms]?) "
    r"|(?P<last>last|past|previous|letzte[nrs]?|vergangene[nrs]?|vorige[nrs]?) )?(?:weekend|wochenende)"
)
_HALF = re.compile(
    rf"{_IN}(?:h ?(?P<n>[12])(?:[/-](?=\d))?"
    r"|(?P<nth>first|second|last|1|2|1 st|2 nd|erste[nrs]?|zweite[nrs]?|letzte[nrs]?) "
    rf"(?:half|half year|halbjahr)){_YEAR.replace('(?: (?:', '(?: ?(?:', 1)}"
)
_SO_FAR = {
    "year to date": 12, "this year so far": 12, "so far this year": 12, "ytd": 12, "dieses jahr bisher": 12,
    "bisher dieses jahr": 12, "month to date": 1, "this month so far": 1, "so far this month": 1,
    "diesen monat bisher": 1, "bisher diesen monat": 1, "mtd": 1, "quarter to date": 3, "qtd": 3,
}  # fmt: skip
_TO_DATE = re.compile(
    r"(?:(?:since|from) the (?:start|beginning) of )?(?:(?:in )?(?:(?:this|the current|diese[mnrs]?)|dies|das|the) )?"
    r"(?P<unit>year|month|quarter|jahr|monat|quartal) (?:up )?(?:to|until|till|bis) (?:today|now|date|heute|jetzt)"
)
_LENGTHS = {"yea": 12, "jah": 12, "mon": 1, "qua": 3}
_PART = re.compile(
    rf"{_IN}(?P<part>beginning|start|early|anfang|beginn|mid|middle|mitte|late) (?:of |des |der |vom )?(?:the )?"
    r"(?:(?P<next>next|nachste[nrs]?|kommende[nrs]?) |(?P<last>last|letzte[nrs]?) |(?:this |diese[nrs]? ))?"
    rf"(?P<month>[a-z]+)(?: (?P<year>\d{{4}}))?"
)
_FIRST_WEEK = re.compile(rf"{_IN}(?:first week|erste woche|ersten woche) (?:of |in |im )?(?P<month>[a-z]+){_YEAR}")
_COMPOUND_WEEK = re.compile(rf"{_IN}(?:erste|ersten) (?P<month>[a-z]+)woche(?P<year>x)?")
_MONTHS = re.compile(
    r"(?:from |between |von |zwischen )?(?P<a>[a-z]+)(?: (?P<first>\d{4}))? "
    r"(?:to|-|until|till|through|thru|bis|und|and) "
    r"(?P<b>[a-z]+)(?: (?P<year>\d{4}))?"
)
_BEFORE_LAST = re.compile(
    rf"{_IN}(?:(?:the )?(?P<unit>week|month|quarter|year) before last|vorletzte[nrs]? "
    r"(?P<einheit>woche|monats?|quartals?|jahre?s?))"
)
_AFTER_NEXT = re.compile(
    rf"{_IN}(?:(?:the )?(?P<unit>week|month|quarter|year) after next|(?:uber|ueber)nachste[nrs]? "
    r"(?P<einheit>woche|monats?|quartals?|jahre?s?))"
)


def _so_far(plain: str, scene: SentenceContext, sense: Sense) -> Stretch | None:
    to_date = _TO_DATE.fullmatch(plain)
    length = _LENGTHS[to_date["unit"][:3]] if to_date else _SO_FAR.get(plain)
    if length is None:
        return None
    since = scene.today.replace(day=1, month=(scene.today.month - 1) // length * length + 1)
    return since, scene.today, period_names.between(since, scene.today)


def stretch(plain: str, scene: SentenceContext, sense: Sense) -> Stretch | None:
    """The first that fits."""
    readers = (_so_far, _calendar_week, _weekend, _half, _first_week, _part_of_month, _months, _unit_away)
    return next((found for read in readers if (found := read(plain, scene, sense)) is not None), None)


def _named(since: date, until: date) -> Stretch:
    return since, until, period_names.between(since, until)


def _calendar_week(plain: str, scene: SentenceContext, sense: Sense) -> Stretch | None:
    """ISO 8601 weeks."""
    found = _CALENDAR_WEEK.fullmatch(plain)
    if not found:
        return None
    year = _full_year(found["year"]) or scene.today.isocalendar().year
    try:
        monday = date.fromisocalendar(year, int(found["week"]), 1)
    except ValueError:
        return None
    return _named(monday, monday + timedelta(days=6))


def _full_year(said: str | None) -> int | None:
    return (int(said) + (2000 if len(said) == 2 else 0)) if said else None


def _weekend(plain: str, scene: SentenceContext, sense: Sense) -> Stretch | None:
    """The coming one; looking back the last. "This weekend" is that of the week."""
    found = _WEEKEND.fullmatch(plain)
    if not found:
        return None
    today = scene.today
    saturday = today + timedelta(days=5 - today.weekday())
    back = found["last"] or (sense == "past" and not found["this"] and not found["next"])
    if back and saturday + timedelta(days=1) >= today:
        saturday -= timedelta(days=7)
    elif found["next"] and not found["next"].startswith(("coming", "kommend")):
        saturday += timedelta(days=7)
    return _named(saturday, saturday + timedelta(days=1))


def _half(plain: str, scene: SentenceContext, sense: Sense) -> Stretch | None:
    found = _HALF.fullmatch(plain)
    if not found:
        return None
    second = found["n"] == "2" or (found["nth"] or "").startswith(("second", "2", "zweite", "last", "letzte"))
    year = _full_year(found["year"])
    if year is None:
        year = scene.today.year - (sense == "past" and second and scene.today.month < 7)
    return _named(date(year, 7 if second else 1, 1), date(year, 12, 31) if second else date(year, 6, 30))


def _part_of_month(plain: str, scene: SentenceContext, sense: Sense) -> Stretch | None:
    """The first, second or last ten days or so: "mid June", "Anfang Juli", "Mitte des Monats"."""
    found = _PART.fullmatch(plain)
    first = _month_meant(found, scene, sense) if found else None
    if not found or first is None:
        return None
    if found["part"] in ("mid", "middle", "mitte"):
        return _named(first.replace(day=11), first.replace(day=20))
    if found["part"] == "late":
        return _named(first.replace(day=21), last_of_month(first.year, first.month))
    return _named(first, first.replace(day=10))


def _month_meant(found: re.Match[str], scene: SentenceContext, sense: Sense) -> date | None:
    """The first day of the month: a named one, or this, the next, the last."""
    step = 1 if found["next"] else -1 if found["last"] else 0
    if found["month"] in ("month", "monat", "monats"):
        if not step and found["part"] in ("beginning", "start", "anfang", "beginn"):
            return None  # its first day
        return last_of_month(scene.today.year, scene.today.month + step).replace(day=1)
    number = month_number(found["month"])
    return date(_full_year(found["year"]) or year_of(number, scene, sense), number, 1) if number else None


def year_of(number: int, scene: SentenceContext, sense: Sense) -> int:
    """The year of a month that was said without one: looking back the last, else up to three months ago or the next."""
    today = scene.today
    if sense == "past":
        return today.year - (number > today.month)
    return today.year + (number < today.month - 3)


def _first_week(plain: str, scene: SentenceContext, sense: Sense) -> Stretch | None:
    """Its first seven days."""
    found = _FIRST_WEEK.fullmatch(plain) or _COMPOUND_WEEK.fullmatch(plain)
    number = month_number(found["month"]) if found else None
    if not found or not number:
        return None
    first = date(_full_year(found["year"]) or year_of(number, scene, sense), number, 1)
    return _named(first, first.replace(day=7))


def _months(plain: str, scene: SentenceContext, sense: Sense) -> Stretch | None:
    """Whole months; without a year those whose last is near, the first before it."""
    found = _MONTHS.fullmatch(plain)
    first, last = (month_number(found["a"]), month_number(found["b"])) if found else (None, None)
    if not found or not first or not last:
        return None
    year = _full_year(found["year"]) or year_of(last, scene, sense)
    began = _full_year(found["first"]) or year - (first > last)
    since = date(began, first, 1)
    if found["first"] and not found["year"]:
        year = began + (first > last)
    until = last_of_month(year, last)
    return _named(since, until) if since <= until else None


def _unit_away(plain: str, scene: SentenceContext, sense: Sense) -> Stretch | None:
    """ "the week before last", "übernächste Woche"."""
    back, ahead = _BEFORE_LAST.fullmatch(plain), _AFTER_NEXT.fullmatch(plain)
    found = back or ahead
    if not found:
        return None
    step = -2 if back else 2
    unit = (found["unit"] or found["einheit"])[0]
    today = scene.today
    if unit == "w":
        monday = today + timedelta(days=7 * step - today.weekday())
        return _named(monday, monday + timedelta(days=6))
    length = {"m": 1, "q": 3}.get(unit, 12)
    first = (today.month - 1) // length * length + 1 + step * length
    return _named(last_of_month(today.year, first).replace(day=1), last_of_month(today.year, first + length - 1))
