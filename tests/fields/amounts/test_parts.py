"""Subtotal and tax are found by what they make together, where their words are missing, slipped or misread."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from extraction.evidence import CONFIDENCE_THRESHOLD
from extraction.fields.decision.read_documents import read_documents
from extraction.fields.layout.document_layout import lay_out
from extraction.fields.money.arithmetic_checks import stacked
from extraction.fields.money.labelled_amounts import amounts_of
from tests.fakes.documents.drawn_pages import page_of


def slip(*rows: tuple[str, str]) -> str:
    """A till's receipt, its amounts right below each other."""
    return "CORNER CAFE\n" + "".join(f"{words:<12}   {amount:>8}\n" for words, amount in rows)


DISHES = ("SOUP", "12.00"), ("SALAD", "8.00")


def parts(text: str) -> tuple[str | None, str | None]:
    """Subtotal and tax as read from a photograph."""
    found = read_documents([page_of(text, "ocr", confidence=0.95)])[0].fields
    return tuple(found[name].value if name in found else None for name in ("subtotal", "tax"))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("net", "tax"),
    [("SUBTOTAL", "TAX"), ("SUBTOTAL", "TAX1"), ("atota", "Y"), ("x", "SUBTOTAL")],
    ids=["words", "numbered", "torn", "slipped by a row"],
)
def test_what_stands_above_the_total_and_makes_it_is_subtotal_and_tax(net: str, tax: str) -> None:
    assert parts(slip(*DISHES, (net, "20.00"), (tax, "1.65"), ("TOTAL", "21.65"))) == ("20.00", "1.65")


def test_two_articles_are_no_subtotal_and_tax() -> None:
    assert parts(slip(("SOUP", "12.00"), ("BREAD", "1.23"), ("TOTAL", "13.23"))) == (None, None)


@given(st.integers(1_00, 400_00), st.integers(1_00, 400_00), st.integers(1, 300))
def test_they_need_no_words_up_to_the_highest_rate_of_tax(one: int, other: int, rate: int) -> None:
    assume(min(one, other) * 100 > max(one, other) * 27)  # else one line may be the tax of the other
    net = Decimal(one + other) / 100
    tax = (net * rate / 1000).quantize(Decimal("0.01"), ROUND_HALF_UP)
    rows = ("SOAP", one), ("ROPE", other), ("x", one + other), ("y", int(tax * 100)), ("TOTAL", int((net + tax) * 100))
    receipt = slip(*((words, f"{cents / 100:.2f}") for words, cents in rows))
    amounts = amounts_of(lay_out([page_of(receipt)]))  # as text: nearly all beginning with 5 were misread signs
    assert stacked(net + tax, amounts) == ((net, tax) if 0 < tax <= net * Decimal("0.27") else None)


@pytest.mark.parametrize(
    ("table", "net", "tax"),
    [
        ("Base IVA Importe\n35,91   10%   3,59\n", "35.91", "3.59"),
        ("GST Rate 7% Before GST - GST Amt   36.92   2.58\n", "36.92", "2.58"),
    ],
)
def test_a_table_of_tax_rates_tells_the_net_amount_and_the_tax_in_a_total(table: str, net: str, tax: str) -> None:
    assert parts(f"CAFE\nMENU   35,80\nTE   3,70\nTotal   39,50\n{table}") == (net, tax)


def test_a_subtotal_that_no_tax_is_added_to_is_the_total() -> None:
    receipt = slip(*DISHES, ("SUBTOTAL", "20.00"), ("TOTAL", "20.00"))
    found = read_documents([page_of(receipt, "ocr", confidence=0.95)])[0].fields
    assert found["subtotal"].value == "20.00"
    assert found["total"].confidence >= CONFIDENCE_THRESHOLD


def test_a_subtotal_that_contains_its_tax_is_no_net_amount() -> None:
    assert parts(slip(*DISHES, ("SUBTOTAL", "20.00"), ("TOTAL", "20.00"), ("incl. VAT", "1.82"))) == (None, "1.82")
