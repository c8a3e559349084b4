"""Stretches of time that questions are about: "this week", "in May", "by Friday", "in the next 14 days", "Q2"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.understand.text.sentence import Sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.values.calendar_words import BY, ENDS, ONE_DAY, OVERDUE, SINCE, SOON, plainly, with_whole_year
from handlers.understand.values.dates import NUMBERS, Sense, day, last_of_month, month_number, moved
from handlers.understand.values.named_periods import stretch, year_of
from handlers.wording import period_names

_NEXT = r"(?:next|coming|following|nachste[mnrs]?|kommende[mnrs]?)"
_THIS = r"(?:this|the current|diese[mnrs]?)"
_LAST = r"(?:last|previous|letzte[mnrs]?|vorige[mnrs]?)"
_UNIT = re.compile(
    r"(?:in |im |in the |during |within |das |die |den |der |fur das |fur den )?"
    rf"(?:(?P<next>{_NEXT})|(?P<this>{_THIS})|(?P<last>{_LAST})) "
    r"(?P<unit>week|month|quarter|year|woche|monats?|quartals?|jahre?s?)"
)
_TWO_UNITS = re.compile(
    rf"(?:in |im |during |die |den |das )?(?P<one>{_NEXT}|{_THIS}|{_LAST})(?: (?P<unit>week|month|quarter|year|"
    rf"woche|monat|quartal|jahr))? (?:and|or|und|oder) (?:the |die |den |das )?(?P<two>{_NEXT}|{_THIS}|{_LAST})"
    r"(?: (?P<other>week|month|quarter|year|woche|monat|quartal|jahr))?"
)
_BEFORE = {"vormonat": "month", "vorjahr": "year", "vorwoche": "week", "vorquartal": "quarter"}
_OF = r"(?:in |im |for |during |fur |fur den |of |von )?"
_MONTH = re.compile(
    rf"{_OF}(?:(?P<next>{_NEXT}) |(?P<last>{_LAST}) )?(?:{_THIS} )?(?P<month>[a-z]+)(?: (?P<year>\d{{4}}))?"
)
_NTH = ("first", "second", "third", "fourth", "erste", "zweite", "dritte", "vierte")
_QUARTER = re.compile(
    rf"{_OF}(?:the |das )?(?:q ?(?P<quarter>[1-4])(?:[/-](?=\d))?|(?:(?P<nth>{'|'.join(_NTH)})[nrs]?"
    r"|(?P<number>[1-4])(?: st| nd| rd| th)?) (?:quarter|quartal))(?: ?(?:of )?(?P<year>\d{4}|\d{2}))?"
)
_COUNT = r"(?P<n>\d{1,3}|[a-z]+) (?P<unit>days?|weeks?|months?|years?|tage?n?|wochen?|monate?n?|jahre?n?)"
_AHEAD = re.compile(
    r"(?:(?:in|within|over|for|innerhalb der|innerhalb von|in den|die|fur die|fur) )?"
    rf"(?:(?:the )?(?P<next>{_NEXT}) )?{_COUNT}"
)
_BACK = re.compile(
    r"(?:(?:in|over|for|during|within|in den|wahrend der) )?(?:(?:the|our|die|der) )?"
    rf"(?:past|{_LAST}|vergangene[nrs]?) {_COUNT}"
)
_OLDER = re.compile(
    r"(?:that are |die )?(?:older than|more than|over|overdue (?:for|by) (?:more than|over)|alter als|mehr als|uber) "
    rf"{_COUNT}"
    r"(?P<late> (?:old|overdue|late|uberfallig|alt))?"
)
_YEAR = re.compile(
    r"(?:in |for |during |im jahr |fur |the year |in the year |year |jahr )?(?:fiscal |financial |calendar )?"
    r"(?:year )?(?P<year>(?:19|20)\d\d)"
)
_EVER = frozenset(
    {"ever", "since ever", "of all time", "all time", "jemals", "seit jeher", "since the beginning", "seit beginn"}
)
_BETWEEN = (
    r"(?:from|between|btw|btwn|betw|von|vom|zwischen|zw) (?:the |dem |den )?(?P<since>.+?) "
    r"(?:to|and|until|till|bis|bis zum|und) (?:the |dem |den |zum )?(?P<until>.+)"
)
_BEFOREHAND = frozenset({"before", "vor"})
_AFTERWARDS = frozenset({"after", "nach", "later", "spater"})
_ON = ("on", "dated", "am", "for", "at", "as of", "as at", "per", "zum", "vom", "fur", "the", "of")
_RANGE = r"(?P<since>(?:\d{1,2}|[a-z]+)(?: \S+)?) (?:to|bis|-|through|till|until) (?:the |zum )?(?P<until>.+)"
SOON_DAYS = 14
"""How far "soon" looks ahead."""


@dataclass(frozen=True)
class Period:
    """Days from `since` to `until`, both inclusive, None without limit; `label` says them in words."""

    since: date | None
    until: date | None
    label: str
    overdue: bool = False


def period(said: Sentence, scene: SentenceContext, sense: Sense = "due") -> Period | None:
    """The stretch that all the words say; None if they say something else.

    `sense` "past" looks back: "in May" is then the last May, "Friday" the last Friday.
    Raises: Puzzled when they name an impossible day.
    """
    said = plainly(with_whole_year(said))
    plain = said.plain
    if plain in OVERDUE:
        return Period(None, scene.today - timedelta(days=1), period_names.overdue(), overdue=True)
    if plain in SOON:
        return _ahead(SOON_DAYS, scene.today)
    if plain in _EVER:
        return Period(None, None, period_names.ever())
    return (
        _unit(plain, scene)
        or _two_units(plain, scene)
        or _quarter(plain, scene, sense)
        or _month(plain, scene, sense)
        or _year(plain)
        or _named(plain, scene, sense)
        or _older(plain, scene)
        or _back(plain, scene)
        or _span(plain, scene)
        or _days(said, scene, sense)
    )


def _ahead(days: int, today: date) -> Period:
    return Period(None, today + timedelta(days=days), period_names.next_days(days))


def _unit(plain: str, scene: SentenceContext) -> Period | None:
    before = _BEFORE.get(plain.removeprefix("im ").removeprefix("in der ").removeprefix("fur den "))
    found = _UNIT.fullmatch(plain)
    if not found and not before:
        return None
    step = -1 if before or (found and found["last"]) else 1 if found and found["next"] else 0
    unit = before or (_unit_named(found["unit"]) if found else "")
    today = scene.today
    label = period_names.named_period(step, unit)
    if unit == "week":
        monday = today + timedelta(days=7 * step - today.weekday())
        return Period(monday, monday + timedelta(days=6), label)
    length = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = (today.month - 1) // length * length + 1 + step * length
    return _months(today.year, first, length, label)


def _two_units(plain: str, scene: SentenceContext) -> Period | None:
    """ "This week or next", "diesen und nächsten Monat": two that follow each other."""
    found = _TWO_UNITS.fullmatch(plain)
    unit = found and (found["unit"] or found["other"])
    if not found or not unit:
        return None
    one, two = (_unit(f"{which} {unit}", scene) for which in (found["one"], found["two"]))
    if not (one and two and one.since and one.until and two.since and two.until):
        return None
    first, second = sorted((one, two), key=lambda each: each.since or scene.today)
    if first.until is None or second.since is None or second.since - first.until != timedelta(days=1):
        return None
    assert first.since
    assert second.until
    return Period(first.since, second.until, period_names.between(first.since, second.until))


def _unit_named(said: str) -> str:
    """The English name of a unit of time."""
    return {"w": "week", "m": "month", "q": "quarter"}.get(said[0], "year")


def _months(year: int, first: int, length: int, label: str) -> Period:
    """Whole months; `first` may lie outside 1 to 12 and then belongs to another year."""
    since = last_of_month(year, first).replace(day=1)
    return Period(since, last_of_month(year, first + length - 1), label)


def _quarter(plain: str, scene: SentenceContext, sense: Sense) -> Period | None:
    found = _QUARTER.fullmatch(plain)
    if not found:
        return None
    told = found["quarter"] or found["number"]
    quarter = int(told) if told else 1 + _NTH.index(found["nth"]) % 4
    said = found["year"] and found["year"].zfill(4).replace("00", "20", 1)
    year = int(said or scene.today.year - (sense == "past" and 3 * quarter - 2 > scene.today.month))
    return _months(year, 3 * quarter - 2, 3, period_names.in_quarter(quarter, year)) if 1990 <= year <= 2100 else None


def _month(plain: str, scene: SentenceContext, sense: Sense) -> Period | None:
    """ "in May": of this year, unless it is over for more than three months; looking back, the last one."""
    found = _MONTH.fullmatch(plain)
    number = month_number(found["month"]) if found else None
    if not found or not number:
        return None
    today = scene.today
    if found["year"]:
        year = int(found["year"])
    elif found["next"]:
        year = today.year + (number <= today.month)
    elif found["last"]:
        year = today.year - (number >= today.month)
    else:
        year = year_of(number, scene, sense)
    if not 1990 <= year <= 2100:
        return None
    return _months(year, number, 1, period_names.in_month(date(year, number, 1)))


def _year(plain: str) -> Period | None:
    found = _YEAR.fullmatch(plain)
    return _months(int(found["year"]), 1, 12, period_names.in_year(int(found["year"]))) if found else None


def _named(plain: str, scene: SentenceContext, sense: Sense) -> Period | None:
    found = stretch(plain, scene, sense)
    return Period(*found) if found else None


def _counted(found: re.Match[str]) -> tuple[int, str] | None:
    """How many of which unit; None for words that are no number."""
    said = found["n"]
    count = int(said) if said.isdigit() else NUMBERS.get(said, 0)
    unit = {"d": "day", "t": "day", "w": "week", "m": "month"}.get(found["unit"][0], "year")
    return (count, unit) if count else None


def _back(plain: str, scene: SentenceContext) -> Period | None:
    """ "the last 30 days" end today."""
    found = _BACK.fullmatch(plain)
    counted = _counted(found) if found else None
    if counted is None:
        return None
    since = moved(scene.today, -counted[0], counted[1])
    return Period(since + timedelta(days=1), scene.today, period_names.last_days((scene.today - since).days))


def _older(plain: str, scene: SentenceContext) -> Period | None:
    """ "older than 30 days": due before that."""
    found = _OLDER.fullmatch(plain)
    counted = _counted(found) if found else None
    if (
        not found
        or counted is None
        or not (found["late"] or plain.startswith(("older", "alter", "overdue", "that are older")))
    ):
        return None
    until = moved(scene.today, -counted[0], counted[1]) - timedelta(days=1)
    return Period(None, until, period_names.by_day(until))


def _span(plain: str, scene: SentenceContext) -> Period | None:
    found = _AHEAD.fullmatch(plain)
    counted = _counted(found) if found else None
    if not found or counted is None or (not found["next"] and not plain[0].isdigit() and found["n"] in ("a", "an")):
        return None
    count, unit = counted
    return _ahead(count * {"day": 1, "week": 7, "month": 30, "year": 365}[unit], scene.today)


def _days(said: Sentence, scene: SentenceContext, sense: Sense) -> Period | None:
    if ends := said.match(_BETWEEN) or said.match(_RANGE):
        until = _finish(ends["until"], scene, sense)
        since = _start(ends["since"], scene, sense) or _same_month(ends["since"], until)
        if since and until:
            return Period(since, until, period_names.between(since, until)) if since <= until else None
    limit = said.without(BY)
    if len(limit) < len(said) or said.plain.startswith(ENDS):
        if said.words[0].plain in _BEFOREHAND:
            if _AHEAD.fullmatch(limit.plain):  # "vor zwei Wochen" is a day
                return None
            first = _start(limit, scene, sense)
            until = first - timedelta(days=1) if first else None
        else:
            until = _finish(limit, scene, sense)
        return Period(None, until, period_names.by_day(until)) if until else None
    begun = said.without(SINCE)
    if len(begun) < len(said):
        whole = _whole(begun, scene, sense)
        if whole and sense == "past" and said.words[0].plain in ("from", "vom"):  # "invoices from last week"
            return whole
        on = day(begun, scene, sense) if said.words[0].plain == "from" and ONE_DAY.fullmatch(begun.plain) else None
        if on and sense == "past":  # "bills from Monday"
            return Period(on, on, period_names.on_day(on, scene.today))
        since = _start(begun, scene, "past" if said.words[0].plain in ("since", "seit") else sense)
        if said.words[0].plain in _AFTERWARDS:
            last = _finish(begun, scene, sense)
            since = last + timedelta(days=1) if last else None
        return Period(since, None, period_names.since(since)) if since else None
    on = day(said.without(_ON), scene, sense)
    return Period(on, on, period_names.on_day(on, scene.today)) if on else None


def _same_month(said: Sentence, until: date | None) -> date | None:
    """The first day of "between 1 and 15 April"."""
    number = int(said.plain) if said.plain.isdigit() and len(said.plain) < 3 else 0
    return until.replace(day=number) if until and 1 <= number <= until.day else None


def _start(said: Sentence, scene: SentenceContext, sense: Sense) -> date | None:
    """The first day that the words name: a day, or that of a longer time ("since last month", "from May")."""
    whole = _whole(said, scene, sense)
    return whole.since if whole else day(said, scene, sense)


def _finish(said: Sentence, scene: SentenceContext, sense: Sense) -> date | None:
    """The last day that the words name: "by May", "by next week" mean to their end."""
    whole = _whole(said, scene, sense)
    return day(said, scene, sense) or (whole.until if whole else None)


def _whole(said: Sentence, scene: SentenceContext, sense: Sense) -> Period | None:
    plain = said.plain
    return (
        _unit(plain, scene)
        or _quarter(plain, scene, sense)
        or _month(plain, scene, sense)
        or _year(plain)
        or _named(plain, scene, sense)
    )
