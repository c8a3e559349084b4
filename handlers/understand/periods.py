"""Stretches of time that questions are about: "this week", "in May", "by Friday", "in the next 14 days", "Q2"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from handlers import periods
from handlers.understand.dates import day, last_of_month, month_number
from handlers.understand.scene import Scene
from handlers.understand.sentence import Sentence

_NEXT = r"(?:next|coming|following|nachste[nrs]?|kommende[nrs]?)"
_THIS = r"(?:this|the current|diese[nrs]?)"
_LAST = r"(?:last|previous|letzte[nrs]?)"
_UNIT = re.compile(
    rf"(?:in |im |in the |during |within )?(?:(?P<next>{_NEXT})|(?P<this>{_THIS})|(?P<last>{_LAST})) "
    r"(?P<unit>week|month|quarter|year|woche|monat|quartal|jahr)"
)
_MONTH = re.compile(
    rf"(?:in |im |for |during )?(?P<next>{_NEXT} )?(?:{_THIS} )?(?P<month>[a-z]+)(?: (?P<year>\d{{4}}))?"
)
_QUARTER = re.compile(r"(?:in |im )?(?:the )?q ?(?P<quarter>[1-4])(?: (?P<year>\d{4}))?")
_AHEAD = re.compile(
    rf"(?:(?:in|within|over|for|innerhalb der|in den) )?(?:(?:the )?(?:{_NEXT}) )?(?P<n>\d{{1,3}}) "
    r"(?P<unit>days?|weeks?|months?|tagen?|wochen?|monaten?)"
)
_BETWEEN = (
    r"(?:from|between|von|vom|zwischen) (?:the )?(?P<since>.+?) (?:to|and|until|till|bis|bis zum|und) (?P<until>.+)"
)
_BY = ("by", "until", "till", "up to", "before", "not later than", "bis", "bis zum", "bis spatestens", "by the")
_ON = ("on", "am", "for")
_OVERDUE = frozenset({"overdue", "late", "past due", "uberfallig", "ueberfallig", "ueberfaellig", "already overdue"})
_SOON = frozenset({"soon", "next", "coming up", "upcoming", "demnachst", "bald", "shortly"})
SOON_DAYS = 14
"""How far "soon" looks ahead."""


@dataclass(frozen=True)
class Period:
    """Days from `since` to `until`, both inclusive, None without limit; `label` says them in words."""

    since: date | None
    until: date | None
    label: str
    overdue: bool = False


def period(said: Sentence, scene: Scene) -> Period | None:
    """The stretch that all the words say; None if they say something else.

    Raises: Puzzled when they name an impossible day.
    """
    plain = said.plain
    if plain in _OVERDUE:
        return Period(None, scene.today - timedelta(days=1), periods.OVERDUE, overdue=True)
    if plain in _SOON:
        return _ahead(SOON_DAYS, scene.today)
    return (
        _unit(plain, scene)
        or _quarter(plain, scene)
        or _month(plain, scene)
        or _span(plain, scene)
        or _days(said, scene)
    )


def _ahead(days: int, today: date) -> Period:
    return Period(None, today + timedelta(days=days), periods.next_days(days))


def _unit(plain: str, scene: Scene) -> Period | None:
    found = _UNIT.fullmatch(plain)
    if not found:
        return None
    step = 1 if found["next"] else -1 if found["last"] else 0
    today, unit = scene.today, found["unit"]
    label = periods.named_period(step, unit)
    if unit in ("week", "woche"):
        monday = today + timedelta(days=7 * step - today.weekday())
        return Period(monday, monday + timedelta(days=6), label)
    length = {"month": 1, "monat": 1, "quarter": 3, "quartal": 3, "year": 12, "jahr": 12}[unit]
    first = (today.month - 1) // length * length + 1 + step * length
    return _months(today.year, first, length, label)


def _months(year: int, first: int, length: int, label: str) -> Period:
    """Whole months; `first` may lie outside 1 to 12 and then belongs to another year."""
    since = last_of_month(year, first).replace(day=1)
    return Period(since, last_of_month(year, first + length - 1), label)


def _quarter(plain: str, scene: Scene) -> Period | None:
    found = _QUARTER.fullmatch(plain)
    if not found:
        return None
    year, quarter = int(found["year"] or scene.today.year), int(found["quarter"])
    return _months(year, 3 * quarter - 2, 3, periods.in_quarter(quarter, year)) if 1990 <= year <= 2100 else None


def _month(plain: str, scene: Scene) -> Period | None:
    """ "in May": of this year, unless it is over for more than three months."""
    found = _MONTH.fullmatch(plain)
    number = month_number(found["month"]) if found else None
    if not found or not number:
        return None
    today = scene.today
    year = int(found["year"]) if found["year"] else today.year + (number < today.month - 3)
    if found["next"] and not found["year"]:
        year = today.year + (number <= today.month)
    if not 1990 <= year <= 2100:
        return None
    return _months(year, number, 1, periods.in_month(date(year, number, 1)))


def _span(plain: str, scene: Scene) -> Period | None:
    found = _AHEAD.fullmatch(plain)
    if not found:
        return None
    each = {"d": 1, "t": 1, "w": 7, "m": 30}[found["unit"][0]]
    return _ahead(int(found["n"]) * each, scene.today)


def _days(said: Sentence, scene: Scene) -> Period | None:
    if ends := said.match(_BETWEEN):
        since, until = day(ends["since"], scene), day(ends["until"], scene)
        return Period(since, until, periods.between(since, until)) if since and until and since <= until else None
    limit = said.without(_BY)
    if len(limit) < len(said) or said.plain.startswith(("end of", "the end of")):
        until = day(limit, scene) or _end_of(limit, scene)
        if until and said.words[0].plain == "before":
            until -= timedelta(days=1)
        return Period(None, until, periods.by_day(until)) if until else None
    on = day(said.without(_ON), scene)
    return Period(on, on, periods.on_day(on, scene.today)) if on else None


def _end_of(limit: Sentence, scene: Scene) -> date | None:
    """ "by May", "by next week": to their end."""
    whole = _unit(limit.plain, scene) or _month(limit.plain, scene)
    return whole.until if whole else None
