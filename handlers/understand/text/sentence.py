"""A sentence as the grammar sees it: folded words with typing mistakes repaired, each tied to what was written.

Patterns match the folded words; values (names, numbers) are taken as they were written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from handlers.errors import NotUnderstood
from handlers.understand.intents.vocabulary import all_words
from handlers.understand.text import grammar
from handlers.understand.text.contractions import CONTRACTIONS
from handlers.understand.text.fillers import FILLERS
from handlers.understand.text.words import AFTER, BEFORE, VOCABULARY, fold


class NeedsClarification(NotUnderstood):
    """A request is understood but for one part; the text asks about it, `suggestions` are ways to say it. `corrects`
    says that the request would be a correction."""

    corrects = False

    def __init__(self, question: str, *suggestions: str) -> None:
        super().__init__(question)
        self.suggestions = suggestions


class SlotMismatch(Exception):
    """The words in a slot are not what the request needs: another phrase may fit."""


@dataclass(frozen=True)
class Word:
    """A folded word and where it was written. `breaks`: a comma, full stop or new line stands before it."""

    plain: str
    start: int
    end: int
    breaks: bool = False


@dataclass(frozen=True)
class Sentence:
    """Words of `raw`, in order; a part of a sentence is a Sentence too."""

    raw: str
    words: tuple[Word, ...]
    asks: bool = False

    @property
    def plain(self) -> str:
        """The folded words, one blank between."""
        return " ".join(word.plain for word in self.words)

    @property
    def text(self) -> str:
        """What was written, from the first word to the last."""
        return self.raw[self.words[0].start : self.words[-1].end] if self.words else ""

    def text_of(self, word: Word) -> str:
        """One of its words as it was written."""
        return self.raw[word.start : word.end]

    def __len__(self) -> int:
        return len(self.words)

    def part(self, start: int, end: int | None = None) -> Sentence:
        """The words from `start` up to, not including, `end`."""
        return Sentence(self.raw, self.words[start:end], self.asks)

    def clause(self, start: int, end: int) -> Sentence:
        """The words from `start` up to, not including, `end`, which ask if a question mark follows them."""
        rest = self.raw[self.words[end - 1].end :].lstrip(" \"')")
        return Sentence(self.raw, self.words[start:end], asks=rest.startswith("?"))

    def match(self, pattern: str) -> dict[str, Sentence] | None:
        """The named groups of a pattern that describes all words; None if it does not. Absent groups are left out."""
        found = _compiled(pattern).fullmatch(self.plain)
        if not found:
            return None
        return {name: self._span(*found.span(name)) for name in found.groupdict() if found.span(name)[0] >= 0}

    def slots(self, phrase: str) -> dict[str, Sentence] | None:
        """What stands in the slots of a phrase of the tables that describes all words; None if it does not."""
        found = grammar.compiled(phrase).fullmatch(self.plain + " ")
        if not found:
            return None
        return {name: self._span(start, end) for name, (start, end) in grammar.slots(found).items()}

    def first_match(self, patterns: Iterable[str]) -> dict[str, Sentence] | None:
        """What the first fitting pattern names; None if none fits."""
        return next((found for pattern in patterns if (found := self.match(pattern)) is not None), None)

    def _span(self, start: int, end: int) -> Sentence:
        plain = self.plain
        first = plain.count(" ", 0, start)
        return self.part(first, first + len(plain[start:end].split()))

    def without(self, openings: Iterable[str] = (), endings: Iterable[str] = ()) -> Sentence:
        """The sentence without these phrases at its ends, as often as they come, as long as anything remains."""
        return self.part(*between([word.plain for word in self.words], openings, endings))

    def politely_reduced(self) -> Sentence:
        """The sentence without greetings and phrases of courtesy around it."""
        return self.without(BEFORE, AFTER)


def between(words: Sequence[str], openings: Iterable[str], endings: Iterable[str]) -> tuple[int, int]:
    """The places (first, behind the last) of the words without these phrases at their ends; one word always remains."""
    start, end = 0, len(words)
    heads, tails = [o.split() for o in openings], [e.split() for e in endings]
    while head := next((h for h in heads if len(h) < end - start and words[start : start + len(h)] == h), None):
        start += len(head)
    while tail := next((t for t in tails if len(t) < end - start and words[end - len(t) : end] == t), None):
        end -= len(tail)
    return start, end


_TOKEN = re.compile(
    r"""[\w.+-]+@[\w-]+(?:\.[\w-]+)+          # a mail address
      | [0-9]+(?:[.,'/-][0-9]+)*%?            # a number or a date in digits
      | [^\W\d_](?:\w|[&/.'-](?=\w))*         # a word, a reference, a name like O'Neill
      | [$€£¥₹₩₪₫฿₱&=%#+👍-]                   # signs that mean something
    """,
    re.VERBOSE,
)
_BREAK = re.compile(r"[,;.!?:\n]")
_COMPOUND = re.compile(r"(?<=\w)-(?=(?:rechnung|rechnungen|beleg|invoice|bill|export)\b)", re.IGNORECASE)
"""The hyphen of "Acme-Rechnung", which names two things."""

_TYPOGRAPHIC = str.maketrans({"’": "'", "‘": "'", "`": "'", "−": "-", "–": "-", "\u00a0": " ", "\u202f": " "})


def sentence(text: str, names: frozenset[str] = frozenset()) -> Sentence:
    """Takes a message apart. Never fails; a text without any word has no words.

    Words of `names` (folded) are known ones: they are not taken for mistyped words of the grammar.
    """
    raw = unicodedata.normalize("NFC", text).translate(_TYPOGRAPHIC).strip().lstrip("/")
    raw = _COMPOUND.sub(" ", raw)
    words: list[Word] = []
    last = 0
    for token in _TOKEN.finditer(raw):
        breaks = bool(words) and bool(_BREAK.search(raw, last, token.start()))
        for n, plain in enumerate(_meant(token[0], names)):
            words.append(Word(plain, token.start(), token.end(), breaks and n == 0))
        last = token.end()
    return Sentence(raw, tuple(words), asks=raw.rstrip().endswith("?"))


_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
"""One letter three times or more: "sooo", "pleaaase"."""


def _meant(written: str, names: frozenset[str]) -> list[str]:
    plain = fold(written)
    if plain in names:
        return [plain]
    plain = _DRAWN_OUT.sub(r"\1", plain)
    whole = CONTRACTIONS.get(plain) or CONTRACTIONS.get(plain.replace("'", ""))
    if whole:
        return whole.split()
    if plain.endswith("'s"):
        return [*_meant(plain[:-2], names), "is"]
    return repaired(plain).split() if plain.isalpha() else [plain]


@lru_cache(maxsize=4096)
def repaired(word: str) -> str:
    """The word of the vocabulary that was meant, else the word itself.

    One slip (a letter more, less, other, or two swapped) is forgiven from four letters, two from eight, only a swap
    in three. The first letter has to be right, or, from five letters, swapped with the second: people rarely miss it,
    and other words ("said" and "paid", "Acme" and "came") differ there.
    """
    if len(word) < 3 or word in VOCABULARY or word in all_words() or word in FILLERS:
        return word
    slips = 2 if len(word) >= 8 else 1
    best = min(_near(word, slips), default=(0, False, 0, word))[-1]
    return CONTRACTIONS.get(best, best)


def _near(word: str, slips: int) -> Iterator[tuple[int, bool, int, str]]:
    """Known words in reach; the smallest is the nearest, a swap before a wrong letter."""
    swapped_start = word[1::-1] if len(word) > 4 else word[:2]
    for known in (*_by_initial().get(word[0], ()), *_by_initial().get(word[1], ())):
        if abs(len(known) - len(word)) > slips or (known[0] != word[0] and known[:2] != swapped_start):
            continue
        swapped = sorted(known) == sorted(word)
        distance = OSA.distance(word, known, score_cutoff=slips)
        if distance <= slips and (swapped or min(len(known), len(word)) >= 4):
            yield distance, not swapped, abs(len(known) - len(word)), known


@cache
def _by_initial() -> dict[str, tuple[str, ...]]:
    known = sorted(VOCABULARY.union(CONTRACTIONS))
    return {initial: tuple(word for word in known if word[0] == initial) for initial in {word[0] for word in known}}


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
