"""Bills of the last list by their place there: "pay the second", "show the first one", "bezahl die ersten beiden"."""

from __future__ import annotations

import re
from collections.abc import Callable

from handlers.requests import OnBill, SeveralRequests, Understood
from handlers.understand.text.sentence import NeedsClarification, Sentence, Word
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.text.words import ONLY
from handlers.understand.values.dates import NUMBERS, month_number, weekday_number
from handlers.wording import clarifying_questions

_PLACES = (
    "first 1st erste ersten erster", "second 2nd zweite zweiten", "third 3rd dritte dritten",
    "fourth 4th vierte vierten", "fifth 5th funfte funften", "sixth 6th sechste sechsten",
    "seventh 7th siebte siebten", "eighth 8th achte achten", "ninth 9th neunte neunten", "tenth 10th zehnte zehnten",
)  # fmt: skip
_PLACE_OF = {word: n for n, words in enumerate(_PLACES, 1) for word in words.split()}
_LAST = ("last", "letzte", "letzten")
_ONE = (
    r"(?:the |die |den |das |der )?(?:number |nummer |no |nr |# ?)?"
    rf"(?:{'|'.join((*_PLACE_OF, *_LAST))}|[1-9] (?:st|nd|rd|th)|(?<=number )\d\d?|(?<=nummer )\d\d?|(?<=# )\d\d?)"
    r"(?: one| bill| invoice| rechnung)?"
)
_SEVERAL = "|".join(word for word, n in NUMBERS.items() if 1 < n < 10)
_FIRST = rf"(?:the |die )?(?:first|ersten) (?:{_SEVERAL}|beiden)"
_PLACED = re.compile(
    r"(?<!\S)(?P<all>both(?: of them)?|beide|all of them|alle davon|"
    rf"{_FIRST}|{_ONE}(?:(?: and| und| &)? {_ONE})*)(?!\S)"
)
_BEFORE_DAYS = frozenset({
    "on", "by", "until", "till", "since", "from", "due", "am", "bis", "zum", "ab", "seit", "vom", "before", "after",
    "fallig", "until the",
})  # fmt: skip
_COUNTING = frozenset({
    "quarter", "quartal", "half", "week", "month", "year", "day", "tag", "woche", "monat", "jahr", "payment", "time",
    "mal", "bills",
    "invoices", "rechnungen", "thing", "five", "ten", "three", "two", "of",
})  # fmt: skip
"""What follows a number that counts something else: "the first of May", "the last two"."""


def request_about_listed_bill(
    said: Sentence, scene: SentenceContext, understand: Callable[[Sentence], Understood | None]
) -> Understood | None:
    """A request about bills that the last answer listed, "it" standing for each; None where none is pointed at.

    Raises: Puzzled where the list is shorter.
    """
    listed = scene.last.bills
    found = _PLACED.search(said.plain) if listed else None
    if not found or _is_date(said.plain[: found.start()].split(), said.plain[found.end() :].split()):
        return None
    places = _places(found["all"], len(listed))
    if not places or max(places) > len(listed):
        raise NeedsClarification(clarifying_questions.no_such_place(len(listed)))
    request = understand(_with_pronoun(said, found.start(), found.end()))
    if request is None or isinstance(request, OnBill | SeveralRequests):
        return None
    each = tuple(OnBill(listed[place - 1], request) for place in places)
    return each[0] if len(each) == 1 else SeveralRequests(each)


def _is_date(before: list[str], after: list[str]) -> bool:
    """Whether the words around a place show that it is a day, or counts something else."""
    if before and before[-1] in _BEFORE_DAYS:
        return True
    if not after:
        return False
    timely = month_number(after[0]) is not None or weekday_number(after[0]) is not None
    return timely or after[0] in _COUNTING or after[0].isdigit()


def _places(said: str, count: int) -> list[int]:
    if said.startswith(("both", "beide")):
        return [1, 2] if count == 2 else []
    if said.endswith("beiden"):
        return [1, 2]
    if said.startswith(("all", "alle")):
        return list(range(1, count + 1))
    words = said.split()
    if counted := next((NUMBERS[word] for word in words if word in NUMBERS and word not in ("one", "die", "a")), None):
        return list(range(1, counted + 1))
    return [
        _PLACE_OF.get(word) or (count if word in _LAST else int(word))
        for word in words
        if word in _PLACE_OF or word in _LAST or word.isdigit()
    ]


def _with_pronoun(said: Sentence, start: int, end: int) -> Sentence:
    """The words with those of the place replaced by "it"; German verbs keep their German pronoun."""
    first = said.plain.count(" ", 0, start)
    last = first + len(said.plain[start:end].split())
    german = any(word.plain in ONLY["de"] for word in said.words)
    it = Word("sie" if german else "it", said.words[first].start, said.words[last - 1].end, said.words[first].breaks)
    return Sentence(said.raw, (*said.words[:first], it, *said.words[last:]), said.asks)
