"""The books for a German tax adviser, in DATEV's format: a batch of bookings a year, the customers and vendors by name,
and the documents for Belegtransfer, to which the bookings link.

Each entry is taken apart into bookings of two accounts, as the format wants them: each posting against the one that
says
what is open, else against the largest. What has a tax key is booked with its tax in it, so that DATEV's VAT return
fills;
where the key would make another tax than ours, by a cent of rounding, the tax stands on its own account instead.
Amounts of
another currency carry the rate and what they are in ours.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from handlers.exports import datev_format, documents_zip
from handlers.exports.datev_accounts import number_of, rate_in, tax_key
from handlers.exports.period_books import Books
from storage.ledger import double_entry, tax_codes, vat
from storage.ledger.double_entry import CONTROL_ACCOUNT
from storage.ledger.money import Money
from storage.reports.journal import JournalEntry, Line

PLACEHOLDERS = ("1001", "1")
"""DATEV's adviser and client where the company told none: the import then asks for them."""

_CONTROL = frozenset(CONTROL_ACCOUNT.values())


@dataclass(frozen=True)
class Booking:
    """One line of the batch: a positive amount, on which side (S or H) of `account`, against `contra`; with a tax
    `key` the
    amount has the tax in it. `rate` is how much of the amount's currency one unit of ours is."""

    amount: Money
    side: Literal["S", "H"]
    account: str
    contra: str
    entry: JournalEntry
    rate: Decimal
    key: str = ""


def to_datev(books: Books, now: datetime, fetch: Callable[[str], bytes] | None = None) -> dict[str, bytes]:
    """The files by name: for each calendar year a batch, then parties, then (with `fetch`) documents. None for no
    entry.

    Every account has to have a number, and every currency a rate (`datev_accounts.unmapped`, `without_rate`).
    """
    entries = _net(books.entries) if books.adviser.corrections == "net" else list(books.entries)
    links = _links(books)
    made = {}
    for year, of_year in groupby(entries, key=lambda entry: entry.booked_on.year):
        bookings = [booking for entry in of_year for booking in _bookings(entry, books)]
        rows = (_row(booking, books, links) for booking in bookings)
        made[f"EXTF_Buchungsstapel_{year}.csv"] = datev_format.file_of(
            _header(books, year, now), datev_format.COLUMNS, rows
        )
    if made and (parties := _parties(books)):
        first = datev_format.header(
            datev_format.PARTIES, now=now, year=books.until.year, chart=books.adviser.chart, ids=_ids(books)
        )
        made["EXTF_DebKred_Stamm.csv"] = datev_format.file_of(first, datev_format.PARTY_COLUMNS, parties)
    if made and fetch and links:
        made["DATEV_Belegtransfer.zip"] = _documents(books, now, fetch)
    return made


def _net(entries: Sequence[JournalEntry]) -> list[JournalEntry]:
    """Without entries that were taken back within the period, and what took them back."""
    there = {entry.id for entry in entries}
    undone = {entry.reverses for entry in entries if entry.reverses in there}
    return [entry for entry in entries if entry.id not in undone and entry.reverses not in undone]


def _bookings(entry: JournalEntry, books: Books) -> Iterator[Booking]:
    """The entry in pairs. Each currency of an entry sums to zero by itself, so each has its own contra account."""
    for currency in sorted({line.amount.currency for line in entry.lines}):
        lines = [line for line in entry.lines if line.amount.currency == currency]
        control = [line for line in lines if line.code in _CONTROL]
        contra = max(control or lines, key=lambda line: abs(line.amount.minor))
        rest = [line for line in lines if line is not contra]
        rate = Decimal(rate_in(entry, currency, books.adviser) or 0)
        for code in dict.fromkeys(line.tax for line in rest):
            of_code = [line for line in rest if line.tax == code]
            if (keyed := _keyed(of_code, code)) is not None:
                yield _booking(keyed[0], keyed[1], contra, entry, books, rate, keyed[2])
                continue
            for line in of_code:
                yield _booking(line, line.amount, contra, entry, books, rate)


def _keyed(lines: Sequence[Line], code: str | None) -> tuple[Line, Money, str] | None:
    """The line, its amount with tax, and the key that takes just our tax out of it; None where no key does."""
    key = tax_key(code)
    if key is None or code is None:
        return None
    told = tax_codes.parse(code)
    nets = [line for line in lines if not double_entry.is_vat(line.code)]
    taxes = [line.amount for line in lines if double_entry.is_vat(line.code)]
    if len({line.code for line in nets}) != 1 or told.rate is None:
        return None
    zero = Money(0, nets[0].amount.currency)
    net, tax = sum((line.amount for line in nets), zero), sum(taxes, zero)
    if told.category in tax_codes.SELF_ASSESSED:
        due = vat.pro_rata(net, Decimal(told.rate), 100)
        return (nets[0], net, key) if sorted(map(abs_minor, taxes)) == [abs(due.minor)] * 2 else None
    return (nets[0], net + tax, key) if vat.contained(net + tax, told.rate) == tax else None


