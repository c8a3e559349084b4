"""What a sentence may ask for, by the classifier: the likeliest, and the next likely."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from handlers.understand.intents.classifier import Intent, classify
from handlers.understand.text.fillers import FILLERS
from handlers.understand.text.sentence import between
from handlers.understand.text.words import AFTER, BEFORE

LEAST_NEXT = 0.15
"""From this probability on a guess is tried besides the likeliest."""

SHOWS = frozenset({
    "show", "list", "display", "tell", "find", "search", "which", "what", "how", "who", "when", "zeig", "zeige",
    "liste", "such", "suche", "finde", "welche", "welcher", "welches", "wie", "wann", "wer", "wieviel", "nenn",
    "nenne", "nennen",
})  # fmt: skip
"""Whoever begins so wants to know something, and tells of no money that moved."""
_MOVES = frozenset({"paid", "received", "prepay", "transfer"})


def surest(template: str) -> Intent:
    """The guess, as sure as it is without courtesies around: "please", "could you"."""
    guess, words = _possible(template), template.split()
    start, end = between(words, BEFORE, AFTER)
    bare = _possible(" ".join(words[start:end])) if end - start < len(words) else guess
    return bare if bare.label == guess.label and bare.probability > guess.probability else guess


def next_guesses(template: str, first: Intent) -> Iterator[Intent]:
    """What a sentence may ask for besides the likeliest, as far as it is likely at all."""
    return (classify(template, label) for label, probability in first.others if probability >= LEAST_NEXT)


def _possible(template: str) -> Intent:
    """The likeliest guess of those that the first word leaves open, as likely as it is among them."""
    guess = classify(template)
    if template.partition(" ")[0] not in SHOWS:
        return guess
    told = sum(chance for label, chance in ((guess.label, guess.probability), *guess.others) if label in _MOVES)
    if guess.label in _MOVES:
        guess = next((classify(template, label) for label, _ in guess.others if label not in _MOVES), guess)
    left = tuple((label, chance) for label, chance in guess.others if label not in _MOVES)
    return replace(guess, probability=min(guess.probability / max(1 - told, LEAST_NEXT), 1.0), others=left)


def has_words(template: str) -> bool:
    """Whether anything but values, and words that say nothing, stands in a sentence."""
    return any(not word.startswith("<") and word not in FILLERS for word in template.split())
