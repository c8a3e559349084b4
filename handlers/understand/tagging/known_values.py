"""Bills by number, people, accounts, categories, and fields of a bill, anywhere in a sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache

from rapidfuzz.distance import OSA

from handlers.understand.tagging.tag import Tag
from handlers.understand.text.sentence import Sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.text.words import FIELDS, VOCABULARY, fold
from handlers.understand.values import names

MOST_WORDS = 4

_REFERENCE = re.compile(r"(?=.*\d)(?=.*[a-z])[a-z0-9]+(?:[-/][a-z0-9]+)+|(?:re|rg|inv|rn|ar|er|gs)\d{3,}")
_NUMBERED = re.compile(r"\d+[-/]\d+(?:[-/]\d+)*")
_DATE_LIKE = re.compile(r"\d{4}-\d{1,2}(?:-\d{1,2})?|\d{1,2}[-/]\d{1,2}(?:[-/](?:\d{2}|\d{4}))?")
_BEFORE_NUMBER = frozenset({
    "#", "no", "nr", "number", "nummer", "invoice", "bill", "rechnung", "rechnungsnummer", "rechnungsnr", "beleg",
    "belegnummer", "receipt", "gutschrift",
})  # fmt: skip

_MARKS = frozenset({"#", "no", "nr"})
_BEFORE_YEAR = frozenset({"invoice", "bill", "rechnung", "beleg", "receipt"})
MOST_YEARS = 15
"""A number so near to this year is one after one of these words: "the Hetzner bill 2025"."""

_ACTS = frozenset({"transfer", "wire", "uberweisung"})
_KEPT = frozenset({"account", "konto", "till", "card", "karte"})
_MEANS = frozenset({"by", "per", "via", "mit", "with"})
_PLACES = frozenset({"from", "vom", "von", "aus", "to", "into", "in", "auf", "aufs", "out", "of"})
_ARTICLES = frozenset({"the", "our", "der", "dem", "die", "unser", "unserem", "a"})
"""`_ACTS` are an account only after one of `_MEANS`, `_KEPT` also after `_PLACES`; else they are something else."""

_VAGUE = frozenset({
    "other", "others", "sonstige", "sonstiges", "expenses", "expense", "ausgaben", "costs", "kosten", "fees",
    "gebuhren", "and", "und", "general", "allgemeine",
})  # fmt: skip
_COSTS = re.compile(r"(?P<head>.{4,}?)s?(?P<tail>kosten|ausgaben|aufwand|spend)")

_LINKS = frozenset({
    "is", "are", "=", "should", "must", "ist", "sind", "sollte", "soll", "muss", "lautet", "wrong", "falsch", "fehlt",
    "missing", "incorrect",
})  # fmt: skip
_ORDERS = frozenset({
    "change", "set", "correct", "fix", "update", "andere", "setze", "korrigiere", "korrigieren", "andern", "aendern",
})  # fmt: skip
_WHICH = frozenset({"which", "what", "every", "each", "welcher", "welche", "welches", "jeder", "jede", "who"})
_ALWAYS = frozenset({
    "iban", "due date", "date due", "issue date", "invoice date", "bill date", "invoice number", "bill number",
    "invoice no", "invoice nr", "payment reference", "verwendungszweck", "rechnungsnummer", "rechnungsdatum",
    "falligkeitsdatum", "ausstellungsdatum", "belegdatum", "belegnummer",
})  # fmt: skip
_NEVER = frozenset({"due", "payable", "fallig", "faellig", "zahlbar", "company", "firma", "payable by", "due on"})


def bills(said: Sentence, scene: SentenceContext) -> Iterator[Tag]:
    """Numbers of bills: known ones however they are typed, and words that can only be one."""
    known = _by_digits(scene.names.numbers)
    for start, word in enumerate(said.words):
        for end in range(min(len(said), start + MOST_WORDS), start, -1):
            if number := known.get(_digits(said.part(start, end).text)):
                yield Tag("bill", start, end, number)
                break
        written = fold(said.raw[word.start : word.end]).removesuffix("'s")
        before = said.words[start - 1].plain if start else ""
        told = before in _BEFORE_NUMBER and written.isdigit() and len(written) > 2
        told = told and not (before in _BEFORE_YEAR and abs(int(written) - scene.today.year) <= MOST_YEARS)
        shaped = _REFERENCE.fullmatch(written) or (_NUMBERED.fullmatch(written) and not _DATE_LIKE.fullmatch(written))
        if told or shaped:
            first = start - 1 if before in _MARKS else start
            yield Tag("bill", first, start + 1, said.raw[word.start : word.end][: len(written)])


def _digits(text: str) -> str:
    """The letters and digits of a number; "" for words without a digit."""
    plain = re.sub(r"[^a-z0-9]", "", fold(text))
    return plain if any(sign.isdigit() for sign in plain) else ""


def _by_digits(numbers: Iterable[str]) -> dict[str, str]:
    return {key: number for number in numbers if (key := _digits(number))}


def people(said: Sentence, scene: SentenceContext) -> Iterator[Tag]:
    """Colleagues by their whole name, or one word of it; several of one name are each other's other reading."""
    for start, word in enumerate(said.words):
        written = [fold(said.raw[w.start : w.end]) for w in said.words[start : start + MOST_WORDS]]
        for size in range(len(written), 0, -1):
            text = " ".join(written[:size])
            known = scene.names.folded_people
            called = [name for folded, name in known if text == folded or (size == 1 and text in folded.split())]
            if called and (size > 1 or word.plain not in VOCABULARY):
                other = Tag("person", start, start + size, called[1]) if len(called) > 1 else None
                yield Tag("person", start, start + size, called[0], other=other, sure=text == fold(called[0]))
                break