def abs_minor(amount: Money) -> int:
    """Its minor units without the sign."""
    return abs(amount.minor)


def _booking(
    line: Line, amount: Money, contra: Line, entry: JournalEntry, books: Books, rate: Decimal, key: str = ""
) -> Booking:
    numbers = number_of(line, books.adviser), number_of(contra, books.adviser)
    assert numbers[0] is not None and numbers[1] is not None, "unmapped accounts stop the export"
    side: Literal["S", "H"] = "S" if amount.minor > 0 else "H"
    return Booking(amount if amount.minor > 0 else -amount, side, numbers[0], numbers[1], entry, rate, key)


def _ids(books: Books) -> tuple[str, str]:
    """The adviser's number and the client's."""
    adviser, client = PLACEHOLDERS
    return books.adviser.adviser or adviser, books.adviser.client or client


def _header(books: Books, year: int, now: datetime) -> str:
    """Festschreibung is set where our own books are closed until the batch's end."""
    since, until = max(books.since, date(year, 1, 1)), min(books.until, date(year, 12, 31))
    return datev_format.header(
        datev_format.BOOKINGS,
        now=now,
        year=year,
        chart=books.adviser.chart,
        since=since,
        until=until,
        name=f"Billify {books.company}",
        closed=books.adviser.closed is not None and books.adviser.closed >= until,
        currency=books.adviser.currency,
        ids=_ids(books),
    )


def _row(booking: Booking, books: Books, links: dict[int, str]) -> dict[str, str]:
    entry, ours = booking.entry, books.adviser.currency
    foreign = booking.amount.currency != ours
    storno = "Storno " if entry.reverses is not None else ""
    guid = links.get(entry.bill_id or 0)
    closed = books.adviser.closed is not None and books.adviser.closed >= entry.booked_on
    rate = booking.rate.quantize(Decimal("0.000001"), ROUND_HALF_UP)
    base = (booking.amount.decimal / booking.rate).quantize(Decimal("0.01"), ROUND_HALF_UP) if foreign else Decimal(0)
    return {
        "Umsatz (ohne Soll/Haben-Kz)": _decimal(booking.amount.decimal),
        "Soll/Haben-Kennzeichen": booking.side,
        "WKZ Umsatz": booking.amount.currency,
        "Kurs": _decimal(rate) if foreign else "",
        "Basis-Umsatz": _decimal(base) if foreign else "",
        "WKZ Basis-Umsatz": ours if foreign else "",
        "Konto": booking.account,
        "Gegenkonto (ohne BU-Schlüssel)": booking.contra,
        "BU-Schlüssel": booking.key,
        "Belegdatum": f"{entry.booked_on:%d%m}",
        "Belegfeld 1": datev_format.document_number(entry.number),
        "Buchungstext": storno + entry.description.removeprefix("Reversal: "),
        "Beleglink": f'BEDI "{guid}"' if guid else "",
        "Festschreibung": "1" if closed else "0",
    }


def _decimal(amount: Decimal) -> str:
    return f"{amount:f}".replace(".", ",")


def _parties(books: Books) -> list[dict[str, str]]:
    """The customers and vendors that something is booked on, with their names, by their accounts."""
    found = {
        number_of(line, books.adviser) or "": line.party
        for entry in books.entries
        for line in entry.lines
        if line.code in _CONTROL and line.party_id is not None
    }
    return [
        {"Konto": number, "Name (Adressattyp Unternehmen)": name, "Adressattyp": "2", "Kurzbezeichnung": name}
        for number, name in sorted(found.items())
    ]


def _links(books: Books) -> dict[int, str]:
    """The link of each bill's first document, by the bill's id; the same document has the same link each time."""
    found: dict[int, str] = {}
    for original in books.originals:
        found.setdefault(original.bill.id, _guid(original.sha256))
    return found


def _guid(sha256: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, sha256)).upper()


def _documents(books: Books, now: datetime, fetch: Callable[[str], bytes]) -> bytes:
    """What Belegtransfer takes: the documents, and `document.xml` with the link of each (DATEV XML interface online,
    document, version 6.0)."""
    named = documents_zip.named(books.originals)
    parts = "".join(
        f"<document guid={quoteattr(_guid(original.sha256))}>"
        f'<extension xsi:type="File" name={quoteattr(name)}/></document>'
        for name, original in named
    )
    space = "http://xml.datev.de/bedi/tps/document/v06.0"
    document = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<archive xmlns="{space}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="{space} Document_v060.xsd" version="6.0" generatingSystem="Billify">'
        f"<header><date>{now:%Y-%m-%dT%H:%M:%S}</date><description>{escape(books.company)}</description></header>"
        f"<content>{parts}</content></archive>"
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("document.xml", documents_zip.WRITTEN), document, zipfile.ZIP_DEFLATED)
        for name, original in named:
            content = fetch(original.sha256)
            archive.writestr(zipfile.ZipInfo(name, documents_zip.WRITTEN), content, zipfile.ZIP_DEFLATED)
    return data.getvalue()
