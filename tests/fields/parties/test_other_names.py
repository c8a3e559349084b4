"""A vendor's trading name and the company behind it are both kept, and a form's headings are nobody's name."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from storage.bills.finding.search import BillQuery, search
from storage.db.database import Database
from storage.models import Bill
from tests.fakes.books.small_company import invoice, owner
from tests.fakes.documents.drawn_pages import read_drawn

BURGERS = """
McBurger
Golden Arches Restaurants Sdn Bhd (65351-M)
12 Jalan Ampang, 50450 Kuala Lumpur

Burger   12.00
Total    12.00
Cash     15.00
Change    3.00
"""
COFFEE = "12 High Street, Leeds LS1 4AB\n\nCoffee   3.00\nTotal    3.00\nCash     5.00\nChange   2.00\n"


def names(text: str) -> set[str]:
    found = read_drawn(text)
    return {one.value for one in (found.fields.get("vendor"), found.other_name) if one}


def test_a_shop_and_who_runs_it_are_both_kept() -> None:
    assert names(BURGERS) == {"McBurger", "Golden Arches Restaurants Sdn Bhd"}
    assert names(f"Brightwell\nOperated by Hart Catering Ltd\n{COFFEE}") == {"Brightwell", "Hart Catering Ltd"}


def test_a_buyer_is_no_other_name() -> None:
    found = read_drawn("Acme GmbH\nHauptstr. 1, 10115 Berlin\n\nIris Handel GmbH\nTorweg 6, 10119 Berlin\n\nRechnung 7")
    assert found.other_name is None


def test_a_part_of_the_name_is_no_other_name() -> None:
    assert names(f"Brightwell\nBrightwell Ltd (65351-M)\n{COFFEE}") in ({"Brightwell"}, {"Brightwell Ltd"})


def found(session: Session, text: str) -> tuple[Bill, ...]:
    return search(session, BillQuery(text=text)).bills


def test_bills_are_found_by_either_name(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        bill = invoice(session, person, vendor="Golden Arches Restaurants Sdn Bhd", other_name="McBurger")
        assert [one.id for one in found(session, "mcburger")] == [bill.id]
        assert [one.id for one in found(session, "golden arches")] == [bill.id]
        assert not found(session, "brightwell")


@pytest.mark.parametrize(
    "heading",
    [
        *("CUSTOMER COPY", "Cardholder", "GROCERY", "TAKE AWAY", "Place of Supply", "E. & O. E.", "HSN / SAC", "BRN"),
        *("Original for Recipient", "PARAGON FISKALNY", "DOWÓD SPRZEDAŻY", "DOCUMENTO COMMERCIALE", "NIP", "IČO"),
        *("FACTURA SIMPLIFICADA", "Kundenbeleg", "Datum", "Bon fiscal", "CUPOM FISCAL", "Kundens exemplar"),
    ],
)
def test_headings_are_nobodys_name(heading: str) -> None:
    assert read_drawn(f"{heading}\nBrightwell\n{COFFEE}").value("vendor") == "Brightwell"
    assert heading.rstrip(".") not in (read_drawn(f"{heading}\n{COFFEE}", "ocr", 0.9).value("vendor") or "")


@pytest.mark.parametrize(
    "name", ["Grocery Outlet", "Copy Shop Berlin", "Take Away Thai", "Ticket GmbH", "The Sale Rooms"]
)
def test_names_that_hold_such_a_word_stay(name: str) -> None:
    assert read_drawn(f"{name}\n{COFFEE}").value("vendor") == name
