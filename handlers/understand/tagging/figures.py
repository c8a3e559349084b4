"""Amounts and counts anywhere in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from handlers.understand.tagging.tag import Tag
from handlers.understand.text.sentence import NeedsClarification, Sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.values.amounts import MOST_DIGITS, Amount, amount, readings_of
from handlers.understand.values.calendar_words import NUMBERS
from handlers.understand.values.currencies import currency, kept_of, meant
from handlers.understand.values.number_words import SCALES, is_number_word

MOST_WORDS = 5

_COUNTING = frozenset({
    "top", "last", "first", "next", "latest", "recent", "newest", "oldest", "biggest", "largest", "letzte", "letzten",
    "letzter", "erste", "ersten", "nachste", "nachsten", "neueste", "neuesten", "alteste", "altesten", "grosste",
    "grossten", "the", "die", "our", "number", "nummer", "nr", "option", "past", "vergangenen", "least", "mindestens",
})  # fmt: skip
"""Words after which a small number counts something."""

_COUNTED = frozenset({
    "bills", "invoices", "rechnungen", "belege", "receipts", "documents", "vendors", "suppliers", "lieferanten",
    "customers", "kunden", "payments", "zahlungen", "days", "day", "tage", "tagen", "weeks", "wochen", "months",
    "monate", "monaten", "km", "kilometer", "kilometres", "miles", "biggest", "largest", "oldest", "newest",
    "grosste", "grossten", "hochsten", "altesten", "neuesten", "letzten", "teuersten", "highest", "latest", "most",
    "people", "times", "mal", "copies", "items", "posten", "stuck", "years", "jahre", "jahren", "uhr", "am", "pm",
    "hours", "stunden", "expenses", "ausgaben", "ones",
})  # fmt: skip
"""Words of which there can be some."""


def figures(said: Sentence, scene: SentenceContext) -> Iterator[Tag]:
    """The longest amount from each word on, and small numbers that count."""
    for start in range(len(said)):
        if not _begins(said, start):
            continue
        if count := _count(said, start):
            yield count
            continue
        for end in range(min(len(said), start + MOST_WORDS), start, -1):
            if found := _amount(said, start, end, scene):
                yield _doubted(found)
                break


def _begins(said: Sentence, at: int) -> bool:
    plain = said.words[at].plain
    if plain in ("a", "half"):
        return any(word.plain in SCALES for word in said.words[at + 1 : at + 3])
    return plain[0].isdigit() or is_number_word(plain) or _is_unit(said, at)


def _is_unit(said: Sentence, at: int) -> bool:
    """A currency that stands before its number."""
    written = said.raw[said.words[at].start : said.words[at].end]
    if at + 1 >= len(said) or not said.words[at + 1].plain[0].isdigit():
        return False
    return _is_currency(written)


def _is_currency(written: str) -> bool:
    try:
        return currency(written, None) is not None
    except NeedsClarification:
        return True


def _count(said: Sentence, at: int) -> Tag | None:
    plain = said.words[at].plain
    value = int(plain) if plain.isdigit() and len(plain) < 5 else NUMBERS.get(plain)
    if value is None or plain in ("a", "an", "ein", "eine", "einen", "einer", "one", "no", "keine", "once", "couple"):
        return None
    before = said.words[at - 1].plain if at else ""
    after = said.words[at + 1].plain if at + 1 < len(said) else ""
    if after in _COUNTED or (before in _COUNTING and not _is_unit_word(said, at + 1)):
        return Tag("number", at, at + 1, value)
    return None


def _is_unit_word(said: Sentence, at: int) -> bool:
    if at >= len(said):
        return False
    written = said.raw[said.words[at].start : said.words[at].end]
    return said.words[at].plain in SCALES or is_number_word(said.words[at].plain) or _is_currency(written)


def _amount(said: Sentence, start: int, end: int, scene: SentenceContext) -> Tag | None:
    part = said.part(start, end)
    if end < len(said) and said.words[end].start == said.words[end - 1].end and said.words[end].plain == "%":
        return None
    if not _is_whole(part) or "%" in part.text or any(w.breaks and w.plain != "-" for w in part.words[1:]):
        return None
    text = part.text
    try:
        return Tag("amount", start, end, amount(text, scene.currency, text))
    except NeedsClarification:
        return _either(start, end, part, scene)


def _either(start: int, end: int, part: Sentence, scene: SentenceContext) -> Tag | None:
    """An amount whose sign several currencies share, or whose digits are two numbers; None for no amount.

    A currency that an account of ours is kept in decides.
    """
    shared = next((c for word in part.words if len(c := meant(part.raw[word.start : word.end])) > 1), ())
    kept = kept_of(shared, scene.names.kept.values())
    found: list[Amount] = []
    for code in (kept,) if kept else shared:
        try:
            found.append(amount(part.text, code, part.text))
        except NeedsClarification:
            continue
    if not shared and len(part) == 1 and sum(map(str.isdigit, part.plain)) <= MOST_DIGITS:
        found = [Amount(f"{reading:f}") for reading in sorted(readings_of(part.plain, None), reverse=True)]
    tags = [Tag("amount", start, end, value) for value in found[:2]]
    return replace(tags[0], other=tags[1] if len(tags) > 1 else None) if tags else None


def _is_whole(part: Sentence) -> bool:
    """Nothing but numbers, signs, scales and one currency."""
    plain = [word.plain for word in part.words]
    digits = any(word[0].isdigit() for word in plain)
    if not digits and not any(is_number_word(word) for word in plain):
        return False
    for word in part.words:
        written = part.raw[word.start : word.end]
        if not (
            word.plain[0].isdigit()
            or word.plain in SCALES
            or word.plain in ("-", "a", "and", "half", "und")
            or is_number_word(word.plain)
            or word.plain in NUMBERS
            or _is_currency(written)
        ):
            return False
    return part.words[-1].plain not in ("a", "and")


def _doubted(found: Tag) -> Tag:
    """A bare small number may count something."""
    value = found.value
    if found.end - found.start == 1 and isinstance(value, Amount) and value.currency is None:
        whole, _, rest = value.value.partition(".")
        if not rest.strip("0") and int(whole) <= 31:
            return Tag("amount", found.start, found.end, value, other=Tag("number", found.start, found.end, int(whole)))
    return found
