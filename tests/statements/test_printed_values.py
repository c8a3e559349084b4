"""Amounts and dates as banks print them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extraction.statements.tables.printed_amounts import (
    amount_in,
    currency_in,
    decimal_mark,
    headed_currency,
    symbol_in,
)
from extraction.statements.tables.printed_dates import date_in, date_order
from extraction.statements.text_encoding import decoded


@pytest.mark.parametrize(
    ("cell", "mark", "amount"),
    [
        ("1.249,50-", ",", "-1249.50"),
        ("(20.00)", ".", "-20.00"),
        ("($1,000.00)", ".", "-1000.00"),
        ("EUR -5,00", ",", "-5.00"),
        ("1'234.50", ".", "1234.50"),
        ("1’234.50", ".", "1234.50"),
        ("1 234,56", ",", "1234.56"),
        ("1\u00a0234,56", ",", "1234.56"),
        ("1\u202f234\u202f567,89", ",", "1234567.89"),
        ("1,23,456.00", ".", "123456.00"),
        ("20,00 S", ",", "-20.00"),
        ("20,00 H", ",", "20.00"),
        ("20.00 DR", ".", "-20.00"),
        ("12.50 DB", ".", "-12.50"),
        ("12.50 CR", ".", "12.50"),
        ("5,00 Haben", ",", "5.00"),
        ("-$5", ".", "-5"),
        ("\u221212,50", ",", "-12.50"),
        ("- 12,50", ",", "-12.50"),
        ("+7,00", ",", "7.00"),
        ("-1.000,00 €", ",", "-1000.00"),
        (".50", ".", "0.50"),
        ("500,00 PLN", ",", "500.00"),
        ("R$ 1.234,56", ",", "1234.56"),
        ("-12.5", ".", "-12.5"),
        ("1000", ".", "1000"),
        ("20.03.2025", ",", None),
        ("20.03.2025", ".", None),
        ("1,5,0", ",", None),
        ("12-34", ".", None),
        ("1.23.4", ",", None),
        ("", ".", None),
        ("1 23,00", ",", None),
        ("(5.00", ".", None),
        ("DE89370400440532013000", ".", None),
        ("1234567890123456", ".", None),
        ("²", ".", None),
    ],
)
def test_amounts(cell, mark, amount):
    assert amount_in(cell, mark) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["1.234", "1.234,00"], ","),
        (["1.234", "500"], ","),
        (["1,234"], "."),
        (["12.5", "1000"], "."),
        (["1 234,56"], ","),
        (["1.234.567"], ","),
        (["0.125"], "."),
        (["12345.678"], "."),
        (["100", "20"], "."),
        (["1.000", "12.50"], "."),
    ],
)
def test_the_mark_of_decimals_is_told_by_the_column(cells, mark):
    assert decimal_mark(cells) == mark


@pytest.mark.parametrize(
    ("heading", "currency"),
    [
        ("Betrag (EUR)", "EUR"),
        ("CAD$", "CAD"),
        ("Montant(EUROS)", "EUR"),
        ("Débit euros", "EUR"),
        ("Saldo in CHF", "CHF"),
        ("Betrag (€)", "EUR"),
        ("Debit Amount", ""),
        ("Withdrawal Amount (INR )", "INR"),
        ("Crédito (R$)", "BRL"),
        ("Dr / Cr", ""),
    ],
)
def test_currencies_in_headings(heading, currency):
    assert headed_currency(heading) == currency


def test_currencies_beside_amounts():
    assert (currency_in("-12,50EUR"), currency_in("£5"), currency_in("$5"), symbol_in("$5")) == ("EUR", "GBP", "", "$")


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("3/ 4'25", "2025-03-04"),
        ("3/14/25", "2025-03-14"),
        ("04-Mar-2025", "2025-03-04"),
        ("4 Mar 2025", "2025-03-04"),
        ("Mar 4, 2025", "2025-03-04"),
        ("20250304", "2025-03-04"),
        ("2025-03-04T10:11:12Z", "2025-03-04"),
        ("2025/03/04 10:11", "2025-03-04"),
        ("4. März 2025", "2025-03-04"),
        ("4 mars 2025", "2025-03-04"),
        ("04-abr-2025", "2025-04-04"),
        ("00/00/0000", None),
        ("12.50", None),
        ("1.2.3", None),
        ("4 Foo 2025", None),
    ],
)
def test_dates(cell, day):
    found = date_in(cell, "mdy")
    assert (found and found.isoformat()) == day


@pytest.mark.parametrize(
    ("cells", "order", "certain"),
    [
        (["03/04/2025", "03/14/2025"], "mdy", True),
        (["03/04/2025", "14/04/2025"], "dmy", True),
        (["03.04.2025"], "dmy", True),
        (["2025-03-04"], "ymd", True),
        (["03/04/2025", "05/04/2025"], "dmy", False),
        (["3/ 4'18", "3/ 5'18", "4/ 1'18"], "mdy", False),
        (["04/04/2025"], "ymd", True),
    ],
)
def test_the_order_is_decided_over_the_whole_file(cells, order, certain):
    assert date_order(cells) == (order, certain)


@pytest.mark.parametrize(
    "page", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "windows-1252", "cp850", "cp437"]
)
def test_german_in_any_code_page(page):
    text = "Buchungstag;Empfänger;Betrag\n04.03.2025;Bäckerei Müller & Söhne;-12,50\n"
    assert decoded(text.encode(page)).removeprefix("\ufeff") == text


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("cp1250", "Data księgowania;Tytuł;Kwota\n04.03.2025;Opłata za łącze;-12,50\n"),
        ("cp1250", "datum zaúčtování;částka;měna\n"),
        ("windows-1252", "Libellé;Débit;Crédit\nVIREMENT REÇU À DÉCEMBRE;12 €;\n"),
        ("windows-1252", "Bokföringsdag;Belopp\n2025-03-04;Hyresvärden Åström\n"),
        ("windows-1252", "Histórico;Crédito\nTransferência à João;1\n"),
    ],
)
def test_other_languages_in_their_code_pages(page, text):
    assert decoded(text.encode(page)) == text
