"""Payments: "paid", "paid 500 from cash yesterday", "habe ich am 3. März bar bezahlt"."""

from __future__ import annotations

from datetime import date

from handlers import clarify
from handlers.requests import Pay
from handlers.understand.amounts import Amount, amount
from handlers.understand.dates import day
from handlers.understand.scene import Scene
from handlers.understand.sentence import Puzzled, Sentence
from handlers.understand.words import VOCABULARY

_PAID = frozenset({
    "paid", "payed", "bezahlt", "gezahlt", "uberwiesen", "ueberwiesen", "beglichen", "transferred", "settled",
})  # fmt: skip
_ASKS = frozenset({
    "is", "was", "has", "have", "did", "ist", "wurde", "haben", "what", "when", "who", "which", "wann", "wer", "hat",
    "how", "welche", "wie",
})  # fmt: skip
_DENIES = frozenset({"not", "never", "nicht", "nie", "no", "kein", "keine", "partly", "half", "teilweise"})
_ACCOUNTS: dict[str, tuple[str, ...]] = {
    "cash": ("cash", "petty cash", "bar", "kasse", "till", "cash box", "bargeld", "petty cash box"),
    "bank": (
        "bank", "bank transfer", "transfer", "wire", "account", "bank account", "card", "debit card", "uberweisung",
        "konto", "karte", "direct debit", "lastschrift", "credit card", "bankkonto",
    ),
}  # fmt: skip
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
    "i", "we", "it", "this", "that", "the", "bill", "invoice", "full", "in", "of", "all", "off", "already", "on",
    "to", "es", "for", "an", "a", "our", "via", "der", "das", "den", "am", "die", "rechnung", "sie", "ich", "wir",
    "is", "was", "has", "been", "have", "just", "mark", "as", "habe", "haben", "hab", "ist", "wurde", "schon",
    "bereits", "als", "got", "set", "fully", "markieren", "diese", "now", "hat", "rest", "remaining", "remainder",
    "my", "with", "from", "by", "von", "mit", "bei",
})  # fmt: skip
MOST_NAME_WORDS = 4
"""A longer rest is a sentence about something else."""


def pay(said: Sentence, scene: Scene) -> Pay | None:
    """A payment that was made; None for questions, denials and other sentences.

    Raises: Puzzled when its amount could be two numbers, or its day is impossible or still to come.
    """
    words = {word.plain for word in said.words}
    if not words & _PAID or said.asks or words & _DENIES or said.words[0].plain in _ASKS:
        return None
    return _payment(Sentence(said.raw, tuple(word for word in said.words if word.plain not in _PAID)), scene)


def _payment(rest: Sentence, scene: Scene) -> Pay | None:
    """Reads amount, account and day wherever they stand; what remains is whose bill it was."""
    paid: Amount | None = None
    on: date | None = None
    account: str | None = None
    left: list[int] = []
    at = 0
    while at < len(rest):
        for size in range(len(rest) - at, 0, -1):
            part = rest.part(at, at + size)
            if on is None and (on := _on(part, scene)):
                break
            if account is None and (account := _from(part)):
                break
            if paid is None and (paid := _amount(part, scene)):
                break
        else:
            size = 1
            left.append(at)
        at += size
    if on and on > scene.today:
        raise Puzzled(clarify.paid_in_future(on))
    names = [n for n in left if rest.words[n].plain not in _FILLERS]
    if not names:
        return Pay(paid.value if paid else None, account, on, paid.currency if paid else None)
    name = rest.part(names[0], names[-1] + 1)
    if len(name) != len(names) or len(name) > MOST_NAME_WORDS or all(word.plain in VOCABULARY for word in name.words):
        return None
    return Pay(paid.value if paid else None, account, on, paid.currency if paid else None, name.text)


def _on(part: Sentence, scene: Scene) -> date | None:
    """Digits like "15.05" alone are an amount here; a day in such form needs "on"."""
    alone = len(part) == 1 and part.plain.count(".") == 1 and part.plain.replace(".", "").isdigit()
    return None if alone else day(part.without(("on", "am", "vom")), scene, "past")


def _from(part: Sentence) -> str | None:
    named = part.without(_BY).plain
    return next((account for account, words in _ACCOUNTS.items() if named in words), None)


def _amount(part: Sentence, scene: Scene) -> Amount | None:
    """An amount is digits, perhaps with a currency; several words that are none of it stay to be read otherwise."""
    if not any(sign.isdigit() for sign in part.text):
        return None
    try:
        return amount(part.text, scene.currency, "paid")
    except Puzzled:
        if len(part) > 1:
            return None
        raise
