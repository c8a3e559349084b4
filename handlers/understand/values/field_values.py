"""The value of a field as somebody typed it → normalised text, as in `extraction.evidence`."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from handlers.language.translation import say, sayable
from handlers.requests import FieldChange
from handlers.understand.text.sentence import NeedsClarification, Sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.text.words import AMOUNTS, DATES, VOCABULARY
from handlers.understand.values.amounts import amount
from handlers.understand.values.countries import country_code
from handlers.understand.values.currencies import currency
from handlers.understand.values.dates import Sense, day
from handlers.understand.values.ibans import iban_in
from handlers.wording import bill_texts, clarifying_questions

CONNECTORS = (
    "is", "are", "was", "be", "=", "should be", "should have been", "must be", "should read", "has to be", "to",
    "actually", "really", "equals", "as", "now", "only", "amounts to", "comes to", "reads", "is on", "will be",
    "ist", "sind", "sollte", "soll", "muss", "lautet", "betragt", "auf", "heisst", "eigentlich", "nur", "war", "ware",
    "date is", "amount is", "on this invoice", "on the invoice", "on this bill", "on the bill", "of the invoice",
    "of the bill", "of this bill", "of this invoice", "it", "it is", "it should be", "es", "es ist", "rather",
)  # fmt: skip
_NAMING = (
    "is", "are", "was", "=", "should be", "should have been", "should read", "must be", "to", "actually", "called",
    "named", "spelled", "spelt", "written", "it is", "it should be", "number is", "name is", "es ist", "ist",
    "lautet", "sollte", "soll", "muss", "heisst", "auf",
)  # fmt: skip
_BEFORE_DATES = ("on", "at", "by", "from", "of", "am", "zum", "bis", "den", "vom", "the", "in on", "until", "bis zum")
_BEFORE_AMOUNTS = ("of", "von", "at", "the")
_ENDINGS = ("please", "bitte", "instead", "thanks", "danke", "sein", "lauten", "betragen", "in total", "as well", "too")
_LEAD_INS = (
    "no", "nope", "nein", "it", "the", "this", "that", "sorry", "actually", "i meant", "i mean", "make it", "make",
    "es", "oh", "should", "in",
)  # fmt: skip
_WRONG = frozenset(
    {"wrong", "not right", "not correct", "incorrect", "off", "missing", "falsch", "fehlt", "nicht richtig"}
)
_NOTHING = frozenset({"none", "nothing", "not there", "not known", "unknown", "empty", "zero", "null", "keine", "nil"})
MOST_NUMBER = 3
"""More words than these are no number of a bill."""
CONTRASTS = (
    r"(?:not|nicht) (?P<wrong>.+?) (?:but|sondern) (?P<right>.+)",
    r"(?P<right>.+?) (?:not|and not|instead of|rather than|statt|nicht|und nicht) (?P<wrong>.+)",
)


def change(field: str, said: Sentence, scene: SentenceContext) -> list[FieldChange]:
    """The changes that "FIELD said" asks for: the field, and the currency where an amount names one.

    Raises: Puzzled when the words are no such value.
    """
    linking = CONNECTORS if field in AMOUNTS | DATES else _NAMING
    value = said.without(linking, _ENDINGS)
    if len(value) > 1 and value.words[0].plain in _WRONG:  # "the vendor is wrong, it should be Acme"
        value = value.part(1).without(linking)
    value = _corrected(field, value, scene)
    if value.plain in _WRONG or value.plain in linking:
        raise NeedsClarification(clarifying_questions.which_value(field))
    if value.plain in _NOTHING:
        return [absent(field, scene)]
    if field == "tax_rate" or (field == "tax" and value.plain.endswith(("%", "percent", "prozent"))):
        return [FieldChange("tax_rate", _rate(value))]
    if field in AMOUNTS:
        return _amount(field, value, scene)
    if field in DATES:
        return [FieldChange(field, _date(field, value.without(_BEFORE_DATES), scene))]
    if field == "number" and len(value) > MOST_NUMBER:
        raise NeedsClarification(clarifying_questions.which_value(field))
    if field == "vendor" and value.words[0].plain == "in" and (code := country_code(value.part(1).text)):
        return [FieldChange("party_country", code)]  # "the vendor is in Ireland"
    read = {"currency": _currency, "iban": _iban}.get(field, _name)
    return [FieldChange(field, read(value, scene))]


def absent(field: str, scene: SentenceContext) -> FieldChange:
    """The bill has no such thing: an amount is then zero, anything else unknown."""
    return FieldChange(field, amount("0", scene.currency).value if field in AMOUNTS else None)


def _corrected(field: str, value: Sentence, scene: SentenceContext) -> Sentence:
    """The right one of "A not B" and "not B but A". A name is only cut where B is what stands on the bill."""
    found = value.first_match(CONTRASTS)
    if not found:
        return value
    known = scene.known.get(field)
    if field in AMOUNTS | DATES or not known or fuzz.ratio(found["wrong"].text.casefold(), known.casefold()) >= 80:
        return found["right"].without(CONNECTORS, _ENDINGS)
    return value


def _amount(field: str, value: Sentence, scene: SentenceContext) -> list[FieldChange]:
    meant = amount(value.without(_BEFORE_AMOUNTS).text, scene.currency, bill_texts.field_name(field))
    changes = [FieldChange(field, meant.value)]
    return [*changes, FieldChange("currency", meant.currency)] if meant.currency else changes


def _rate(value: Sentence) -> str:
    """ "7%" as "7"."""
    found = _RATE.fullmatch(value.plain)
    if found is None:
        raise NeedsClarification(clarifying_questions.which_value("tax_rate"))
    return found["rate"].replace(",", ".")


_RATE = re.compile(r"(?P<rate>\d{1,2}(?:[.,]\d{1,2})?) ?(?:%|percent|per cent|prozent)?")


def _date(field: str, value: Sentence, scene: SentenceContext) -> str:
    sense: Sense = "due" if field == "due_date" else "past"
    found = day(value, scene, sense)
    if found is None:
        raise NeedsClarification(clarifying_questions.no_date(value.text, bill_texts.field_name(field)))
    return found.isoformat()


def _currency(value: Sentence, scene: SentenceContext) -> str:
    code = currency(value.without(("in",)).text, scene.currency)
    if code is None:
        raise NeedsClarification(clarifying_questions.no_currency(value.text))
    return code


def _iban(value: Sentence, scene: SentenceContext) -> str:
    """Length, format and check digits by ISO 13616."""
    found = iban_in(value.text)
    if found is None or found[0] != value.text.strip(" .,;"):
        raise NeedsClarification(clarifying_questions.no_iban(value.text))
    return found[1]


def _name(value: Sentence, scene: SentenceContext) -> str:
    return value.text.strip(" \"'“”„.,;:-")[:200] or value.text


def replacing(said: Sentence, scene: SentenceContext) -> list[FieldChange]:
    """A value alone, "it's 1294.50 not 1249.50": the field is the one that has the wrong value now.

    Without a wrong value, an amount after "it is" is the total; anything else is asked about.
    """
    value = said.without((*_LEAD_INS, *CONNECTORS), _ENDINGS)
    found = value.first_match(CONTRASTS)
    if found:
        field = _holding(found["wrong"], scene) or _kind(found["right"], scene)
        if field is None:
            raise NeedsClarification(clarifying_questions.which_field(said.text))
        return change(field, found["right"], scene)
    if currency(value.text, scene.currency):
        return change("currency", value, scene)
    field = _kind(value, scene)
    if field == "total" and len(value) < len(said):
        return change(field, value, scene)
    raise NeedsClarification(clarifying_questions.which_field(value.text), *_ways(field, value))


def _ways(field: str | None, value: Sentence) -> tuple[str, ...]:
    ways: tuple[str, ...]
    if field == "total":
        ways = (sayable("total is {value}"), sayable("VAT is {value}"), sayable("paid {value}"))
    elif field == "due_date":
        ways = (sayable("due {value}"), sayable("issued {value}"))
    elif VOCABULARY.intersection(value.plain.split()):
        ways = ()  # a sentence, which is nobody's name
    else:
        ways = (sayable("vendor is {value}"), sayable("number is {value}"))
    return tuple(say(way, value=value.text) for way in ways)


def _holding(wrong: Sentence, scene: SentenceContext) -> str | None:
    """The field whose value on the bill is the one that was called wrong."""
    for field, known in scene.known.items():
        try:
            held = [made.value for made in change(field, wrong, scene)][:1]
        except NeedsClarification:
            continue
        if held == [known] or (field == "vendor" and fuzz.ratio(wrong.plain, known.casefold()) >= 85):
            return field
    return None


def _kind(value: Sentence, scene: SentenceContext) -> str | None:
    """What a lone value looks like: a currency, a due date, a total, or (None) none of them."""
    for field in ("currency", "due_date", "total"):
        try:
            change(field, value, scene)
        except NeedsClarification:
            continue
        return field
    return None
