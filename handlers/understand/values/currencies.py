"""Currencies by code, sign or name. A sign that several currencies share is never settled by a guess."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

import iso4217
from babel.numbers import get_currency_name, get_currency_symbol

from handlers.language.translation import say
from handlers.understand.text.sentence import NeedsClarification
from handlers.understand.text.words import fold
from handlers.wording import clarifying_questions

SHARED: dict[str, tuple[str, ...]] = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"),
    "£": ("GBP",),
    "¥": ("JPY", "CNY"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "fr": ("CHF",),
    "rs": ("INR", "PKR", "LKR"),
    "rm": ("MYR",),
    "zl": ("PLN",),
    "kc": ("CZK",),
}
"""Signs and the currencies they may stand for, the likeliest first."""

_WORDS = {
    "dollar": "$", "dollars": "$", "bucks": "$", "dollarn": "$", "pound": "£", "pounds": "£", "pfund": "£",
    "sterling": "£", "quid": "£", "euros": "EUR", "euro": "EUR", "yen": "JPY", "kronor": "kr", "kroner": "kr",
    "franken": "fr", "francs": "fr", "franc": "fr", "rupees": "rs", "ringgit": "rm", "zloty": "zl", "yuan": "CNY",
}  # fmt: skip
_WORDS_THAT_ARE_CODES = frozenset({"all", "try", "top", "pen", "cup", "mad", "mop", "sos", "gel", "bam", "cop"})


def currency(said: str, current: str | None) -> str | None:
    """The ISO 4217 code of "USD", "usd", "US$", "$", "dollars", "US dollars"; None if it is no currency.

    A shared sign stands for `current` where that is one of its currencies.
    Raises: Puzzled when a sign stands for several and `current` is none of them.
    """
    plain = fold(said).strip(" .")
    if plain.upper() in _codes() and (said.isupper() or plain not in _WORDS_THAT_ARE_CODES):
        return plain.upper()
    meant = _WORDS.get(plain, plain)
    shared = SHARED.get(meant)
    if not shared:
        return meant if meant in _codes() else _names().get(plain)
    if current in shared:
        return current
    if len(shared) == 1:
        return shared[0]
    suggested = (say("currency is {code}", code=code) for code in shared[:3])
    raise NeedsClarification(clarifying_questions.which_currency(said, shared[:3]), *suggested)


def meant(said: str) -> tuple[str, ...]:
    """Every currency that a code, sign or word may stand for: five dollars for "dollar", none for other words."""
    plain = fold(said).strip(" .")
    if plain.upper() in _codes():
        return (plain.upper(),)
    sign = _WORDS.get(plain, plain)
    return SHARED.get(sign) or tuple(filter(None, (sign if sign in _codes() else _names().get(plain),)))


def kept_of(spoken: Collection[str], kept: Iterable[str]) -> str | None:
    """The only one of the currencies that words may stand for in which an account of ours is `kept`; None where none
    is, or several are."""
    found = {code for code in kept if code in spoken}
    return found.pop() if len(found) == 1 else None


@cache
def _codes() -> frozenset[str]:
    return frozenset(unit.code for unit in iso4217.Currency if unit.exponent is not None)


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for code in sorted(_codes()):
        for language in ("de", "en", "en_GB"):
            names[fold(get_currency_symbol(code, language))] = code
            for count in (1, 2):
                names[fold(get_currency_name(code, count, language))] = code
    words = {name.strip(" ."): code for name, code in names.items() if name not in SHARED}
    return {name: code for name, code in words.items() if name not in _WORDS_THAT_ARE_CODES}
