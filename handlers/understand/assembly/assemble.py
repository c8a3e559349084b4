"""What a message asks for, where no phrase of the grammar says it: the classifier's guess and the values in the
sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from handlers.requests import (
    CHANGES,
    Categories,
    Find,
    Greeting,
    Help,
    Movements,
    NotOffered,
    Pay,
    ReopenPeriod,
    SendNoticesHere,
    ShowApprovalRules,
    Thanks,
    Topic,
    Unclear,
    Understood,
    Waiting,
    WithdrawPaymentFile,
)
from handlers.understand.assembly import bills, decisions, flows, names_told, owing, payments, settings
from handlers.understand.assembly.accounting import OPERATORS, unaccounted
from handlers.understand.assembly.guesses import LEAST_NEXT, next_guesses, surest
from handlers.understand.assembly.material import Material
from handlers.understand.intents.classifier import Intent, classify
from handlers.understand.intents.vocabulary import all_words
from handlers.understand.tagging.tags import Tags, tagged
from handlers.understand.text.sentence import NeedsClarification, Sentence, SlotMismatch, sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.text.words import fold
from handlers.understand.values.periods import Period
from handlers.wording import clarifying_questions, period_names

LEAST = 0.5
"""Below this probability nothing is made of the guess."""
SUREST_FIRST = 0.9
"""From this probability on only the likeliest guess is tried."""
SURE = {"questions": 0.6, "asking": 0.75, "changes": 0.85}
"""From these on a question is answered, a strange word is asked about, and what changes the books is done."""

TOPICS: dict[str, Topic] = {
    "fees": "fees", "activity": "activity",
}  # fmt: skip
BUILDERS = {
    **owing.BUILDERS,
    **flows.BUILDERS,
    **bills.BUILDERS,
    **payments.BUILDERS,
    **decisions.BUILDERS,
    **settings.BUILDERS,
    **names_told.BUILDERS,
}
"""Label → what makes the request of the values in the sentence."""

PAST = frozenset({
    "payments", "spend", "income", "profit", "find", "settled", "show_original", "balance", "history", "paid",
    "received",
    "prepay", "transfer", "tax", "activity", "mileage", "unusual", "export", "close", "open", "trial_balance",
})  # fmt: skip
"""Labels about what was: "in May" is the last one."""

PLAIN: dict[str, type] = {
    "waiting": Waiting, "movements": Movements, "categories": Categories, "rules": ShowApprovalRules, "help": Help,
    "greeting": Greeting, "thanks": Thanks, "here": SendNoticesHere, "reopen": ReopenPeriod,
    "withdraw_file": WithdrawPaymentFile,
}  # fmt: skip
"""Labels whose requests have no values."""


@dataclass(frozen=True)
class Assembled:
    """What came of a sentence: the request (None where nothing can be made of it), the guess behind it, the sentence
    with its values marked, and what nobody accounted for."""

    request: Understood | None
    intent: Intent
    template: str
    strange: tuple[str, ...] = ()
    unsure: Understood | None = None
    """A change that is whole, but not sure enough to be made."""
    but_for_strange: Understood | None = None
    """What it would be without the words that nobody accounted for."""


def assembled(said: Sentence, scene: SentenceContext, *, whole: bool = False) -> Assembled:
    """The request that a sentence makes. Never raises for what it says: a part that is unclear becomes a question.

    Where the likeliest guess leaves words over, the next likely ones are tried: a question that accounts for every word
    is the better reading. `whole` makes nothing of a sentence with strange words.
    """
    ahead = tagged(said, scene, "due")
    intent = surest(ahead.template)
    first = _agreed(_of_guess(intent, ahead, said, scene, whole=whole), ahead, said, scene)
    if not first.strange or intent.probability >= SUREST_FIRST:
        return first
    for other in next_guesses(ahead.template, intent):
        made = _of_guess(other, ahead, said, scene, whole=True, least=LEAST_NEXT)
        if made.unsure is not None and not isinstance(made.unsure, (Unclear, *CHANGES)):
            return replace(made, request=made.unsure, unsure=None)
    return first


def _agreed(first: Assembled, ahead: Tags, said: Sentence, scene: SentenceContext) -> Assembled:
    """The first guess, as sure as all that come to the same request: that Globex "paid" and that we "received" it."""
    if first.unsure is None:
        return first
    chance = first.intent.probability
    for label, probability in first.intent.others:
        other = _of_guess(classify(ahead.template, label), ahead, said, scene, whole=True, least=0)
        if first.unsure in (other.request, other.unsure):
            chance += probability
    if not _is_sure(first.unsure, chance, said):
        return first
    return replace(first, request=first.unsure, unsure=None, intent=replace(first.intent, probability=chance))


def possible(said: Sentence, scene: SentenceContext) -> Iterator[Understood]:
    """Questions that a sentence may ask, the likeliest first, also those of which some words are left over."""
    ahead = tagged(said, scene, "due")
    first = classify(ahead.template)
    for guess in (first, *next_guesses(ahead.template, first)):
        made = _of_guess(guess, ahead, said, scene, whole=True, least=LEAST_NEXT)
        request = made.request or made.unsure or made.but_for_strange
        if request is not None and not isinstance(request, (Unclear, *CHANGES)):
            yield request


def _of_guess(
    intent: Intent, ahead: Tags, said: Sentence, scene: SentenceContext, *, whole: bool, least: float = LEAST
) -> Assembled:
    """The request of one guess."""
    tags = _dated(ahead, said, scene, intent.label)
    material = Material(said, tags, scene, intent.side, intent.side_share)
    if (alone := _ONE_BY_NAME.fullmatch(tags.template)) and tags.tags[0].kind in ("party", "bill"):
        label = "show_bill" if alone["bill"] else "find"
        intent = Intent(label, None, 1.0, ())  # a name, or a number, alone: what there is of it
    if intent.probability < least or intent.label == "none":
        return Assembled(None, intent, tags.template)
    try:
        request = _built(material, intent.label)
    except NeedsClarification as question:
        return Assembled(Unclear(str(question), question.suggestions), intent, tags.template)
    except SlotMismatch:
        return Assembled(None, intent, tags.template)
    honest = isinstance(request, NotOffered) and intent.probability >= SURE["questions"]
    strange = () if honest else unaccounted(material, intent.label)  # what Billify does instead is the same for all
    if isinstance(request, Find) and strange and _names_nobody(request) and (text := _looked_for(said, strange)):
        label = period_names.found(request.label, text, None, None, None)
        request, strange = replace(request, text=text, label=label), ()
    if request is not None and strange:
        about = None if whole else _asked_about(strange, request, said, scene, intent)
        return Assembled(about, intent, tags.template, strange, but_for_strange=request)
    sure = _is_sure(request, intent.probability, said)
    return Assembled(request if sure else None, intent, tags.template, unsure=None if sure else request)


def _is_sure(request: Understood | None, chance: float, said: Sentence) -> bool:
    if isinstance(request, Pay) and not payments.tells(said):
        return False
    return chance >= SURE["changes" if isinstance(request, CHANGES) else "questions"]


_ONE_BY_NAME = re.compile(r"<party>(?P<bill> (?:bill|invoice|rechnung|beleg))?(?: \?)?")
""" "Acme", "Acme bill?"."""


def _asked_about(
    strange: tuple[str, ...], request: Understood, said: Sentence, scene: SentenceContext, intent: Intent
) -> Unclear | None:
    """What the first strange word means; a question is offered as it is without these words."""
    if intent.probability < SURE["asking"] or len(strange) >= len(said):
        return None  # nothing that anybody knows
    rest = () if isinstance(request, CHANGES) else _without(strange, said, scene)
    word = strange[0]
    name = word.isalpha() and intent.label in ABOUT_PARTIES and fold(word) not in all_words()
    question = clarifying_questions.nobody_called(word) if name else clarifying_questions.not_accounted(word)
    return Unclear(question, rest, strange=True, stranger=name)


def _without(strange: tuple[str, ...], said: Sentence, scene: SentenceContext) -> tuple[str, ...]:
    """The sentence without its strange words, where it then is a whole question."""
    left = {(word.start, word.end) for word in said.words if {word.plain, said.text_of(word)}.isdisjoint(strange)}
    kept = [said.raw[start:end] for start, end in sorted(left)]
    shorter = " ".join(kept)
    if len(strange) > MOST_STRANGE or not kept or any(word.plain in OPERATORS for word in said.words):
        return ()  # without it, "except Acme" would mean something else
    made = assembled(sentence(shorter, frozenset(word.plain for word in said.words)), scene, whole=True)
    return (shorter,) if made.request is not None and not isinstance(made.request, Unclear) else ()


def _looked_for(said: Sentence, strange: tuple[str, ...]) -> str | None:
    """The words to look for, "desk chairs" of "the bill with, um, desk chairs on it"; None for words that are not said
    to be in a bill.
    """
    places = [n for n, word in enumerate(said.words) if said.text_of(word) in strange]
    if not places or len(places) > MOST_STRANGE or places[-1] - places[0] >= MOST_STRANGE:
        return None
    before = [word.plain for word in said.words[: places[0]] if word.plain not in _HESITATIONS][-1:]
    return said.part(places[0], places[-1] + 1).text.strip(" \"'“”„.,;:?!") if _WITHIN.intersection(before) else None


_HESITATIONS = frozenset({
    "um", "uh", "er", "eh", "ah", "ahm", "a", "an", "the", "some", "so", "ein", "eine", "einen", "einem", "einer",
    "der", "dem",
})  # fmt: skip
"""What may stand between such a word and what is looked for."""
_WITHIN = frozenset({
    "with", "w", "for", "mentions", "mentioning", "mention", "about", "containing", "contains", "says", "saying",
    "called", "named", "search", "find", "bought", "ordered", "on", "word", "text", "mit", "uber", "nach", "namens",
    "wegen", "suche", "such", "finde", "wort", "fur", "zu", "enthalt", "zum", "zur",
})  # fmt: skip
"""Words after which one says what is written in a bill."""


def _names_nobody(request: Find) -> bool:
    """Whether bills are looked for without a text or an amount: then strange words are what is looked for."""
    return not (request.text or request.person or request.at_least or request.at_most)


MOST_STRANGE = 2
ABOUT_PARTIES = frozenset({
    "paid", "received", "pay", "hold", "owed", "settled", "confirm", "approve", "refuse", "prepay", "allocate", "party",
    "payment_code", "payments", "show_bill", "show_original", "history",
})  # fmt: skip
"""Labels that are mostly about somebody: a word that nobody ever said is then a name."""


def _dated(ahead: Tags, said: Sentence, scene: SentenceContext, label: str) -> Tags:
    """The values in the sentence, days without a year read as the label has them; a balance is asked of either side.

    `ahead` are they with those days to come.
    """
    if label not in PAST:
        return ahead
    past = tagged(said, scene, "past")
    if any(word.plain in _WAS for word in said.words[1:]):
        return past
    return min(past, ahead, key=lambda found: _distance(found, scene)) if label == "balance" else past


_WAS = frozenset({"was", "were", "had", "war", "waren", "hatte", "hatten"})
"""What is said of a balance that was, but for the "was" that begins German questions."""


def _distance(tags: Tags, scene: SentenceContext) -> int:
    """How many days away the last day is that is said; 0 for none."""
    days = [
        tag.value.until if isinstance(tag.value, Period) else tag.value
        for tag in tags.tags
        if tag.kind in ("day", "period")
    ]
    return max((abs((day - scene.today).days) for day in days if isinstance(day, date)), default=0)


def _built(material: Material, label: str) -> Understood | None:
    build = BUILDERS.get(label)
    if build is not None:
        made: Understood = build(material)  # type: ignore[assignment]
        return made
    if label in PLAIN:
        material.drop("account", "period", "day")  # "open items on the bank", "open May again", "yesterday's file"
        if label == "rules":
            material.drop("person")  # "from what amount does Anna have to sign?"
        plain: Understood = PLAIN[label]()
        return plain
    if label in TOPICS:
        tag = material.peek("party")
        for kind in ("party", "bill", "period", "day", "amount", "number", "person", "account", "category"):
            material.take_all(kind)
        name = str(tag.value[0]) if tag and isinstance(tag.value, tuple) and len(tag.value) == 1 else None
        return NotOffered(TOPICS[label], name)
    return None
