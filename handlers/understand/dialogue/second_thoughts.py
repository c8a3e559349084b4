"""What somebody takes back while writing: "in March, wait no, April", "200, sorry, 300"."""

from __future__ import annotations

from itertools import pairwise

from handlers.understand.tagging.tag import Tag
from handlers.understand.tagging.tags import tagged
from handlers.understand.text.sentence import Sentence, sentence
from handlers.understand.text.sentence_context import SentenceContext

_MARKS = frozenset({
    "wait no", "no wait", "wait", "i mean", "sorry", "sorry i mean", "no sorry", "or rather", "make that",
    "correction", "oops", "no i mean", "scratch that", "i meant", "sorry i meant", "ah no", "oh no", "rather", "nein",
    "ach nein", "ah nein", "quatsch", "ich meine", "ich mein", "beziehungsweise", "nee", "ne", "moment",
    "quatsch nein", "nein warte", "warte", "warte nein", "sorry nein", "nee moment", "falsch", "no", "korrigiere",
    "korrektur", "say", "sprich", "das heisst", "i e", "meaning", "verzeihung", "ach quatsch", "ah sorry", "ah ne",
    "ach ne", "nee sorry", "vielmehr",
})  # fmt: skip
"""All that stands between the word that was wrong and the one that is right."""
_HESITATIONS = frozenset({"um", "uh", "er", "eh", "ah", "oh", "ahm", "ehm", "hm", "hmm", "in", "im", "am", "on", "to"})
_ALIKE = {"day": "time", "period": "time", "lateness": "time", "amount": "figure", "number": "figure", "bill": "party"}


def with_second_thoughts(said: Sentence, scene: SentenceContext, known: frozenset[str]) -> Sentence:
    """The message with the value that it ends on in place of the one that it takes back. `known` are words of names."""
    tags = tagged(said, scene).tags
    for one, other in pairwise(tags):
        if _kind(one) == _kind(other) and one.value != other.value and _takes_back(said, one, other):
            raw, words = said.raw, said.words
            meant = raw[words[other.start].start : words[other.end - 1].end]
            return sentence(f"{raw[: words[one.start].start]}{meant}{raw[words[other.end - 1].end :]}", known)
    return said


def _kind(tag: Tag) -> str:
    return _ALIKE.get(tag.kind, tag.kind)


def _takes_back(said: Sentence, one: Tag, other: Tag) -> bool:
    between = [word.plain for word in said.words[one.end : other.start]]
    bare = " ".join(word for word in between if word not in _HESITATIONS)
    return bare in _MARKS and said.words[one.end].breaks
