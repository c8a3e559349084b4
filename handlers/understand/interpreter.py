"""Plain words → a request.

Two readers look at a sentence: `by_phrases` knows phrases word by word, `assembly` takes the classifier's guess of what is
asked and the values found anywhere in the sentence, and lets no word pass that nobody accounted for. Where they agree, or
only one knows the sentence, that is it; where they differ, the surer one; in doubt the person is asked.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from handlers.language.translation import Language
from handlers.requests import (
    CHANGES,
    Amend,
    Find,
    Greeting,
    Help,
    Invite,
    Pay,
    Prepay,
    Request,
    SeveralRequests,
    Thanks,
    Unclear,
    Understood,
    Unknown,
    Why,
)
from handlers.requests.labels import label_of
from handlers.understand import by_phrases
from handlers.understand.assembly.assemble import Assembled, assembled
from handlers.understand.dialogue import followups, list_references, negation
from handlers.understand.dialogue.several_requests import split_requests
from handlers.understand.dialogue.suggestions import nearest
from handlers.understand.readers import commands
from handlers.understand.text.sentence import NeedsClarification, Sentence, sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.text.words import ONLY, fold
from handlers.understand.values import names

MOST_WORDS = 60
"""Longer texts are letters, not requests."""

MOST_TEXT = 2
"""More words than these are no text to look for, but a sentence that nobody understood."""

SURER, SUREST = 0.8, 0.95
"""From these probabilities on the classifier's guess counts more than another phrase that fits: what it makes of the sentence,
and that it can make nothing of it."""


def understand(text: str, scene: SentenceContext) -> Understood:
    """What a person asks for. Never raises, whatever the text.

    The labels and questions of the answer are worded in the language that is spoken
    (`handlers.language.translation.speaking`).
    """
    said = sentence(text, name_words(scene))
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
        if _affirms(part, said):
            return Thanks()
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


def _affirms(part: Sentence, said: Sentence) -> bool:
    """Whether a part is but an "ok?" or "ja" after something else, which confirms nothing."""
    return part.words[0] is not said.words[0] and part.plain in _AFFIRMATIONS


_AFFIRMATIONS = frozenset(
    {"ja", "yes", "ok", "okay", "yeah", "yep", "jo", "right", "gell", "oder", "ne", "bitte", "please", "k"}
)


def _exchange(said: Sentence, scene: SentenceContext) -> Request | None:
    """An exchange is one request, although "we got 5400 USD" could be one of its own."""
    request = by_phrases.phrased(said.politely_reduced(), scene, only="exchange")
    return None if request is None or negation.is_not_an_instruction(request, said) else request


def _request(said: Sentence, scene: SentenceContext) -> Understood | None:
    """What one sentence asks for, by the surer of the two readers. Raises: NeedsClarification."""
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
    made = _instructed(guessed.request, said)
    phrased = _instructed(phrased, said)
    if phrased is None:
        if question is not None and not _answers(made, guessed, question, said, scene):
            raise question
        return made
    return _surer(phrased, made, guessed, scene)


def _surer(
    phrased: Understood, made: Understood | None, guessed: Assembled, scene: SentenceContext
) -> Understood | None:
    """One of two readings of the same sentence."""
    alike = _alike(label_of(phrased), guessed.intent.label)
    sure = guessed.intent.probability >= SURER
    if isinstance(phrased, SeveralRequests | Invite) or (isinstance(phrased, Amend) and _corrects(guessed, scene)):
        return phrased
    if strange_names(phrased, scene):
        return made
    if made is None:
        # sure of another request, of which nobody could make anything: then it is not this one either
        loose = isinstance(phrased, Amend) or (
            isinstance(phrased, Pay) and not (phrased.discounted or phrased.rest != "open")
        )
        return None if sure and not alike and loose else phrased
    if isinstance(made, Unclear):
        if alike or made.strange:  # a phrase accounts for its words itself
            return phrased
        return made if guessed.intent.probability >= SUREST or isinstance(phrased, CHANGES) else phrased
    if isinstance(made, Why) and made.bill_hint:
        return made
    if isinstance(made, Pay) and isinstance(phrased, Pay) and (phrased.rest, phrased.discounted) == ("open", False):
        return made  # which way the money went, and what is a number or an amount, phrases do not tell
    if type(made) is type(phrased):
        return fuller(phrased, made)
    if sure and hasattr(made, "side") and hasattr(phrased, "side") and made.side != phrased.side:
        return made
    return phrased if alike or not sure or made == Find() else made


def _corrects(guessed: Assembled, scene: SentenceContext) -> bool:
    """Whether words that fit a correction are one: of the bill in focus, or where they could only ask something else."""
    return bool(scene.known) or guessed.intent.label in ("amend", "due", "tax")


def _answers(
    made: Understood | None, guessed: Assembled, question: NeedsClarification, said: Sentence, scene: SentenceContext
) -> bool:
    """Whether a guess counts although a phrase fits but for one part, which would be asked about."""
    if question.corrects and guessed.intent.label != "amend" and not (scene.known and made is None):
        return True  # any words with a figure in them could be a correction
    if made is None:
        return False
    if isinstance(made, Help | Greeting | Thanks) or (scene.last.question and followups.starts_follow_up(said)):
        return False
    return not isinstance(made, Unclear) or guessed.intent.probability >= SURER


def strange_names(request: Understood, scene: SentenceContext) -> bool:
    """Whether a request is about somebody, or a bill, whom the books do not know. Whoever is paid ahead may be new."""
    if not scene.names.vendors or isinstance(request, Prepay):
        return False
    if isinstance(request, Find) and len((request.text or "").split()) > MOST_TEXT:
        return True
    return any(_is_strange(name, scene) for one in _NAMES if isinstance(name := getattr(request, one, None), str))


def _is_strange(name: str, scene: SentenceContext) -> bool:
    if name in scene.names.numbers or names.vendors(sentence(name), scene):
        return False
    return not (" " not in name and any(sign.isdigit() for sign in name))


def _alike(one: str, other: str) -> bool:
    return one == other or any({one, other} <= family for family in _FAMILIES)


def fuller(phrased: Understood, made: Understood) -> Understood:
    """The one of two readings as the same request that says more; what only one says goes along with the other.

    Where they contradict each other the phrase counts, but for names: those that the books know are better than words.
    """
    changed: dict[str, Any] = {}
    for one in fields(phrased):
        mine, other = getattr(phrased, one.name), getattr(made, one.name)
        if mine == other or one.name in _WORDED:
            continue
        if (
            mine is None
            or mine == one.default
            or (isinstance(mine, str) and isinstance(other, str) and one.name in _NAMES)
        ):
            changed[one.name] = other
    if not changed:
        return phrased
    worded = {name: getattr(made, name) for name in _WORDED if hasattr(made, name) and getattr(made, name)}
    return replace(phrased, **changed, **(worded if changed.keys() - {"side"} else {}))


_FAMILIES = (
    {"due", "owed"}, {"show_bill", "show_original"}, {"categorise", "book_movement"}, {"confirm", "approve"},
    {"remind", "snooze", "reminders"},
)  # fmt: skip
"""Labels that differ by what is in focus, or by a word or two, which phrases know better."""
_WORDED = frozenset({"label"})
"""Fields that repeat others in words."""
_NAMES = frozenset({"vendor", "bill_hint", "party"})


def _is_elsewhere(guessed: Assembled, label: str) -> bool:
    """Whether the sentence is surely about something else than this."""
    return guessed.intent.label != label and guessed.intent.probability >= SURER


def _instructed(request: Understood | None, said: Sentence) -> Understood | None:
    """The request, unless it would do what the words only ask about, deny, or make depend on something."""
    return None if negation.is_not_an_instruction(request, said.politely_reduced()) else request


def name_words(scene: SentenceContext) -> frozenset[str]:
    """The words that names in the books are made of."""
    called = (*scene.names.vendors.values(), *scene.names.accounts, *scene.names.categories, *scene.names.people)
    return frozenset(word for name in called for word in fold(name).split())
