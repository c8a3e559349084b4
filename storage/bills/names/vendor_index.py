"""Names of vendors by their words, so that finding one compares it with few of them, however many there are. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from config.plain_text import fold
from storage.bills.names.match_keys import LEGAL_FORMS, match_key

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
_PARTS = re.compile(r"[^\W_]+")

Names = dict[str, tuple[str, ...]]


def spellings(word: str) -> frozenset[str]:
    """A word folded as it can be typed: "Müller" is "muller" and "mueller"."""
    return frozenset({fold(word)}) if word.isascii() else frozenset({fold(word), fold(word.translate(UMLAUTS))})


def plain_words(name: str) -> frozenset[str]:
    """The match keys of a name's words."""
    return frozenset(key for word in name.replace("-", " ").split() if (key := match_key(word)))


class VendorIndex:
    """Every vendor's name by its match key and by its words. It never changes: `with_more` makes another.

    `by_form` maps each word of a name but legal forms, as it can be typed, and the initials of three words or more, to
    the names; `by_plain` each word's match key to the match keys of the vendors. `words` are the folded words as they
    stand in the names.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        """`names` by match key."""
        self.by_key: dict[str, str] = {}
        self.by_form: Names = {}
        self.by_plain: Names = {}
        self.words: set[str] = set()
        self._add(names)

    def with_more(self, names: Mapping[str, str]) -> VendorIndex:
        """These as well; what is known already stays as it is."""
        more = VendorIndex({})
        more.by_key, more.by_form, more.by_plain = dict(self.by_key), dict(self.by_form), dict(self.by_plain)
        more.words = set(self.words)
        more._add({key: name for key, name in names.items() if key not in self.by_key})
        return more

    def with_words(self, plain: Collection[str]) -> set[str]:
        """The match keys of the vendors whose names have all of these words (match keys); none for no words."""
        found = sorted((self.by_plain.get(word, ()) for word in plain), key=len)
        return set(found[0]).intersection(*found[1:]) if found else set()

    def with_part_of(self, word: str) -> set[str]:
        """The names that have a part of this word ("müller-bau") for a word."""
        return {name for part in _PARTS.findall(word) for name in self.by_form.get(part, ())}

    def containing(self, key: str) -> Iterator[str]:
        """The match keys that have this text in them, in the order in which they were added."""
        at = self._joined.find(key) if key else -1
        while at >= 0:
            n = bisect_right(self._starts, at) - 1
            yield self._keys[n]
            at = self._joined.find(key, self._starts[n] + len(self._keys[n]))

    def close(
        self, key: str, least: float, most: int | None = None, *, partly: bool = False
    ) -> list[tuple[str, float]]:
        """The match keys at least so similar (0–100) as a whole, or `partly` in their likest part, the likest first."""
        scorer = fuzz.partial_ratio if partly else fuzz.ratio
        found = process.extract(key, self._keys, scorer=scorer, score_cutoff=least, limit=most)
        return [(other, score) for other, score, _ in found]

    def one_slip_from(self, key: str) -> list[str]:
        """The match keys that one letter more, less, other or swapped tells apart from it, as they were added."""
        found = process.extract(key, self._keys, scorer=OSA.distance, score_cutoff=1, limit=None)
        return [self._keys[n] for n in sorted(n for _, _, n in found)]

    def begun_with(self, plain: str) -> Iterator[str]:
        """The word forms that begin so."""
        for n in range(bisect_left(self._forms, plain), len(self._forms)):
            if not self._forms[n].startswith(plain):
                return
            yield self._forms[n]

    def near(self, plain: str, slips: int) -> Iterator[str]:
        """The word forms of more than four letters that begin with the same letter and lie within so many slips."""
        for length in range(max(5, len(plain) - slips), len(plain) + slips + 1):
            for form in self._by_shape.get((plain[:1], length), ()):
                if OSA.distance(plain, form, score_cutoff=slips) <= slips:
                    yield form

    @cached_property
    def _keys(self) -> Sequence[str]:
        return list(self.by_key)

    @cached_property
    def _joined(self) -> str:
        return "\n".join(self._keys)

    @cached_property
    def _starts(self) -> Sequence[int]:
        starts, at = [], 0
        for key in self._keys:
            starts.append(at)
            at += len(key) + 1
        return starts

    @cached_property
    def _forms(self) -> Sequence[str]:
        return sorted(self.by_form)

    @cached_property
    def _by_shape(self) -> Mapping[tuple[str, int], Sequence[str]]:
        shapes: dict[tuple[str, int], list[str]] = {}
        for form in self.by_form:
            shapes.setdefault((form[0], len(form)), []).append(form)
        return shapes

    def _add(self, names: Mapping[str, str]) -> None:
        forms: dict[str, list[str]] = {}
        plain: dict[str, list[str]] = {}
        for key, name in names.items():
            self.by_key[key] = name
            said = [word for word in _PARTS.findall(name) if fold(word) not in LEGAL_FORMS]
            initials = ("".join(fold(word)[0] for word in said),) if len(said) > 2 else ()
            for form in {*initials, *(form for word in said for form in spellings(word))}:
                forms.setdefault(form, []).append(name)
            for word in plain_words(name):
                plain.setdefault(word, []).append(key)
            self.words.update(fold(name).split())
        for found, known in ((forms, self.by_form), (plain, self.by_plain)):
            known |= {word: tuple(dict.fromkeys((*known.get(word, ()), *more))) for word, more in found.items()}
