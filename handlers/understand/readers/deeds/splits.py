"""How a bill is split: "half private", "300 to travel, rest office", "50/50 zwischen Reisekosten und Büro"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from handlers.language.translation import say
from handlers.requests import Split, SplitPart
from handlers.understand.text.sentence import NeedsClarification, Sentence, Word
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.text.words import fold
from handlers.understand.values import names
from handlers.understand.values.amounts import amount

_VERBS = frozenset({
    "split", "divide", "distribute", "apportion", "teile", "teil", "teilen", "aufteilen", "verteile", "verteil",
    "verteilen", "splitte", "splitten", "splite", "aufgeteilt",
})  # fmt: skip
_PUTS = frozenset({"book", "put", "charge", "buch", "buche", "verbuche", "kontiere", "allocate"})
_IT = frozenset({"it", "this", "that", "them", "sie", "es", "das", "ihn", "diese", "up", "auf"})
_INTO = frozenset({"into", "between", "among", "over", "across", "as", "in", "zwischen", "auf", "is", "ist", "to"})
_JOINTS = frozenset({"and", "und", "&", "plus", "sowie"})
_FILLERS = frozenset({
    "the", "is", "are", "goes", "go", "to", "for", "on", "of", "as", "in", "into", "under", "a", "an", "it", "was",
    "belongs", "should", "be", "with", "auf", "fur", "der", "die", "das", "den", "dem", "ein", "eine", "ist",
    "sind", "geht", "gehen", "gehort", "wird", "davon", "zu", "zur", "zum", "mit", "unter", "es", "sie", "that",
    "this", "them", "thereof", "only", "nur", "war", "up", "by", "between", "zwischen", "sein", "use", "share",
    "kommt", "kommen", "cost", "costs", "werden", "bitte", "please", "wir", "we", "von", "all",
})  # fmt: skip
_REST = frozenset({
    "rest", "remainder", "remaining", "restliche", "restlichen", "ubrige", "ubrigen", "everything", "alles", "whole",
    "ganze", "ganz", "komplett", "completely", "entirely",
})  # fmt: skip
_HALVES = frozenset({"half", "halfte", "halb", "halbe", "halfway"})
_FRACTIONS = {
    "third": 3,
    "thirds": 3,
    "drittel": 3,
    "quarter": 4,
    "quarters": 4,
    "viertel": 4,
    "fifth": 5,
    "funftel": 5,
}
_COUNTS = {"one": 1, "ein": 1, "a": 1, "two": 2, "zwei": 2, "three": 3, "drei": 3}
_EQUALLY = re.compile(
    r"\b(?:equally|evenly|fifty fifty|half and half|halbe halbe|zu gleichen teilen|gleichmassig|je zur halfte)\b"
)
_RATIO = re.compile(r"(\d{1,2})/(\d{1,2})")
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)%")
_PERCENT_WORDS = frozenset({"percent", "prozent", "%", "per"})
_PRIVATE = frozenset({
    "private", "privat", "personal", "personally", "privately", "privater", "privates", "privatanteil",
})  # fmt: skip
_DRAWN = frozenset({"drawing", "drawings", "privatentnahme", "entnahme"})
_OWED_BACK = re.compile(
    r"(?:is |ist |wird |of it |davon )*(?:owed back|paid back|owed to the company|uns geschuldet)(?: to us| an uns)?"
)
_ASKING = frozenset({
    "who", "what", "which", "when", "how", "why", "where", "is", "are", "did", "does", "do", "was", "wer", "wem", "wen",
    "welche", "wann", "wie", "warum", "wo", "wieviel", "hat", "haben", "has", "have", "show", "find", "zeig", "suche",
})  # fmt: skip
_KINDS: dict[str, Literal["project", "cost_centre"]] = {
    "project": "project", "projekt": "project", "job": "project", "bauvorhaben": "project",
    "cost centre": "cost_centre", "cost center": "cost_centre", "kostenstelle": "cost_centre",
    "costcentre": "cost_centre", "costcenter": "cost_centre",
}  # fmt: skip
_KIND = re.compile(rf"\b(?P<kind>{'|'.join(_KINDS)}) (?P<name>.+)$")
_NONE = re.compile(
    r"(?:no|without(?: a| the)?|remove the|undo the|delete the) split(?: it| on it)?|(?:do not|dont|"
    r"not) split(?: it| this)?"
    r"|(?:keine|ohne|losche die|entferne die) aufteilung(?: mehr)?|aufteilung (?:aufheben|loschen|entfernen)|"
    r"nicht aufteilen"
)


def read_split(said: Sentence, scene: SentenceContext) -> Split | None:
    """The split, if every word of the sentence is one of its; None for anything else.

    Raises: NeedsClarification where it is surely one, but a part is not understood.
    """
    bare = said.politely_reduced()
    if said.asks or not bare.words or bare.words[0].plain in _ASKING:
        return None
    if _NONE.fullmatch(bare.plain):
        return Split(())
    hint, body, ordered = _opened(bare, scene)
    if not body.words:
        return None
    parts = _parts(body, scene, ordered=ordered)
    if parts is not None:
        return Split(tuple(parts), hint)
    if ordered and bare.words[0].plain in _VERBS:
        raise NeedsClarification(
            say(
                "How is it split? For example: “300 to travel, rest private”, “half private”, “60% travel, "
                "40% project Town Hall”."
            )
        )
    return None


def _opened(bare: Sentence, scene: SentenceContext) -> tuple[str | None, Sentence, bool]:
    """The bill that is named, the parts, and whether a verb says that it is split."""
    words = bare.words
    start = 0
    ordered = words[0].plain in _VERBS or words[-1].plain in _VERBS
    puts = words[0].plain in _PUTS
    end = len(words) - 1 if words[-1].plain in (*_VERBS, "buchen", "verbuchen") and len(words) > 1 else len(words)
    if words[0].plain in _VERBS or puts:
        start = 1
    hint, after = _named(bare.part(start, end), scene)
    body = bare.part(start + after, end)
    while len(body) and body.words[0].plain in _IT | _INTO | {"the", "die", "bill", "rechnung", "invoice"}:
        body = body.part(1)
    return hint, body, ordered


def _named(said: Sentence, scene: SentenceContext) -> tuple[str | None, int]:
    """A bill that is named before its parts ("the Acme bill is half private"), and how many words that takes."""
    for end in range(1, min(6, len(said))):
        word = said.words[end]
        closes = word.breaks or word.plain in (
            "is",
            "ist",
            "into",
            "between",
            "zwischen",
            "as",
            "auf",
            "to",
            "zur",
            "zu",
        )
        if not closes:
            continue
        name = said.part(0, end).without(
            ("the", "die", "our", "unsere", "bill from", "rechnung von"),
            ("bill", "invoice", "rechnung", "bills", "equally", "evenly", "gleichmassig"),
        )
        if number := next((one for word in name.words if (one := name.text_of(word)) in scene.names.numbers), None):
            return number, end
        if name.plain not in _IT and not _measured(name.words) and names.vendors(name, scene):
            return name.text, said.words.index(name.words[-1]) + 1
        return None, 0
    return None, 0


def _parts(body: Sentence, scene: SentenceContext, *, ordered: bool) -> list[SplitPart] | None:
    """The parts that the words are; None where one of them is none."""
    ratio = next((found for word in body.words if (found := _RATIO.fullmatch(word.plain))), None)
    whole = ratio is not None and int(ratio[1]) + int(ratio[2]) == 100
    equally = _EQUALLY.search(body.plain) if ordered else None
    if equally:
        first = body.plain.count(" ", 0, equally.start())
        kept = body.words[:first] + body.words[first + len(equally[0].split()) :]
        body = Sentence(body.raw, kept)
    if whole:
        body = Sentence(body.raw, tuple(word for word in body.words if ratio is None or word.plain != ratio[0]))
    made: list[tuple[str | None, SplitPart]] = []
    for segment in _segments(body):
        part = _part(segment, scene, named=ordered)
        if part is None:
            return None
        made.append(part)
    measured = [measure for measure, _ in made if measure is not None]
    if whole and ratio is not None and len(made) == 2 and not measured:
        shares = (f"{ratio[1]}%", f"{ratio[2]}%")
        return [replace(part, measure=share) for (_, part), share in zip(made, shares, strict=True)]
    if len(made) > 1 and not measured and ordered:
        return [replace(part, measure=f"1/{len(made)}") for _, part in made]
    if len(made) == 1 and not measured and (made[0][1].private in ("private", "drawings") or made[0][1].kind):
        return [replace(made[0][1], measure="rest")]
    if len(made) > 1 and len(measured) == len(made) - 1 and made[-1][0] is None and "rest" not in measured:
        made[-1] = ("rest", made[-1][1])  # "300 travel and office the rest" misses one only
        measured.append("rest")
    if len(measured) != len(made):
        return None
    telling = ordered or any(not measure[0].isdigit() or measure[-1] == "%" or "/" in measure for measure in measured)
    if not telling and not any(part.private or part.kind for _, part in made):
        return None
    return [replace(part, measure=measure or "rest") for measure, part in made]


def _segments(body: Sentence) -> Iterator[Sentence]:
    """The sentence cut at marks and "and"; "A and B" of one measure stays for whoever divides it."""
    start = 0
    for n, word in enumerate(body.words):
        if n > start and (word.breaks or word.plain in _JOINTS):
            yield body.part(start, n)
            start = n
        if word.plain in _JOINTS:
            start = n + 1
    if start < len(body):
        yield body.part(start)


def _part(segment: Sentence, scene: SentenceContext, *, named: bool) -> tuple[str | None, SplitPart] | None:
    """A part, and its measure where one is said; None where it is none."""
    measure, left = _measured_out(segment, scene)
    plain = " ".join(word.plain for word in left)
    kept = [word for word in left if word.plain not in _FILLERS]
    if not left:
        return None
    if _OWED_BACK.fullmatch(plain):
        return measure, SplitPart("", private="owed_back")
    if kept and all(word.plain in _PRIVATE | _DRAWN for word in kept):
        drawn = any(word.plain in _DRAWN for word in kept)
        return measure, SplitPart("", private="drawings" if drawn else "private")
    if found := _KIND.search(plain):
        return _for_object(measure, segment, left, found, scene)
    if not kept:
        return None
    target = _between(segment, kept)
    if code := names.category(target, scene):
        return measure, SplitPart("", category=code)
    if person := _person(target, scene):
        return measure, SplitPart("", person=person)
    return (measure, SplitPart("", name=target.text)) if named and measure and len(target) < 4 else None


def _for_object(
    measure: str | None, segment: Sentence, left: Sequence[Word], found: re.Match[str], scene: SentenceContext
) -> tuple[str | None, SplitPart] | None:
    """ "travel for project Rathaus"."""
    plain = " ".join(word.plain for word in left)
    before = plain.count(" ", 0, found.start())
    name = _between(segment, left[before + len(found["kind"].split()) :])
    category: str | None = None
    told = [word for word in left[:before] if word.plain not in _FILLERS]
    if told and (category := names.category(_between(segment, told), scene)) is None:
        return None
    return measure, SplitPart("", category=category, kind=_KINDS[found["kind"]], name=name.text)


def _person(target: Sentence, scene: SentenceContext) -> str | None:
    wanted = fold(target.text)
    return next(
        (name for folded, name in scene.names.folded_people if wanted == folded or wanted in folded.split()), None
    )


def _between(segment: Sentence, words: Sequence[Word]) -> Sentence:
    """The words from the first to the last of these."""
    places = [n for n, word in enumerate(segment.words) if word in words]
    return segment.part(places[0], places[-1] + 1)


def _measured(words: Sequence[Word]) -> bool:
    return any(word.plain in _REST | _HALVES or word.plain in _FRACTIONS or word.plain[0].isdigit() for word in words)


def _measured_out(segment: Sentence, scene: SentenceContext) -> tuple[str | None, list[Word]]:
    """The measure in a part, and the words that are left."""
    words = list(segment.words)
    plain = [fold(segment.text_of(word)) for word in words]  # as it is written: "Hall" is no "half"
    for n, word in enumerate(plain):
        if word in _HALVES:
            return "1/2", words[:n] + words[n + 1 :]
        if word in _FRACTIONS:
            count = _COUNTS.get(plain[n - 1], 0) if n else 0
            return f"{count or 1}/{_FRACTIONS[word]}", words[: n - bool(count)] + words[n + 1 :]
        if found := _PERCENT.fullmatch(word):
            return f"{found[1].replace(',', '.')}%", words[:n] + words[n + 1 :]
        if word.isdigit() and n + 1 < len(plain) and plain[n + 1] in _PERCENT_WORDS:
            more = 2 if plain[n + 1] == "per" else 1
            return f"{word}%", words[:n] + words[n + 1 + more :]
        if (ratio := _RATIO.fullmatch(word)) and 0 < int(ratio[1]) < int(ratio[2]):
            return word, words[:n] + words[n + 1 :]
    for n, word in enumerate(plain):
        if word[0].isdigit():
            start = n - 1 if n and plain[n - 1] in "$€£¥" else n
            end = n + 2 if n + 1 < len(plain) and plain[n + 1] in _UNITS else n + 1
            said = segment.raw[words[start].start : words[end - 1].end]
            try:
                return amount(said, scene.currency).value, words[:start] + words[end:]
            except NeedsClarification:
                return None, words
    for n, word in enumerate(plain):
        if word in _REST:
            return "rest", words[:n] + words[n + 1 :]
    return None, words


_UNITS = frozenset({"€", "$", "£", "eur", "euro", "euros", "usd", "gbp", "dollar", "dollars", "pound", "pounds", "chf"})
