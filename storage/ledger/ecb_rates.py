"""The euro foreign exchange reference rates as the European Central Bank offers them: CSV or XML, zipped or not.

Read are eurofxref.csv, eurofxref-hist.csv, the zip of either, and the XML of a day, of 90 days and of all. Pure.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from storage.errors import Unfit
from storage.ledger.exchange_rates import Rate
from storage.ledger.money import UnknownCurrency, exponent

LARGEST = 64 * 1024 * 1024
"""Bytes of a file, unzipped; all rates since 1999 are 2 MB as CSV and 8 MB as XML."""

WHERE = "https://www.ecb.europa.eu/stats/eurofxref/"


def read_rates(data: bytes) -> tuple[Rate, ...]:
    """The rates in a file of the bank; those of currencies that ISO 4217 has no more are left out.

    Raises: Unfit when it is no such file.
    """
    text = _text(_unzipped(data))
    rows = _xml(text) if text.lstrip().startswith("<") else _csv(text)
    rates = tuple(Rate(currency, on_day, rate) for currency, on_day, rate in rows if _is_current(currency))
    if not rates:
        raise _unfit()
    return rates


def _csv(text: str) -> Iterator[tuple[str, date, str]]:
    """A line a day, a column a currency; "N/A" where there was no rate."""
    lines = csv.reader(io.StringIO(text), skipinitialspace=True)
    head = [name.strip() for name in next(lines, [])]
    if not head or head[0] != "Date":
        raise _unfit()
    for line in lines:
        for currency, rate in zip(head[1:], line[1:], strict=False):
            if currency and _is_rate(rate):
                yield currency, _day(line[0]), rate.strip()


def _xml(text: str) -> Iterator[tuple[str, date, str]]:
    """`<Cube time="2025-05-02"><Cube currency="USD" rate="1.1343"/>…`, in a gesmes:Envelope."""
    try:
        envelope = fromstring(text.encode())
    except (ParseError, DefusedXmlException):
        raise _unfit() from None
    for day in envelope.iterfind(".//{*}Cube[@time]"):
        for cube in day.iterfind("{*}Cube[@currency]"):
            if _is_rate(rate := cube.get("rate", "")):
                yield cube.get("currency", ""), _day(day.get("time", "")), rate


def _unzipped(data: bytes) -> bytes:
    if not data.startswith(b"PK"):
        return data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = [item for item in archive.infolist() if item.filename.lower().endswith((".csv", ".xml"))]
            if len(inside) != 1 or inside[0].file_size > LARGEST:
                raise _unfit()
            return archive.read(inside[0])
    except zipfile.BadZipFile:
        raise _unfit() from None


def _text(data: bytes) -> str:
    try:
        return data[:LARGEST].decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unfit() from None


def _day(text: str) -> date:
    """ "2025-05-02", or "02 May 2025" in the file of a single day."""
    for pattern in ("%Y-%m-%d", "%d %B %Y"):
        try:
            return datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise _unfit()


def _is_rate(text: str) -> bool:
    try:
        rate = Decimal(text.strip())
    except InvalidOperation:
        return False
    return rate.is_finite() and rate > 0


def _is_current(currency: str) -> bool:
    try:
        exponent(currency)
    except UnknownCurrency:
        return False
    return True


def _unfit() -> Unfit:
    return Unfit("This is no file of the European Central Bank's reference rates. Get one at {where}.", where=WHERE)
