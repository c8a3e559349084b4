"""Plain words → a request: a grammar with fuzzy words and names, fast and explainable.

Most requests are said in phrases, which stand in the tables in `phrases/`; for each table a maker turns what is in the
slots into the request. Amounts, dates and corrections come in too many orders for that: their readers each know one
kind of request and answer None for the others. The first that knows the sentence decides. One that knows it but for
one part raises Puzzled, which becomes a question to the person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handlers.language.translation import Language
from handlers.requests import NotAnInvoice, Request, Unclear, Understood, Unknown
from handlers.understand.dialogue import followups, list_references, negation
from handlers.understand.dialogue.several_requests import split_requests
from handlers.understand.dialogue.suggestions import nearest
from handlers.understand.readers import (
    approval_rules,
    bills,
    books,
    commands,
    due_and_balance,
    money,
    preferences,
    reminders,
    reports,
)
from handlers.understand.readers.corrections import amend
from handlers.understand.readers.payments import pay
from handlers.understand.text import grammar
from handlers.understand.text.sentence import NeedsClarification, Sentence, SlotMismatch, sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.text.words import AFTER, BEFORE, ONLY, fold
from handlers.understand.values.slots import RequestBuilder, Slots

MOST_WORDS = 60
"""Longer texts are letters, not requests."""

MAKERS: Mapping[str, RequestBuilder] = {
    **preferences.REQUEST_BUILDERS,
    **reminders.REQUEST_BUILDERS,
    **bills.REQUEST_BUILDERS,
    **money.REQUEST_BUILDERS,
    **books.REQUEST_BUILDERS,
    **approval_rules.REQUEST_BUILDERS,
    **reports.REQUEST_BUILDERS,
}
"""Table of phrases → what makes the request."""

_ASKING = frozenset({
    "what", "when", "who", "which", "how", "why", "where", "is", "are", "do", "does", "did", "can", "was", "wann",
    "wer", "welche", "wie", "warum", "wo", "ist", "sind", "hat", "has", "have", "if", "wenn", "falls", "wem", "wieso",
})  # fmt: skip


def understand(text: str, scene: SentenceContext) -> Understood:
    """What a person asks for. Never raises, whatever the text.

    The labels and questions of the answer are worded in the language that is spoken
    (`handlers.language.translation.speaking`).
    """
    said = sentence(text, _name_words(scene))
    if not said.words or len(said) > MOST_WORDS:
        return Unknown(nearest(said))
    try:
        return _together(said, scene) or Unknown(nearest(said, orders=not negation.hedges(said)))
    except NeedsClarification as puzzled:
        if negation.asks_whether(said.politely_reduced()):
            return Unknown(nearest(said, orders=False))
        return Unclear(str(puzzled), puzzled.suggestions)


def language_of(text: str) -> Language | None:
    """The language that a message is written in, by the words of the grammar in it; None where they do not tell."""
    plain = [word.plain for word in sentence(text[:2000]).words]
    hits = {language: sum(word in only for word in plain) for language, only in ONLY.items()}
    if hits["en"] == hits["de"]:
        return "de" if any(sign in "äöüÄÖÜß" for sign in text) else None
    return "de" if hits["de"] > hits["en"] else "en"


def _together(said: Sentence, scene: SentenceContext) -> Understood | None:
    """One request, or those of a message that has several."""

    def one(part: Sentence) -> Understood | None:
        try:
            return list_references.request_about_listed_bill(
                part, scene, lambda meant: _request(meant, scene)
            ) or _request(part, scene)
        except NeedsClarification as puzzled:
            return Unclear(str(puzzled), puzzled.suggestions)

    pointed = list_references.request_about_listed_bill(said, scene, lambda meant: _request(meant, scene)) or _exchange(
        said, scene
    )
    return pointed or split_requests(said, one) or _request(said, scene)


def _exchange(said: Sentence, scene: SentenceContext) -> Request | None:
    """An exchange is one request, although "we got 5400 USD" could be one of its own."""
    request = _phrased(said.politely_reduced(), scene, only="exchange")
    return None if request is None or negation.is_not_an_instruction(request, said) else request


def _request(said: Sentence, scene: SentenceContext) -> Request | None:
    request = _read(said, scene)
    return None if request is None or negation.is_not_an_instruction(request, said.politely_reduced()) else request


def _read(said: Sentence, scene: SentenceContext) -> Request | None:
    bare = said.politely_reduced()
    for form in (said, said.without(endings=AFTER), said.without(BEFORE), bare):
        if name := grammar.set_phrases(*grammar.SUBJECTS).get(form.plain):
            return _unless_asked(MAKERS[name](Slots({}, form, scene)), said)
    readers: tuple[Callable[[Sentence, SentenceContext], Request | None], ...] = (
        commands.redeem, _phrased, followups.follow_up, due_and_balance.balance, due_and_balance.due, pay,
        commands.invite, commands.show,
    )  # fmt: skip
    if followups.starts_follow_up(said) and (changed := followups.follow_up(bare, scene)):
        return changed
    for read in readers:
        if request := read(bare, scene):
            return request
    if said.asks or bare.words[0].plain in _ASKING or negation.asks_whether(bare) or negation.denies(bare):
        return None
    return commands.confirm(bare, scene) or amend(said, scene)


def _phrased(said: Sentence, scene: SentenceContext, only: str | None = None) -> Request | None:
    """What the first fitting phrase of the tables asks for, or of the one of that name `only`."""
    first = said.words[0].plain
    for phrase in grammar.phrases(*grammar.SUBJECTS):
        if only not in (None, phrase.name):
            continue
        if phrase.first is not None and first not in phrase.first:
            continue
        slots = said.slots(phrase.text)
        if slots is None:
            continue
        try:
            if (request := MAKERS[phrase.name](Slots(slots, said, scene))) is not None:
                return request
        except SlotMismatch:
            continue
    return None


def _unless_asked(found: Request | None, said: Sentence) -> Request | None:
    """ "not an invoice?" asks; it does not order."""
    return None if said.asks and isinstance(found, NotAnInvoice) else found


def _name_words(scene: SentenceContext) -> frozenset[str]:
    """The words that names in the books are made of."""
    called = (*scene.names.vendors.values(), *scene.names.accounts, *scene.names.categories, *scene.names.people)
    return frozenset(word for name in called for word in fold(name).split())
