"""Asides: clauses that belong to no request ("…, saw it on my way in", "before I run to the dentist: …").

Every word of a message is accounted for, these as what people say besides. A clause is one only if no value stands in
it, nothing that denies, restricts or takes back, and nothing that could be a request of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from handlers.requests import NotOffered, Unclear, Understood, Unknown
from handlers.understand.assembly.accounting import OPERATORS
from handlers.understand.intents.classifier import classify
from handlers.understand.tagging.tags import tagged
from handlers.understand.text.fillers import FILLERS
from handlers.understand.text.sentence import Sentence
from handlers.understand.text.sentence_context import SentenceContext

MOST_CLAUSES = 6
MOST_CHANCE = 0.75
"""A clause that is likelier than this a request is one."""

_BEGINS = frozenset({"because", "cause", "cuz", "weil", "damit", "sodass"})
"""Words that begin a clause without a mark before them."""
_TAKES_BACK = frozenset({
    "wrong", "falsch", "oops", "ups", "wait", "warte", "moment", "sorry", "mistake", "fehler", "scrap", "forget",
    "vergiss", "cancel", "stop", "stopp", "kidding", "joke", "scherz", "spass", "later", "spater", "soon", "bald",
    "wish", "hope", "hoffe", "hoffentlich", "hopefully", "think", "thought", "glaube", "dachte", "guess", "probably",
    "wahrscheinlich", "wohl", "almost", "fast", "plan", "planned", "geplant", "will", "werde", "werden", "going",
    "gonna", "until", "bis", "once", "sobald", "instead", "stattdessen", "rather", "lieber", "yet", "dreams",
    "bounced", "zuruck", "back", "rejected", "abgelehnt", "failed", "wenn", "that", "dass", "deny", "refuse",
})  # fmt: skip
_SOMEBODY = frozenset({
    "i", "we", "he", "she", "they", "my", "me", "us", "our", "ich", "wir", "er", "sie", "mir", "mich", "uns", "mein",
    "meine", "meinen", "need", "saw", "brauch", "brauche", "hab", "boss", "chef", "chefin", "olle", "ma", "mer",
    "bad", "omg",
})  # fmt: skip
"""An aside tells of somebody: a clause without any of these may describe the bill."""
_IN_PASSING = ("person", "account", "category")
"""Values that such a clause may have: they are no request by themselves."""
_HARMLESS = ("none", "thanks", "greeting")
_WORDS_OF_ASKING = frozenset({"what", "who", "when", "how", "which", "why", "was", "wer", "wann", "wie", "welche"})


def without_asides(
    said: Sentence, scene: SentenceContext, understand: Callable[[Sentence], Understood | None]
) -> Understood | None:
    """What the message asks for without its asides; None where they are none, or the rest asks for nothing."""
    cuts = _cuts(said)
    if not 1 < len(cuts) - 1 <= MOST_CLAUSES or _says_nothing(said, scene):
        return None
    aside = [_is_aside(said.part(start, end), scene) for start, end in pairwise(cuts)]
    for first, last in _longest_first(len(aside)):
        if not all((*aside[:first], *aside[last:])):
            continue
        made = understand(said.clause(cuts[first], cuts[last]))
        if made is not None and not isinstance(made, Unclear | Unknown | NotOffered):
            return made
    return None


def _begins_sentence(clause: Sentence) -> bool:
    before = clause.raw[: clause.words[0].start].rstrip(" \"'(")
    return before.endswith((".", "!", "?", "\n"))


def _says_nothing(said: Sentence, scene: SentenceContext) -> bool:
    """Whether the whole is chatter."""
    guess = classify(tagged(said, scene).template)
    return guess.label in _HARMLESS and guess.probability > MOST_CHANCE


def _longest_first(count: int) -> Iterator[tuple[int, int]]:
    """Every run of clauses but the whole, the longest first."""
    for length in range(count - 1, 0, -1):
        for first in range(count - length + 1):
            yield first, first + length


def _cuts(said: Sentence) -> list[int]:
    """Where clauses begin, and where the last one ends."""
    begins = (n for n, word in enumerate(said.words) if n and (word.breaks or word.plain in _BEGINS))
    return [0, *begins, len(said)]


def _is_aside(clause: Sentence, scene: SentenceContext) -> bool:
    plain = {word.plain for word in clause.words}
    if len(clause) < 2 or plain & (OPERATORS - {"just"} | _TAKES_BACK) or clause.words[0].plain in _WORDS_OF_ASKING:
        return False
    found = tagged(clause, scene)
    if any(tag.kind not in _IN_PASSING for tag in found.tags):
        return False
    if not plain & _SOMEBODY and (found.tags or not (_begins_sentence(clause) or plain <= FILLERS)):
        return False
    guess = classify(found.template)
    return guess.label in _HARMLESS or guess.probability < MOST_CHANCE
