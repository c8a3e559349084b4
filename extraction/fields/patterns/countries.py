"""The countries that a document was written in, by what is printed: addresses, tax words and numbers, language.

They tell which dollar or krone a sign means, and whether the day or the month of a date comes first.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from babel.numbers import get_territory_currencies

CERTAIN, LIKELY = 1.0, 0.5

_ZIP = re.compile(r"([^\W\d]{3,}\.?,?)\s{1,2}([A-Z]{2})[ .,]{1,2}(\d{5})(?:-\d{4})?\b")
_FIRST_DIGITS = {
    "0": "CT MA ME NH NJ PR RI VT VI", "1": "DE NY PA", "2": "DC MD NC SC VA WV", "3": "AL FL GA MS TN",
    "4": "IN KY MI OH", "5": "IA MN MT ND SD WI", "6": "IL KS MO NE", "7": "AR LA OK TX",
    "8": "AZ CO ID NM NV UT WY", "9": "AK CA GU HI OR WA",
}  # fmt: skip
"""The first digit of a ZIP code and the states it is used in (USPS, Publication 65)."""

_DELAWARE = re.compile(r"19[789]")  # else "DE 10115" is Berlin
_TOWN = re.compile(rf"(?m)^\W*[^\W\d][^\d\n,]{{2,30}},\s?(?:{'|'.join(_FIRST_DIGITS.values()).replace(' ', '|')})\s*$")
_NUMBERED = re.compile(r"\b(?:inv|rechn|fact|fatt|fakt|order|auftrag|n[or]|num|ref)\w*\W*$", re.I)
_IBAN = re.compile(r"\b([A-Z]{2})\d{2}(?: ?[A-Z0-9]{4}){3,7}")


@lru_cache(maxsize=8)  # the same text is asked of for its dates, its currency, and once more when looked at again
def countries_of(text: str) -> Mapping[str, float]:
    """Countries (ISO 3166-1) that something in a text speaks for: `CERTAIN` ones, or `LIKELY` where there are none."""
    certain = _found("certain", text) | ({"US"} if _has_zip(text) else set())
    if found := certain or _found("named", text):
        return MappingProxyType(dict.fromkeys(sorted(found), CERTAIN))
    likely = _found("likely", text) | ({match[1] for match in _IBAN.finditer(text)} & _signs("certain").keys())
    return MappingProxyType(dict.fromkeys(sorted(likely | ({"US"} if _TOWN.search(text) else set())), LIKELY))


@cache
def currency_in(country: str) -> str:
    """The legal tender of a country, as a code of ISO 4217 (CLDR, by Babel)."""
    return str(get_territory_currencies(country)[0])


def _has_zip(text: str) -> bool:
    """Whether there is a town with a state of the US and a ZIP code of it; "Rechnung RE 20241" is none."""
    return any(
        state in _FIRST_DIGITS[code[0]].split()
        and (state != "DE" or _DELAWARE.match(code))
        and not _NUMBERED.search(town)
        for town, state, code in _ZIP.findall(text)
    )


def _found(how: str, text: str) -> set[str]:
    return {code for code, pattern in _signs(how).items() if pattern.search(text)}


@cache
def _signs(how: str) -> dict[str, re.Pattern[str]]:
    """What tells each country in that way, of those that `countries.toml` knows something of."""
    tables = tomllib.loads((Path(__file__).parent / "countries.toml").read_text(encoding="utf-8"))
    return {code: re.compile("|".join(told[how]), re.I) for code, told in tables.items() if how in told}
