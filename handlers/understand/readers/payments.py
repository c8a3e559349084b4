"""Payments: "paid", "paid 500 from cash yesterday", "habe ich am 3. März bar bezahlt"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from handlers.requests import Pay
from handlers.understand.text.sentence import NeedsClarification, Sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.text.words import VOCABULARY
from handlers.understand.values import names
from handlers.understand.values.amounts import Amount, amount
from handlers.understand.values.dates import day
from handlers.wording import clarifying_questions

_PAID = frozenset({
    "paid", "payed", "bezahlt", "gezahlt", "uberwiesen", "ueberwiesen", "beglichen", "transferred", "settled",
})  # fmt: skip
_ASKS = frozenset({
    "is", "was", "has", "have", "did", "ist", "wurde", "haben", "what", "when", "who", "which", "wann", "wer", "hat",
    "how", "welche", "wie",
})  # fmt: skip
_ALL = frozenset({"all", "everything", "alle", "alles", "both", "beide"})
_MARKS = frozenset({"mark", "markiere", "markieren"})
_DENIES = frozenset({"not", "never", "nicht", "nie", "no", "kein", "keine", "partly", "half", "teilweise"})
_BY = (
    "my",
    "a",
    "company",
    "from",
    "in",
    "with",
    "by",
    "via",
    "per",
    "out of",
    "aus",
    "von",
    "mit",
    "vom",
    "our",
    "the",
    "der",
    "dem",
)
_FILLERS = frozenset({
    "us", "uns",
    "i", "we", "it", "this", "that", "the", "bill", "invoice", "full", "in", "of", "all", "off", "already", "on",
    "to", "es", "for", "an", "a", "our", "via", "der", "das", "den", "am", "die", "rechnung", "sie", "ich", "wir",
    "is", "was", "has", "been", "have", "just", "mark", "as", "habe", "haben", "hab", "ist", "wurde", "schon",
    "bereits", "als", "got", "set", "fully", "markieren", "diese", "now", "hat", "rest", "remaining", "remainder",
    "my", "with", "from", "by", "von", "mit", "bei",
})  # fmt: skip
MOST_NAME_WORDS = 4
"""A longer rest is a sentence about something else."""
MOST_PART_WORDS = 7


@dataclass(frozen=True)
class PaymentParts:
    """What a payment was, None where it was not said; `vendor` is the name that was left over."""

    amount: Amount | None = None
    account: str | None = None
    on: date | None = None
    vendor: Sentence | None = None


def pay(said: Sentence, scene: SentenceContext) -> Pay | None:
    """A payment that was made; None for questions, denials and other sentences.

    Raises: Puzzled when its amount could be two numbers, or its day is impossible or still to come.
    """
    words = {word.plain for word in said.words}
    if words & _ALL and words & _MARKS:  # "mark all as paid" would be more than one bill
        return None
    if not words & _PAID or said.asks or words & _DENIES or said.words[0].plain in _ASKS:
        return None
    return payment_of(Sentence(said.raw, tuple(word for word in said.words if word.plain not in _PAID)), scene)


def payment_of(rest: Sentence, scene: SentenceContext) -> Pay | None:
    """The payment that these words tell, "paid" itself left out; None where they tell something else."""
    parts = payment_parts(rest, scene)
    if parts is None:
        return None
    paid, vendor = parts.amount, parts.vendor
    return Pay(
        paid.value if paid else None,
        parts.account,
        parts.on,
        paid.currency if paid else None,
        vendor.text if vendor else None,
    )


def payment_parts(rest: Sentence, scene: SentenceContext) -> PaymentParts | None:
    """Amount, account and day wherever they stand; what remains is whose bill it was. None where that is no name.

    Raises: Puzzled when the amount could be two numbers, or the day is impossible or still to come.
    """
    found, left = _extracted(rest, scene)
    if found.on and found.on > scene.today:
        raise NeedsClarification(clarifying_questions.paid_in_future(found.on))
    places = [n for n in left if rest.words[n].plain not in _FILLERS]
    if not places:
        return found
    name = rest.part(places[0], places[-1] + 1)
    if len(name) != len(places) or len(name) > MOST_NAME_WORDS:
        return None
    if all(word.plain in VOCABULARY for word in name.words) and not names.vendors(name, scene):
        return None
    return replace(found, vendor=name)


def _extracted(rest: Sentence, scene: SentenceContext) -> tuple[PaymentParts, list[int]]:
    """What is known by its words, and the places of the words that remain."""
    found = PaymentParts()
    left: list[int] = []
    at = 0
    while at < len(rest):
        for size in range(min(len(rest) - at, MOST_PART_WORDS), 0, -1):
            part = rest.part(at, at + size)
            if found.on is None and (on := _on(part, scene)):
                found = replace(found, on=on)
                break
            if found.account is None and (account := _from(part, scene)):
                found = replace(found, account=account)
                break
            if found.amount is None and (paid := _amount(part, scene)):
                found = replace(found, amount=paid)
                break
        else:
            size = 1
            left.append(at)
        at += size
    return found, left


def _on(part: Sentence, scene: SentenceContext) -> date | None:
    """Digits like "15.05" alone are an amount here; a day in such form needs "on"."""
    alone = len(part) == 1 and part.plain.count(".") == 1 and part.plain.replace(".", "").isdigit()
    return None if alone else day(part.without(("on", "am", "vom")), scene, "past")


def _from(part: Sentence, scene: SentenceContext) -> str | None:
    """An account of ours; its own name counts only after a word like "from", as vendors may be called alike."""
    named = part.without(_BY)
    if named.plain in _FILLERS or (len(named) == len(part) and not names.is_usual(named)):
        return None
    return names.account(named, scene)


def _amount(part: Sentence, scene: SentenceContext) -> Amount | None:
    """An amount is digits, perhaps with a currency; several words that are none of it stay to be read otherwise."""
    if not any(sign.isdigit() for sign in part.text):
        return None
    try:
        return amount(part.text, scene.currency, "paid")
    except NeedsClarification:
        if len(part) > 1:
            return None
        raise
