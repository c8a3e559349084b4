"""Parties by any unmistakable part of their name: "büromöbel", "mueller", "söhne bau", "telekomrechnung".

A part that fits several gives all of them. Words of the grammar are no parts; they count only in a whole name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from handlers.understand.intents.vocabulary import all_words
from handlers.understand.tagging.tag import Tag
from handlers.understand.text.sentence import Sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.text.words import VOCABULARY, fold
from handlers.understand.values.dates import month_number, weekday_number
from handlers.understand.values.trades import trade_words
from storage.bills.names.match_keys import LEGAL_FORMS, match_key
from storage.bills.names.vendor_index import UMLAUTS, VendorIndex, spellings

MOST_WORDS = 7
"""No name is longer."""

_JOINING = frozenset({"&", "+", "and", "und"})
_WEAK = frozenset({
    "online", "deutschland", "deutsche", "deutscher", "deutsches", "germany", "german", "group", "gruppe", "holding",
    "international", "europe", "europa", "services", "service", "solutions", "systems", "software", "web", "digital",
    "media", "deutsch", "english", "englisch",
    "berlin", "munchen", "muenchen", "hamburg", "koln", "koeln", "frankfurt", "bank", "the", "der", "die",
    "das", "new", "mein", "meine", "home", "for", "all", "one", "of", "city", "shop", "store", "team", "post",
})  # fmt: skip
"""Words in many names that alone name nobody."""

_STATES = frozenset({"due", "overdue", "late", "paid", "open", "not", "still", "unpaid", "outstanding", "already"})
_PARTS = re.compile(r"[^\W_]+")
COMPOUND = re.compile(r"(?P<head>.{3,}?)s?(?P<tail>rechnung|rechnungen|beleg|belege|zahlung|zahlungen|kosten|ausgaben)")
"""A German word that has a party's name before what it names."""


@dataclass(frozen=True)
class PartyIndex:
    """Every party's name by what can be said of it; `known` finds names by their words."""

    known: VendorIndex

    def of_word(self, written: str) -> frozenset[str]:
        """The names that have this word, or nearly; empty for none."""
        forms = spellings(written)
        plain = fold(written)
        exact = {name for form in forms for name in self.known.by_form.get(form, ())}
        if not exact and plain.endswith("s") and len(plain) > 3:  # "all the acmes"
            exact = set(self.known.by_form.get(plain[:-1], ()))
        if exact or is_common(plain):
            return frozenset(exact)
        return frozenset(self._nearly(plain))

    def _nearly(self, plain: str) -> Iterator[str]:
        if plain in all_words():
            return  # "aller" is a word, no slip of "Adler"
        slips = 0 if len(plain) < 5 else 1 if len(plain) < 9 else 2
        begun = self.known.begun_with(plain) if len(plain) >= 5 else ()
        near = self.known.near(plain, slips) if slips else ()
        for form in (*begun, *near):
            yield from self.known.by_form[form]


def is_common(plain: str) -> bool:
    """Words of the grammar, months and weekdays: no part of a name by themselves."""
    return plain in VOCABULARY or month_number(plain) is not None or weekday_number(plain) is not None


def parties(said: Sentence, scene: SentenceContext) -> Iterator[Tag]:
    """Every run of words that names a party, the longest from each word on."""
    index = PartyIndex(scene.names.vendors)
    written = [_possessor(said.raw[word.start : word.end]) for word in said.words]
    for start in range(len(said)):
        if start and said.words[start].start == said.words[start - 1].start:  # the "is" of "Hetzner's"
            continue
        if found := (
            _longest(said, start, written, index)
            or _compound(written[start], start, index)
            or _by_trade(said, start, index)
        ):
            yield _with_possessive(found, said)


def _possessor(written: str) -> str:
    return written[:-2] if written.casefold().endswith("'s") else written


def _with_possessive(found: Tag, said: Sentence) -> Tag:
    """ "Hetzner's bill" has no "is"; "Hetzner's overdue" has one."""
    if found.end >= len(said) or said.words[found.end].start != said.words[found.end - 1].start:
        return found
    after = said.words[found.end + 1].plain if found.end + 1 < len(said) else ""
    return found if after in _STATES else replace(found, end=found.end + 1)


