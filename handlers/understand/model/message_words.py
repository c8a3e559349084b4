"""What a message has in it, found anywhere in its words: amounts, times, names; and which words nobody used yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from handlers.understand.text.sentence import NeedsClarification, Sentence, sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.text.words import VOCABULARY, fold
from handlers.understand.values import names
from handlers.understand.values.amounts import Amount, amount
from handlers.understand.values.dates import NUMBERS, Sense, day, month_number, weekday_number
from handlers.understand.values.periods import Period, period
from storage.bills.vendors import match_key

MOST_TIME_WORDS = 7
MOST_NAME_WORDS = 5
_SHORTEST_NAME_WORD = 3
_NUMBERED = frozenset({
    "bill", "invoice", "number", "no", "nr", "#", "rechnung", "nummer", "rechnungsnummer", "beleg", "movement",
    "transaction", "umsatz", "bewegung", "kontobewegung", "re", "order",
})  # fmt: skip
"""Words after which digits are a number of something."""
_PRESENT = frozenset({"now", "right now", "sofort", "immediately", "jetzt", "soon", "the"})
_TIMELESS = frozenset({"may", "mar", "so", "mo", "do", "mi", "fr", "sa", "di", "sat", "sun"})
"""Short names of months and days that are words of their own."""


@dataclass
class MessageWords:
    """The words of a message; `used` are the places of those that some value was found in."""

    said: Sentence
    scene: SentenceContext
    sense: Sense = "due"
    used: set[int] = field(default_factory=set)

    def windows(self, most: int) -> Iterator[tuple[range, Sentence]]:
        """Every run of up to `most` words, the longest first."""
        for size in range(min(most, len(self.said)), 0, -1):
            for start in range(len(self.said) - size + 1):
                yield range(start, start + size), self.said.part(start, start + size)

    def use(self, places: range) -> None:
        """Notes that a value was found there."""
        self.used.update(places)

    def find(self, fits: Callable[[Sentence], bool], most: int = MOST_NAME_WORDS) -> Sentence | None:
        """The longest run of words that fits, which is used now; None if there is none."""
        for places, part in self.windows(most):
            if fits(part):
                self.use(places)
                return part
        return None

    def literal(self, words: str) -> Sentence | None:
        """Where these very words stand, one after the other; used now. None where they do not."""
        wanted = _written(sentence(words))
        written = _written(self.said)
        for start in range(len(written) - len(wanted) + 1 if wanted else 0):
            places = range(start, start + len(wanted))
            if written[start : places.stop] == wanted:
                self.use(places)
                return self.said.part(start, places.stop)
        return None

    @cached_property
    def times(self) -> list[tuple[Period, range]]:
        """The days and periods that are named, as our reader reads them, none inside another."""
        found: list[tuple[Period, range]] = []
        taken: set[int] = set()
        for places, part in self.windows(MOST_TIME_WORDS):
            if taken.isdisjoint(places) and part.plain not in _PRESENT and (when := self._time(part)):
                found.append((when, places))
                taken.update(places)
        return found

    def _time(self, part: Sentence) -> Period | None:
        if not any(_may_be_time(word.plain) for word in part.words) or _is_timeless(part):
            return None
        try:
            if when := period(part, self.scene, self.sense):
                return when if when.since or when.until else None
            on = day(part, self.scene, self.sense)
        except NeedsClarification:
            return None
        return Period(on, on, "") if on else None

    @cached_property
    def amounts(self) -> list[tuple[Amount, range]]:
        """The amounts that are named: digits that are neither a time nor a number of something."""
        timed = {n for _, places in self.times if not self._is_bare_year(places) for n in places}
        found: list[tuple[Amount, range]] = []
        taken: set[int] = set()
        for places, part in self.windows(3):
            if taken.isdisjoint(places) and (meant := self._amount(places, part, timed)):
                found.append((meant, places))
                taken.update(places)
        return found

    def _amount(self, places: range, part: Sentence, timed: set[int]) -> Amount | None:
        digits = [n for n in places if self.said.words[n].plain[0].isdigit()]
        if not digits or not timed.isdisjoint(places):
            return None
        if places.start and self.said.words[places.start - 1].plain in _NUMBERED:
            return None
        try:
            return amount(part.text, self.scene.currency)
        except NeedsClarification:
            return None

    def _is_bare_year(self, places: range) -> bool:
        return len(places) == 1 and self.said.words[places.start].plain.isdigit()

    def numbers(self) -> Iterator[tuple[int, int]]:
        """Whole numbers in digits or words, each with its place."""
        for n, word in enumerate(self.said.words):
            if word.plain.isascii() and word.plain.isdigit() and len(word.plain) < 5:
                yield int(word.plain), n
            elif NUMBERS.get(word.plain, 0) > 1 or word.plain in ("one", "eins"):
                yield NUMBERS.get(word.plain, 1), n

    def lost(self) -> bool:
        """Whether a figure, a time or a known name of the message is in nothing that was found."""
        digits = any(word.plain[0].isdigit() and n not in self.used for n, word in enumerate(self.said.words))
        times = any(self.used.isdisjoint(places) for _, places in self.times)
        named = any(self._names_party(word.plain) and n not in self.used for n, word in enumerate(self.said.words))
        return digits or times or named

    def _names_party(self, plain: str) -> bool:
        """Whether vendors or customers are called so; legal forms name nobody."""
        known = plain in self.scene.names.vendors.words and plain not in VOCABULARY
        return known and len(plain) >= _SHORTEST_NAME_WORD and match_key(f"x {plain}") != "x"


def name_in(part: Sentence, scene: SentenceContext) -> str | None:
    """The one party that words of a message name; None for none, for several, and for the grammar's own words."""
    if all(word.plain in VOCABULARY or len(word.plain) < _SHORTEST_NAME_WORD for word in part.words):
        return None
    found = names.vendors(part, scene)
    return found[0] if len(found) == 1 else None


def _written(said: Sentence) -> list[str]:
    """Each word as it was written, folded: what was mistyped stays so."""
    return [fold(said.raw[word.start : word.end]) for word in said.words]


def _may_be_time(plain: str) -> bool:
    return plain[0].isdigit() or plain in VOCABULARY or bool(month_number(plain)) or weekday_number(plain) is not None


def _is_timeless(part: Sentence) -> bool:
    return len(part) == 1 and (part.plain in _TIMELESS or (part.plain.isdigit() and len(part.plain) < 4))
