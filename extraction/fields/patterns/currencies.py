"""Currencies in a text: signs, codes and names, and how many decimals each has (ISO 4217)."""

from __future__ import annotations

from functools import cache

from iso4217 import Currency

SIGNS = {
    "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₱": "PHP", "฿": "THB",
    "US$": "USD", "CA$": "CAD", "C$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "S$": "SGD", "HK$": "HKD",
    "R$": "BRL", "RM": "MYR", "RS": "INR", "RS.": "INR", "FR.": "CHF", "SFR.": "CHF", "ZŁ": "PLN", "KČ": "CZK",
}  # fmt: skip
"""Signs that mean one currency. "$" and "kr" mean several and are in `SHARED`."""


SHARED = {"$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"), "KR": ("SEK", "NOK", "DKK"), "KR.": ("DKK",)}


COMMON = frozenset({
    "USD", "EUR", "JPY", "GBP", "CNY", "AUD", "CAD", "CHF", "HKD", "SGD", "SEK", "KRW",
    "NOK", "NZD", "INR", "MXN", "TWD", "ZAR", "BRL", "DKK", "PLN", "THB", "ILS", "IDR",
    "CZK", "AED", "TRY", "HUF", "CLP", "SAR", "PHP", "MYR", "RON", "RUB", "COP", "PEN",
})  # fmt: skip
"""Those most traded (BIS triennial survey). Three capitals that mean another are more often a misread word."""


NAMES = {"euro": "EUR", "euros": "EUR", "ringgit": "MYR", "us dollars": "USD", "pounds sterling": "GBP"}


def currency_code_of(sign: str) -> str | None:
    """The ISO 4217 code that a sign, name or code means; None when it means none or several."""
    upper = sign.strip().upper()
    return SIGNS.get(upper) or (upper if upper in codes() else None) or NAMES.get(sign.strip().lower())


def currency_decimals(code: str | None) -> int:
    """Decimal places of the currency's minor unit (ISO 4217): 2 for EUR, 0 for JPY, 3 for KWD; 2 for None."""
    places = Currency(code).exponent if code else 2
    return 2 if places is None else int(places)


@cache
def codes() -> frozenset[str]:
    """Every code of ISO 4217."""
    return frozenset(currency.code for currency in Currency)
