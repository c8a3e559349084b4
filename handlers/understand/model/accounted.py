"""Values that a language model gave, each accounted for by words of the message, and taken from these words.

What our own readers find there is what counts: an amount equals one that stands in the message, a day one that it
names, a name is a known one that it uses, or the very words. The model's value only says which of them is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from handlers import requests as asked
from handlers.understand.interpreter import name_words
from handlers.understand.model.arguments import Call
from handlers.understand.model.message_words import MessageWords, name_in
from handlers.understand.model.offered import Kind, kind_of
from handlers.understand.readers.approval_rules import role_of
from handlers.understand.text.sentence import NeedsClarification, Sentence, sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.text.words import AMOUNTS, DATES, VOCABULARY
from handlers.understand.values import names
from handlers.understand.values.currencies import currency
from handlers.understand.values.dates import Sense, weekday_number
from handlers.understand.values.field_values import change
from handlers.understand.values.periods import Period
from handlers.understand.values.slots import hour_of
from storage.bills.vendors import match_key

_LOOKING_BACK = (
    asked.Pay, asked.Prepay, asked.Transfer, asked.Spend, asked.Find, asked.Payments, asked.Income, asked.Profit,
    asked.Export, asked.Settled, asked.ShowOriginal, asked.SetOpeningBalance, asked.ClosePeriod, asked.TrialBalance,
    asked.Balance,
)  # fmt: skip
"""Requests in which a day without a year lies behind."""

_WEEK_WORDS = frozenset({"week", "weeks", "woche", "wochen"})
_QUOTES = " \"'“”„.,;:"


class NotAccounted(Exception):
    """A value of the model's is in no word of the message, or a word of the message in no value."""


def sense_of(request: type[Any]) -> Sense:
    """To which side a day without a year lies."""
    return "past" if issubclass(request, _LOOKING_BACK) else "due"


def accounted(call: Call, words: MessageWords) -> dict[str, Any]:
    """The fields of the call's request, from words of the message, which are used then.

    Raises: NotAccounted; NeedsClarification where a name or figure of the message could be two.
    """
    found: dict[str, Any] = {}
    for field, given in call.values.items():
        found |= _Finder(call, words, found).find(field, given)
    return found


