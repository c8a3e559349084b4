"""The bench says how many documents have all their lines and tax rates right."""

from __future__ import annotations

from dataclasses import replace

from extraction.bench.line_metrics import lines_right, stated_inside
from extraction.bench.metrics import count, outcome_of
from extraction.evidence import LineItem, ReadDocument, Reading, TaxLine
from tests.fakes.documents.drawn_pages import page_of

PAGE = page_of("""
Description        Qty    Price     Amount
Desk               2      40.00     80.00
VAT 20%                             16.00
Total                               96.00
""")
TRUTH = {
    "total": "96.00",
    "line_items": [{"description": "Desk", "quantity": "2", "total": "80.00"}],
    "taxes": [{"rate": "20", "net": "80.00", "tax": "16.00"}],
}
READ = ReadDocument(
    "invoice", (1,), {}, (LineItem("Desk", "2", "40.00", "80.00"),), (TaxLine("20.0", "80.00", "16.00"),)
)


def test_lines_are_right_one_by_one() -> None:
    assert lines_right(READ, (PAGE,), TRUTH) == {"lines": True, "tax rates": True}


def test_one_wrong_amount_makes_them_wrong() -> None:
    wrong = replace(READ, lines=(LineItem("Desk", "2", "40.00", "88.00"),), taxes=(TaxLine("19", "80.00", "16.00"),))
    assert lines_right(wrong, (PAGE,), TRUTH) == {"lines": False, "tax rates": False}


def test_a_line_too_many_makes_them_wrong() -> None:
    assert lines_right(replace(READ, lines=READ.lines * 2), (PAGE,), TRUTH)["lines"] is False


def test_what_is_not_printed_is_not_asked_for() -> None:
    elsewhere = TRUTH | {"line_items": [{"description": "Desk", "quantity": "2", "total": "95.20"}]}
    assert lines_right(READ, (PAGE,), elsewhere) == {"tax rates": True}


def test_a_document_that_was_not_read_has_them_wrong() -> None:
    assert lines_right(None, (PAGE,), TRUTH) == {"lines": False, "tax rates": False}


def test_they_are_columns_of_the_table() -> None:
    figures = count([outcome_of(Reading((READ,), pages=(PAGE,)), TRUTH), outcome_of(Reading(pages=(PAGE,)), TRUTH)])
    assert (figures.shares["lines"], figures.shares["tax rates"]) == ((1, 2), (1, 2))


def test_a_picture_has_no_e_invoice_inside() -> None:
    assert stated_inside(b"\x89PNG\r\n\x1a\n") == {}