def _longest(said: Sentence, start: int, written: list[str], index: PartyIndex) -> Tag | None:
    meant = _names_of(written[start], index)
    whole = _whole(said, start, index)
    if not meant:
        return whole
    end, strong = start + 1, _is_strong(written[start])
    at = end
    while at < min(len(said), start + MOST_WORDS):
        narrower = meant & _names_of(written[at], index)
        if narrower:
            meant, end, strong = narrower, at + 1, strong or _is_strong(written[at])
        elif not (said.words[at].plain in _JOINING and at + 1 < len(said)):
            break
        at += 1
    end = _with_legal_form(said, end)
    while end - 1 > start and is_common(fold(written[end - 1])) and not (whole and whole.end >= end):
        end -= 1
    if whole and whole.end >= end:
        return whole
    return Tag("party", start, end, _ordered(meant, said.part(start, end).text, index), sure=False) if strong else None


def _whole(said: Sentence, start: int, index: PartyIndex) -> Tag | None:
    """A party's whole name from here on, with its legal form or without."""
    for end in range(min(len(said), start + MOST_WORDS), start, -1):
        text = said.part(start, end).text
        if _JOINING.intersection((said.words[start].plain, said.words[end - 1].plain)) or not text[-1:].isalnum():
            continue
        if end - start > 1 and is_common(said.words[end - 1].plain) and text.rsplit(maxsplit=1)[-1].islower():
            continue  # "Acme Logistics ab 1.4.": no Swedish AB
        name = index.known.by_key.get(match_key(text)) or index.known.by_key.get(match_key(text.translate(UMLAUTS)))
        if name and (end - start > 1 or not is_common(fold(text)) or text == name):
            named = fold(text.split()[-1]) in LEGAL_FORMS
            others = index.of_word(text) if end - start == 1 and not named else frozenset({name})
            return Tag("party", start, end, (name, *sorted(others - {name})))
    return None


def _names_of(written: str, index: PartyIndex) -> frozenset[str]:
    """The names that have all parts of a word like "Müller-Bau"."""
    parts = _PARTS.findall(written) or [""]
    found = [index.of_word(part) for part in parts if fold(part) not in ("and", "und")]
    return frozenset.intersection(*found) if found else frozenset()


def _is_strong(written: str) -> bool:
    plain = fold(written)
    return len(plain) > 2 and not plain.isdigit() and plain not in _WEAK and not is_common(plain)


def _with_legal_form(said: Sentence, end: int) -> int:
    while end < len(said) and said.words[end].plain in LEGAL_FORMS and said.words[end].plain not in VOCABULARY:
        end += 1
    return end


def _ordered(meant: frozenset[str], text: str, index: PartyIndex) -> tuple[str, ...]:
    """The one of that very name first."""
    first = index.known.by_key.get(match_key(text))
    return tuple(sorted(meant, key=lambda name: (name != first, name)))


def _compound(written: str, at: int, index: PartyIndex) -> Tag | None:
    found = COMPOUND.fullmatch(fold(written))
    meant = index.of_word(found["head"]) if found and _is_strong(found["head"]) else frozenset()
    return Tag("party", at, at + 1, tuple(sorted(meant)), sure=False, tail=found["tail"]) if found and meant else None


def _by_trade(said: Sentence, start: int, index: PartyIndex) -> Tag | None:
    """ "the bakery" for Bäckerei Müller: after an article or the like, or before "bill"."""
    for end in range(min(len(said), start + 2), start, -1):
        plain = " ".join(_possessor(said.text_of(word)).casefold() for word in said.words[start:end])
        meant = {name for word in trade_words(fold(plain)) for name in index.known.by_form.get(word, ())}
        before = said.words[start - 1].plain if start else ""
        after = said.words[end].plain if end < len(said) else ""
        if meant and (before in _OF_TRADES or after in _AFTER_TRADES):
            return Tag("party", start, end, tuple(sorted(meant)), sure=after in _AFTER_TRADES)
    return None


_OF_TRADES = frozenset({
    "the", "our", "that", "this", "der", "die", "das", "dem", "den", "des", "unser", "unsere", "unserer", "unserem",
    "unseren",    "beim", "vom", "zum", "zur", "ans", "from", "with", "to", "paid", "pay", "von", "bei", "an",
})  # fmt: skip
_AFTER_TRADES = frozenset({
    "bill", "bills", "invoice", "invoices", "guy", "guys", "people", "lady", "rechnung", "rechnungen",
    "beleg", "receipt",
})  # fmt: skip
"""Beside these a trade is somebody; elsewhere it may be what money is spent on ("train travel")."""
