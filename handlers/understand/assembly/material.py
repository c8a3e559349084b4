"""What a builder of requests is handed: the values found in a sentence, and its other words.

Each value is taken by the builder that needs it; what nobody took is no part of the request, and is asked about.
"""

from __future__ import annotations

from datetime import date

from handlers.requests import Side
from handlers.understand.assembly.years import years_joined
from handlers.understand.tagging.tag import Tag
from handlers.understand.tagging.tags import Tags
from handlers.understand.text.sentence import NeedsClarification, Sentence, SlotMismatch
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.text.words import FIELDS
from handlers.understand.values.amounts import Amount
from handlers.understand.values.dates import month_number
from handlers.understand.values.periods import Period
from handlers.wording import clarifying_questions, period_names

SURE_OF_SIDE = 0.75
"""A smaller share of the guess than this does not tell which way money goes."""


class Material:
    """The values of one sentence. Taking one that is there twice raises SlotMismatch: which of them is unclear."""

    def __init__(
        self, said: Sentence, tags: Tags, scene: SentenceContext, side: Side | None = None, side_share: float = 1.0
    ) -> None:
        self.said = said
        self.scene = scene
        self.tags = tags.tags
        self._side = side
        self._side_share = side_share
        self._open = years_joined([_as_bill(tag, said, scene, tags) for tag in tags.tags], said)
        taken = self.places()
        self.words = tuple(word.plain for n, word in enumerate(said.words) if n not in taken)
        """The folded words that are no value, in order."""

    @property
    def left(self) -> tuple[Tag, ...]:
        """The values that nobody took."""
        return tuple(self._open)

    def places(self, *kinds: str) -> frozenset[int]:
        """The places of the words of all values, or of those of these kinds, taken or not."""
        return frozenset(place for tag in self.tags if not kinds or tag.kind in kinds for place in tag.places)

    def has(self, *words: str) -> bool:
        """Whether one of these words, or of these beginnings ("overdu*"), is among those that are no value."""
        return any(
            word == wanted or (wanted.endswith("*") and word.startswith(wanted[:-1]))
            for word in self.words
            for wanted in words
        )

    def says(self, *phrases: str) -> bool:
        """Whether one of these phrases stands in the sentence."""
        plain = f" {self.said.plain} "
        return any(f" {phrase} " in plain for phrase in phrases)

    def before(self, tag: Tag) -> str:
        """The word before a value; "" at the beginning."""
        return self.said.words[tag.start - 1].plain if tag.start else ""

    def peek(self, kind: str, *, excluded: bool = False) -> Tag | None:
        """The first value of a kind, without taking it."""
        return next((tag for tag in self._open if tag.kind == kind and tag.excluded is excluded), None)

    def take_all(self, kind: str, *, excluded: bool = False) -> tuple[Tag, ...]:
        """All values of a kind, in order."""
        found = tuple(tag for tag in self._open if tag.kind == kind and tag.excluded is excluded)
        self._open = [tag for tag in self._open if tag not in found]
        return found

    def put_back(self, *tags: Tag) -> None:
        """Values that were taken, and are not what they were taken for."""
        self._open += tags

    def take(self, kind: str) -> Tag | None:
        """The only value of a kind, None where there is none. Raises: SlotMismatch where there are several."""
        found = self.take_all(kind)
        if len({tag.value for tag in found}) > 1:  # the same said twice is once
            raise SlotMismatch
        return self.beyond_doubt(found[0]) if found else None

    def beyond_doubt(self, tag: Tag) -> Tag:
        """Raises: NeedsClarification where the words could just as well be another value, or are a day that there is
        not.
        """
        after = self.said.words[tag.end].plain if tag.end < len(self.said) else ""
        if tag.kind in ("amount", "number") and month_number(after) and self.text(tag).strip(".").isdigit():
            raise NeedsClarification(clarifying_questions.no_such_day(f"{self.text(tag)} {after}"))
        if (
            tag.other is not None
            and {tag.kind, tag.other.kind} & {"day", "amount"}
            and tag.kind not in ("bill", "period")
        ):
            raise NeedsClarification(clarifying_questions.which_kind(self.text(tag), tag.kind, tag.other.kind))
        return tag

    def drop(self, *kinds: str) -> None:
        """Values of these kinds are no part of what is asked: the words that hold them only describe it."""
        for kind in kinds:
            self.take_all(kind)

    def text(self, tag: Tag) -> str:
        """What was written."""
        return self.said.part(tag.start, tag.end).text.strip(" \"'“”„.,;:?")

    def amount(self) -> Amount | None:
        """The only amount. Raises: NeedsClarification where its digits could be something else, too."""
        tag = self.take("amount")
        return tag.value if tag and isinstance(tag.value, Amount) else None

    def number(self) -> int | None:
        """The only small number."""
        tag = self.take("number")
        return tag.value if tag and isinstance(tag.value, int) else None

    def when(self) -> Period | None:
        """The stretch of time, or the one day, that was said. Raises: SlotMismatch where there are several."""
        tags = (*self.take_all("period"), *self.take_all("day"))
        if len(tags) > 1:
            raise SlotMismatch
        return self.stretch(self.beyond_doubt(tags[0])) if tags else None

    def stretch(self, tag: Tag) -> Period:
        """A period as it is, a day as one of itself."""
        if isinstance(tag.value, Period):
            return tag.value
        assert isinstance(tag.value, date)
        return Period(tag.value, tag.value, period_names.on_day(tag.value, self.scene.today))

    def day(self) -> date | None:
        """The one day that was said; of a stretch that is longer, its last ("until June"). Raises: SlotMismatch."""
        when = self.when()
        if when is None:
            return None
        if when.until is None:
            raise SlotMismatch
        return when.until

    def party(self) -> str | None:
        """The party that was named, as in the books. Raises: NeedsClarification where several are called so."""
        tag = self.take("party")
        return self.name(tag) if tag else None

    def name(self, tag: Tag) -> str:
        """The one name that a value stands for. Raises: NeedsClarification where it could be several."""
        found = [str(name) for name in tag.names]
        if len(found) == 1:
            return found[0]
        start, end = self.said.words[tag.start].start, self.said.words[tag.end - 1].end
        raw = self.said.raw
        instead = [f"{raw[:start]}{name}{raw[end:]}" for name in found[:4]]
        raise NeedsClarification(clarifying_questions.which_name(self.text(tag), found[:4]), *instead)

    def hint(self) -> str | None:
        """What names a bill: its number, else a party as it was said where several are called so; None for "it"."""
        bill, party = self.take("bill"), self.take("party")
        if bill is not None:
            return str(bill.value)
        if party is None:
            return None
        return str(party.names[0]) if len(party.names) == 1 else self.text(party)

    def without(self) -> tuple[str, ...]:
        """The parties that were left out; all that are called so."""
        return tuple(str(name) for tag in self.take_all("party", excluded=True) for name in tag.names)

    def account(self) -> str | None:
        """The account of ours that was named."""
        tag = self.take("account")
        return str(tag.value) if tag else None

    def category(self) -> str | None:
        """The category that was named."""
        tag = self.take("category")
        if tag is None:
            return None
        known = self.scene.names.category_words
        spoken = {word for word in self.words if tag.value in (known.get(word), known.get(word.removesuffix("s")))}
        self.words = tuple(word for word in self.words if word not in spoken)  # "phone and internet"
        return str(tag.value)

    def category_spoken_of(self) -> str | None:
        """The category whose bills speak of one of the words that are no value ("strom"); these words are then one."""
        known = self.scene.names.category_words
        for word in self.words:
            stem = next((end for end in ("kosten", "ausgaben") if word.endswith(end) and len(word) > len(end) + 3), "")
            code = known.get(word) or known.get(word.removesuffix(stem)) or known.get(word.removesuffix("s"))
            if code is not None:
                self.words = tuple(other for other in self.words if other != word)
                return code
        return None

    def field_spoken_of(self) -> str | None:
        """The field of a bill that words which are no value name ("the VAT on the Staples bill is …"); these words are
        then no others. None where several are named, or none.
        """
        named = {word: field for field, words in FIELDS.items() for word in words if field not in _ELSEWHERE}
        found = {named[word]: word for word in self.words if word in named}
        if len(found) != 1:
            return None
        field, spoken = found.popitem()
        self.words = tuple(word for word in self.words if word != spoken)
        return field

    def person(self) -> str | None:
        """The colleague who was named."""
        tag = self.take("person")
        return str(tag.value) if tag else None

    @property
    def names_side(self) -> bool:
        """Whether customers, or vendors, are named as such."""
        return self.has(*_CUSTOMERS, *_VENDORS)

    @property
    def side(self) -> Side:
        """Which way the money goes: by whom it is about where that is one side's only, else by what was said.

        Raises: NeedsClarification where the words could mean either.
        """
        tag = self.peek("party")
        names = self.scene.names
        if tag is not None and isinstance(tag.value, tuple):
            sides = {
                name in names.customers for name in tag.value if (name in names.customers) != (name in names.payees)
            }
            if len(sides) == 1:
                return "receivable" if sides.pop() else "payable"
        if self.has(*_CUSTOMERS):
            return "receivable"
        if self.has(*_VENDORS):
            return "payable"
        if self.has("we", "wir") and self.has(*_PAYING) and not self.has(*_COMING_IN):
            return "payable"
        if self._side is not None and self._side_share < SURE_OF_SIDE:
            raise NeedsClarification(clarifying_questions.which_side())
        return self._side or "payable"


def _as_bill(tag: Tag, said: Sentence, scene: SentenceContext, tags: Tags) -> Tag:
    """A bare number that a bill of ours has is that bill, unless a party is named, whose amount it then is."""
    written = said.part(tag.start, tag.end).text
    named = any(other.kind in ("party", "bill") for other in tags.tags)
    if tag.kind not in ("amount", "number") or named or written not in scene.names.numbers:
        return tag
    return Tag("bill", tag.start, tag.end, written)


_ELSEWHERE = ("vendor", "number", "currency", "payment_reference")
"""Fields whose names are said of other things, too."""
_PAYING = ("paid", "pay", "owe", "bezahlt", "gezahlt", "zahlen", "bezahlen", "schulden")
_COMING_IN = ("us", "uns", "bekommen", "erhalten", "received", "got", "get")
_CUSTOMERS = (
    "customer*",
    "client*",
    "debtor*",
    "debitor*",
    "receivable*",
    "kunde*",
    "kundin*",
    "forderung*",
    "debitoren*",
)
_VENDORS = (
    "vendor*",
    "supplier*",
    "creditor*",
    "kreditor*",
    "payable*",
    "eingangsrechnung*",
    "lieferant*",
    "verbindlichkeit*",
)
