"""Documents of every country of the samples, drawn in text, are read field by field."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from extraction.evidence import ReadDocument
from extraction.fields.decision.read_documents import read_documents
from extraction.samples.content.bill import truth
from extraction.samples.content.countries import Country, countries, invoice
from extraction.samples.content.wording import Wording
from tests.fakes.documents.drawn_pages import page_of

COUNTRIES = {country.locale: country for country in countries()}


def read_drawn(country: Country, number: int) -> tuple[ReadDocument, dict[str, str]]:
    """An invoice of the country as a text layer with its parties side by side, as it is read; and its truth."""
    bill = invoice(country, number, date(2026, 9, 15), Random(number))
    words = Wording(bill)
    assert bill.buyer
    parties = ((f"{words['from']}:", bill.vendor), (f"{words['bill_to']}:", bill.buyer))
    columns = [(heading, party.name, *party.address) for heading, party in parties]
    rows = [f"{left:60}{right}" for left, right in zip(*columns, strict=True)]
    rows = [f"{words['invoice_number']} {bill.number}", "", *rows, ""]
    rows += [f"{label:40}{value}" for label, value in words.details()[1:]]
    rows += ["", *(f"{label:60}{amount}" for label, amount in words.totals())]
    (document,) = read_documents([page_of("\n".join(rows))])
    return document, truth(bill)


@pytest.mark.parametrize("locale", COUNTRIES)
def test_parties_dates_number_and_total_of_a_country(locale: str) -> None:
    for number in (0, 1):  # dates in digits, and with the month named
        document, facts = read_drawn(COUNTRIES[locale], number)
        names = ("number", "issue_date", "due_date")
        assert {name: document.value(name) for name in names} == {name: facts[name] for name in names}
        assert float(document.value("total") or 0) == float(facts["total"])
        for party in ("vendor", "buyer"):
            assert (document.value(party) or "").rstrip(".") == facts[party].rstrip("."), party


@pytest.mark.parametrize(
    "caption",
    [
        "HSN / SAC",
        "PARAGON FISKALNY",
        "VAT ID",
        "BRN",
        "Company Reg",
        "FAKTURA VAT",
        "TAX INVOICE",
        "Variabilní symbol",
    ],
)
def test_a_caption_is_nobodys_name(caption: str) -> None:
    text = (
        f"^{caption}\nFaktura nr 17\nData wystawienia   05.09.2025\nDatum splatnosti   05.10.2025\n"
        "Sprzedawca   Odběratel\nDo zapłaty   123,00 PLN\nZáklad daně   100,00 PLN\n"
    )
    (document,) = read_documents([page_of(text)])
    assert document.value("vendor") != caption