class _Finder:
    """Looks for the values of one call."""

    def __init__(self, call: Call, words: MessageWords, found: Mapping[str, Any]) -> None:
        self._call = call
        self._words = words
        self._scene = words.scene
        self._found = found

    def find(self, field: str, given: Any) -> dict[str, Any]:
        """The field's value, and of an amount its currency; nothing for what goes without saying."""
        kind = kind_of(self._call.request, field)
        if kind == "amount":
            return self._amount(field, Decimal(given))
        if kind == "currency":
            return self._currency(field, given)
        if kind in ("day", "days"):
            return self._time(field, given, kind)
        if kind in ("choice", "flag"):
            return {field: given}
        value = self._readers()[kind](given)
        if value is None and field == "most":  # it only makes a list shorter
            return {}
        if value is None:
            raise NotAccounted(field)
        return {field: value}

    def _readers(self) -> dict[Kind, Callable[[Any], Any]]:
        return {
            "party": self._party,
            "parties": lambda given: _all(self._party(each) for each in given),
            "bill": self._bill,
            "category": lambda given: self._called(given, names.category),
            "account": lambda given: self._called(given, names.account),
            "book_account": lambda said: self._called(said, names.category) or self._called(said, names.account),
            "person": lambda given: self._called(given, names.person),
            "text": self._text,
            "count": self._count,
            "counts": lambda given: _all(self._count(each) for each in given),
            "hour": self._hour,
            "weekday": self._weekday,
            "role": self._role,
            "changes": self._changes,
        }

    def _sentence(self, given: str) -> Sentence:
        return sentence(given, name_words(self._scene))

    def _amount(self, field: str, given: Decimal) -> dict[str, Any]:
        for meant, places in self._words.amounts:
            if Decimal(meant.value) == given:
                self._words.use(places)
                unit = "received_currency" if field == "received" else "currency"
                known = unit in self._call.request.__dataclass_fields__
                return {field: meant.value, unit: meant.currency} if known else {field: meant.value}
        raise NotAccounted(field)

    def _currency(self, field: str, given: str) -> dict[str, Any]:
        """One that came with an amount was found there; the usual one goes without saying."""
        if self._found.get(field) == given:
            return {}
        if self._words.find(lambda part: _currency(part, self._scene) == given, most=2):
            return {field: given}
        if given == self._scene.currency:
            return {}
        raise NotAccounted(field)

    def _time(self, field: str, given: date, kind: Kind) -> dict[str, Any]:
        for when, places in self._words.times:
            if kind == "day" and given == _day(when):
                self._words.use(places)
                return {field: given}
            if kind == "days" and (both := self._period(field, given, when)) is not None:
                self._words.use(places)
                return both
        raise NotAccounted(field)

    def _period(self, field: str, given: date, when: Period) -> dict[str, Any] | None:
        """Both ends of the period that is meant, as our reader has them; None where the model means another."""
        which = field.removesuffix("since").removesuffix("until")
        start, end = f"{which}since", f"{which}until"
        ends = {name: on for name, on in ((start, when.since), (end, when.until)) if self._has(name)}
        values = self._call.values
        if when.since and values.get(start, when.since) != when.since:
            return None
        if when.until and values.get(end, when.until) != when.until:
            return None
        told = when.until if field == end else when.since
        return ends if told == given or (told is None and (when.since or when.until)) else None

    def _has(self, field: str) -> bool:
        return field in self._call.request.__dataclass_fields__

    def _party(self, given: str) -> str | None:
        """The name in the books, or the message's words where nobody there is called so."""
        if said := self._words.literal(given):
            return names.vendor(said, self._scene) if _names_something(said, self._scene) else None
        known = names.vendors(self._sentence(given), self._scene)
        exact = [name for name in known if match_key(name) == match_key(given)]
        return exact[0] if exact and self._words.find(lambda part: name_in(part, self._scene) == exact[0]) else None

    def _bill(self, given: str) -> str | None:
        said = self._words.literal(given)
        if said is None or len(names.vendors(said, self._scene)) == 1:
            return self._party(given)
        return said.text.strip(_QUOTES) if _names_something(said, self._scene) else None

    def _called(self, given: str, reader: Callable[[Sentence, SentenceContext], str | None]) -> str | None:
        """What the model's words and words of the message both mean."""
        meant = reader(self._sentence(given), self._scene)
        if meant is None:
            return None
        return meant if self._words.find(lambda part: _reads(reader, part, self._scene) == meant, most=3) else None

    def _text(self, given: str) -> str | None:
        said = self._words.literal(given)
        return said.text.strip(_QUOTES) or None if said else None

    def _count(self, given: int) -> int | None:
        for number, place in self._words.numbers():
            after = self._words.said.part(place + 1, place + 2).plain
            if given == number or (after in _WEEK_WORDS and given == 7 * number):
                self._words.use(range(place, place + 1))
                return given
        return None

    def _hour(self, given: int) -> int | None:
        return given if self._words.find(lambda part: _hour(part) == given, most=3) else None

    def _weekday(self, given: int) -> int | None:
        named = self._words.find(lambda part: weekday_number(part.plain.removesuffix("s")) == given, most=1)
        return given if named else None

    def _role(self, given: str) -> str | None:
        return given if self._words.find(lambda part: role_of(part.plain) == given, most=2) else None

    def _changes(self, given: tuple[tuple[str, str | None], ...]) -> tuple[asked.FieldChange, ...]:
        """Each new value is in the message; our reader normalises it."""
        return tuple(made for field, value in given for made in self._change(field, value))

    def _change(self, field: str, value: str | None) -> list[asked.FieldChange]:
        if value is None:
            return [asked.FieldChange(field, None)]
        said = self._words.literal(value) or self._equal(field, value)
        if said is None:
            raise NotAccounted(field)
        return change(field, said, self._scene)

    def _equal(self, field: str, value: str) -> Sentence | None:
        """The words of the message that mean a value which the model wrote in another form."""
        if field in DATES:
            return self._words.find(lambda part: _changed(field, part, self._scene) == value)
        if field in AMOUNTS:
            return self._words.find(lambda part: _same_amount(_changed(field, part, self._scene), value), most=2)
        if field == "iban":
            return self._words.find(lambda part: _compact(part.text) == _compact(value) is not None, most=9)
        return None


def _all(values: Any) -> tuple[Any, ...] | None:
    found = tuple(values)
    return None if any(value is None for value in found) else found


def _day(when: Period) -> date | None:
    """The day that a time is, or ends on."""
    return when.until


def _names_something(said: Sentence, scene: SentenceContext) -> bool:
    """Whether words can be a name: not the grammar's own alone, unless somebody is called so."""
    return any(word.plain not in VOCABULARY for word in said.words) or bool(names.vendors(said, scene))


def _reads(
    reader: Callable[[Sentence, SentenceContext], str | None], part: Sentence, scene: SentenceContext
) -> str | None:
    try:
        return reader(part, scene)
    except NeedsClarification:
        return None


def _currency(part: Sentence, scene: SentenceContext) -> str | None:
    try:
        return currency(part.text, scene.currency)
    except NeedsClarification:
        return None


def _hour(part: Sentence) -> int | None:
    try:
        return hour_of(part.plain)
    except NeedsClarification:
        return None


def _changed(field: str, part: Sentence, scene: SentenceContext) -> str | None:
    try:
        return change(field, part, scene)[0].value
    except NeedsClarification:
        return None


def _same_amount(found: str | None, given: str) -> bool:
    try:
        return found is not None and Decimal(found) == Decimal(given)
    except ArithmeticError:
        return False


def _compact(said: str) -> str | None:
    try:
        return str(IBAN(said).compact)
    except SchwiftyException:
        return None
