"""A request held against its sentence once more, whichever reader made it: whom it leaves out, which way the money
goes, whether it lies ahead, and whether a word that names a currency, or nothing at all, was taken for a value.

A question is put right where the sentence says how; else it is asked what was meant.
"""

from __future__ import annotations

import re
from dataclasses import replace

from handlers.requests import Allocate, Amend, Due, Find, Owed, Payments, Understood
from handlers.understand.tagging.tags import tagged
from handlers.understand.text.sentence import NeedsClarification, Sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.text.words import fold
from handlers.understand.values.currencies import meant
from handlers.wording import clarifying_questions, period_names

_COMES_IN = re.compile(
    r"\b(?:(?:money|cash|payments?|amounts?|sums?) (?:\S+ ){0,2}?(?:coming in|come in|comes in|to come in|incoming)"
    r"|incoming (?:money|cash|payments?)|(?:owe|owes|owed|owing|pay|pays|paying) (?:to )?us\b"
    r"|(?:geld|zahlungen) (?:\S+ ){0,3}?(?:rein|herein|reinkommen|hereinkommen|eingehen)"
    r"|(?:zahlungs|geld)eing(?:a|ae)ng\w*|schulde[tn] uns|zahl(?:t|en) uns)\b"
)
"""What is said of money that others pay us."""
_GOES_OUT = re.compile(r"\b(?:we|i|wir|ich) (?:\S+ )?(?:owe|pay|schulden|zahlen|bezahlen)\b")
_SETS_OFF = re.compile(
    r"\b(?:offset|set off|net|netting|apply|use|deduct|allocate|settle|credit (?:it|this|that|them)|against|knock|take|"
    r"match|\w*rechne\w*|verrechn\w*|abzieh\w*|zieh|anwenden|einlos\w*|gegen|nutz\w*|verwende\w*|abgezogen)\b"
)
"""Without one of these nobody orders that a credit note be set off."""
_NOBODY = frozenset({
    "nothing", "nichts", "nobody", "niemand", "never", "nie", "not", "nicht", "received", "bekommen", "erhalten", "got",
    "yet", "noch", "paid", "bezahlt", "gezahlt", "owes", "schuldet", "due", "fallig", "overdue", "uberfallig",
})  # fmt: skip
"""Words that no name of somebody new is made of."""
_LINK = re.compile(
    r"\b(?:is|was|should|must|to|=|ist|war|sollte|soll|muss|lautet|auf|change|set|not|nicht|it|sie|new)\b"
)


def looked_at_again(request: Understood | None, said: Sentence, scene: SentenceContext) -> Understood | None:
    """The request as its sentence has it. Raises: NeedsClarification where the sentence says something else."""
    if isinstance(request, Find) and request.text and all(meant(word) for word in fold(request.text).split()):
        raise NeedsClarification(clarifying_questions.not_accounted(request.text))  # "bills in dollars"
    if isinstance(request, Amend):
        return _corrected(request, said, scene)
    if isinstance(request, Allocate) and not _SETS_OFF.search(said.plain):
        raise NeedsClarification(clarifying_questions.not_accounted(said.text))  # "credit notes from Print24"
    if isinstance(request, Payments):
        request = _ahead(request, scene)
    if isinstance(request, Due | Owed | Payments) and request.side == "payable" and _COMES_IN.search(said.plain):
        return _to_us(request, said)
    if isinstance(request, Due | Find) and request.vendor in _left_out(said, scene):
        raise NeedsClarification(clarifying_questions.not_accounted(request.vendor or ""))
    return request


def _ahead(request: Payments, scene: SentenceContext) -> Due | Payments:
    """ "Outgoing payments next week": money that has yet to move is what is due then."""
    if request.since is None or request.since <= scene.today or request.account:
        return request
    label = period_names.condition(request.label, request.vendor, None, request.side)
    return Due(request.until, request.since, vendor=request.vendor, label=label, side=request.side)


def _to_us(request: Due | Owed | Payments, said: Sentence) -> Due | Owed | Payments:
    """The same of what others pay us. Raises: NeedsClarification where somebody is named, or "we owe" stands there."""
    party = request.party if isinstance(request, Owed) else request.vendor
    if party or _GOES_OUT.search(said.plain):
        raise NeedsClarification(clarifying_questions.which_side())
    return replace(request, side="receivable")


def _corrected(request: Amend, said: Sentence, scene: SentenceContext) -> Amend | Find | None:
    """A correction; "invoice no 058" with no bill in view looks for it, and nobody is called "Umbrella nothing"."""
    for one in request.changes:
        words = fold(one.value or "").split()
        if one.field == "vendor" and len(words) > 1 and _NOBODY.intersection(words):
            return None
    only = request.changes[0] if len(request.changes) == 1 else None
    if only and only.field == "number" and only.value and not (scene.known or _LINK.search(said.plain)):
        return Find(only.value, label=period_names.found("", only.value, None, None, None))
    return request


def _left_out(said: Sentence, scene: SentenceContext) -> frozenset[str]:
    """The parties that a sentence leaves out."""
    tags = tagged(said, scene).tags
    return frozenset(str(name) for tag in tags if tag.kind == "party" and tag.excluded for name in tag.names)