def accounts(said: Sentence, scene: SentenceContext) -> Iterator[Tag]:
    """Bank and cash accounts, by what everybody calls them or by their own names."""
    known = {fold(name): code for name, code in scene.names.accounts.items()}
    known |= {word: code for code, words in names.ALIASES.items() for word in words}
    for start, end, plain in _windows(said):
        if plain in known and _names_account(said, start, plain):
            yield Tag("account", start, end, known[plain])
        elif meant := _mistyped(plain, known) if _follows(_PLACES, said, start) else None:
            yield Tag("account", start, end, known[meant], sure=False)
        elif kept := names.kept_in(plain, scene):
            yield Tag("account", start, end, kept[0])


def _names_account(said: Sentence, start: int, plain: str) -> bool:
    if plain in _ACTS:
        return _follows(_MEANS, said, start)
    return plain not in _KEPT or _follows(_MEANS | _PLACES, said, start)


def _follows(words: frozenset[str], said: Sentence, start: int) -> bool:
    """Whether one of these words, and an article, stands before."""
    before = [word.plain for word in said.words[max(0, start - 2) : start] if word.plain not in _ARTICLES][-1:]
    return bool(words.intersection(before))


def _mistyped(plain: str, known: Mapping[str, str]) -> str | None:
    """The account that a word which is no other is a slip of: "from the bnak", "aus der kase"."""
    if len(plain) < 4 or plain in VOCABULARY:
        return None
    near = [name for name in known if len(name) > 3 and OSA.distance(plain, name, score_cutoff=1) <= 1]
    return near[0] if len({known[name] for name in near}) == 1 else None


def categories(said: Sentence, scene: SentenceContext) -> Iterator[Tag]:
    """Categories of expenses by name, by an unmistakable word of it, and in compounds ("Reisekosten")."""
    known = {fold(name): code for name, code in scene.names.categories.items()}
    for start, end, plain in _windows(said):
        if plain in known and plain not in _VAGUE:
            yield Tag("category", start, end, known[plain])
        elif end - start == 1 and (found := _COSTS.fullmatch(plain)) and (code := _part(found["head"], known, ())):
            yield Tag("category", start, end, code, sure=False, tail=found["tail"])
        elif end - start == 1 and (code := _part(plain, known)):
            yield Tag("category", start, end, code, sure=False)


def _part(plain: str, known: Mapping[str, str], taken: Collection[str] = VOCABULARY) -> str | None:
    """The only category that has this word, or nearly; None for none, or for a word that is `taken` by the grammar,
    which in a compound means nothing of its own."""
    if len(plain) < 4 or plain in _VAGUE or plain in taken:
        return None
    words = {word for name in known for word in name.split() if word not in _VAGUE and len(word) > 3}
    near = {w for w in words if w in (plain, plain + "n", plain + "en", plain + "s") or plain == w + "s"}
    near = near or {w for w in words if min(len(w), len(plain)) > 5 and OSA.distance(w, plain, score_cutoff=1) <= 1}
    codes = {code for name, code in known.items() if near & set(name.split())}
    return codes.pop() if len(codes) == 1 else None


def fields(said: Sentence, scene: SentenceContext) -> Iterator[Tag]:
    """Fields of a bill where one is told or asked for: "total is …", "the IBAN of …"."""
    for start, end, plain in _windows(said):
        field = _fields().get(plain)
        if field is None or plain in _NEVER:
            continue
        after = said.words[end].plain if end < len(said) else ""
        before = {word.plain for word in said.words[max(0, start - 3) : start]}
        if field == "vendor" and before & _WHICH:
            continue  # "which customer is late?"
        told = after[:1].isdigit() and _LINKS & before  # "ist der Betrag 77,29"
        if plain in _ALWAYS or after in _LINKS or _ORDERS & before or told:
            yield Tag("field", start, end, field)


@cache
def _fields() -> dict[str, str]:
    return {phrase: field for field, phrases in FIELDS.items() for phrase in phrases}


def _windows(said: Sentence) -> Iterator[tuple[int, int, str]]:
    """(start, end, folded words) of every run of up to `MOST_WORDS` words."""
    plain = [word.plain for word in said.words]
    for start in range(len(plain)):
        for end in range(start + 1, min(len(plain), start + MOST_WORDS) + 1):
            yield start, end, " ".join(plain[start:end])
