"""Dates in a text: numeric, ISO, with month names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial

from extraction.fields.patterns.date_parts import (
    CLOCK_BEHIND,
    LOOKALIKES,
    DateSpan,
    day_of,
    fold_length,
    months,
    weekday_beside,
)
from extraction.fields.patterns.misread_dates import misread_dates

# Beside a digit that OCR took for a letter there is no border: I2/03/2018 is not the second, 20/03/20I8 not 2020.
_LETTERS = re.escape("".join(LOOKALIKES))
_BEGINS = rf"(?<![\d/#])(?<!(?<![^\W\d_])[{_LETTERS}])"
_ENDS = rf"(?:(?!\d|[/\-]\d|(?!T)[{_LETTERS}]\d)|(?=[0-2]?\d:[0-5]\d))"  # the time may stick to it: 15/01/201811:05
_LAST_DAY = rf"(\d{{2}}(?:(?!\d)|(?=1?[0-2]\d:[0-5]\d))|\d(?![\d{_LETTERS}]))"
# A century before a sign and a digit goes on: 06/05/20§8 is not of 2020.
_YEAR = r"((?:19|20)\d{2}(?!:\d{2}(?!:?\d))|(?!(?:19|20)[^\w\s.,:;|@/()\-]\d)\d{2})"
# OCR takes a dot for a comma, so that these two are one separator; but 25.6,25.7 and 8. 3,49 are numbers.
_NUMERIC = re.compile(rf"{_BEGINS}(\d{{1,2}})(?:\s?([/\-.,])\s?(\d{{1,2}})\s?\2\s?|[.,](\d{{2}})[.,]){_YEAR}{_ENDS}")
_TWO_DIGITS = range(10, 40)  # of a year that may come first
_LAST_DAY_OF_ANY = 31
_TIME = re.compile(r"(?:time|zeit|heure|hora|uhr|\bora)\W{0,4}$", re.I)  # before 09.10.05, which is no date then
_ISO = re.compile(rf"(?<!\d)(20\d{{2}})\s?([/.\-])\s?(\d{{1,2}})\s?\2\s?{_LAST_DAY}")
_COMPACT = re.compile(r"(?<![\d\w])(20\d{2})([01]\d)([0-3]\d)(?!\d)")


def find_dates(text: str, *, misread: bool = False) -> Iterator[DateSpan]:
    """Every date in a text, left to right, none overlapping another but those that are one date read in several ways.

    `misread`: OCR may have taken characters for others, or lost them. A date that is put right so yields its place to
    one that stands there as it is.
    """
    found = [*_iso(text), *_numeric(text), *_named(text)]
    found.sort(key=lambda span: (span.start, span.start - span.end))
    taken: list[DateSpan] = []
    for span in found:
        if all(_apart(span, other) for other in taken):
            taken.append(span)
    mended = misread_dates(text) if misread else ()
    taken += [span for span in mended if all(_apart(span, other) for other in taken if not other.faults)]
    for span in sorted(taken, key=lambda span: span.start):
        yield _with_weekday(text, span)


def _apart(one: DateSpan, other: DateSpan) -> bool:
    return one.end <= other.start or other.end <= one.start


def _with_weekday(text: str, span: DateSpan) -> DateSpan:
    """The date in the reading that falls on the day of the week beside it, where that decides between two."""
    printed = weekday_beside(text, span.start, span.end)
    if not printed:
        return span
    fitting = tuple(day for day in span.readings if day.weekday() in printed)
    if len(fitting) == len(span.readings) or not fitting:
        return replace(span, weekday=bool(fitting))
    return replace(span, readings=fitting, leads="day" if fitting == span.readings[:1] else "month", weekday=True)


def _iso(text: str) -> Iterator[DateSpan]:
    for match in _ISO.finditer(text):
        if found := day_of(int(match[1]), int(match[3]), int(match[4])):
            yield DateSpan(match.start(), match.end(), (found,))
    for match in _COMPACT.finditer(text):
        if found := day_of(*map(int, match.groups())):
            yield DateSpan(match.start(), match.end(), (found,))


def _numeric(text: str) -> Iterator[DateSpan]:
    for match in _NUMERIC.finditer(text):
        a, b, year = int(match[1]), int(match[3] or match[4]), int(match[5])
        dotted, short = match[2] not in {"/", "-"}, len(match[5]) == 2
        day_first, month_first = day_of(year, b, a), day_of(year, a, b)
        # What arrives is of late: of two years the earlier one is not looked for in front.
        year_first = day_of(a, b, year) if short and a in _TWO_DIGITS and a > year else None
        if dotted and short and _TIME.search(text, 0, match.start()) and not CLOCK_BEHIND.match(text, match.end()):
            continue
        if dotted and (day_first or short):
            month_first = None  # hardly anybody writes the month first with dots, and 09.28.00 is a time
        place = partial(DateSpan, match.start(), match.end(), year_first=year_first)
        if day_first and month_first and day_first != month_first:
            yield place((day_first, month_first))
        elif day_first:
            yield place((day_first,), "" if day_first == month_first else "day")
        elif month_first:
            yield place((month_first,), "month")
        elif year_first and a > _LAST_DAY_OF_ANY:
            yield place((year_first,))


def _named(text: str) -> Iterator[DateSpan]:
    folded = fold_length(text)
    for form in _named_forms():
        for match in form.finditer(folded):
            year, day = int(match["year"]), int(match["day"])
            found = [known for month in months()[match["month"]] if (known := day_of(year, month, day))]
            if found:
                yield DateSpan(match.start(), match.end(), tuple(found))


@cache
def _named_forms() -> tuple[re.Pattern[str], ...]:
    """3 March 2025, March 3, 2025, and with the year first (2025. március 3., 2025 m. kovo 3 d.), over folded text."""
    gap, of = r"[\s\-/.,'´`]{0,3}", r"(?:(?:del?|of|ta['’´`]?)\s)?"
    letters = _LETTERS.lower()
    begins = rf"(?<![\d#])(?<!(?<![a-z])[{letters}])"
    year = rf"(?P<year>20\d{{2}}|\d{{2}})(?:(?![\d:]|(?!t)[{letters}]\d)|(?=[0-2]?\d:[0-5]\d))"
    month = rf"(?P<month>{'|'.join(sorted(months(), key=len, reverse=True))})"
    day = r"(?P<day>\d{1,2})"
    long_year, of_year = r"(?<!\d)(?P<year>20\d{2})", r"\.?\s?(?:m\.|gada|ev)?\s{0,2}"
    return (
        re.compile(rf"{begins}{day}(?:st|nd|rd|th|er)?{gap}{of}{month}{gap}{of}{year}"),
        re.compile(rf"(?<![^\W\d_]){month}{gap}{day}(?:st|nd|rd|th)?[\s,.'´`/\-]{{1,3}}{year}"),
        re.compile(rf"{long_year}{of_year}{month}\.?\s{day}(?!\d)"),
        re.compile(rf"{long_year}{of_year}{day}\.?\s{month}"),
    )
