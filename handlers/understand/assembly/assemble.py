"""What a message asks for, where no phrase of the grammar says it: the classifier's guess and the values in the
sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.requests import (
    CHANGES,
    Categories,
    Greeting,
    Help,
    Movements,
    NotOffered,
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
from handlers.understand.assembly import orders, questions
from handlers.understand.assembly.accounting import unaccounted
from handlers.understand.assembly.material import Material
from handlers.understand.intents.classifier import Intent, classify
from handlers.understand.tagging.tags import tagged
from handlers.understand.text.sentence import NeedsClarification, Sentence, SlotMismatch
from handlers.understand.text.sentence_context import SentenceContext
from handlers.wording import clarifying_questions

LEAST = 0.5
"""Below this probability nothing is made of the guess."""
SURE = {"questions": 0.6, "asking": 0.75, "changes": 0.85}
"""From these on a question is answered, a strange word is asked about, and what changes the books is done."""

TOPICS: dict[str, Topic] = {
    "mileage": "mileage", "budget": "budget", "fees": "fees", "tax": "tax", "activity": "activity", "unusual": "unusual",
    "hold": "hold",
}  # fmt: skip
PLAIN: dict[str, type] = {
    "waiting": Waiting, "movements": Movements, "categories": Categories, "rules": ShowApprovalRules, "help": Help,
    "greeting": Greeting, "thanks": Thanks, "here": SendNoticesHere, "reopen": ReopenPeriod,
    "withdraw_file": WithdrawPaymentFile,
}  # fmt: skip
"""Labels whose requests have no values."""


@dataclass(frozen=True)
class Assembled:
    """What came of a sentence: the request (None where nothing can be made of it), the guess behind it, the
    sentence with
    its values marked, and what nobody accounted for."""

    request: Understood | None
    intent: Intent
    template: str
    strange: tuple[str, ...] = ()


def assembled(said: Sentence, scene: SentenceContext) -> Assembled:
    """The request that a sentence makes. Never raises for what it says: a part that is unclear becomes a question."""
    intent = classify(tagged(said, scene, "due").template)
    tags = tagged(said, scene, "past" if intent.label in questions.PAST else "due")
    material = Material(said, tags, scene, intent.side)
    if tags.template in ("<party>", "<party> ?") and tags.tags[0].kind == "party":
        intent = Intent("find", None, 1.0, ())  # a name alone: what there is from them
    if intent.probability < LEAST or intent.label == "none":
        return Assembled(None, intent, tags.template)
    try:
        request = _built(material, intent.label)
    except NeedsClarification as question:
        return Assembled(Unclear(str(question), question.suggestions), intent, tags.template)
    except SlotMismatch:
        return Assembled(None, intent, tags.template)
    strange = unaccounted(material, intent.label)
    if request is not None and strange:
        asked_about = Unclear(clarifying_questions.not_accounted(strange[0]), strange=True)
        request = asked_about if intent.probability >= SURE["asking"] else None
    return Assembled(_weighed(request, intent), intent, tags.template, strange)


def _built(material: Material, label: str) -> Understood | None:
    build = questions.BUILDERS.get(label) or orders.BUILDERS.get(label)
    if build is not None:
        made: Understood = build(material)  # type: ignore[assignment]
        return made
    if label in PLAIN:
        material.drop("account", "period")  # "open items on the bank", "open May again"
        plain: Understood = PLAIN[label]()
        return plain
    if label in TOPICS:
        tag = material.peek("party")
        for kind in ("party", "bill", "period", "day", "amount", "number", "person", "account", "category"):
            material.take_all(kind)
        name = str(tag.value[0]) if tag and isinstance(tag.value, tuple) and len(tag.value) == 1 else None
        return NotOffered(TOPICS[label], name)
    return None


def _weighed(request: Understood | None, intent: Intent) -> Understood | None:
    """The request, where the guess is sure enough for it."""
    changes = isinstance(request, CHANGES)
    if request is None or intent.probability >= SURE["changes" if changes else "questions"]:
        return request
    return None
