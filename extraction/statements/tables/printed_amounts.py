"""Amounts as banks print them. Which mark is that of the decimals is a matter of the whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from iso4217 import Currency

_SYMBOLS = {
    "€": "EUR", "EUROS": "EUR", "EURO": "EUR", "EUROA": "EUR", "£": "GBP", "₹": "INR", "Rs.": "INR", "Rs": "INR",
    "₺": "TRY", "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "₽": "RUB", "Fr.": "CHF", "RM": "MYR", "R$": "BRL",
    "C$": "CAD", "CAD$": "CAD", "A$": "AUD", "US$": "USD", "USD$": "USD", "$": "", "kr": "", "kr.": "", "¥": "",
}  # fmt: skip
"""What stands for a currency; "" where it stands for several."""

_UNIT = "|".join([*map(re.escape, sorted(_SYMBOLS, key=len, reverse=True)), "[A-Z]{3}(?![A-Z])"])
_SIGN = r"[-+]|D[RB]\.?|CR\.?"
_AMOUNT = re.compile(
    rf"(?P<open>\()?\s*(?:(?P<sign>{_SIGN})\s*)?(?P<unit>{_UNIT})?\s*(?P<second>{_SIGN})?\s*"
    r"(?P<number>\d[\d.,' ]*|[.,]\d+)\s*"
    rf"(?P<behind>{_UNIT})?\s*(?P<after>{_SIGN}|[SHDC]|Soll|Haben)?\s*(?P<close>\))?\s*(?P<outside>[-+])?",
    re.IGNORECASE,
)
_OUT = frozenset({"-", "S", "D", "DR", "DB", "SOLL"})
_MINUS = re.compile("[\N{MINUS SIGN}\N{EN DASH}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}]")
_APOSTROPHES = re.compile("[\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}\N{PRIME}`\N{ACUTE ACCENT}]")
_GROUPED = re.compile(r"\d{1,3}(?: \d{3})+|\d{1,2}(?: \d\d)* \d{3}")
"""Thousands, or lakhs and crores."""
_MOST_DIGITS = 15
"""What no bank moves; longer numbers are those of accounts."""


def amount_in(text: str, mark: str) -> Decimal | None:
    """The amount in a cell, below zero where it went out; `mark` is that of its decimals. None for anything else.

    "1.249,50-", "(20.00)", "EUR -5,00", "1'234.50", "1 234,56", "1,23,456.00" (lakhs), "20,00 S" (Soll), "20.00 DR" and
    "-$5" are understood; "20.03.2025" and "1,5,0" are none.
    """
    found = _AMOUNT.fullmatch(_plain(text))
    if not found or bool(found["open"]) != bool(found["close"]):
        return None
    number = _number(found["number"].strip(), mark)
    if number is None:
        return None
    signs = [(found[name] or "").upper().rstrip(".") for name in ("sign", "second", "after", "outside")]
    return -number if found["open"] or any(sign in _OUT for sign in signs) else number


def decimal_mark(texts: Iterable[str], otherwise: str = ".", *, grouped: bool = True) -> str:
    """The mark of the decimals in these cells; `otherwise` where none of them tells.

    Of two marks the last is that of the decimals, one that is repeated is not; one before three digits may be either,
    and counts only where no other cell tells, and amounts are `grouped` by rule: as that of thousands.
    """
    votes = {",": 0.0, ".": 0.0}
    for text in texts:
        found = _AMOUNT.fullmatch(_plain(text))
        marks = re.findall(r"[.,]", found["number"]) if found else []
        if not marks or found is None:
            continue
        last, other = marks[-1], "." if marks[-1] == "," else ","
        behind = len(re.split(r"[.,]", found["number"])[-1].strip())
        if len(set(marks)) == 2:
            votes[last] += 1
        elif len(marks) > 1:
            votes[other] += 1
        elif behind != 3 or re.match(r"0[.,]|[.,]|\d{4}", found["number"]):
            votes[last] += 1
        elif grouped:
            votes[other] += 0.001
    return otherwise if votes[","] == votes["."] else max(votes, key=votes.__getitem__)


def currency_in(text: str) -> str:
    """The currency (ISO 4217) beside the amount in a cell; "" where it says none, or one of several."""
    found = _AMOUNT.fullmatch(_plain(text))
    return next(filter(None, (code_of(unit) for unit in (found["unit"], found["behind"]) if unit)), "") if found else ""


def headed_currency(heading: str) -> str:
    """The currency in a heading, as in "Betrag (EUR)", "Débit euros", "CAD$"; "" where there is none."""
    units = re.findall(r"\b[A-Z]{3}\b\$?|[€£₹₺]|R\$|zł|Kč|(?i:\beuro[sa]?\b)", heading)
    return next(filter(None, (code_of(unit.upper() if unit[0] in "eE" else unit) for unit in units)), "")


def symbol_in(text: str) -> str:
    """The sign of several currencies ("$", "kr") beside the amount in a cell; "" where there is none."""
    found = _AMOUNT.fullmatch(_plain(text))
    units = [found["unit"], found["behind"]] if found else []
    return next((unit for unit in units if unit and _SYMBOLS.get(unit) == ""), "")


def code_of(unit: str) -> str:
    """The currency of today that a code or a sign stands for; "" for anything else."""
    if unit in _SYMBOLS:
        return _SYMBOLS[unit]
    try:
        return Currency(unit.upper()).code if re.fullmatch("[A-Za-z]{3}", unit) else ""
    except ValueError:
        return ""


def _plain(text: str) -> str:
    return _APOSTROPHES.sub("'", _MINUS.sub("-", " ".join(text.split())))


def _number(text: str, mark: str) -> Decimal | None:
    """Digits in groups as people write them, thousands or lakhs; None where they are no number."""
    whole, found, decimals = text.partition(mark)
    groups = re.split(r"[ ',.]", whole) if whole else [""]
    digits = "".join(groups)
    if not f"{digits}{decimals}".isdecimal() or len(digits) > _MOST_DIGITS:
        return None
    if len(groups) > 1 and not _GROUPED.fullmatch(" ".join(groups)):
        return None
    return Decimal(f"{digits or 0}.{decimals or 0}") if found else Decimal(digits)
