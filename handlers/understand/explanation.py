"""What was understood of a message, in lines to read: `billify say --explain`."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from handlers import requests as asked
from handlers.requests.labels import label_of
from handlers.understand.assembly.assemble import assembled
from handlers.understand.interpreter import name_words, understand
from handlers.understand.tagging.tags import tagged
from handlers.understand.text.sentence import sentence
from handlers.understand.text.sentence_context import SentenceContext


def explain(text: str, scene: SentenceContext) -> list[str]:
    """The request with its slots; the classifier's guess, its probability and the next likely ones; the values that
    were
    found; and the words that nothing accounted for."""
    said = sentence(text, name_words(scene))
    request = understand(text, scene)
    lines = _request(request)
    if not said.words:
        return lines
    guessed = assembled(said, scene)
    intent = guessed.intent
    others = ", ".join(f"{label} {chance:.2f}" for label, chance in intent.others)
    lines.append(
        f"guess: {intent.label} {intent.probability:.2f} (then {others})" if others else f"guess: {intent.label}"
    )
    lines.append(f"sentence: {guessed.template}")
    for tag in tagged(said, scene).tags:
        out = ", left out" if tag.excluded else ""
        other = f", or {tag.other.kind} {tag.other.value}" if tag.other else ""
        lines.append(f"  {tag.kind}: “{said.part(tag.start, tag.end).text}” = {tag.value}{out}{other}")
    lines.append(f"not accounted for: {', '.join(guessed.strange) or 'nothing'}")
    return lines


def _request(request: object) -> list[str]:
    """A request by its label, and its slots."""
    match request:
        case asked.SeveralRequests():
            return [line for each in request.requests for line in _request(each)]
        case asked.OnBill():
            return [f"of bill {request.bill}:", *_request(request.request)]
        case asked.Proposed():
            return [f"proposed as “{request.sentence}”:", *_request(request.request)]
        case asked.Unclear():
            return [f"asked back: {request.question}"]
        case asked.Unknown():
            return ["not understood"]
    known: Any = request
    slots = ((field.name, getattr(request, field.name), field.default) for field in fields(known))
    told = ", ".join(f"{name} = {value}" for name, value, usual in slots if value != usual)
    return [f"request: {label_of(request) or type(request).__name__}" + (f" ({told})" if told else "")]
