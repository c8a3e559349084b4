"""Lines of invoices and till slips are read with quantity, price and amount, wherever the columns stand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from numpy.typing import NDArray

from extraction.evidence import LineItem, ReadDocument, Word
from extraction.fields.decision.read_documents import read_documents
from extraction.pipeline.extract import extract_documents
from extraction.samples.catalogue import Sample, catalogue
from extraction.samples.layouts.fonts import find_fonts
from extraction.samples.sample_writer import render
from tests.fakes.documents.drawn_pages import page_of

SAMPLES = [sample for sample in catalogue(date(2026, 11, 22)) if sample.name != "nordwerk-bon"]
"""All but the long slip, on which two descriptions are printed over their amounts."""


def no_ocr(picture: NDArray[np.uint8], page: int) -> tuple[Word, ...]:
    raise AssertionError(f"page {page} has a text layer")


def document(text: str, source: str = "text") -> ReadDocument:
    (found,) = read_documents([page_of(text, source)])
    return found


def lines(text: str, source: str = "text") -> tuple[LineItem, ...]:
    return document(text, source).lines


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_every_line_of_the_samples_is_read(sample: Sample) -> None:
    bill = sample.bill
    (found,) = extract_documents(render(sample, find_fonts()), no_ocr).documents
    described = [(" ".join(item.description.split()), Decimal(bill.line_total(item))) for item in bill.items]
    assert [(line.description, Decimal(line.total or 0).scaleb(bill.exponent)) for line in found.lines] == described
    for line, item in zip(found.lines, bill.items, strict=True):
        assert line.quantity is None or Decimal(line.quantity) == item.quantity
        assert line.quantity is not None or item.quantity == 1  # which a till does not print


def test_columns_are_found_by_where_their_headings_stand() -> None:
    assert lines("""
Invoice 17

Qty   Description                    Unit price     Discount     Amount
20    Nougat de l'Abbaye 250g        4.55           10%          81.90
25    Huile d'olive                  19.80                       495.00

                                                    Subtotal     576.90
                                                    VAT 20%      115.38
                                                    Total        692.28
""") == (
        LineItem("Nougat de l'Abbaye 250g", "20", "4.55", "81.90"),
        LineItem("Huile d'olive", "25", "19.80", "495.00"),
    )


@pytest.mark.parametrize(
    "heading",
    [
        "Artikelbezeichnung       Menge       Einzelpreis       Gesamtpreis",
        "Désignation              Quantité    Prix unitaire HT  Montant HT",
        "Descripción              Cantidad    Precio unitario   Importe",
        "Descrizione              Quantità    Prezzo unitario   Importo",
        "Omschrijving             Aantal      Stuksprijs        Bedrag",
        "Nazwa                    Ilość       Cena netto        Wartość netto",
    ],
)
def test_headings_are_understood_in_the_languages_of_our_customers(heading: str) -> None:
    assert lines(f"""
{heading}
Papier A4                10          3,90              39,00
Toner                    2           61,50             123,00
Total                                                  162,00
""") == (LineItem("Papier A4", "10", "3.90", "39.00"), LineItem("Toner", "2", "61.50", "123.00"))


def test_a_description_may_go_on_in_the_next_row() -> None:
    (line,) = lines("""
Description                     Qty     Price      Amount
Desk "London",                  3       191.00     573.00
blue, with drawers
Total                                              573.00
""")
    assert line.description == 'Desk "London", blue, with drawers'


def test_a_heading_that_the_next_page_repeats_is_no_line() -> None:
    first = page_of("""
Description              Qty     Price      Amount
Travel                   2       40.00      80.00
""")
    second = page_of(
        """
Description              Qty     Price      Amount
Lodging                  1       90.00      90.00
Total                                      170.00
""",
        number=2,
    )
    (found,) = read_documents([first, second])
    assert [line.description for line in found.lines] == ["Travel", "Lodging"]


def test_of_two_tables_the_one_that_the_total_bears_out_is_taken() -> None:
    assert [
        line.total
        for line in lines("""
Item                     Qty     Price      Amount
Last year                4       10.00      40.00

Item                     Qty     Price      Amount
This year                5       10.00      50.00
Also this year           1       12.00      12.00
Total due                                   62.00
""")
    ] == ["50.00", "12.00"]


def test_a_thousand_pieces_are_no_single_one() -> None:
    (line,) = lines("""
Bezeichnung              Menge       Einzelpreis    Betrag
Schrauben                1.000       0,05           50,00
Summe                                               50,00
""")
    assert (line.quantity, line.unit_price) == ("1000", "0.05")


def test_a_row_that_does_not_add_up_stays_as_it_is_read() -> None:
    (line,) = lines("""
Description              Qty     Price      Amount
Stahlcoil                10      100.00     850.00
Total                                       850.00
""")
    assert line == LineItem("Stahlcoil", "10", "100.00", "850.00")


TILL = """
      KAUFHAUS NORD
Milch 3,8%                    1,29 A
Kaffee                       11,98 B
  2 x 5,99
3 x 0,89
Kekse                         2,67 A
SUMME EUR                    15,94
BAR                          20,00
RUECKGELD                     4,06
"""


def test_a_till_slip_has_its_quantities_above_or_below() -> None:
    assert lines(TILL, "ocr") == (
        LineItem("Milch 3,8%", None, None, "1.29"),
        LineItem("Kaffee", "2", "5.99", "11.98"),
        LineItem("Kekse", "3", "0.89", "2.67"),
    )


def test_a_guest_check_counts_before_the_dish() -> None:
    assert [
        (line.quantity, line.description)
        for line in lines(
            """
   HARBOUR GRILL
2 Clam Chowder        17.00
Lobster Roll          27.00
2 Iced Tea             6.50
SUBTOTAL              50.50
TAX                    4.04
TOTAL                 54.54
""",
            "ocr",
        )
    ] == [("2", "Clam Chowder"), (None, "Lobster Roll"), ("2", "Iced Tea")]


def test_cash_and_rounding_are_no_lines() -> None:
    assert [
        line.description
        for line in lines(
            """
   MEI HUA TRADING
NASI LEMAK            12.00
TEH TARIK              3.40
ROUNDING ADJ           0.01
TOTAL                 15.40
CASH                  20.00
CHANGE                 4.60
""",
            "ocr",
        )
    ] == ["NASI LEMAK", "TEH TARIK"]


def test_an_invoice_without_lines_has_none() -> None:
    assert lines("Acme GmbH\nInvoice 7\nTotal    EUR 12.00") == ()
