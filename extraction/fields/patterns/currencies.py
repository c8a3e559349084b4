"""Currencies in a text: signs, codes and names, and how many decimals each has (ISO 4217)."""

from __future__ import annotations

from functools import cache

from iso4217 import Currency

SIGNS = {
    "€": "EUR", "£": "GBP", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₱": "PHP", "฿": "THB", "₪": "ILS",
    "₫": "VND", "₴": "UAH", "₦": "NGN", "US$": "USD", "CA$": "CAD", "C$": "CAD", "A$": "AUD", "AU$": "AUD",
    "NZ$": "NZD", "S$": "SGD", "HK$": "HKD", "R$": "BRL", "MX$": "MXN", "NT$": "TWD", "RM": "MYR", "RS": "INR",
    "RS.": "INR", "RP": "IDR", "RP.": "IDR", "S/": "PEN", "S/.": "PEN", "FR.": "CHF", "SFR.": "CHF", "ZŁ": "PLN",
    "ZL": "PLN", "KČ": "CZK", "KC": "CZK", "FT": "HUF", "LEI": "RON", "TL": "TRY", "د.إ": "AED",
}  # fmt: skip
"""Signs that mean one currency. "$", "¥" and "kr" mean several and are in `SHARED`."""


SHARED = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD", "ARS", "CLP", "COP", "MYR"),
    "¥": ("JPY", "CNY"),
    "KR": ("SEK", "NOK", "DKK", "ISK"),
    "KR.": ("DKK", "SEK", "NOK", "ISK"),
}  # fmt: skip
"""Signs that several currencies share, with these, the likeliest first; in Malaysia tills print $ for the ringgit."""


COMMON = frozenset({
    "USD", "EUR", "JPY", "GBP", "CNY", "AUD", "CAD", "CHF", "HKD", "SGD", "SEK", "KRW",
    "NOK", "NZD", "INR", "MXN", "TWD", "ZAR", "BRL", "DKK", "PLN", "THB", "ILS", "IDR",
    "CZK", "AED", "TRY", "HUF", "CLP", "SAR", "PHP", "MYR", "RON", "RUB", "COP", "PEN",
})  # fmt: skip
"""Those most traded (BIS triennial survey). Three capitals that mean another are more often a misread word."""


_WRITTEN_WHOLE = frozenset({"HUF", "IDR", "COP", "LAK", "MMK", "LBP"})
"""Currencies whose minor unit nobody pays with any more, though ISO 4217 has it."""


NAMES = {"euro": "EUR", "euros": "EUR", "ringgit": "MYR", "us dollars": "USD", "pounds sterling": "GBP"}


def currency_code_of(sign: str) -> str | None:
    """The ISO 4217 code that a sign, name or code means; None when it means none or several."""
    upper = sign.strip().upper()
    return SIGNS.get(upper) or (upper if upper in codes() else None) or NAMES.get(sign.strip().lower())


def currency_decimals(code: str | None) -> int:
    """Decimal places with which amounts are written: those of the minor unit (ISO 4217), 2 for None.

    2 for EUR, 0 for JPY, 3 for KWD; 0 where the minor unit is not in use. Two are always read where they are written.
    """
    if code in _WRITTEN_WHOLE:
        return 0
    places = Currency(code).exponent if code else 2
    return 2 if places is None else int(places)


@cache
def codes() -> frozenset[str]:
    """Every code of ISO 4217."""
    return frozenset(currency.code for currency in Currency)
