"""What somebody paid for the company: "I paid it myself", "62 km to Potsdam with my own car", "3 days per diem"."""

from __future__ import annotations

import re
from datetime import date

from handlers.requests import Claim, PayMeBack, PerDiem, PettyCash, Request, Trip
from handlers.understand.readers.deeds.holds import bill_named
from handlers.understand.text.sentence import NeedsClarification, Sentence, SlotMismatch, sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.text.words import fold
from handlers.understand.values import names
from handlers.understand.values.amounts import amount
from handlers.understand.values.dates import day
from handlers.understand.values.ibans import iban_in

DISTANCE = re.compile(
    r"(?<![\w.,])(?P<distance>\d{1,5}(?:[.,]\d)?)\s*-?(?P<unit>km|kilomet(?:er|re)s?|miles?|meilen|mi)\b", re.IGNORECASE
)
_OWN = (
    r"(?:myself|himself|herself|privately|out of my own pocket|out of pocket|from my own pocket|from my own money"
    r"|with my own (?:card|money|credit card)|on my own card|from my private account)"
)
_SELBST = r"(?:selbst|selber|privat|aus eigener tasche|mit meinem eigenen geld|mit meiner (?:eigenen|privaten) karte)"
_IT = r"(?:it|this|that|for it|for this|das|es|sie|die|diese|die rechnung|den beleg)"
_CLAIMS = (
    rf"(?P<who>i|[a-z]+) (?:have )?(?:already )?(?:paid|bought|covered|advanced) (?:{_IT}|(?P<bill>.+?)) {_OWN}",
    rf"(?:paid|bought) (?:{_IT} )?(?:by me )?{_OWN}",
    r"(?:it|this|that) was (?:paid|advanced) by me(?: privately)?",
    rf"(?P<who>ich|[a-z]+) (?:habe |hab |hat )(?:{_IT}|(?P<bill>.+?)) {_SELBST} (?:bezahlt|gezahlt|ausgelegt|"
    rf"vorgestreckt|gekauft)",
    rf"(?P<who>ich|[a-z]+) (?:habe |hab |hat )(?:{_IT}|(?P<bill>.+?)) (?:ausgelegt|vorgestreckt|verauslagt)",
    rf"(?:das |die |es |sie )?(?:habe|hab|hat) (?P<who>ich|[a-z]+) (?:{_SELBST} )?(?:ausgelegt|vorgestreckt|"
    rf"verauslagt)",
    rf"(?:das |die |es |sie )?(?:habe|hab|hat) (?P<who>ich|[a-z]+) {_SELBST} (?:bezahlt|gezahlt)",
    r"(?:von mir |privat )(?:ausgelegt|bezahlt|gezahlt|vorgestreckt)",
)
_BACK = re.compile(
    r"(?:please )?(?:pay|reimburse|refund) me (?:back )?(?:to|on|at)|my private (?:iban|account) is"
    r"|(?:bitte )?(?:erstatte|erstattet|zahl|zahle) (?:mir |es mir )?(?:meine auslagen )?(?:zuruck )?(?:auf|an)"
    r"|meine private (?:iban|kontonummer) (?:ist|lautet)|mein privates konto ist"
)
_DAYS = re.compile(
    r"(?:(?P<n>\d{1,2}|a|one|ein|eine|einen|two|zwei|three|drei|four|vier|five|funf)\s+)?(?:full |ganze |"
    r"volle )?(?:days?|tage?)?\s*"
    r"(?:of |an )?(?:per diem|per diems|verpflegungspauschale|verpflegungsmehraufwand|tagegeld|spesen|meal allowance)"
    r"(?: (?:for|fur) (?P<m>\d{1,2}|a|one|einen|two|zwei|three|drei|four|vier|five|funf) (?:days?|tage?))?"
)
_NUMBERS = {
    "a": 1, "one": 1, "ein": 1, "eine": 1, "einen": 1, "two": 2, "zwei": 2, "three": 3, "drei": 3, "four": 4, "vier": 4,
    "five": 5, "funf": 5,
}  # fmt: skip
_CASH = re.compile(
    r"^(?P<before>.*?)\b(?:petty cash|from the cash box|from the till|aus der (?:bar|porto|hand)?kasse|"
    r"barkasse|portokasse)\b(?P<after>.*)$"
)
_NO_RECEIPT = re.compile(
    r",?\s*\b(?:(?:there is |i have )?no (?:receipt|document|bill)|without (?:a |any )?(?:receipt|document|bill)|"
    r"(?:es gibt )?(?:kein(?:en)? (?:beleg|bon|quittung)|keine quittung)|ohne (?:beleg|bon|quittung|rechnung))\b,?\s*",
    re.IGNORECASE,
)
_MONEY = re.compile(r"(?:[€$£]\s*)?\d+(?:[.,]\d{1,2})?\s*(?:€|eur|euros?|\$|£|usd|gbp|chf)?", re.IGNORECASE)


