"""E-invoices say what may be taken off for early payment: in elements, in formal lines, and in words (BT-20).

The invoice is of 3 March 2025, over 140.40 euros.
"""

from __future__ import annotations

import pytest

from extraction.einvoice.syntaxes import read_xml
from tests.fakes.documents.einvoices import cii, fatturapa, ubl

UBL_TERMS = "<cac:LegalMonetaryTotal>"
CII_TERMS = "<ram:SpecifiedTradeSettlementHeaderMonetarySummation>"


def ubl_with(terms: str) -> bytes:
    """A UBL invoice with these children of its terms of payment."""
    return ubl({UBL_TERMS: f"<cac:PaymentTerms>{terms}</cac:PaymentTerms>{UBL_TERMS}"})


def cii_with(*terms: str) -> bytes:
    """A CII invoice with these terms of payment beside those that it has."""
    added = "".join(f"<ram:SpecifiedTradePaymentTerms>{one}</ram:SpecifiedTradePaymentTerms>" for one in terms)
    return cii({CII_TERMS: added + CII_TERMS})


def discount_terms(*elements: str) -> str:
    """Discount terms of CII."""
    return (
        "<ram:ApplicableTradePaymentDiscountTerms>" + "".join(elements) + "</ram:ApplicableTradePaymentDiscountTerms>"
    )


def steps(xml: bytes) -> list[tuple[str, str]]:
    (document,) = read_xml(xml)
    return [(step.amount.value, step.until.value) for step in document.discounts]


DAYS_14 = '<ram:BasisPeriodMeasure unitCode="DAY">14</ram:BasisPeriodMeasure>'
SINCE_10TH = "<ram:BasisDateTime><udt:DateTimeString format='102'>20250310</udt:DateTimeString></ram:BasisDateTime>"
PERCENT_2 = "<ram:CalculationPercent>2.00</ram:CalculationPercent>"


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (ubl_with("<cbc:Note>#SKONTO#TAGE=14#PROZENT=2.25#</cbc:Note>"), [("2.25%", "2025-03-17")]),
        # 2.25 % of 100.00
        (ubl_with("<cbc:Note>#SKONTO#TAGE=14#PROZENT=2.25#BASISBETRAG=100.00#</cbc:Note>"), [("2.25", "2025-03-17")]),
        (
            ubl_with("<cbc:Note>#SKONTO#TAGE=14#PROZENT=2.00#\n#SKONTO#TAGE=7#PROZENT=3.00#\nVielen Dank.</cbc:Note>"),
            [("3%", "2025-03-10"), ("2%", "2025-03-17")],
        ),
        (
            ubl_with(
                "<cbc:SettlementDiscountPercent>2</cbc:SettlementDiscountPercent><cac:SettlementPeriod>"
                "<cbc:EndDate>2025-03-13</cbc:EndDate></cac:SettlementPeriod>"
            ),
            [("2%", "2025-03-13")],
        ),
        (
            ubl_with(
                "<cbc:SettlementDiscountAmount>5.00</cbc:SettlementDiscountAmount><cac:SettlementPeriod>"
                '<cbc:DurationMeasure unitCode="WEE">2</cbc:DurationMeasure></cac:SettlementPeriod>'
            ),
            [("5.00", "2025-03-17")],
        ),
        (ubl_with("<cbc:Note>2 % discount if paid within 10 days</cbc:Note>"), [("2%", "2025-03-13")]),
        (cii_with(discount_terms(DAYS_14, PERCENT_2)), [("2%", "2025-03-17")]),
        (cii_with(discount_terms(SINCE_10TH, DAYS_14, PERCENT_2)), [("2%", "2025-03-24")]),
        # the base is the total itself
        (
            cii_with(discount_terms(DAYS_14, "<ram:BasisAmount>140.4</ram:BasisAmount>", PERCENT_2)),
            [("2%", "2025-03-17")],
        ),
        (
            cii_with(discount_terms(DAYS_14, "<ram:ActualDiscountAmount>2.81</ram:ActualDiscountAmount>")),
            [("2.81", "2025-03-17")],
        ),
        (
            cii_with(
                "<ram:Description>Zahlbar mit 2% Skonto bis</ram:Description><ram:DueDateDateTime>"
                "<udt:DateTimeString format='102'>20250314</udt:DateTimeString></ram:DueDateDateTime>"
            ),
            [("2%", "2025-03-14")],
        ),
        (
            fatturapa(
                {
                    "<IBAN>": "<ScontoPagamentoAnticipato>3.00</ScontoPagamentoAnticipato>"
                    "<DataLimitePagamentoAnticipato>2025-03-13</DataLimitePagamentoAnticipato><IBAN>"
                }
            ),
            [("3.00", "2025-03-13")],
        ),
    ],
)
def test_each_way_to_state_a_discount_is_read(xml: bytes, expected: list[tuple[str, str]]) -> None:
    assert steps(xml) == expected


@pytest.mark.parametrize(
    "terms",
    [
        "<cbc:Note>Zahlbar innerhalb von 30 Tagen</cbc:Note>",
        "<cbc:Note>#SKONTO#TAGE=30#PROZENT=0.00#</cbc:Note>",
        "<cbc:SettlementDiscountPercent>0</cbc:SettlementDiscountPercent>",
        "<cbc:SettlementDiscountPercent>2</cbc:SettlementDiscountPercent>",  # by when is not said
        "<cbc:SettlementDiscountPercent>-2</cbc:SettlementDiscountPercent>"
        "<cac:SettlementPeriod><cbc:EndDate>2025-03-13</cbc:EndDate></cac:SettlementPeriod>",
        "<cbc:SettlementDiscountPercent>much</cbc:SettlementDiscountPercent>"
        "<cac:SettlementPeriod><cbc:EndDate>2025-03-13</cbc:EndDate></cac:SettlementPeriod>",
    ],
)
def test_what_takes_nothing_off_or_has_no_deadline_is_none(terms: str) -> None:
    assert steps(ubl_with(terms)) == []


def test_exact_terms_are_certain_and_words_are_not() -> None:
    (exact,) = read_xml(ubl_with("<cbc:Note>#SKONTO#TAGE=14#PROZENT=2.25#</cbc:Note>"))
    (worded,) = read_xml(ubl_with("<cbc:Note>2 % discount if paid within 10 days</cbc:Note>"))
    assert exact.discounts[0].until.confidence > 0.99
    assert worded.discounts[0].amount.confidence >= 0.85
    assert worded.discounts[0].until.confidence < 0.85
    assert worded.discounts[0].until.reason == 'from "2 % discount if paid within 10 days"'


@pytest.mark.parametrize(
    ("note", "due"),
    [("#SKONTO#TAGE=7#PROZENT=2.00# #SKONTO#TAGE=30#PROZENT=0.00#", "2025-04-02"), ("14 Tage", "2025-03-17")],
)
def test_terms_make_a_due_date_where_none_is_stated(note: str, due: str) -> None:
    terms = f"<cac:PaymentTerms><cbc:Note>{note}</cbc:Note></cac:PaymentTerms>{UBL_TERMS}"
    (document,) = read_xml(ubl({UBL_TERMS: terms, "<cbc:DueDate>2025-04-02</cbc:DueDate>": ""}))
    assert document.fields["due_date"].value == due
    assert document.fields["due_date"].confidence < 0.85
