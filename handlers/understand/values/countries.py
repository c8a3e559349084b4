"""Countries by name, English and German, or by their code."""

from __future__ import annotations

from functools import cache

from babel import Locale

from handlers.language.translation import LANGUAGES
from handlers.understand.text.words import fold


def country_code(said: str) -> str | None:
    """The ISO 3166 alpha-2 code of "Germany", "Deutschland" or "DE"; None if it is no country."""
    plain = fold(said).strip(" .").removeprefix("the ")
    if said.isupper() and said in _names().values():
        return said
    return _names().get(plain)


@cache
def _names() -> dict[str, str]:
    found = {
        "uk": "GB",
        "great britain": "GB",
        "england": "GB",
        "usa": "US",
        "holland": "NL",
        "osterreich": "AT",
        "die schweiz": "CH",
    }
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                found[fold(name)] = code
    return found
