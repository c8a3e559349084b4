"""Taxes of several levies on one bill are summed to its tax, and their rates are kept."""

from __future__ import annotations

import pytest

from extraction.evidence import CONFIDENCE_THRESHOLD
from tests.fakes.documents.drawn_pages import read_drawn

INDIA = """
Sharma Traders Pvt Ltd
12 MG Road, Bengaluru 560001   GSTIN 29ABCDE1234F1Z5

Tax Invoice
Invoice No. ST/118   Date 12-03-2026
Desk lamp        HSN 9405    2    500.00      1,000.00
Taxable value                                 1,000.00
CGST 9%                                          90.00
SGST 9%                                          90.00
Total                                       Rs 1,180.00
"""
BESIDE = """
Sharma Traders Pvt Ltd
12 MG Road, Bengaluru 560001   GSTIN 29ABCDE1234F1Z5

Tax Invoice
Invoice No. ST/118   Date 12-03-2026
Desk lamp        HSN 9405    2    500.00      1,000.00
Sub Total                                     1,000.00
CGST @ 9%     90.00       SGST @ 9%     90.00
Grand Total                                 Rs 1,180.00
"""
COLUMNS = """
Sharma Traders Pvt Ltd
12 MG Road, Bengaluru 560001   GSTIN 29ABCDE1234F1Z5

Tax Invoice
Invoice No. ST/118   Date 12-03-2026
Item              Taxable value     CGST        SGST         Total
Desk lamp              1,000.00    90.00       90.00      1,180.00
Chair                  2,000.00   180.00      180.00      2,360.00
Total                  3,000.00   270.00      270.00      3,540.00
"""
CANADA = """
Maple Office Supply Inc.
200 King St W, Toronto ON M5H 3T4

Invoice 10477     March 3, 2026
Paper A4                                   100.00
Subtotal                                   100.00
GST 5%                                       5.00
PST 7%                                       7.00
Total                                  CA$ 112.00
"""
QUEBEC = """
Papeterie Roy inc.
10 rue Sherbrooke, Montréal QC H2X 1A4

Facture 10477     3 mars 2026
Papier A4                                   100,00
Sous-total                                  100,00
TPS 5 %                                       5,00
TVQ 9,975 %                                   9,98
Total                                       114,98 $
"""
STATE = """
Joe's Hardware
10 Main St, Springfield IL 62701

Receipt 1044     03/14/2026
Hammer                                      20.00
Subtotal                                    20.00
STATE TAX 6.25%                              1.25
COUNTY TAX 1.5%                              0.30
TOTAL                                      $21.55
"""


@pytest.mark.parametrize(
    ("text", "tax", "rates"),
    [
        (INDIA, "180.00", [("9", "90.00"), ("9", "90.00")]),
        (BESIDE, "180.00", [("9", "90.00"), ("9", "90.00")]),
        (INDIA.replace("CGST 9%", "IGST 9%").replace("SGST 9%", "Cess 9%"), "180.00", [("9", "90.00"), ("9", "90.00")]),
        (COLUMNS, "540.00", []),
        (CANADA, "12.00", [("5", "5.00"), ("7", "7.00")]),
        (CANADA.replace("GST 5%", "HST 5%").replace("PST 7%", "QST 7%"), "12.00", [("5", "5.00"), ("7", "7.00")]),
        (QUEBEC, "14.98", [("5", "5.00"), ("9.975", "9.98")]),
        (STATE, "1.55", [("1.5", "0.30"), ("6.25", "1.25")]),
    ],
)
def test_levies_are_one_tax_and_keep_their_rates(text: str, tax: str, rates: list[tuple[str, str]]) -> None:
    found = read_drawn(text)
    assert found.value("tax") == tax
    assert found.fields["tax"].confidence >= CONFIDENCE_THRESHOLD
    assert [(line.rate, line.tax) for line in found.taxes] == rates


def test_the_sum_that_is_printed_is_the_tax_by_its_own_place() -> None:
    found = read_drawn(INDIA.replace("Total    ", "Total tax                                       180.00\nTotal    "))
    assert (found.value("tax"), found.fields["tax"].source) == ("180.00", "text")


def test_one_levy_is_the_tax_itself() -> None:
    found = read_drawn(
        INDIA.replace("CGST 9% ", "IGST 18%")
        .replace("SGST 9%                                          90.00\n", "")
        .replace(" 90.00", "180.00")
    )
    assert found.value("tax") == "180.00"
    assert [(line.rate, line.tax) for line in found.taxes] == [("18", "180.00")]
