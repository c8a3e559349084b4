"""Decimals as XML writes them, and as evidence does."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from iso4217 import Currency

_DECIMAL = re.compile(r"[+-]?(?:\d{1,18}(?:\.\d{0,12})?|\.\d{1,12})")


def decimal_in(text: str) -> Decimal | None:
    """The value of an xsd:decimal of no more than 18 digits; None for "" and for anything else."""
    return Decimal(text) if _DECIMAL.fullmatch(text.strip()) else None


def plain(number: Decimal) -> str:
    """Without exponent and without zeros at the end: 10.0000 is "10"."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_currency(amount: Decimal, currency: str) -> str:
    """With the decimals of the currency (ISO 4217), or with more where the amount has them: "5.80", "0.1234"."""
    whole, _, fraction = plain(amount).partition(".")
    fraction = fraction.ljust(exponent(currency), "0")
    return f"{whole}.{fraction}" if fraction else whole


@cache
def exponent(currency: str) -> int:
    """The digits of the currency's minor unit, 2 where it is not known."""
    try:
        return int(Currency(currency.upper()).exponent or 0)
    except ValueError:
        return 2
