"""Plain words → a request: a grammar with fuzzy words, fast and explainable.

Each reader knows one kind of request and answers None for the others; the first that knows the sentence decides.
A reader that knows it but for one part raises Puzzled, which becomes a question to the person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from handlers.requests import NotAnInvoice, Request, Unclear, Understood, Unknown
from handlers.understand import commands, questions
from handlers.understand.corrections import amend
from handlers.understand.payments import pay
from handlers.understand.scene import Scene
from handlers.understand.sentence import Puzzled, Sentence, sentence
from handlers.understand.suggestions import nearest
from handlers.understand.words import AFTER, BEFORE, PHRASES

MOST_WORDS = 60
"""Longer texts are letters, not requests."""

_SAID = {phrase: request for request, phrases in PHRASES.items() for phrase in phrases}
_ASKING = frozenset({
    "what", "when", "who", "which", "how", "why", "where", "is", "are", "do", "does", "did", "can", "was", "wann",
    "wer",
    "welche", "wie", "warum", "wo", "ist", "sind", "hat", "has", "have",
})  # fmt: skip


def understand(
    text: str,
    today: date,
    currency: str | None,
    day_first: bool = True,
    known: Mapping[str, str] | None = None,
) -> Understood:
    """What a person asks for. Never raises, whatever the text.

    `currency` is that of the bill in focus, else the company's. `day_first` reads 3/4 as 3 April. `known` holds the
    values of the bill in focus by field name, as in evidence; with it "it's 1294.50 not 1249.50" finds its field and
    "30 days net" its first day.
    """
    said = sentence(text)
    if not said.words or len(said) > MOST_WORDS:
        return Unknown(nearest(said))
    try:
        return _request(said, Scene(today, currency, day_first, known or {})) or Unknown(nearest(said))
    except Puzzled as puzzled:
        return Unclear(str(puzzled), puzzled.suggestions)


def _request(said: Sentence, scene: Scene) -> Request | None:
    bare = said.politely_reduced()
    for form in (said, said.without(endings=AFTER), said.without(BEFORE), bare):
        if found := _SAID.get(form.plain):
            return _unless_asked(found, said)
    readers: tuple[Callable[[Sentence, Scene], Request | None], ...] = (
        commands.redeem, questions.balance, questions.due, pay, commands.invite, commands.show,
    )  # fmt: skip
    for read in readers:
        if request := read(bare, scene):
            return request
    if said.asks or bare.words[0].plain in _ASKING:
        return None
    return commands.confirm(bare, scene) or amend(said, scene)


def _unless_asked(found: Request, said: Sentence) -> Request | None:
    """ "not an invoice?" asks; it does not order."""
    return None if said.asks and isinstance(found, NotAnInvoice) else found
