"""Whether the day, the month or the year comes first in numeric dates of a document, and whether that can be known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date

from extraction.fields.patterns.countries import CERTAIN, countries_of
from extraction.fields.patterns.date_parts import DateSpan

_MONTH_FIRST = frozenset({"US"})
_EITHER = frozenset({"CA", "IN", "PH"})
"""Where tills, banks and software print either order, whatever the norm (CSA Z234.4 in Canada, IS 7900 in India)."""

_YEAR_FIRST = frozenset({"CA", "CN", "JP", "KR", "HU", "SE", "TW"})
"""Where two digits of the year may stand first, as on card slips."""

_NAMED_MONTH_FIRST = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2}, ?20\d\d\b", re.I)
_DOLLARS = re.compile(r"(?<![A-Z])\$\s?\d")


@dataclass(frozen=True)
class DayOrder:
    """The likeliest order of a document's numeric dates, and whether anything in it tells that it is this one.

    `year_first` is about dates whose year has two digits; where it is not set, the year comes last.
    """

    day_first: bool
    known: bool
    year_first: bool = False

    def pick(self, span: DateSpan) -> date:
        """The reading of a date in this order."""
        if self.year_first and span.year_first:
            return span.year_first
        return span.readings[0] if self.day_first or len(span.readings) == 1 else span.readings[1]

    def left_open(self, span: DateSpan) -> tuple[date, ...]:
        """The days that a date may be as far as anything tells, the likeliest first; one where it is known."""
        if self.known:
            return (self.pick(span),)
        read = (self.pick(span), *span.readings, *((span.year_first,) if self.year_first and span.year_first else ()))
        return tuple(dict.fromkeys(read))


def day_order(texts: Iterable[str], spans: Iterable[DateSpan]) -> DayOrder:
    """The order by dates that can be read in one way only, else by the country that the document was written in.

    What dates show and the country contradicts is likely, and not known.
    """
    every, whole = list(spans), "\n".join(texts)
    found = countries_of(whole)
    told, certain = _told_by_countries(found), CERTAIN in found.values()
    firm = {span.readings[0] for span in every if len(span.readings) == 1 and not (span.leads or span.faults)}
    day, month, year = _told_by_dates(every, firm)
    may_lead = not any(span.year_first and firm & set(span.readings) for span in every)
    year_first = bool(found.keys() & _YEAR_FIRST) and may_lead
    if year:
        return DayOrder(day >= month, known=not (day or month), year_first=True)
    if day or month:
        agreed = not (day and month) and (not certain or told != ({"month"} if day else {"day"}))
        return DayOrder(day >= month, known=agreed and not (year_first and _may_lead(every)), year_first=year_first)
    if len(told) == 1:
        return DayOrder("day" in told, known=certain)
    # Whoever writes November 13, 2010, or dollars, writes 11/13 as well: likely, but others do so too.
    american = "month" in told or bool(_NAMED_MONTH_FIRST.search(whole)) or (not told and bool(_DOLLARS.search(whole)))
    return DayOrder(not american or "day" in told, known=False, year_first=year_first)


def _told_by_countries(found: Iterable[str]) -> set[str]:
    """The orders in use in these countries: "day", "month", or both where either is printed."""
    orders = set()
    for country in found:
        orders |= {"day", "month"} if country in _EITHER else {"month"} if country in _MONTH_FIRST else {"day"}
    return orders


def _told_by_dates(spans: Sequence[DateSpan], firm: Set[date]) -> tuple[int, int, int]:
    """How many dates show that the day, the month or the year comes first: alone, or by `firm` ones, written out."""
    leads = [span.leads for span in spans if not (span.year_first in firm and span.readings[0] not in firm)]
    pairs = [span.readings for span in spans if len(span.readings) > 1]
    day = leads.count("day") + sum(first in firm and second not in firm for first, second in pairs)
    month = leads.count("month") + sum(second in firm and first not in firm for first, second in pairs)
    year = sum(span.year_first in firm and not firm & set(span.readings) for span in spans)
    return day, month, year


def _may_lead(spans: Sequence[DateSpan]) -> bool:
    """Whether a date that seems to begin with the day may as well begin with the year."""
    return all(span.year_first for span in spans if span.leads == "day")
