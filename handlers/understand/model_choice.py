"""A language model's choice, for words that the grammar does not know: which request, and which words fill its slots.

The model adds nothing of its own. Each slot has to stand in the message as it is, the grammar reads amounts, dates and
names in it, and what changes the books is not for a model to choose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from handlers.requests import CHANGES, Balance, Request, Unclear, Understood
from handlers.understand.by_phrases import REQUEST_BUILDERS as MAKERS
from handlers.understand.dialogue import negation
from handlers.understand.readers import reports
from handlers.understand.text import grammar
from handlers.understand.text.sentence import NeedsClarification, Sentence, SlotMismatch, sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.values import names
from handlers.understand.values.conditions import conditions_of
from handlers.understand.values.slots import RequestBuilder, Slots

NONE = "none"
"""What a model answers where nothing fits."""

EXAMPLES = 2
"""Phrases that a model is shown for each request."""


@dataclass(frozen=True)
class Choice:
    """The table of phrases that a model chose, and the words of the message for its slots."""

    request: str
    slots: Mapping[str, str] = field(default_factory=dict)


def _due(slots: Slots) -> Request:
    parts = conditions_of(slots.get("rest"), slots.scene)
    if parts is None:
        raise SlotMismatch
    return reports.due_of(parts, slots)


def _balance(slots: Slots) -> Balance:
    said = slots.get("account")
    return Balance(names.account(said, slots.scene) if len(said) else None)


_MORE: Mapping[str, tuple[RequestBuilder, tuple[str, ...]]] = {
    "due": (_due, ("what is due {rest}", "open bills {rest}")),
    "balance": (_balance, ("balance of {account}",)),
}
"""Requests that the tables do not have, since their words come in any order."""


def offered() -> dict[str, tuple[str, ...]]:
    """What a model may choose among: each request's name with phrases that make it, slots in braces."""
    tables: dict[str, list[str]] = {}
    for phrase in grammar.phrases(*grammar.SUBJECTS):
        tables.setdefault(phrase.name, []).append(phrase.text)
    for text, name in grammar.set_phrases(*grammar.SUBJECTS).items():
        tables.setdefault(name, []).append(text)
    known = {name: tuple(texts[:EXAMPLES]) for name, texts in tables.items()}
    return known | {name: phrases for name, (_, phrases) in _MORE.items()}


def schema() -> dict[str, Any]:
    """JSON Schema of a choice."""
    return {
        "type": "object",
        "properties": {
            "request": {"type": "string", "enum": [*offered(), NONE]},
            "slots": {"type": "object", "additionalProperties": {"type": "string"}},
        },
        "required": ["request", "slots"],
        "additionalProperties": False,
    }


def choice_of(answer: object) -> Choice | None:
    """A model's answer; None where it is no choice, or chose nothing."""
    if not isinstance(answer, dict) or answer.get("request") not in offered():
        return None
    slots = answer.get("slots") or {}
    if not isinstance(slots, dict) or not all(isinstance(said, str) for said in slots.values()):
        return None
    return Choice(str(answer["request"]), {str(name): said for name, said in slots.items() if said.strip()})


def request_of_choice(text: str, choice: Choice, scene: SentenceContext) -> Understood | None:
    """The request that a model chose; None where a slot is not in the message, the slots do not fit the request, or it
    would change the books."""
    said = sentence(text)
    slots = {re.sub(r"\W", "", name): _found(words, said) for name, words in choice.slots.items()}
    if any(found is None for found in slots.values()):
        return None
    maker = _MORE[choice.request][0] if choice.request in _MORE else MAKERS[choice.request]
    try:
        request = maker(Slots({name: found for name, found in slots.items() if found}, said, scene))
    except SlotMismatch:
        return None
    except NeedsClarification as puzzled:
        return Unclear(str(puzzled), puzzled.suggestions)
    if request is None or isinstance(request, CHANGES) or negation.is_not_an_instruction(request, said):
        return None
    return request


def _found(words: str, said: Sentence) -> Sentence | None:
    """Where the words stand in the message, one after the other; None where they do not."""
    wanted = [word.plain for word in sentence(words).words]
    plain = [word.plain for word in said.words]
    starts = (n for n in range(len(plain) - len(wanted) + 1) if plain[n : n + len(wanted)] == wanted)
    start = next(starts, None) if wanted else None
    return None if start is None else said.part(start, start + len(wanted))
