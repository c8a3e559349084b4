"""Exchange rates come from the European Central Bank's files, and none is invented."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from storage.db.database import Database
from storage.errors import NoRate, Unfit
from storage.ledger import exchange_rates
from storage.ledger.ecb_rates import read_rates
from storage.ledger.exchange_rates import Rate
from storage.ledger.money import Money

DAY = """Date, USD, JPY, ISK, \n02 May 2025, 1.1343, 164.28, 146.1, \n"""
HISTORY = """Date,USD,JPY,CYP,TRL,
2025-05-02,1.1343,164.28,N/A,N/A,
2025-04-30,1.1373,162.2,N/A,N/A,
2004-12-31,1.3621,139.65,0.58,1836200,
"""
XML = """<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject>
<Cube><Cube time='2025-05-02'><Cube currency='USD' rate='1.1343'/><Cube currency='JPY' rate='164.28'/></Cube>
<Cube time='2025-04-30'><Cube currency='USD' rate='1.1373'/></Cube></Cube></gesmes:Envelope>"""


def zipped(name: str, text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, text)
    return buffer.getvalue()


@pytest.mark.parametrize("data", [XML.encode(), zipped("eurofxref-hist.xml", XML), b"\xef\xbb\xbf" + XML.encode()])
def test_the_xml_of_the_bank_is_read(data: bytes) -> None:
    second, first = date(2025, 5, 2), date(2025, 4, 30)
    assert read_rates(data) == (
        Rate("USD", second, "1.1343"),
        Rate("JPY", second, "164.28"),
        Rate("USD", first, "1.1373"),
    )


def test_the_csv_of_one_day_and_of_all_days_are_read_without_former_currencies() -> None:
    assert [(rate.currency, rate.per_euro) for rate in read_rates(DAY.encode())] == [
        ("USD", "1.1343"),
        ("JPY", "164.28"),
        ("ISK", "146.1"),
    ]
    history = read_rates(zipped("eurofxref-hist.csv", HISTORY))
    assert {rate.currency for rate in history} == {"USD", "JPY"} and len(history) == 6


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><Cube time="2025-05-02">&b;</Cube>'


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"Date,USD\n", b"\xff\xfe\x00", b"PK\x03\x04", b"<a/>", zipped("a.txt", "x"), BOMB.encode()]
)
def test_what_is_no_file_of_the_bank_is_refused_with_where_to_get_one(data: bytes) -> None:
    with pytest.raises(Unfit, match=r"ecb\.europa\.eu"):
        read_rates(data)


def test_importing_twice_or_overlapping_adds_nothing_twice(database: Database) -> None:
    with database.transaction() as session:
        assert exchange_rates.add(session, read_rates(XML.encode())) == 3
        assert exchange_rates.add(session, read_rates(XML.encode())) == 0
        assert exchange_rates.add(session, read_rates(HISTORY.encode())) == 3
        assert exchange_rates.add(session, ()) == 0


def test_amounts_are_converted_at_the_dated_rate_or_not_at_all(database: Database) -> None:
    with database.transaction() as session:
        exchange_rates.add(session, read_rates(HISTORY.encode()))
        on = date(2025, 5, 2)
        # 100.00 / 1.1343 = 88.1601…
        assert exchange_rates.try_convert(session, Money.of("100", "USD"), "EUR", on) == Money.of("88.16", "EUR")
        # 100.00 × 164.28 / 1.1343 = 14482.9…, and a yen has no decimals
        assert exchange_rates.try_convert(session, Money.of("100", "USD"), "JPY", on) == Money(14483, "JPY")
        # on Sunday and on the holiday before, the latest rate holds
        assert exchange_rates.per_euro(session, "USD", date(2025, 5, 4)) == Decimal("1.1343")
        assert exchange_rates.per_euro(session, "USD", date(2025, 5, 1)) == Decimal("1.1373")
        assert (
            exchange_rates.try_convert(session, Money.of("1", "USD"), "EUR", date(2025, 4, 29)) is None
        )  # it is of the day after
        assert (
            exchange_rates.try_convert(session, Money.of("1", "USD"), "EUR", date(2025, 6, 1)) is None
        )  # and too old by then
        assert exchange_rates.try_convert(session, Money.of("1", "CHF"), "EUR", on) is None
        with pytest.raises(NoRate, match="billify rates"):
            exchange_rates.convert_or_raise(session, Money.of("1", "CHF"), "EUR", on)