def read_claim(said: Sentence, scene: SentenceContext) -> Request | None:
    """The claim, trip or cash payment; None for anything else. Raises: NeedsClarification for an amount that is
    none."""
    bare = said.politely_reduced()
    if said.asks or not bare.words:
        return None
    if _BACK.match(bare.plain) and (found := iban_in(said.text)):
        return PayMeBack(found[1])
    return _claim(bare, scene) or _per_diem(bare, scene) or _petty_cash(said, scene)


def _claim(bare: Sentence, scene: SentenceContext) -> Claim | None:
    for pattern in _CLAIMS:
        found = bare.match(pattern)
        if found is None:
            continue
        hint = bill_named(found.get("bill"), scene)
        who = found["who"].plain if "who" in found else "i"
        if hint is None or who in ("we", "wir", "they", "you", "sie"):
            continue
        if who in ("i", "ich"):
            return Claim(None, hint or None)
        person = next((name for folded, name in scene.names.folded_people if who in folded.split()), None)
        if person is not None:
            return Claim(person, hint or None)
    return None


def trip_of(found: re.Match[str], text: str, on: date | None) -> Trip:
    """The way that a distance says, in the words of whoever drove it."""
    miles = found["unit"].casefold().startswith("m")
    return Trip(found["distance"].replace(",", "."), "mi" if miles else "km", on, text.strip(" .!"))


def _per_diem(bare: Sentence, scene: SentenceContext) -> PerDiem | None:
    found = _DAYS.search(fold(bare.text))
    if found is None:
        return None
    told = found["n"] or found["m"]
    if told is None:
        return None
    number = int(told) if told.isdigit() else _NUMBERS[told]
    after = fold(bare.text)[found.end() :].split()
    last = None
    for n in range(len(after)):
        try:
            rest = bare.part(len(bare) - len(after) + n)
            last = day(rest.without(("until", "till", "to", "bis", "on", "am", "ending", "zum")), scene, "past")
        except (NeedsClarification, SlotMismatch):
            last = None
        if last is not None:
            break
    return PerDiem(number, last, bare.text.strip(" .!"))


def _petty_cash(said: Sentence, scene: SentenceContext) -> PettyCash | None:
    """ "petty cash 12.50 for stamps, no receipt": only without a receipt; with one, that is sent."""
    raw = said.text
    without = _NO_RECEIPT.search(raw)
    if without is None or not _CASH.match(fold(raw)):
        return None
    rest = f"{raw[: without.start()]} {raw[without.end() :]}"
    money = _MONEY.search(rest)
    if money is None:
        return None
    meant = amount(money[0].strip(), scene.currency, money[0])
    words = rest[: money.start()] + " " + rest[money.end() :]
    what = _WORDLESS.sub(" ", words).strip(" ,.;:-")
    on, what = _dated(what, scene)
    if not what:
        return None
    told = names.category(_sentence(what, scene), scene) or _category_word(what, scene)
    return PettyCash(meant.value, " ".join(what.split()), on, meant.currency, told)


_WORDLESS = re.compile(
    r"\b(?:petty cash|from the cash box|from the till|aus der (?:bar|porto|hand)?kasse|barkasse|portokasse|"
    r"paid|we paid|i paid"
    r"|for|für|fuer|spent|bezahlt|gezahlt|bar|cash|from|out of|of)\b",
    re.IGNORECASE,
)
_DAY_WORDS = ("yesterday", "today", "gestern", "heute", "vorgestern")


def _dated(what: str, scene: SentenceContext) -> tuple[date | None, str]:
    for word in _DAY_WORDS:
        if word in fold(what).split():
            on = day(_sentence(word, scene), scene, "past")
            return on, " ".join(one for one in what.split() if fold(one.strip(",.")) != word)
    return None, what


def _category_word(what: str, scene: SentenceContext) -> str | None:
    known = scene.names.category_words
    return next((known[word] for word in fold(what).split() if word in known), None)


def _sentence(text: str, scene: SentenceContext) -> Sentence:
    return sentence(text, scene.names.words)
