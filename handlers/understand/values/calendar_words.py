"""Words of the calendar: small numbers, months, weekdays, and how people shorten or adorn what they say of time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from babel import Locale

from handlers.understand.text.sentence import Sentence, Word, repaired
from handlers.understand.text.words import fold

NUMBERS = {
    word: n
    for n, words in enumerate(
        (
            "no zero keine null", "one a an ein eine einen einer once", "two zwei couple", "three drei", "four vier",
            "five funf", "six sechs", "seven sieben", "eight acht", "nine neun", "ten zehn", "eleven elf",
            "twelve zwolf", "thirteen dreizehn", "fourteen vierzehn", "fifteen funfzehn", "sixteen sechzehn",
            "seventeen siebzehn", "eighteen achtzehn", "nineteen neunzehn", "twenty zwanzig",
        )
    )
    for word in words.split()
} | {"thirty": 30, "dreissig": 30, "sixty": 60, "sechzig": 60, "ninety": 90, "neunzig": 90}  # fmt: skip
"""Small numbers in words."""

_PLAIN_WORDS = {
    "eom": "end of month", "eoy": "end of year", "eow": "end of week", "eoq": "end of quarter", "ultimo": "monatsende",
    "wk": "week", "wks": "weeks", "mth": "month", "mths": "months", "yr": "year", "yrs": "years", "qtr": "quarter",
    "a fortnight": "2 weeks", "the fortnight": "2 weeks", "fortnight": "2 weeks", "fortnights": "2 weeks",
    "this coming": "coming", "fiscal year": "year", "financial year": "year", "business year": "year",
    "geschaftsjahr": "jahr", "geschaeftsjahr": "jahr", "wirtschaftsjahr": "jahr", "geschaftsjahres": "jahres",
    "this morning": "today", "this afternoon": "today", "this evening": "today", "tonight": "today",
    "heute fruh": "heute", "heute morgen": "heute", "heute abend": "heute", "heute nachmittag": "heute",
    "heute vormittag": "heute", "heute mittag": "heute", "heut": "heute", "last night": "yesterday",
    "gestern abend": "gestern", "gestern fruh": "gestern", "gestern morgen": "gestern", "gestern mittag": "gestern",
    "gestern nachmittag": "gestern", "gestern vormittag": "gestern", "gestern nacht": "gestern",
    "morgen fruh": "morgen", "morgen abend": "morgen", "morgen nachmittag": "morgen", "morgen vormittag": "morgen",
    "morgen mittag": "morgen", "tmrw": "tomorrow", "tmr": "tomorrow", "monatsmitte": "mid month",
    "calendar week": "kw", "kalenderwoche": "kw", "wensday": "wednesday", "quartalsende": "ende quartal",
}  # fmt: skip
_MOST_PLAIN_WORDS = 2
_DAYPARTS = frozenset({
    "morning", "afternoon", "evening", "night", "noon", "fruh", "abend", "vormittag", "nachmittag", "mittag", "morgen",
})  # fmt: skip
_DAYPARTS_AFTER = frozenset({"yesterday", "tomorrow"})
_MONTHS_JOINED = re.compile(r"(?P<a>[a-z]+)-(?P<b>[a-z]+)")
_DAYS_JOINED = re.compile(r"(?P<a>\d{1,2})-(?P<b>\d{1,2})")


OVERDUE = frozenset({"overdue", "late", "past due", "uberfallig", "ueberfallig", "ueberfaellig", "already overdue"})
SOON = frozenset({"soon", "next", "coming up", "upcoming", "demnachst", "bald", "shortly"})
ENDS = ("end of", "the end of")
ONE_DAY = re.compile(r"(?:last )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day)|today|yesterday")
SINCE = (
    "since the", "since", "from the", "from", "seit dem", "seit der", "seit", "ab dem", "ab", "starting", "after the",
    "dated since", "starting from", "starting with",
    "later than the", "later than", "spater als der", "spater als dem", "spater als am", "spater als", "after",
    "nach dem",
)  # fmt: skip
BY = (
    "up to and including the", "up to and including", "until and including", "bis einschliesslich",
    "bis zum einschliesslich", "bis inklusive", "bis inkl", "by the",
    "by", "until the", "until", "till", "up to", "before the", "before", "vor dem", "vor", "not later than",
    "bis zum", "bis spatestens", "bis",
)  # fmt: skip
"""What a time begins with that has no end, or no beginning."""


def with_whole_year(said: Sentence) -> Sentence:
    """ "March '26" is March 2026, not the 26th."""
    if not said.words or not said.words[-1].plain.isdigit() or len(said.words[-1].plain) != 2:
        return said
    last = said.words[-1]
    marked = said.raw[max(0, last.start - 1) : last.start + 1]
    if marked[:1] not in _YEAR_MARKS and marked[-1:] not in _YEAR_MARKS:
        return said
    return Sentence(said.raw, (*said.words[:-1], replace(last, plain=f"20{last.plain}")), said.asks)


_YEAR_MARKS = ("'", "’", "‘")


def plainly(said: Sentence) -> Sentence:
    """The words as the readers of times know them: "eom" is "end of month", "mon morning" is "mon"."""
    words: list[Word] = []
    at = 0
    while at < len(said.words):
        size, new = _replaced(said, at)
        first, last = said.words[at], said.words[at + size - 1]
        words += [Word(plain, first.start, last.end, first.breaks) for plain in new]
        at += size
    return Sentence(said.raw, tuple(words), said.asks)


def _replaced(said: Sentence, at: int) -> tuple[int, list[str]]:
    """How many words from here on are said by which plain ones."""
    plain = said.words[at].plain
    for size in range(min(_MOST_PLAIN_WORDS, len(said) - at), 0, -1):
        if new := _PLAIN_WORDS.get(" ".join(word.plain for word in said.words[at : at + size])):
            return size, new.split()
    before, after = (said.words[n].plain if 0 <= n < len(said) else "" for n in (at - 1, at + 1))
    if plain in _DAYPARTS and (before in _DAYPARTS_AFTER or weekday_number(before) is not None):
        return 1, []
    return 1, _unjoined(plain, after) or [plain]


def _unjoined(plain: str, after: str) -> list[str]:
    """ "jan-marz" and "1-15 may" are two ends of a time; empty for other words."""
    if (found := _MONTHS_JOINED.fullmatch(plain)) and month_number(found["a"]) and month_number(found["b"]):
        return [found["a"], "to", found["b"]]
    if (found := _DAYS_JOINED.fullmatch(plain)) and month_number(after):
        return [found["a"], "to", found["b"]]
    return []


def month_number(name: str) -> int | None:
    """1 to 12 for the folded name of a month, full or short, English or German; None for other words."""
    return _months().get(name, _months().get(repaired(name)))


def weekday_number(name: str) -> int | None:
    """0 (Monday) to 6 for the folded name of a weekday, full or short; None for other words."""
    return _weekdays().get(name, _weekdays().get(repaired(name)))


@cache
def _months() -> dict[str, int]:
    names = {"sept": 9, "marz": 3, "maerz": 3, "janner": 1}
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


def _shorts() -> Iterator[tuple[str, int]]:
    for n, name in Locale("de").days["format"]["abbreviated"].items():
        yield fold(name).strip("."), n


SHORT_GERMAN_WEEKDAYS = dict(_shorts())
"""Words of their own ("so", "do"): weekdays only after a preposition of time."""

TIME_WORDS = frozenset({
    "today", "tomorrow", "yesterday", "tonight", "morning", "afternoon", "evening", "night", "week", "weeks", "wk",
    "wks", "month", "months", "mth", "mths", "year", "years", "yr", "yrs", "quarter", "quarters", "qtr", "half",
    "fortnight", "fortnights", "weekend", "day", "days", "eom", "eoy", "eow", "eoq", "ytd", "mtd", "qtd", "wtd",
    "soon", "now", "end", "date", "shortly", "upcoming", "tmrw", "tmr", "mid", "beginning", "start", "since",
    "easter", "christmas", "neujahr", "heute", "heut", "morgen", "gestern", "ubermorgen", "uebermorgen", "vorgestern",
    "fruh",
    "abend", "woche", "wochen", "monat", "monate", "monaten", "monats", "jahr", "jahre", "jahren", "jahres",
    "quartal", "quartals", "halbjahr", "tag", "tage", "tagen", "bald", "demnachst", "ultimo", "monatsende",
    "monatsmitte", "quartalsende", "jahresende", "wochenende", "wochenendes", "ende", "anfang", "mitte", "ostern",
    "weihnachten", "vormonat", "vorjahr", "vorwoche", "vorquartal", "jahresanfang", "jahresbeginn", "monatsanfang",
    "monatsbeginn", "seit", "geschaftsjahr", "geschaeftsjahr", "wirtschaftsjahr", "kw", "kalenderwoche", "maiwoche",
    "q1", "q2", "q3", "q4", "h1", "h2", "ersten", "jeher", "time", "ever",
})  # fmt: skip
"""Words that say a time, or are its beginning or end."""

_SHORT_PERIOD = re.compile(r"q[1-4](?:[/-]?(?:20)?\d\d)?|h[12](?:[/-]?(?:20)?\d\d)?|kw\d{1,2}|fy(?:20)?\d\d|\w+woche")


def may_be_time(plain: str) -> bool:
    """Whether a folded word can be part of a time at all, which spares reading most sentences as one."""
    return (
        plain in TIME_WORDS
        or plain[0].isdigit()
        or month_number(plain) is not None
        or weekday_number(plain) is not None
        or plain in SHORT_GERMAN_WEEKDAYS
        or bool(_SHORT_PERIOD.fullmatch(plain))
        or bool((joined := _MONTHS_JOINED.fullmatch(plain)) and month_number(joined["a"]))
    )
