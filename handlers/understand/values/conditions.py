"""What a question leaves over beside its trigger, taken apart: a time, bounds of an amount, a way to group, names.

The parts may come in any order. What no part explains is a name; small words around it say whose or what it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Literal

from handlers.understand.text import grammar
from handlers.understand.text.sentence import NeedsClarification, Sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.values import names
from handlers.understand.values.amounts import Amount, amount
from handlers.understand.values.calendar_words import TIME_WORDS, may_be_time
from handlers.understand.values.dates import Sense, month_number
from handlers.understand.values.periods import Period, period
from storage.bills.vendors import match_key

By = Literal["category", "vendor", "month"]

_BY: dict[str, By] = {"by_category": "category", "by_vendor": "vendor", "by_month": "month"}
_BEFORE_NAMES: dict[str, tuple[str, ...]] = {
    "with": (
        "with", "at", "from", "by", "to", "for us from", "of", "bei", "von", "vom", "an", "mit", "to the", "from the",
        "at the",
        "bei der", "beim", "von der", "an die", "der",
    ),
    "on": ("on", "for", "in", "fur", "auf", "an", "on the", "for the", "regarding", "about", "fur die", "fur das",
    "containing", "mit dem text"),
}  # fmt: skip
_FILLERS = frozenset({
    "ist", "etwas", "anything", "something", "total", "all",
    "we", "i", "us", "me", "our", "my", "the", "a", "an", "any", "is", "are", "was", "were", "do", "did",
    "have", "has", "had", "will", "be",
    "there", "still", "so", "far", "money", "in", "and", "to", "on", "of", "that", "which", "spent", "spend",
    "paid", "pay", "ausgegeben",
    "wir", "uns", "die", "der", "das", "den", "insgesamt", "noch", "geld", "und", "haben", "gab", "es", "bezahlt",
    "gezahlt", "altogether", "it",
    "please", "bitte", "only", "just", "nur", "also", "auch", "up", "due", "fallig", "bill", "bills", "invoice",
    "invoices", "rechnung",
    "rechnungen", "for", "fur", "overall", "then", "dann", "left", "open", "offen", "with", "mit", "from", "von",
    "by", "show", "zeig", "amounts",
    "ones", "everything", "alles", "approved", "freigegeben", "freigegebenen", "came", "come", "received",
    "arrived", "kamen", "gekommen",
    "sind", "unpaid", "outstanding", "offene", "offenen", "fallige", "falligen", "unbezahlt", "payable", "they",
    "these", "those", "owe", "schulden",
    "alle", "gingen", "ein", "eingegangen", "war", "waren", "werden", "wurden", "one", "at", "what", "than", "them",
    "items", "belege", "about", "but", "or", "oder", "too",
    "expected", "usually", "we've", "rein", "ab",
})  # fmt: skip
_OF_TIME = frozenset({"from", "ab", "starting", "up", "bis"})
"""Openings of a bound after which a time may stand as well."""

_EXCLUDING = frozenset({
    "except", "except for", "excluding", "without", "ausser", "ohne", "but not", "and not", "aber nicht", "und nicht",
    "nur nicht", "not", "nicht", "other than", "apart from", "but not for", "not for", "abgesehen von", "bis auf",
})  # fmt: skip
_ARTICLES = frozenset({"the", "der", "die", "das", "dem", "den", "our", "unser", "unsere", "for", "to", "von", "an"})

_UNITS = frozenset({"st", "nd", "rd", "th"})
_DATE = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d+[-/]\d+.*")
_YEAR = re.compile(r"(?:19|20)\d\d")
MOST_NAME_WORDS = 5
MOST_TIME_WORDS = 9


@dataclass(frozen=True)
class Conditions:
    """What was found; None, False or empty where nothing of that kind was said.

    `who` is a name introduced as that of a party ("with Acme"), `what` one introduced as a purpose ("on travel"), and
    `bare` a name without any introduction. `without` are names after "except", "without", "but not".
    """

    when: Period | None = None
    above: Amount | None = None
    below: Amount | None = None
    exactly: Amount | None = None
    by: By | None = None
    compare: bool = False
    chart: bool = False
    overdue: bool = False
    receivable: bool = False
    payable: bool = False
    who: Sentence | None = None
    what: Sentence | None = None
    bare: Sentence | None = None
    without: tuple[Sentence, ...] = ()

    @property
    def names(self) -> tuple[Sentence, ...]:
        """Every name, however introduced."""
        return tuple(name for name in (self.who, self.what, self.bare) if name is not None)

    @property
    def empty(self) -> bool:
        """Nothing at all was found."""
        return self == Conditions()


def conditions_of(
    said: Sentence, scene: SentenceContext, sense: Sense = "due", *, exclusions: bool = False
) -> Conditions | None:
    """All parts of the words; None where some of them are neither a part nor a likely name.

    `sense` says to which side a date without a year lies. None, too, where names are excluded and the reader does not
    say that it knows `exclusions`. Raises: Puzzled for impossible days and amounts.
    """
    found, rest = _extracted(said, scene, sense)
    if found.without and not exclusions:
        return None
    for words in _runs(said, rest):
        named = _with_name(found, words, scene)
        if named is None:
            return None
        found = named
    return found


def _extracted(said: Sentence, scene: SentenceContext, sense: Sense) -> tuple[Conditions, list[int]]:
    """The parts that are known by their words, and the places of the words that none of them took."""
    found = Conditions()
    rest: list[int] = []
    at = 0
    while at < len(said):
        if end := _excluded_until(said, at, scene):
            found, at = replace(found, without=(*found.without, said.part(*end))), end[1]
            continue
        for size in range(min(len(said) - at, MOST_TIME_WORDS), 0, -1):
            more = _part(said.part(at, at + size), scene, sense, found)
            if more is not None:
                found, at = more, at + size
                break
        else:
            rest.append(at)
            at += 1
    return found, rest


def _excluded_until(said: Sentence, at: int, scene: SentenceContext) -> tuple[int, int] | None:
    """The places (first, behind the last) of a known name after "except" and the like here; None for none."""
    plain = [word.plain for word in said.words]
    for size in (3, 2, 1):
        if " ".join(plain[at : at + size]) not in _EXCLUDING:
            continue
        start = at + size
        start += next((n for n, word in enumerate(plain[start:]) if word not in _ARTICLES), 0)
        for end in range(min(len(said), start + MOST_NAME_WORDS), start, -1):
            name = said.part(start, end)
            if names.vendors(name, scene) or (scene.names.categories and _is_category(name, scene)):
                return start, end
    return None


def _is_category(name: Sentence, scene: SentenceContext) -> bool:
    try:
        return names.category(name, scene) is not None
    except NeedsClarification:
        return True


def _part(said: Sentence, scene: SentenceContext, sense: Sense, found: Conditions) -> Conditions | None:
    """The parts with that one added which all these words are; None if they are none."""
    for phrase in grammar.phrases("modifiers"):
        if phrase.first is None or said.words[0].plain in phrase.first:
            slots = said.slots(phrase.text)
            if slots is not None and (more := _modified(phrase.name, slots, scene, found, said.words[0].plain)):
                return more
    if name := grammar.set_phrases("modifiers").get(said.plain):
        return _modified(name, {}, scene, found)
    if found.when is None and _is_timely(said) and (when := period(said, scene, sense)):
        return replace(found, when=when)
    return None


def _modified(
    name: str, slots: dict[str, Sentence], scene: SentenceContext, found: Conditions, opening: str = ""
) -> Conditions | None:
    if name in _BY:
        return replace(found, by=_BY[name])
    if name in ("above", "below", "exactly"):
        bound = _bound(slots["amount"], scene, bare=name == "exactly" or opening in _OF_TIME)
        return _with(found, name, bound) if bound else None
    return _with(found, name, True)


def _bound(said: Sentence, scene: SentenceContext, *, bare: bool) -> Amount | None:
    """An amount; None for other words, among them dates, and years where a time may stand as well (`bare`).

    Raises: Puzzled for digits that could be two amounts.
    """
    digits = [word.plain for word in said.words if word.plain[0].isdigit()]
    if not digits or len(said) > 3 or any(_DATE.fullmatch(plain) for plain in digits):
        return None
    if any(plain in TIME_WORDS or month_number(plain) or plain in _UNITS for plain in said.plain.split()):
        return None
    if bare and len(said) == 1 and _YEAR.fullmatch(said.plain):
        return None
    try:
        return amount(said.text, scene.currency, said.text)
    except NeedsClarification:
        if len(said) > 1:
            return None
        raise


def _is_timely(said: Sentence) -> bool:
    """Whether the words can be a time at all, which spares reading most of them."""
    return any(may_be_time(word.plain) for word in said.words) and not (
        len(said) == 1 and said.plain.isdigit() and not 1990 <= int(said.plain) <= 2100
    )


def _runs(said: Sentence, places: list[int]) -> list[Sentence]:
    """Words that stand together and no part took."""
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return [said.part(run[0], run[-1] + 1) for run in runs]


def _with_name(found: Conditions, said: Sentence, scene: SentenceContext) -> Conditions | None:
    """The parts with the name that these words are; None where they are none. Nothing is added by fillers alone."""
    start = next((n for n, word in enumerate(said.words) if word.plain not in _FILLERS), len(said))
    end = next((n for n in range(len(said), 0, -1) if said.words[n - 1].plain not in _FILLERS), 0)
    if start >= end:
        return found
    role = _role([word.plain for word in said.words[:start]])
    introduced = said.part(start, end)
    for kind, openings in _BEFORE_NAMES.items():
        named = introduced.without(openings)
        if len(named) < len(introduced):
            role, introduced = kind, named
            break
    if len(introduced) > MOST_NAME_WORDS:
        return None
    return _placed(found, role, _whole_name(introduced, said.part(end), scene))


def _whole_name(name: Sentence, after: Sentence, scene: SentenceContext) -> Sentence:
    """The name with the small words after it, where a vendor is called so ("Müller IT")."""
    longer = Sentence(name.raw, (*name.words, *after.words[:1]))
    return longer if len(after) and match_key(longer.text) in scene.names.vendors.by_key else name


def _role(before: list[str]) -> str:
    """Which kind of name the small words before it introduce."""
    for word in reversed(before):
        for kind, openings in _BEFORE_NAMES.items():
            if word in openings:
                return kind
    return ""


def _placed(found: Conditions, role: str, name: Sentence) -> Conditions | None:
    field = {"with": "who", "on": "what"}.get(role, "bare")
    return _with(found, field, name) if getattr(found, field) is None else None


def _with(found: Conditions, field: str, value: object) -> Conditions:
    changed: Any = {field: value}
    return replace(found, **changed)
