"""A request held against its sentence once more, whichever reader made it: whom it leaves out, which way the money
goes, whether it lies ahead, and whether a word that names a currency, or nothing at all, was taken for a value.

A question is put right where the sentence says how; else it is asked what was meant.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from handlers.requests import (
    Allocate,
    Amend,
    Categorise,
    Due,
    Find,
    Income,
    Owed,
    Payments,
    Profit,
    Remind,
    Settled,
    Understood,
)
from handlers.understand.tagging.tag import Tag
from handlers.understand.tagging.tags import tagged
from handlers.understand.text.sentence import NeedsClarification, Sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.text.words import FIELDS, fold
from handlers.understand.values.amounts import Amount
from handlers.understand.values.currencies import meant
from handlers.understand.values.dates import Sense
from handlers.understand.values.periods import Period
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
    r"\b(?:offset|set (?:\S+ )?off|net|netting|apply|use|deduct|allocate|settle|credit (?:it|this|that|them)|against|"
    r"knock|take|match|\w*rechne\w*|verrechn\w*|abzieh\w*|zieh|anwenden|einlos\w*|gegen|nutz\w*|verwende\w*|abgezogen)\b"
)
"""Without one of these nobody orders that a credit note be set off."""
_NOBODY = frozenset({"nothing", "nichts", "nobody", "niemand", "received", "bekommen", "erhalten"})
"""Words that no name of somebody new is made of."""
_LINK = re.compile(
    r"\b(?:is|was|should|must|to|=|ist|war|sollte|soll|muss|lautet|auf|change|set|not|nicht|it|sie|new)\b"
)


def looked_at_again(request: Understood | None, said: Sentence, scene: SentenceContext) -> Understood | None:
    """The request as its sentence has it. Raises: NeedsClarification where the sentence says something else."""
    if isinstance(request, Find) and request.text and (bare := _OPENERS.sub("", request.text)) != request.text:
        request = replace(request, text=bare, label=request.label.replace(request.text, bare))
    if isinstance(request, Find) and request.text and _is_no_text(request):
        raise NeedsClarification(clarifying_questions.not_accounted(request.text))
    if isinstance(request, Amend):
        return _corrected(request, said, scene)
    if isinstance(request, Allocate) and not _SETS_OFF.search(said.plain):
        raise NeedsClarification(clarifying_questions.not_accounted(said.text))  # "credit notes from Print24"
    if isinstance(request, Payments):
        request = _ahead(request, scene)
    if isinstance(request, Due | Owed | Payments) and request.side == "payable" and _COMES_IN.search(said.plain):
        return _to_us(request, said)
    if isinstance(request, Find) and _contradicts(request):
        raise NeedsClarification(clarifying_questions.not_accounted(said.text))  # "over 1000 or under 10"
    if isinstance(request, _OF_VALUES) and (lost := _lost(request, said, scene)):
        raise NeedsClarification(clarifying_questions.not_accounted(lost))
    if isinstance(request, Remind) and (often := _EVERY.search(said.plain)):
        raise NeedsClarification(clarifying_questions.not_accounted(often[0]))  # a reminder comes once
    if (
        isinstance(request, Due)
        and request.since
        and request.since == request.until
        and _was_open(request, said, scene)
    ):
        raise NeedsClarification(clarifying_questions.not_accounted(request.label))
    if isinstance(request, Due):
        request = _of_bills_from(request, said, scene)
    if isinstance(request, Remind) and fold(request.text or "") in map(fold, scene.names.people):
        raise NeedsClarification(
            clarifying_questions.not_accounted(request.text or "")
        )  # others are reminded by nobody
    whom = getattr(request, "vendor", None) or getattr(request, "bill_hint", None)
    if whom and not isinstance(request, Categorise) and {whom, fold(whom)} & _left_out(said, scene):
        raise NeedsClarification(clarifying_questions.not_accounted(whom))
    return request


_OF_VALUES = Due | Find | Payments | Income | Profit | Settled
"""Questions that every time and amount of a message narrows down."""


def _lost(request: Any, said: Sentence, scene: SentenceContext) -> str | None:
    """A time or an amount of the message that is in no value of the request, as it was written; None for none, whether
    days without a year lie ahead or behind."""
    values = {str(getattr(request, one.name)) for one in fields(request)}
    lost = [written for sense in _SENSES if (written := _lost_of(values, tagged(said, scene, sense).tags, said))]
    return lost[0] if len(lost) == len(_SENSES) else None


_SENSES: tuple[Sense, ...] = ("due", "past")


def _lost_of(values: set[str], tags: tuple[Tag, ...], said: Sentence) -> str | None:
    sums = {Decimal(value) for value in values if _SUM.fullmatch(value)}
    for tag in tags:
        written = said.part(tag.start, tag.end).text
        day = tag.kind in ("day", "period") and values.isdisjoint(str(day) for day in _ends(tag.value) if day)
        amount = isinstance(tag.value, Amount) and Decimal(tag.value.value) not in sums and written not in values
        if day or amount:
            return written
    return None


_SUM = re.compile(r"\d+(?:\.\d+)?")


def _ends(when: object) -> tuple[object, object]:
    return (when.since, when.until) if isinstance(when, Period) else (when, when)


def _of_bills_from(request: Due, said: Sentence, scene: SentenceContext) -> Due:
    """ "How much of the May invoices is unpaid?": a month before its bills, that is over, is when they were issued."""
    for tag in tagged(said, scene, "past").tags:
        when = tag.value
        after = said.words[tag.end].plain if tag.end < len(said) else ""
        if not isinstance(when, Period) or after not in _BILLS or _FALLS_DUE.search(said.plain):
            continue
        if (
            when.since
            and when.until
            and when.until < scene.today
            and (request.since, request.until) == (when.since, when.until)
        ):
            return replace(request, since=None, until=None, issued_since=when.since, issued_until=when.until)
    return request


def _was_open(request: Due, said: Sentence, scene: SentenceContext) -> bool:
    """ "What was still open at the end of May?": not what fell due that very day."""
    return bool(request.since and request.since < scene.today) and not _FALLS_DUE.search(said.plain)


_EVERY = re.compile(
    r"\b(?:every|each|jede[nsmr]?) (?:(?:other|second|zweite[nrs]?) )?(?:\w*day|week|month|quarter|year|morning|\w*tag|"
    r"woche|monat|quartal|jahr|morgen|mittwoch)s?\b"
)
_BILLS = frozenset({"bills", "invoices", "rechnungen", "belege"})
_FALLS_DUE = re.compile(r"\b(?:due|payable|fallig\w*|zahlbar)\b")


def _contradicts(request: Find) -> bool:
    least, most = request.at_least, request.at_most
    return bool(least and most) and Decimal(least or 0) > Decimal(most or 0)


def _is_no_text(request: Find) -> bool:
    """ "Number *of vendors*", "more than 500 *vat*", "bills in *dollars*": words that nobody searches for."""
    words = fold(request.text or "").split()
    named = any(" ".join(words) in called for called in FIELDS.values())
    behind = len(words) > 1 and words[0] in _PREPOSITIONS
    return behind or (named and bool(request.at_least or request.at_most)) or all(map(meant, words))


_OPENERS = re.compile(
    r"^(?:(?:the |der |dem )?(?:number|nummer|word|wort|text)|mentioning|containing|saying|called|named|namens) (?=\S)",
    re.IGNORECASE,
)
"""What only says that a text follows."""
_PREPOSITIONS = frozenset({"of", "von", "vom", "than", "als", "by", "per", "pro"})


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
        if one.field == "vendor" and len(words) > 1 and not _LINK.search(said.plain) and _NOBODY.intersection(words):
            return None
    only = request.changes[0] if len(request.changes) == 1 else None
    if only and only.field == "number" and only.value and not (scene.known or _LINK.search(said.plain)):
        if not any(sign.isdigit() for sign in only.value):
            return None
        return Find(only.value, label=period_names.found("", only.value, None, None, None))
    return request


def _left_out(said: Sentence, scene: SentenceContext) -> frozenset[str]:
    """The parties that a sentence leaves out."""
    tags = tagged(said, scene).tags
    out = [tag for tag in tags if tag.kind == "party" and tag.excluded]
    told = {fold(said.part(tag.start, tag.end).text) for tag in out}
    again = {str(name) for tag in tags if tag.kind == "party" and not tag.excluded for name in tag.names}
    return frozenset({str(name) for tag in out for name in tag.names} - again | told)
