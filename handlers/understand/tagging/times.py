"""Days and periods anywhere in a sentence, with their prepositions: "by friday" is one, "since may" too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from handlers.understand.tagging.tag import Tag
from handlers.understand.text.sentence import NeedsClarification, Sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.values.amounts import Amount
from handlers.understand.values.calendar_words import NUMBERS, may_be_time, plainly
from handlers.understand.values.dates import Sense, day
from handlers.understand.values.periods import Period, period
from handlers.wording import period_names

MOST_WORDS = 9

_UNITS = {"d": 1, "t": 1, "w": 7, "m": 30, "j": 365, "y": 365, "f": 14}
_LATE = (
    r"(?:(?:for |by |seit |um )?(?:more than |longer than |over |at least |mehr als |langer als |uber |mindestens |als "
    r")?)?"
    r"(?P<n>\d{1,3}|[a-z]+)(?: \+)? "
    r"(?P<unit>days?|weeks?|wks?|months?|tage?n?|wochen?|monate?n?|years?|jahre?n?|fortnights?)"
)
_AFTER_LATE = (
    r"(?:overdue|late|past due|past their due date|past its due date|behind|in arrears|uberfallig|ueberfallig|verspatet"
    r"|im verzug|in verzug|im ruckstand|druber|daruber|uber die zeit|uber falligkeit)"
)
_LATENESS = (
    re.compile(rf"{_LATE} {_AFTER_LATE}"),
    re.compile(rf"(?:overdue|late|past due|uberfallig|ueberfallig) {_LATE}"),
    re.compile(rf"(?:older than|later than|alter als|spater als) {_LATE}(?: old| alt)?"),
)
_SAYS_LATE = re.compile(r"\b(?:late|overdue|past due|ueberfallig|uberfallig)\b")
_DAYS_FROM_TO = re.compile(
    r"(?:by |um )?\d+ (?:to|bis|-|and|und) \d+ (?:days?|weeks?|months?|tage?n?|wochen?|monate?n?)"
)
"""How long something took, and no days of a month."""
_DURATION = re.compile(r"(?:\d+|[a-z]+) (?:days?|weeks?|wks?|months?|tage?n?|wochen?|monate?n?)")
_ARTICLES = frozenset({"the", "our", "der", "die", "unser", "unsere"})
_MODAL = frozenset({"i", "we", "you", "it", "they", "he", "she", "be", "have", "not", "also"})
"""Beside these "may" is no month."""

_NOT_ALONE = frozenset({
    "next", "coming up", "upcoming", "now", "immediately", "sofort", "ever", "within", "past",
    "from now", "from now on", "ab jetzt", "ab sofort", "von jetzt an", "as of now", "ab heute",
    "a month", "a week", "a year", "a day", "a quarter", "im monat", "pro monat",
})  # fmt: skip
"""Words that a question for a time ends with, and that give none inside a sentence."""
_AFTER_DAYS = frozenset({"on", "am", "by", "since", "seit", "vom", "from", "bis", "until", "till", "ab", "zum"})
_AFTER_SUMS = frozenset({"over", "above", "uber", "under", "unter", "mindestens", "below", "of"})
_AT = ("at", "at the", "am", "zum", "the", "on", "per")
_ENDS = ("end of", "ende", "monatsende", "jahresende", "month end", "year end")
_SHORT_DATE = re.compile(r"\d{1,2}\.\d{1,2}")


def lateness(said: Sentence) -> Iterator[Tag]:
    """ "3 weeks overdue", "more than 30 days late", "seit 2 Wochen überfällig": the days."""
    for start in range(len(said)):
        for end in range(min(len(said), start + MOST_WORDS), start + 1, -1):
            plain = said.part(start, end).plain
            found = next((found for each in _LATENESS if (found := each.fullmatch(plain))), None)
            count = (int(found["n"]) if found["n"].isdigit() else NUMBERS.get(found["n"], 0)) if found else 0
            if found and count:
                yield Tag("lateness", start, end, count * _UNITS[found["unit"][0]])
                break


def times(said: Sentence, scene: SentenceContext, sense: Sense) -> Iterator[Tag]:
    """The longest time from each word on."""
    hot = [may_be_time(word.plain) for word in said.words]
    for start in range(len(said)):
        for end in range(min(len(said), start + MOST_WORDS), start, -1):
            if any(hot[start:end]) and (found := _time(said, start, end, scene, sense)):
                yield found
                break


def _time(said: Sentence, start: int, end: int, scene: SentenceContext, sense: Sense) -> Tag | None:
    part = said.part(start, end)
    if _means_otherwise(said, start, end):
        return None
    try:
        if end - start == 1 and part.plain.isdigit():
            return _year_or_day(said, start, scene, sense)
        found = period(part, scene, sense)
    except NeedsClarification:
        return None
    if found is None or found.overdue or _SAYS_LATE.search(part.plain):  # the latter is `lateness`
        return None
    tag = _tag(part, start, end, found)
    return _doubted(said, tag, scene) if end - start == 1 and _SHORT_DATE.fullmatch(part.plain) else tag


def _tag(part: Sentence, start: int, end: int, found: Period) -> Tag:
    """A day, or a period; the end of a month is what one looks ahead to, not that day alone."""
    if found.since is not None and found.since == found.until:
        if plainly(part).without(_AT).plain.startswith(_ENDS):
            return Tag("period", start, end, Period(None, found.until, period_names.by_day(found.since)))
        return Tag("day", start, end, found.since)
    return Tag("period", start, end, found)


def _doubted(said: Sentence, tag: Tag, scene: SentenceContext) -> Tag | None:
    """ "5.6" may be a sum: not after "am", nor where a full stop follows; "12.05" rather is one."""
    written = said.part(tag.start, tag.end).plain
    before = said.words[tag.start - 1].plain if tag.start else ""
    dotted = said.raw[said.words[tag.start].end : said.words[tag.start].end + 1] == "."
    if before in _AFTER_SUMS:
        return None
    last = dotted and tag.end == len(said)
    if before in _AFTER_DAYS or (dotted and not (last and len(written.partition(".")[2]) == 2)):
        return tag
    whole, _, rest = written.partition(".")
    value = Amount(f"{whole}.{rest:0<2}")
    amount = Tag("amount", tag.start, tag.end, value)
    if len(rest) == 2 and not (len(whole) == 2 and dotted):
        return Tag("amount", tag.start, tag.end, value, other=tag)
    return Tag("day", tag.start, tag.end, tag.value, other=amount)


def _year_or_day(said: Sentence, at: int, scene: SentenceContext, sense: Sense) -> Tag | None:
    """A lone "2025"; "15" only of "am 15." and "15."."""
    plain = said.words[at].plain
    if len(plain) == 4:
        if not scene.today.year - 15 <= int(plain) <= scene.today.year + 5:
            return None
        found = period(said.part(at, at + 1), scene, sense)
        return Tag("period", at, at + 1, found, other=Tag("amount", at, at + 1, Amount(f"{plain}.00")))
    try:
        found_day = day(said.part(at, at + 1), scene, sense) if len(plain) < 3 else None
    except NeedsClarification:  # there is no "30th" of February
        return None
    return Tag("day", at, at + 1, found_day) if isinstance(found_day, date) else None


def _means_otherwise(said: Sentence, start: int, end: int) -> bool:
    part = said.part(start, end).plain
    if part in _NOT_ALONE or _DAYS_FROM_TO.fullmatch(part):
        return True
    before = said.words[start - 1].plain if start else ""
    if (before in ("als", "than") and _DURATION.fullmatch(part)) or (part.startswith("till ") and before in _ARTICLES):
        return True  # "länger als 2 Wochen unbezahlt", "out of the till last week"
    if "may" in (said.words[start].plain, said.words[end - 1].plain) and "may" in part.split():
        at = start if said.words[start].plain == "may" else end - 1
        around = {said.words[n].plain for n in (at - 1, at + 1) if 0 <= n < len(said)}
        return bool(around & _MODAL) and not said.raw[said.words[at].start].isupper()
    return any(word.breaks for word in said.words[start + 1 : end]) and not _one_date(said, start, end)


def _one_date(said: Sentence, start: int, end: int) -> bool:
    """Whether the breaks inside are the marks of a date ("5. Juni", "May 15, 2025")."""
    marked = [n for n in range(start + 1, end) if said.words[n].breaks]
    return all(said.words[n - 1].plain[-1].isdigit() or said.words[n].plain.isdigit() or len(
        said.words[n - 1].plain) <= 4 for n in marked)  # fmt: skip
