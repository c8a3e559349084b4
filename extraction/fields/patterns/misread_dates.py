"""Dates of which OCR took characters for others, or lost a separator: what they can be.

What stands where a date has a digit is taken for the digit that it looks like, and a separator that is lost, or was
taken for something else, is supposed. Each of these is a fault, and a date of too many is none; more of them are
borne where a label or a time of day says that it is one. A digit is taken for another one only where the day is on no
calendar as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from math import inf

from rapidfuzz.distance import Levenshtein

from extraction.fields.patterns.date_parts import CLOCK_BEHIND, CUT, LOOKALIKES, DateSpan, day_of, fold_length, months

_DIGITS = {"0": "68", "1": "7", "2": "7", "3": "28", "4": "9", "5": "6", "6": "058", "7": "12", "8": "0369", "9": "048"}
"""What OCR makes of other digits."""

_USUAL = frozenset("OoQÖöÓóÒòÔôØøIl|[]!")  # half a fault: these are hardly ever another digit
_MOST_FAULTS = 2.0
_MOST_FAULTS_SHORT = 1.0  # with two digits of the year, for which less speaks unless it is said to be a date
_MOST_READINGS = 3  # of one place: what can be anything tells nothing
_YEARS = range(2000, 2040)

_D = rf"[\d{re.escape(''.join(LOOKALIKES))}]"
_A, _B, _A2, _B2 = rf"(?P<a>{_D}{{1,2}})", rf"(?P<b>{_D}{{1,2}})", rf"(?P<a>{_D}{{2}})", rf"(?P<b>{_D}{{2}})"
_LONG, _YEAR = rf"(?P<y>{_D}{{4}})", rf"(?P<y>{_D}{{4}}|{_D}{{2}})"
_MARK = r" ?[/\-.,:] ?"
_TAKEN = rf"{_MARK}[01Il|]??|[ \t]|[017Il|!f'´`]"  # a slash taken for a 1, 7, 0 or a letter, or with a stroke beside it
_LOST = rf"{_TAKEN}|"
_BEGINS, _ENDS = r"(?<![^\W_])(?<!\d[/\-.,:])(?<!\d )", r"(?![^\W_]|[/\-.,:]\d)"
_NUMERIC = (
    rf"{_A}(?P<s>{_MARK}){_B}(?P<t>{_MARK}){_YEAR}",
    # Where a separator is lost, a day or month of one digit would leave open which of the digits it is.
    rf"{_A2}(?P<s>{_LOST}){_B2}(?P<t>{_LOST}){_YEAR}",
    rf"{_A2}(?P<s>){_B2}(?P<t>){_LONG}",
    rf"{_LONG}(?P<s>{_TAKEN}){_B2}(?P<t>{_TAKEN}){_A2}",
)
_WORD, _BLANK = r"(?P<m>[^\W_]{3,10})", r"[\s\-/.,'´`]{0,3}"
_NAMED = (
    rf"{_A}(?:st|nd|rd|th)?{_BLANK}{_WORD}{_BLANK}{_LONG}",
    rf"{_A}(?P<s>[-/]){_WORD}(?P=s)(?P<y>{_D}{{2}})",
    rf"{_WORD}{_BLANK}{_A}(?:st|nd|rd|th)?[\s,.'´`/\-]{{1,3}}{_LONG}",
    rf"(?P<m>[^\W_]{{3,10}}?){_BLANK}{_A}['´`] ?(?P<y>{_D}{{2}})",  # Kay08'14
)
_LABEL = re.compile(r"(?<![^\W\d_])(?:dat[eoua]m?|dale|fecha|tarikh)\W{0,4}$", re.I)
_PATTERNS = [(re.compile(_BEGINS + form + _ENDS), "s" in form and "m>" not in form) for form in (*_NUMERIC, *_NAMED)]
_SEEN_AS = str.maketrans(LOOKALIKES)


def misread_dates(text: str) -> Iterator[DateSpan]:
    """Every date in a text that can be read only by supposing faults, left to right, places apart from each other.

    Several spans of one place are one date that can be read in several ways.
    """
    if sum(char.isdigit() for char in text) < 3:
        return
    places = []
    for pattern, numeric in _PATTERNS:
        for match in pattern.finditer(text):
            told = bool(CLOCK_BEHIND.match(text, match.end()) or _LABEL.search(text, 0, match.start()))
            spans = _numeric(match, told) if numeric else _named(match, told)
            if 0 < len(spans) <= _MOST_READINGS:
                places.append(spans)
    end = 0
    for spans in sorted(places, key=lambda spans: (spans[0].start, spans[0].faults, -spans[0].end)):
        if spans[0].start >= end:
            yield from spans
            end = spans[0].end


def may_be(read: date, printed: date) -> bool:
    """Whether one date is another with a digit taken for one that looks like it."""
    pairs = zip(read.strftime("%d%m%Y"), printed.strftime("%d%m%Y"), strict=True)
    other = [(digit, right) for digit, right in pairs if digit != right]
    return len(other) == 1 and other[0][1] in _DIGITS[other[0][0]]


def _numeric(match: re.Match[str], told: bool) -> list[DateSpan]:
    """What a date of three numbers can be; `told`, that a label or a time of day says that it is one."""
    marks = _mark(match["s"]), _mark(match["t"])
    faults = _faults(match["a"], match["b"], match["y"]) + _lost(*marks, told)
    digits = match["a"].translate(_SEEN_AS), match["b"].translate(_SEEN_AS), match["y"].translate(_SEEN_AS)
    short = len(digits[2]) == 2
    if faults > _most_faults(short, told) or (short and not _dated(*marks, told)):
        return []
    # Nobody writes the month first with dots, nor behind the year.
    turns = "." not in marks and match.start("y") > match.start("a")
    days = _days(*digits, turns)
    if days or short or (faults and not told) or faults + 1 > _MOST_FAULTS:
        return [DateSpan(*match.span(), days, faults=faults)] if days and faults else []
    ways = dict.fromkeys(_days(*other, turns) for other in _other_digits(*digits))
    return [DateSpan(*match.span(), days, faults=faults + 1) for days in ways if days]


def _named(match: re.Match[str], told: bool) -> list[DateSpan]:
    """What a date with the name of a month can be."""
    short = len(match["y"]) == 2
    numbers, misspelt = _months_like(match["m"])
    faults = _faults(match["a"], match["y"]) + misspelt
    if not 0 < faults <= _most_faults(short, told) or (short and misspelt and not told):
        return []
    day, year = match["a"].translate(_SEEN_AS), match["y"].translate(_SEEN_AS)
    ways = (_days(day, f"{number}", year, turns=False) for number in numbers)
    return [DateSpan(*match.span(), days, faults=faults) for days in ways if days]


def _most_faults(short: bool, told: bool) -> float:
    return _MOST_FAULTS_SHORT if short and not told else _MOST_FAULTS


def _faults(*numbers: str) -> float:
    """The faults of letters that stand for digits; no number has none but letters."""
    if not all(any(char.isdigit() for char in number) for number in numbers):
        return inf
    return sum(0.5 if char in _USUAL else 1.0 for char in "".join(numbers) if not char.isdigit())


def _mark(read: str) -> str:
    """A separator without the blanks beside it; a comma is a dot."""
    return (read.strip() or read[:1]).replace(",", ".")


def _lost(first: str, second: str, told: bool) -> float:
    """The faults of two separators: one for each that is none, one where they differ."""
    gone = [mark for mark in (first, second) if mark not in {"/", "-", ".", ":"}]
    if len(gone) == 2 and "" in gone and not (told and first == second):
        return inf
    return len(gone) or float(first != second or first == ":")


def _dated(first: str, second: str, told: bool) -> bool:
    """Whether two digits behind these separators may be a year: neither a price, a time, nor a number of an article."""
    marks = {first, second}
    if len(marks) == 1:
        return first in {"/", "-", "."} or (told and first not in {":", "", " ", "\t"})
    return len(marks & {"/", "-"}) == 1 and not marks & {".", ":", ""}


def _days(a: str, b: str, year: str, turns: bool) -> tuple[date, ...]:
    """The readings of three numbers: day first, and month first where that `turns`; none for a year long past."""
    if len(year) == 4 and int(year) not in _YEARS:
        return ()
    days = [day_of(int(year), int(b), int(a)), day_of(int(year), int(a), int(b)) if turns else None]
    return tuple(dict.fromkeys(day for day in days if day and day.year in _YEARS))


def _other_digits(a: str, b: str, year: str) -> Iterator[tuple[str, str, str]]:
    """The same with one digit another that OCR takes it for."""
    whole = a + b + year
    for place, digit in enumerate(whole):
        for other in _DIGITS[digit]:
            changed = whole[:place] + other + whole[place + 1 :]
            yield changed[: len(a)], changed[len(a) : -len(year)], changed[-len(year) :]


@lru_cache(maxsize=1000)
def _months_like(word: str) -> tuple[tuple[int, ...], float]:
    """The months that a word may name, and the faults: none where it names one, else one for a wrong letter."""
    folded, known = fold_length(word), months(CUT)
    if folded in known:
        return known[folded], 0.0
    near = [numbers for name, numbers in known.items() if Levenshtein.distance(folded, name, score_cutoff=1) <= 1]
    return tuple(sorted(set().union(*near))), 1.0
