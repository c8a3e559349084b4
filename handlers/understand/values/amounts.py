"""Amounts as people type them: "1,294.50", "1.294,50 €", "USD 20", "50,-", "2.1k", "fifty euros".

What could be two numbers is asked about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from handlers.language.translation import say
from handlers.understand.text.sentence import NeedsClarification
from handlers.understand.text.words import fold
from handlers.understand.values.currencies import currency
from handlers.understand.values.number_words import SCALES, in_digits
from handlers.wording import clarifying_questions
from storage.ledger.money import exponent

MOST_DIGITS = 15
"""Longer amounts are slips of the finger; 10**15 minor units still fit the ledger's 64 bits with room for sums."""

_SHAPE = re.compile(
    r"(?P<before>[^0-9+-]*?)\s*(?P<sign>[+-]?)\s*(?P<number>[0-9][0-9.,' ]*?)(?:,-+|\.-+)?\s*(?P<after>[^0-9]*)"
)
_SCALE = re.compile(
    rf"(?<=[0-9])\s*(?P<scale>{'|'.join(sorted(SCALES, key=len, reverse=True))})\.?(?!\w)", re.IGNORECASE
)
_INTEGER = re.compile(r"[0-9]+|[1-9][0-9]{0,2}([.,' ])[0-9]{3}(?:\1[0-9]{3})*|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}")


@dataclass(frozen=True)
class Amount:
    """A decimal string with a dot, with as many decimals as its currency has; `currency` None if none was said."""

    value: str
    currency: str | None = None


def amount(said: str, current: str | None, name: str = "total") -> Amount:
    """The amount that was typed. `current` decides how many decimals there can be; `name` is for the questions.

    Raises: Puzzled when it is none, is negative, or could be two different numbers.
    """
    written, factor = _scaled(in_digits(said.strip()))
    shape = _SHAPE.fullmatch(written)
    if not shape:
        raise NeedsClarification(clarifying_questions.no_amount(said, name))
    units = [currency(sign, current) for sign in (shape["before"], shape["after"]) if sign.strip(" .:")]
    if None in units or len(set(units)) > 1:
        raise NeedsClarification(clarifying_questions.no_amount(said, name))
    if shape["sign"] == "-":
        raise NeedsClarification(clarifying_questions.negative_amount(name))
    stated = units[0] if units else None
    number, unit = shape["number"].strip(), stated or current
    if factor > 1:
        return Amount(_multiplied(number, factor, unit, name), stated)
    return Amount(_settled(number, unit, stated, name), stated)


def _scaled(said: str) -> tuple[str, int]:
    """Without the word that multiplies the number ("k", "Tsd", "million"), and by how much; 1 without one."""
    found = _SCALE.search(said)
    return (said[: found.start("scale")] + said[found.end() :], SCALES[fold(found["scale"])]) if found else (said, 1)


def _multiplied(number: str, factor: int, unit: str | None, name: str) -> str:
    """A single mark before one or two digits begins decimals: "2.1k", "1,25 million"."""
    decimal = re.fullmatch(r"([0-9]+)[.,]([0-9]{1,2})", number)
    value = Decimal(f"{decimal[1]}.{decimal[2]}" if decimal else _settled(number, unit, None, name)) * factor
    if len(str(int(value))) > MOST_DIGITS:
        raise NeedsClarification(clarifying_questions.too_long_amount(number))
    return _written(value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize(), unit)


def _settled(number: str, unit: str | None, stated: str | None, name: str) -> str:
    if len(re.sub(r"\D", "", number)) > MOST_DIGITS:
        raise NeedsClarification(clarifying_questions.too_long_amount(number))
    readings = sorted(readings_of(number, exponent(unit) if unit else None), reverse=True)
    if not readings:
        raise NeedsClarification(clarifying_questions.impossible_amount(number, unit, name))
    if len(readings) > 1:
        ways = [_unmistakably(reading, unit) for reading in readings]
        tail = f" {stated}" if stated else ""
        said = (say("{name} is {amount}", name=name, amount=f"{way}{tail}") for way in ways)
        raise NeedsClarification(clarifying_questions.which_amount(number, readings), *said)
    return _written(readings[0], unit)


def readings_of(number: str, decimals: int | None) -> set[Decimal]:
    """Every number that the digits and marks can mean where amounts have `decimals` decimals (None: up to three).

    Groups of thousands are checked, also Indian ones (12,34,500): "1,29" cannot be a thousand. Zeros beyond the
    decimals there can be ("1,294.00" yen) do no harm, but three digits in all are taken for thousands.
    """
    found = set()
    for mark in (".", ",", ""):
        whole, _, rest = number.rpartition(mark) if mark and mark in number else (number, "", "")
        if _INTEGER.fullmatch(whole) and (not mark or (mark in number and mark not in whole and _fits(rest, decimals))):
            found.add(Decimal(re.sub(r"\D", "", whole) + ("." + rest if rest else "")))
    return found


def _fits(rest: str, decimals: int | None) -> bool:
    most = 3 if decimals is None else decimals
    return rest.isdigit() and (len(rest) <= most or (len(rest) != 3 and not rest[most:].strip("0")))


def _written(reading: Decimal, unit: str | None) -> str:
    return f"{reading:f}" if unit is None else f"{reading:.{exponent(unit)}f}"


def _unmistakably(reading: Decimal, unit: str | None) -> str:
    """With a fourth decimal where "1.000" could be thousands again."""
    written = _written(reading, unit)
    whole, _, fraction = written.partition(".")
    return written + "0" if len(fraction) == 3 and len(whole) <= 3 else written
