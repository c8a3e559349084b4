"""Which of the choices that we offered an answer means: "2026-071", "595", "the second", "the older one"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sqlmodel import Session

from handlers.button_ids import parse_choice
from handlers.understand.text.words import fold
from storage.bills import lifecycle
from storage.models import Bill

Offer = tuple[str, str]
"""A button's id and label."""

_FILLERS = frozenset({
    "the", "one", "that", "this", "bill", "invoice", "number", "no", "nr", "from", "of", "with", "for", "over", "a",
    "please", "mean", "i", "bitte", "die", "der", "das", "den", "mit", "von", "vom", "rechnung", "nummer", "uber",
    "diese", "dieser", "meine", "ich", "eur", "euro", "euros", "€", "$", "£", "usd", "gbp", "chf", "ones",
})  # fmt: skip
_PLACES = (
    "first 1st erste ersten", "second 2nd zweite zweiten", "third 3rd dritte dritten", "fourth 4th vierte vierten",
    "fifth 5th funfte funften", "sixth 6th sechste sechsten",
)  # fmt: skip
_PLACE_OF = {word: n for n, words in enumerate(_PLACES) for word in words.split()} | {"last": -1, "letzte": -1}
_NUMBER = re.compile(r"\d[\d.,'’ \u00a0\u202f]*\d|\d")
_SHORTEST_PART = 3


def _total(bill: Bill) -> int | None:
    return bill.total_minor


def _day(bill: Bill) -> int | None:
    return bill.issue_date.toordinal() if bill.issue_date else None


_COMPARED: dict[str, tuple[Callable[[Bill], int | None], int]] = {
    word: (measure, sign)
    for words, measure, sign in (
        ("bigger biggest larger largest higher highest grossere grosste grosseren grossten hohere hochste", _total, 1),
        ("smaller smallest lower lowest kleinere kleinste kleineren kleinsten niedrigere niedrigste", _total, -1),
        ("newer newest later latest neuere neueste neueren neuesten spatere jungere jungste", _day, 1),
        ("older oldest earlier earliest altere alteste alteren altesten fruhere", _day, -1),
    )
    for word in words.split()
}
"""What is compared, and whether the most or the least of it is meant."""


def chosen_offer(session: Session, text: str, offers: Sequence[Offer]) -> str | None:
    """The id of the only choice that the words fit; None where they say something else, or fit several."""
    words = [word for word in re.findall(r"[^\s,;:!?()„“”\"]+", fold(text)) if word.strip(".") not in _FILLERS]
    if not words or not offers:
        return None
    if len(words) == 1 and words[0] in _PLACE_OF:
        place = _PLACE_OF[words[0]]
        return offers[place][0] if place < len(offers) else None
    if len(words) == 1 and words[0] in _COMPARED:
        return _extreme(session, offers, *_COMPARED[words[0]])
    fitting = [made for made, label in offers if _fits(words, label) or _is_amount_of(text, label)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(words: Sequence[str], label: str) -> bool:
    """Whether each word is in the label: as it is, as the beginning of a word, or as the end of a number."""
    parts = [part for part in re.findall(r"[^\s·(),“”?]+", fold(label)) if part]
    return all(any(_is_part(word.strip(".?!"), part) for part in parts) for word in words)


def _is_part(word: str, part: str) -> bool:
    word, part = _squeezed(word), _squeezed(part)
    if not word or word == part:
        return bool(word)
    if len(word) < _SHORTEST_PART:
        return False
    return part.endswith(word) if word.isdigit() else part.startswith(word)


def _squeezed(word: str) -> str:
    return "".join(sign for sign in word if sign.isalnum())


def _is_amount_of(text: str, label: str) -> bool:
    """Whether the words are an amount alone, and the label has it behind its last dot."""
    said = _NUMBER.findall(text)
    rest = _NUMBER.sub("", fold(text)).split()
    if len(said) != 1 or any(word.strip(".") not in _FILLERS for word in rest):
        return False
    shown = _NUMBER.findall(label.rpartition("·")[2])
    return bool(shown) and _hundredths(said[0]) == _hundredths(shown[-1])


def _hundredths(number: str) -> int:
    digits = int("".join(sign for sign in number if sign.isdigit()))
    return digits if re.search(r"[.,]\d\d$", number) else digits * 100


def _extreme(session: Session, offers: Sequence[Offer], measure: Callable[[Bill], int | None], sign: int) -> str | None:
    """The bill of which there is more, or less, than of any other; None where that is not to be told."""
    measured: list[tuple[int, str]] = []
    for made, _ in offers:
        pressed = parse_choice(made)
        if pressed is None or pressed.action != "pick" or pressed.target is None:
            return None
        value = measure(lifecycle.find(session, pressed.target))
        if value is None:
            return None
        measured.append((sign * value, made))
    best = max(measured)
    return best[1] if sum(value == best[0] for value, _ in measured) == 1 else None
