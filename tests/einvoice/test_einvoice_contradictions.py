"""Where an e-invoice contradicts itself, the amounts concerned are doubted, each with its reason."""

from __future__ import annotations

import pytest

from extraction.einvoice.syntaxes import read_xml
from extraction.evidence import CONFIDENCE_THRESHOLD
from extraction.pipeline.extract import extract_documents
from tests.fakes.documents.einvoices import cii, ubl


@pytest.mark.parametrize(
    ("changes", "doubted", "reason"),
    [
        # 120 + 20.40 = 140.40
        (
            {"GrandTotalAmount>140.4<": "GrandTotalAmount>150<"},
            {"subtotal", "tax", "total"},
            "subtotal + VAT is 140.40",
        ),
        # 120 + 20 = 140.00, while the lines make 100 + 20 = 120
        ({"<ram:LineTotalAmount>100.00<": "<ram:LineTotalAmount>90.00<"}, {"subtotal", "total"}, "lines make 110.00"),
        # 19 + 3.40 = 22.40
        ({"CalculatedAmount>1.40<": "CalculatedAmount>3.40<"}, {"tax"}, "rates make 22.40"),
        ({"IBANID>DE89370400440532013000<": "IBANID>DE89370400440532013001<"}, {"iban"}, "wrong check digits"),
        ({"IBANID>DE89370400440532013000<": "IBANID>see below<"}, {"iban"}, "wrong check digits"),
    ],
    ids=["sum", "lines", "rates", "IBAN", "no IBAN"],
)
def test_a_contradiction_is_a_doubt(changes: dict[str, str], doubted: set[str], reason: str) -> None:
    (document,) = read_xml(cii(changes))
    found = {name: value for name, value in document.fields.items() if value.confidence < CONFIDENCE_THRESHOLD}
    assert set(found) == doubted
    assert all(reason in value.reason for value in found.values())


def test_rounding_by_a_cent_is_no_contradiction() -> None:
    (document,) = read_xml(cii({"GrandTotalAmount>140.4<": "GrandTotalAmount>140.41<"}))
    assert document.fields["total"].confidence > 0.99


def test_allowances_and_charges_count_with_the_lines() -> None:
    added = "<ram:AllowanceTotalAmount>30</ram:AllowanceTotalAmount><ram:ChargeTotalAmount>5</ram:ChargeTotalAmount>"
    changes = {
        "<ram:TaxBasisTotalAmount>120<": f"{added}<ram:TaxBasisTotalAmount>95<",  # 120 - 30 + 5
        "GrandTotalAmount>140.4<": "GrandTotalAmount>115.40<",
        "DuePayableAmount>140.40<": "DuePayableAmount>115.40<",
    }
    (document,) = read_xml(cii(changes))
    assert document.fields["subtotal"].confidence > 0.99


@pytest.mark.parametrize(
    ("prepaid", "payable", "notice"),
    [
        ("100", "40.40", "Total 140.40: 100.00 was prepaid, 40.40 is to be paid."),
        ("200", "-59.60", "Total 140.40: 200.00 was prepaid, 59.60 is to be paid back."),
        ("0", "140.50", "Total 140.40: 140.50 is to be paid."),  # rounded for cash
    ],
)
def test_what_was_prepaid_leaves_the_total_certain_and_is_told(prepaid: str, payable: str, notice: str) -> None:
    changes = {"PrepaidAmount>0<": f"PrepaidAmount>{prepaid}<", "PayableAmount>140.40<": f"PayableAmount>{payable}<"}
    reading = extract_documents(ubl(changes), lambda picture, page: ())
    assert reading.notice == notice
    assert reading.documents[0].value("total") == "140.40"
    assert reading.documents[0].fields["total"].confidence > 0.99


def test_of_several_accounts_the_one_with_right_check_digits_is_taken() -> None:
    other = (
        "<ram:SpecifiedTradeSettlementPaymentMeans><ram:PayeePartyCreditorFinancialAccount>"
        "<ram:IBANID>DE00123</ram:IBANID></ram:PayeePartyCreditorFinancialAccount>"
        "</ram:SpecifiedTradeSettlementPaymentMeans><ram:ApplicableTradeTax><ram:CalculatedAmount>19"
    )
    (document,) = read_xml(cii({"<ram:ApplicableTradeTax><ram:CalculatedAmount>19": other}))
    assert document.value("iban") == "DE89370400440532013000"


def test_an_account_that_is_no_iban_is_not_called_one() -> None:
    (document,) = read_xml(ubl({"DE89 3704 0044 0532 0130 00": "5-123456"}))
    assert "iban" not in document.fields
