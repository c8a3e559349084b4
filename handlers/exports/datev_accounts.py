"""The numbers of our accounts in DATEV's charts, and the tax keys by which its VAT return fills."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from handlers.exports.period_books import AdviserBooks, Books
from storage.ledger import double_entry, tax_codes
from storage.reports.journal import JournalEntry, Line

DEBTORS, CREDITORS = 10000, 70000
"""Customers and vendors have personal accounts: these, plus their id."""

_PERSONAL = {"payable": CREDITORS, "receivable": DEBTORS}


def number_of(line: Line, books: AdviserBooks) -> str | None:
    """The account's number: as the company told it, else as the table has it; None where neither does."""
    if line.party_id is not None and line.code in _PERSONAL:
        return str(_PERSONAL[line.code] + line.party_id)
    if line.code in books.numbers:
        return books.numbers[line.code]
    table = _tables()[books.chart]
    if line.code == double_entry.INCOME and line.tax and (sold := _sales(table, line.tax)):
        return str(sold)
    known = table.get(line.code)
    return None if known is None else str(known)


def unmapped(books: Books) -> list[str]:
    """The codes of accounts that something is booked on and that have no number, in their order."""
    lines = (line for entry in books.entries for line in entry.lines)
    return list(dict.fromkeys(line.code for line in lines if number_of(line, books.adviser) is None))


def without_rate(books: Books) -> list[tuple[str, JournalEntry]]:
    """The currencies, each with an entry, of which no rate of the day is known."""
    return [
        (currency, entry)
        for entry in books.entries
        for currency in dict.fromkeys(line.amount.currency for line in entry.lines)
        if rate_in(entry, currency, books.adviser) is None
    ]


def rate_in(entry: JournalEntry, currency: str, books: AdviserBooks) -> Decimal | None:
    """How much of a currency one unit of ours was in an entry: by what was exchanged in it, else the day's."""
    if currency == books.currency:
        return Decimal(1)
    exchanged = {
        line.amount.currency: abs(line.amount.decimal) for line in entry.lines if line.code == double_entry.EXCHANGE
    }
    if exchanged.get(currency) and exchanged.get(books.currency):
        return exchanged[currency] / exchanged[books.currency]
    return books.rates.get((currency, entry.booked_on))


def tax_key(code: str | None) -> str | None:
    """The tax key of a treatment ("payable S 19 domestic"); None where it has none, or tax of another country."""
    if code is None:
        return None
    told = tax_codes.parse(code)
    if told.category == "S" and told.place not in (None, "domestic"):
        return None
    found = _tables()["keys"].get(f"{told.side.value} {told.category} {told.rate}")
    return None if found is None else str(found)


def _sales(table: dict[str, Any], code: str) -> int | None:
    """The account of income that is for sales of a treatment."""
    told = tax_codes.parse(code)
    sales: dict[str, int] = table["sales"]
    return sales.get(f"{told.category} {told.place}") or sales.get(told.category)


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(files("config").joinpath("datev.toml").read_text("utf-8"))
