"""The books for a German tax adviser: a batch of bookings in DATEV's EXTF format (version 700, Buchungsstapel 13).

Each entry is taken apart into bookings of two accounts, as the format wants them: its largest posting of a currency
against each of the others. Accounts are those of SKR03 or SKR04 (`config/datev.toml`); vendors and customers have
personal accounts, 70000 and 10000 plus their id. VAT stands on its own accounts, so no booking has a tax key.
Format: DATEV developer portal, "DATEV-Format", Buchungsstapel.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Literal

from handlers.exports.period_books import Books
from storage.ledger.money import Money
from storage.models import AccountType
from storage.reports.journal import JournalEntry, Line

Chart = Literal["skr03", "skr04"]
DEBTORS, CREDITORS = 10000, 70000
_HEADS = (
    "Umsatz (ohne Soll/Haben-Kz)", "Soll/Haben-Kennzeichen", "WKZ Umsatz", "Kurs", "Basis-Umsatz", "WKZ Basis-Umsatz",
    "Konto", "Gegenkonto (ohne BU-Schlüssel)", "BU-Schlüssel", "Belegdatum", "Belegfeld 1", "Belegfeld 2", "Skonto",
    "Buchungstext",
)  # fmt: skip
_LONGEST_TEXT, _LONGEST_NUMBER, _LONGEST_NAME = 60, 36, 30


@dataclass(frozen=True)
class Booking:
    """One line of the batch: a positive amount, on which side (S or H) of `account`, against `contra`."""

    amount: Money
    side: Literal["S", "H"]
    account: int
    contra: int
    entry: JournalEntry


def to_datev(books: Books, now: datetime, chart: Chart = "skr03") -> dict[str, bytes]:
    """A file for each calendar year of the period, by name; Windows-1252 with CRLF, as DATEV reads it."""
    made = {}
    for year, entries in groupby(books.entries, key=lambda entry: entry.booked_on.year):
        bookings = [booking for entry in entries for booking in _bookings(entry, chart)]
        lines = [_header(books, year, now, chart), ";".join(map(_text, _HEADS)), *map(_line, bookings)]
        content = "".join(f"{line}\r\n" for line in lines)
        made[f"EXTF_Buchungsstapel_{year}.csv"] = content.encode("cp1252", errors="replace")
    return made


def _bookings(entry: JournalEntry, chart: Chart) -> Iterator[Booking]:
    """The entry in pairs. Each currency of an entry sums to zero by itself, so each has its own largest posting."""
    for currency in sorted({line.amount.currency for line in entry.lines}):
        lines = [line for line in entry.lines if line.amount.currency == currency]
        contra = max(lines, key=lambda line: abs(line.amount.minor))
        for line in lines:
            if line is not contra:
                amount = line.amount if line.amount.minor > 0 else -line.amount
                side: Literal["S", "H"] = "S" if line.amount.minor > 0 else "H"
                yield Booking(amount, side, account_number(line, chart), account_number(contra, chart), entry)


def account_number(line: Line, chart: Chart) -> int:
    """The account's number in the chart; a category of the company's own goes to the chart's general account."""
    numbers = _numbers()
    if line.party_id is not None and line.code in ("payable", "receivable"):
        return (CREDITORS if line.code == "payable" else DEBTORS) + line.party_id
    known = numbers[chart].get(line.code) or numbers[chart].get(line.code.partition(":")[0])
    return known or numbers[chart]["income" if line.type is AccountType.INCOME else "expense"]


@cache
def _numbers() -> dict[str, dict[str, int]]:
    return tomllib.loads(files("config").joinpath("datev.toml").read_text("utf-8"))


def _header(books: Books, year: int, now: datetime, chart: Chart) -> str:
    """The first line: 31 fields. Adviser and client are DATEV's placeholders 1001 and 1, which the import asks for."""
    since, until = max(books.since, date(year, 1, 1)), min(books.until, date(year, 12, 31))
    fields = [
        '"EXTF"', "700", "21", '"Buchungsstapel"', "13", f"{now:%Y%m%d%H%M%S}000", "", '"BI"', '""', '""', "1001", "1",
        f"{year}0101", "4", f"{since:%Y%m%d}", f"{until:%Y%m%d}", _text(f"Billify {books.company}"[:_LONGEST_NAME]),
        '""', "1", "0", "0", '"EUR"', "", '""', "", "", f'"{chart.removeprefix("skr")}"', "", "", '""', '""',
    ]  # fmt: skip
    return ";".join(fields)


def _line(booking: Booking) -> str:
    entry = booking.entry
    fields = [
        f"{booking.amount.decimal}".replace(".", ","), _text(booking.side), _text(booking.amount.currency),
        "", "", '""', str(booking.account), str(booking.contra), '""', f"{entry.booked_on:%d%m}",
        _text(entry.number[:_LONGEST_NUMBER]), '""', "", _text(entry.description[:_LONGEST_TEXT]),
    ]  # fmt: skip
    return ";".join(fields)


def _text(text: str) -> str:
    """A text field: quoted, quotes doubled, on one line."""
    return '"{}"'.format(" ".join(text.split()).replace('"', '""'))
