"""A language model's answer → what the message asks for: a question is answered, a change proposed, the rest asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from handlers import requests as asked
from handlers.requests import Request, Understood
from handlers.understand.dialogue import negation
from handlers.understand.interpreter import name_words, understand
from handlers.understand.model.accounted import NotAccounted, accounted, sense_of
from handlers.understand.model.arguments import Call, ModelAnswer
from handlers.understand.model.labels import made
from handlers.understand.model.message_words import MessageWords
from handlers.understand.model.offered import acts
from handlers.understand.model.question import shown_question
from handlers.understand.sentences import sentence_of
from handlers.understand.text.sentence import NeedsClarification, Sentence, SlotMismatch, sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.wording import clarifying_questions

_ABOUT_IT = (
    asked.Pay, asked.Confirm, asked.Amend, asked.Categorise, asked.Approve, asked.Refuse, asked.NotAnInvoice,
    asked.Allocate, asked.SnoozeBill,
)  # fmt: skip
"""Requests about the bill in focus where they name none."""


def request_of_answer(answer: ModelAnswer, scene: SentenceContext) -> Understood | None:
    """What a model made of the words, each value of it accounted for by them; None where it knew nothing.

    What changes anything is only proposed. What cannot be accounted for is asked about.
    """
    if answer.question is not None:
        question = shown_question(answer.question, answer.text)
        return asked.Unclear(clarifying_questions.model_asks(question)) if question else None
    if not answer.calls:
        return None
    said = sentence(answer.text, name_words(scene))
    try:
        found = _all_understood(answer.calls, said, scene)
    except (NotAccounted, SlotMismatch):
        return asked.Unclear(clarifying_questions.model_unsure())
    except NeedsClarification as puzzled:
        return asked.Unclear(str(puzzled), puzzled.suggestions)
    return found[0] if len(found) == 1 else asked.SeveralRequests(tuple(found))


def _all_understood(calls: Iterable[Call], said: Sentence, scene: SentenceContext) -> list[Request | asked.Proposed]:
    """The request of each call, or its proposal; together they have used every figure, time and name of the message.

    Raises: NotAccounted, NeedsClarification, SlotMismatch.
    """
    found: list[Request | asked.Proposed] = []
    used: set[int] = set()
    for call in calls:
        words = MessageWords(said, scene, sense_of(call.request))
        request = made(call.request, accounted(call, words), scene)
        if request is None:
            raise NotAccounted(call.request.__name__)
        used |= words.used
        found.append(_proposed(request, said, scene) if acts(request) else request)
    if replace(words, used=used).lost():
        raise NotAccounted("a word of the message")
    return found


def _proposed(request: Request, said: Sentence, scene: SentenceContext) -> asked.Proposed:
    """The request to be pressed, in a sentence that our own understanding takes for it. Raises: NotAccounted."""
    if negation.is_not_an_instruction(request, said) or negation.asks_whether(said.politely_reduced()):
        raise NotAccounted("no instruction")
    if isinstance(request, _ABOUT_IT) and not (_names_bill(request) or scene.known):
        raise NotAccounted("no bill")
    for words in sentence_of(request, scene.names):
        meant = understand(words, scene)
        if is_same(meant, request):
            return asked.Proposed(meant, words)
    raise NotAccounted("no sentence")


def _names_bill(request: object) -> bool:
    return bool(getattr(request, "bill_hint", None) or getattr(request, "vendor", None))


def is_same(meant: object, request: Request) -> bool:
    """Whether a sentence makes the request; which way the money went may be what the sentence adds."""
    if isinstance(meant, asked.Pay) and isinstance(request, asked.Pay) and request.side is None:
        return replace(meant, side=None) == request
    return meant == request
