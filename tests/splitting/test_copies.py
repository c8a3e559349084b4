"""Several prints of one document in a file are one document."""

from __future__ import annotations

import pytest

from extraction.fields.decision.read_documents import read_documents
from extraction.splitting import split_into_documents
from tests.fakes.documents.drawn_pages import page_of

BILL = """
Empresa Sur S.A.
Calle Larga 5, 28013 Madrid
Factura Nº: 4000-1234     Fecha: 27/03/2026
Servicio de consultoría          100,00
IVA 21%                           21,00
Total                            121,00
"""


@pytest.mark.parametrize(
    "marks", [("ORIGINAL", "DUPLICADO", "TRIPLICADO"), ("", "COPY"), ("Original", "Kopie"), ("", "")]
)
def test_prints_of_one_bill_are_one(marks: tuple[str, ...]) -> None:
    pages = [page_of(f"{mark}{BILL}", number=number) for number, mark in enumerate(marks, 1)]
    (bundle,) = split_into_documents(pages)
    assert (len(bundle.pages), bundle.copies) == (len(marks), len(marks))
    (document,) = read_documents(bundle.told)
    assert document.value("total") == "121.00"
    assert bundle.told == (pages[0],)  # nothing counts twice


def test_two_bills_that_are_alike_are_two() -> None:
    other = BILL.replace("4000-1234", "4000-1235").replace("27/03", "28/03")
    bundles = split_into_documents([page_of(BILL), page_of(other, number=2)])
    assert [bundle.copies for bundle in bundles] == [1, 1]
