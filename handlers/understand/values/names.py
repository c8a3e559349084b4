"""Names that people half remember, found among those in the books. One that could be two is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from handlers.understand.text.sentence import NeedsClarification, Sentence, SlotMismatch
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.text.words import VOCABULARY, fold
from handlers.understand.values import currencies
from handlers.wording import clarifying_questions
from storage.bills.vendors import CLOSE, match_key

_NO_NAMES = frozenset({
    "what", "which", "who", "whom", "how", "when", "why", "are", "is", "do", "did", "does", "we", "our", "biggest",
    "largest", "most", "before",
    "after", "since", "seit", "was", "wer", "wem", "welche", "wie", "wann", "sind", "ist", "wir", "unser", "unsere",
    "davor", "not", "nicht", "if",
    "should", "soll", "between", "zwischen", "older", "average", "mean", "durchschnitt", "durchschnittlich", "every",
    "each", "ich", "i", "be", "than", "as", "als", "please", "bitte", "need", "needs",
})  # fmt: skip
"""Words that no vendor is called by: what contains one was said about something else."""

MOST = 4
"""More names than these are not offered."""

NEAR = 75.0
"""Least similarity (0–100) of a name, or a part of one, that is offered for one that nobody has."""

LEAST_FOR_NEAR = 4
"""Shorter names are near to too many."""

ALIASES = {
    "cash": ("cash", "petty cash", "bar", "kasse", "till", "cash box", "bargeld", "petty cash box", "barkasse"),
    "bank": (
        "bank", "bank transfer", "transfer", "wire", "account", "bank account", "card", "debit card", "uberweisung",
        "konto", "karte", "direct debit", "lastschrift", "credit card", "bankkonto", "girokonto", "checking account",
    ),
}  # fmt: skip
"""What everybody calls the two accounts that each company starts with."""

_ARTICLES = ("the", "our", "my", "a", "an", "der", "die", "das", "dem", "den", "unser", "unsere", "unserem", "mein")


def vendors(said: Sentence, scene: SentenceContext) -> list[str]:
    """The vendors that may be meant, as `vendors.find_vendors` of storage would find them; empty for nobody known."""
    key = match_key(said.without(_ARTICLES).text) if len(said) else ""
    index = scene.names.vendors
    known = index.by_key
    if not key or not known:
        return []
    if key in known:
        return [known[key]]
    if containing := [known[other] for other in index.containing(key) if _stands_out(key, known[other])]:
        return containing
    near = index.close(key, CLOSE, MOST)
    if not near and len(key) > 3:  # two letters swapped, which costs a short name more than that
        return [known[other] for other in index.one_slip_from(key)]
    return [known[other] for other, _ in near]


def _is_grammar(said: Sentence) -> bool:
    """Whether the words are all the grammar's own, or numbers."""
    return all(word.plain in VOCABULARY or word.plain[0].isdigit() for word in said.words)


def _stands_out(key: str, name: str) -> bool:
    """Whether what a vendor's name has in it is no coincidence: long enough, or at the beginning of a word."""
    return len(key) > 4 or any(match_key(word).startswith(key) for word in name.split())


def vendor(said: Sentence, scene: SentenceContext, *, new: bool = False) -> str:
    """The vendor's name as in the books. As it was said where nobody there is called so and it may be a `new` one, or
    where no vendor is known at all.

    Raises: Puzzled when several are, or nobody; Misfit when the words are no name at all, but the grammar's own.
    """
    found = vendors(said, scene)
    if len(found) > 1:
        raise NeedsClarification(clarifying_questions.which_name(said.text, found[:MOST]), *_instead(said, found))
    if found:
        return found[0]
    if _NO_NAMES.intersection(said.plain.split()) or _is_grammar(said):
        raise SlotMismatch
    named = said.without(_ARTICLES)
    if not new and scene.names.vendors.by_key:
        near = _near(named, scene)
        raise NeedsClarification(clarifying_questions.nobody_called(named.text, near), *_instead(named, near))
    return named.text


def _near(said: Sentence, scene: SentenceContext) -> list[str]:
    """One or two names that are a little like it, for a suggestion."""
    known, key = scene.names.vendors, match_key(said.text)
    if len(key) < LEAST_FOR_NEAR:
        return []
    near = known.close(key, NEAR, 2, partly=True)
    return [known.by_key[other] for other, _ in near if len(other) >= LEAST_FOR_NEAR]


def category(said: Sentence, scene: SentenceContext) -> str | None:
    """The expense category that is meant, as requests call it; None if there is none of that name.

    Raises: Puzzled when it could be several.
    """
    found = _called(said, scene.names.categories)
    if len(found) > 1:
        raise NeedsClarification(clarifying_questions.which_name(said.text, found[:MOST]), *_instead(said, found))
    return found[0] if found else None


def account(said: Sentence, scene: SentenceContext) -> str | None:
    """The bank or cash account that is meant, as requests call it; None if there is none of that name.

    Raises: Puzzled when it could be several.
    """
    plain = said.without(_ARTICLES).plain
    usual = next((code for code, words in ALIASES.items() if plain in words), None)
    found = [usual] if usual else kept_in(plain, scene) or _called(said, scene.names.accounts)
    if len(found) > 1:
        raise NeedsClarification(clarifying_questions.which_name(said.text, found[:MOST]), *_instead(said, found))
    return found[0] if found else None


def further_account(said: Sentence, scene: SentenceContext) -> str | None:
    """The account without money that is meant, a loan say, as requests call it; None if there is none of that name.

    Raises: Puzzled when it could be several.
    """
    found = _called(said, scene.names.further)
    if len(found) > 1:
        raise NeedsClarification(clarifying_questions.which_name(said.text, found[:MOST]), *_instead(said, found))
    return found[0] if found else None


def kept_in(plain: str, scene: SentenceContext) -> list[str]:
    """The accounts in a currency: "USD account", "dollar account", "Dollarkonto"."""
    found = _KEPT_IN.fullmatch(plain)
    meant = currencies.meant(found["unit"]) if found else ()
    return [code for code, kept in scene.names.kept.items() if kept in meant]


_KEPT_IN = re.compile(r"(?P<unit>\S+?)[ -]?(?:account|konto)")


def is_usual(said: Sentence) -> bool:
    """Whether the words are what everybody calls one of the accounts that each company starts with."""
    return any(said.without(_ARTICLES).plain in words for words in ALIASES.values())


def person(said: Sentence, scene: SentenceContext) -> str | None:
    """The colleague who is meant: called exactly so, else in part; None if nobody, or more than one, is."""
    plain = fold(said.text)
    exact = [name for folded, name in scene.names.folded_people if plain == folded]
    found = exact or [name for folded, name in scene.names.folded_people if plain in folded.split()]
    return found[0] if len(found) == 1 else None


def _called(said: Sentence, known: Mapping[str, str]) -> list[str]:
    """What is called so exactly, else in part, else nearly; each once."""
    plain = fold(said.without(_ARTICLES).text)
    if not plain:
        return []
    names = {fold(name): meant for name, meant in known.items()}
    if plain in names:
        return [names[plain]]
    if partly := [meant for name, meant in names.items() if plain in name.split()]:
        return _once(partly)
    near = process.extract(plain, names.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE, limit=MOST)
    return _once(names[name] for name, _, _ in near[:1])


def _once(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(found))


def _instead(said: Sentence, found: Iterable[str]) -> list[str]:
    """The whole message with each of the names in the place of what was said."""
    start, end = said.words[0].start, said.words[-1].end
    return [f"{said.raw[:start]}{name}{said.raw[end:]}" for name in list(found)[:MOST]]
