"""Plain words → a request.

Two readers look at a sentence: `by_phrases` knows phrases word by word, `assembly` takes the classifier's guess of
what is asked and the values found anywhere in the sentence, and lets no word pass that nobody accounted for. Where
they agree, or only one knows it, that is it; where they differ, the surer one; in doubt the person is asked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from handlers.requests import (
    CHANGES,
    Pay,
    Proposed,
    Refuse,
    Request,
    SeveralRequests,
    Thanks,
    Unclear,
    Understood,
    Unknown,
)
from handlers.understand import by_phrases
from handlers.understand.assembly.assemble import Assembled, assembled, possible
from handlers.understand.assembly.guesses import has_words
from handlers.understand.decision import (
    NAMES,
    REFUSES,
    SMALL_TALK,
    SURER,
    SUREST,
    alike_labels,
    answers,
    directed,
    fuller,
    surer,
)
from handlers.understand.dialogue import all_at_once, followups, list_references, negation
from handlers.understand.dialogue.asides import without_asides
from handlers.understand.dialogue.second_thoughts import with_second_thoughts
from handlers.understand.dialogue.several_parties import for_each_party
from handlers.understand.dialogue.several_requests import ends_sentence, split_requests
from handlers.understand.dialogue.suggestions import nearest
from handlers.understand.intents.vocabulary import all_words
from handlers.understand.question_sentences import question_of
from handlers.understand.readers import commands, deeds
from handlers.understand.second_look import looked_at_again
from handlers.understand.sentences import sentence_of
from handlers.understand.tagging.tags import tagged
from handlers.understand.text.letter_frame import without_letter_frame
from handlers.understand.text.sentence import NeedsClarification, Sentence, sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.wording.how_to_say import how_to_say

MOST_WORDS = 60
"""Longer texts are letters, not requests."""


def understand(text: str, scene: SentenceContext) -> Understood:
    """What a person asks for. Never raises, whatever the text.

    The labels and questions of the answer are worded in the language that is spoken
    (`handlers.language.translation.speaking`).
    """
    known = name_words(scene)
    said = without_letter_frame(sentence(text, known)).without(_ONWARD)
    if not said.words or len(said) > MOST_WORDS:
        return Unknown(nearest(said))
    said = with_second_thoughts(said, scene, known)
    made = _answered(said, scene)
    if isinstance(made, Unclear | Unknown):
        return without_asides(said, scene, lambda part: _pressed_if_change(_answered(part, scene), scene)) or made
    return made


def _answered(said: Sentence, scene: SentenceContext) -> Understood:
    """What a message asks for, else what is asked about it."""
    try:
        return _together(said, scene) or Unknown(_could_mean(said, scene))
    except NeedsClarification as puzzled:
        if negation.asks_whether(said.politely_reduced()):
            return Unknown(nearest(said, orders=False))
        return Unclear(str(puzzled), puzzled.suggestions)


def _pressed_if_change(request: Understood, scene: SentenceContext) -> Understood | None:
    """A question as it is, a change behind a button: whoever jokes says so beside it."""
    if isinstance(request, SeveralRequests):
        return None if any(isinstance(one, CHANGES) for one in request.requests) else request
    return _pressed(request, scene) if isinstance(request, CHANGES) else request


def _could_mean(said: Sentence, scene: SentenceContext) -> tuple[str, ...]:
    """What a message that was not understood may ask for, the likeliest first: questions that are whole, each as a
    sentence that asks just that; where there is none, the nearest of the usual sentences."""
    found: dict[str, None] = {}
    for request in possible(said, scene):
        words = question_of(request, scene)
        again = sentence(words, name_words(scene)) if words else None
        if words and again and _unlabelled(_together(again, scene)) == _unlabelled(request):
            found[words] = None
    return tuple(found) or nearest(said, orders=not negation.hedges(said))


def _unlabelled(request: Any) -> object:
    """A request without what its answer is called."""
    return replace(request, label="") if hasattr(request, "label") else request


_ONWARD = ("go ahead and", "please go ahead and", "ok go ahead and", "yes go ahead and")
"""Openings that order nothing by themselves; "go ahead" alone confirms."""


def understand_by_phrases(text: str, scene: SentenceContext) -> Understood:
    """The same by phrases alone, to compare with."""
    said = sentence(text, name_words(scene))
    try:
        exact = by_phrases.set_phrase(said, scene) if said.words else None
        found = exact or (by_phrases.read(said, scene) if said.words else None)
    except NeedsClarification as question:
        return Unclear(str(question), question.suggestions)
    return _instructed(found, said) or Unknown()


def _together(said: Sentence, scene: SentenceContext) -> Understood | None:
    """One request, or those of a message that has several."""

    def one(part: Sentence) -> Understood | None:
        if _affirms(part, said):
            return Thanks()
        try:
            return list_references.request_about_listed_bill(
                part, scene, lambda meant: _request(meant, scene)
            ) or _request(part, scene)
        except NeedsClarification as puzzled:
            return Unclear(str(puzzled), puzzled.suggestions)

    return (
        deeds.order(said, scene)
        or all_at_once.of_those_listed(said, scene)
        or list_references.request_about_listed_bill(said, scene, lambda meant: _request(meant, scene))
        or _exchange(said, scene)
        or split_requests(said, [tag.places for tag in tagged(said, scene).tags], one)
        or for_each_party(said, scene, lambda part: _request(part, scene), name_words(scene))
        or _two_intents(said, scene)
        or _request(said, scene)
    )


def _two_intents(said: Sentence, scene: SentenceContext) -> SeveralRequests | None:
    """Two requests of different kinds, joined by "and" or a mark, which begin with no word that phrases begin with."""
    for n in range(1, len(said)):
        joined = said.words[n].plain in _JOINTS or ends_sentence(said, n)
        parts = (said.part(0, n).without((), _JOINTS), said.part(n).without(_JOINTS))
        if not joined or min(map(len, parts)) == 0:
            continue
        made = [assembled(part, scene) for part in parts]
        doubtful = any(one.intent.probability < SUREST or not has_words(one.template) for one in made)
        if doubtful or alike_labels(*(one.intent.label for one in made)):
            continue
        requests = [_instructed(one.request, part) for one, part in zip(made, parts, strict=True)]
        if any(isinstance(one, CHANGES) and len(part) < 2 for one, part in zip(requests, parts, strict=True)):
            continue  # one word more at the end ("… und zurück") orders nothing
        if all(one is not None and not isinstance(one, Unclear | SMALL_TALK) for one in requests):
            return SeveralRequests(tuple(requests))
    return None


_JOINTS = ("and", "und", "then", "dann", "and then", "und dann", "also", "&", "plus")


def _affirms(part: Sentence, said: Sentence) -> bool:
    """Whether a part is but an "ok?" or "ja" after something else, which confirms nothing."""
    return part.words[0] is not said.words[0] and part.plain in _AFFIRMATIONS


_AFFIRMATIONS = frozenset({
    "yes or no", "ja oder nein", "y n", "or not", "oder nicht", "ja", "yes", "ok", "okay", "yeah", "yep", "jo", "right",
    "gell", "oder", "ne", "bitte", "please", "k",
})  # fmt: skip


def _exchange(said: Sentence, scene: SentenceContext) -> Request | None:
    """An exchange is one request, although "we got 5400 USD" could be one of its own."""
    request = by_phrases.phrased(said.politely_reduced(), scene, only="exchange")
    return None if request is None or negation.is_not_an_instruction(request, said) else request


def _request(said: Sentence, scene: SentenceContext) -> Understood | None:
    """What one sentence asks for, by the surer of the two readers, looked at again. Raises: NeedsClarification."""
    request = looked_at_again(_surer_of_two(said, scene), said, scene)
    if isinstance(request, Refuse) and negation.only_withholds(said):
        return None if any(tag.excluded for tag in tagged(said, scene).tags) else _pressed(request, scene)
    return request


def _surer_of_two(said: Sentence, scene: SentenceContext) -> Understood | None:
    if not negation.describes(said) and (order := all_at_once.order_about_all(said, scene)):
        return order
    if exact := by_phrases.set_phrase(said, scene):
        return _instructed(exact, said)
    if code := commands.redeem(said.politely_reduced(), scene):
        return code
    question: NeedsClarification | None = None
    phrased: Understood | None = None
    try:
        phrased = by_phrases.read(said, scene)
    except NeedsClarification as puzzled:
        question = puzzled
    guessed = assembled(said, scene)
    made = _instructed(guessed.request, said) or _modal(guessed, said, scene)
    phrased = _instructed(phrased, said)
    if phrased is None:
        if made is None and (offer := _offered(guessed.unsure, said, scene)):
            return offer
        if question is not None and not answers(made, guessed, question, said, scene):
            raise question
        return directed(made, said, scene) or _how_to_say(guessed)
    if _changes_last(phrased, said, guessed, scene):
        return phrased
    return directed(surer(phrased, made, guessed, scene), said, scene) or _offered(guessed.unsure, said, scene)


def _changes_last(phrased: Understood, said: Sentence, guessed: Assembled, scene: SentenceContext) -> bool:
    """Whether a phrase is the last question anew, changed by a value alone ("Acme?") or by "and …"."""
    if scene.last.question is None or type(phrased) is not type(scene.last.question):
        return False
    alone = len(words := guessed.template.removesuffix(" ?").split()) == 1 and words[0].startswith("<")
    return alone or followups.starts_follow_up(said)


def _modal(guessed: Assembled, said: Sentence, scene: SentenceContext) -> Proposed | None:
    """What is worded with "should", "may" or "not" although it is told: "that should be travel", "we did not upload
    it".
    """
    request, intent = guessed.request, guessed.intent
    thought = isinstance(request, Pay) and negation.only_thinks(request, said)
    if (
        not (thought or intent.label in _MODAL)
        or intent.probability < SUREST
        or said.asks
        or not isinstance(request, CHANGES)
    ):
        return None
    return _pressed(request, scene)


_MODAL = frozenset(
    {"categorise", "withdraw_file", "approve", "appoint", "own_approval", "book_movement", "amend", "require"}
)


def _how_to_say(guessed: Assembled) -> Unclear | None:
    """How to say what is surely asked for, where a part of it is missing or unclear."""
    intent = guessed.intent
    heard = any(word in all_words() for word in guessed.template.split())
    question = how_to_say(intent.label) if heard and intent.probability >= SURER else None
    return Unclear(question) if question else None


def _offered(request: Understood | None, said: Sentence, scene: SentenceContext) -> Proposed | None:
    """A change that is understood, but not beyond doubt, to be pressed, in a sentence that means exactly it."""
    if not isinstance(request, CHANGES) or said.asks or _instructed(request, said) is None:
        return None
    if isinstance(request, Refuse) and not any(word.plain in REFUSES for word in said.words):
        return None
    telling = NAMES if isinstance(request, Pay) else (*NAMES, "amount", "name")
    if not (scene.known or any(getattr(request, name, None) for name in telling)):
        return None  # about "it", and nothing is in focus
    return _pressed(request, scene)


def _pressed(request: Understood, scene: SentenceContext) -> Proposed | None:
    """The request behind a button whose sentence makes exactly it; None where no sentence does."""
    for words in sentence_of(request, scene.names):
        said = sentence(words, name_words(scene))
        try:
            phrased = by_phrases.set_phrase(said, scene) or by_phrases.read(said, scene)
        except NeedsClarification:  # it could be read in two ways
            continue
        if phrased is not None and fuller(phrased, request) == request:
            return Proposed(request, words)
    return None


def _instructed(request: Understood | None, said: Sentence) -> Understood | None:
    """The request, unless it would do what the words only ask about, deny, or make depend on something."""
    if negation.asks_leave(request, said) or negation.only_thinks(request, said):
        return None
    if negation.is_not_an_instruction(request, said.politely_reduced()):
        return None
    return request


def name_words(scene: SentenceContext) -> frozenset[str]:
    """The words that names in the books are made of."""
    return scene.names.words
