"""What stands in the slots of a phrase, read as what a request needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from handlers.requests import Request
from handlers.understand.text.sentence import NeedsClarification, Sentence, SlotMismatch
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.values import names
from handlers.understand.values.amounts import Amount, amount
from handlers.understand.values.dates import NUMBERS, Sense, day
from handlers.wording import clarifying_questions

_PRONOUNS = frozenset({
    "it", "this", "that", "this one", "that one", "this bill", "that bill", "the bill", "the invoice", "this invoice",
    "them", "sie", "es", "das", "die", "diese", "die rechnung", "diese rechnung", "ihn", "one", "this one here",
    "ihr", "ihm",
})  # fmt: skip
_BEFORE_BILL = (
    "the", "that", "this", "our", "my", "a", "an", "bill from", "invoice from", "bill of", "invoice of", "bill",
    "invoice", "number",
    "bill number", "invoice number", "die", "der", "das", "den", "dem", "rechnung von", "rechnung der",
    "rechnung vom", "rechnung",
    "rechnungen von", "diese", "unsere", "belastung",
)  # fmt: skip
_AFTER_BILL = ("bill", "invoice", "bills", "invoices", "rechnung", "rechnungen", "one", "receipt", "beleg")
_ON = (
    "on",
    "at",
    "as of",
    "as at",
    "per",
    "by",
    "from",
    "since",
    "am",
    "zum",
    "vom",
    "ab",
    "until",
    "till",
    "bis",
    "bis zum",
    "um",
    "next time",
    "of",
    "to",
    "auf",
    "for",
    "fur",
)
MOST_HINT_WORDS = 6
"""A longer name of a bill is a sentence about something else."""


@dataclass(frozen=True)
class Slots:
    """The slots of one phrase that had words; `said` is the whole sentence."""

    found: Mapping[str, Sentence]
    said: Sentence
    scene: SentenceContext

    def __contains__(self, name: str) -> bool:
        return name in self.found

    def get(self, name: str) -> Sentence:
        """The words of a slot; none where it is empty."""
        return self.found.get(name) or Sentence(self.said.raw, ())

    def text(self, name: str) -> str:
        """As it was written; "" where the slot is empty."""
        return self.get(name).text.strip(" \"'“”„.,;:")

    def bill(self, name: str = "bill") -> str | None:
        """What names a bill (a vendor, a number); None for "it", and where nothing was said. Raises: Misfit."""
        said = self.get(name)
        if not len(said) or said.plain in _PRONOUNS:
            return None
        hint = said.without(_BEFORE_BILL, _AFTER_BILL)
        if hint.plain in _PRONOUNS | set(_AFTER_BILL):
            return None
        if len(hint) > MOST_HINT_WORDS:
            raise SlotMismatch
        return hint.text

    def day(self, name: str, sense: Sense = "due") -> date:
        """Raises: Misfit when the words are no day; Puzzled when they are none of the calendar."""
        found = day(self.get(name).without(_ON), self.scene, sense)
        if found is None:
            raise SlotMismatch
        return found

    def amount(self, name: str = "amount") -> Amount:
        """Raises: Misfit when there is no digit; Puzzled when it is no amount, or could be two."""
        said = self.get(name)
        if not any(sign.isdigit() for sign in said.text):
            raise SlotMismatch
        return amount(said.text, self.scene.currency, said.text)

    def number(self, name: str, default: int) -> int:
        """A small number, in digits or words; `default` where nothing was said. Raises: Misfit for other words."""
        plain = self.get(name).plain
        if not plain:
            return default
        if plain.isdigit() and len(plain) < 4:
            return int(plain)
        if plain not in NUMBERS:
            raise SlotMismatch
        return NUMBERS[plain]

    def numbers(self, name: str) -> tuple[int, ...]:
        """ "14, 7 and 1". Raises: Misfit."""
        parts = [word for word in self.get(name).plain.split() if word not in ("and", "und", "or", "oder", "&")]
        if not parts or not all(part in NUMBERS or (part.isdigit() and len(part) < 4) for part in parts):
            raise SlotMismatch
        return tuple(NUMBERS.get(part, 0) or int(part) for part in parts)

    def hour(self, name: str) -> int:
        """Raises: Misfit, Puzzled as `hour_of`."""
        found = hour_of(self.get(name).plain)
        if found is None:
            raise SlotMismatch
        return found

    def account(self, name: str) -> str:
        """A liquidity account of ours. Raises: Misfit when there is none of that name; Puzzled when it could be two."""
        found = names.account(self.get(name), self.scene)
        if found is None:
            raise SlotMismatch
        return found


RequestBuilder = Callable[[Slots], Request | None]
"""Makes a request of the slots; None, like Misfit, where they do not fit."""

_HOUR = re.compile(
    r"(?:(?:at|um|gegen|ab) )?(?P<hour>\d{1,2})(?: (?P<minute>\d{2}))?(?: ?(?P<half>am|pm|a.m|p.m))?"
    r"(?: ?(?:o'clock|oclock|uhr|h))?"
)
_NAMED_HOURS = {
    "noon": 12,
    "midday": 12,
    "midnight": 0,
    "mittag": 12,
    "mittags": 12,
    "mitternacht": 0,
    "morning": 8,
    "evening": 18,
}


def hour_of(plain: str) -> int | None:
    """The hour of the day that "9", "9 am", "14 00", "8 uhr", "noon" mean; None if the words are no time.

    Raises: Puzzled for a time that is not on the hour, or is none.
    """
    if plain.removeprefix("at ") in _NAMED_HOURS:
        return _NAMED_HOURS[plain.removeprefix("at ")]
    found = _HOUR.fullmatch(plain)
    if not found:
        return None
    hour, half = int(found["hour"]), (found["half"] or "").replace(".", "")
    if half and not 1 <= hour <= 12:
        raise NeedsClarification(clarifying_questions.which_hour(plain))
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    if hour > 24 or int(found["minute"] or 0):
        raise NeedsClarification(clarifying_questions.which_hour(plain))
    return hour % 24


def after_noon(hour: int | None, said: Sentence) -> int | None:
    """The hour in a sentence that says "afternoon" or "abends": 3 is then 15."""
    later = _AFTERNOON.intersection(word.plain for word in said.words)
    return hour + 12 if hour is not None and hour < 12 and later else hour


_AFTERNOON = frozenset({"afternoon", "evening", "nachmittag", "nachmittags", "abend", "abends"})
