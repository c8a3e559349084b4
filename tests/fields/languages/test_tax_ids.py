"""Tax numbers by the names that countries have for them, and whose they are."""

from __future__ import annotations

import pytest

from extraction.fields.decision.read_documents import read_documents
from extraction.fields.patterns.tax_ids import named_tax_ids
from tests.fakes.documents.drawn_pages import page_of


@pytest.mark.parametrize(
    ("text", "number", "checked"),
    [
        ("GSTIN/UIN: 27AAPFU0939F1ZV", "27AAPFU0939F1ZV", True),  # the example of GSTN's description
        ("GSTIN 27AAPFU0939F1ZW", "27AAPFU0939F1ZW", False),
        ("CUIT: 20-26756539-3", "20-26756539-3", True),
        ("CUIT: 20-26756539-4", "20-26756539-4", False),
        ("CNPJ 11.222.333/0001-81", "11.222.333/0001-81", True),
        ("CNPJ 11.222.333/0001-80", "11.222.333/0001-80", False),
        ("RUC 20100070970", "20100070970", True),
        ("NIP: 526-025-02-74", "526-025-02-74", True),  # of the Polish ministry of finance
        ("RFC: TAR850101AB3", "TAR850101AB3", True),
        ("NIT 900.123.456-7", "900.123.456-7", True),
        ("NPWP: 98.188.488.9-309.440", "98.188.488.9-309.440", True),
        ("ΑΦΜ 094014201", "094014201", True),
        ("Org.nr 556000-0001", "556000-0001", True),
    ],
)
def test_a_number_is_known_by_its_name(text: str, number: str, checked: bool) -> None:
    assert [(found.value, found.checked) for found in named_tax_ids(text)] == [(number, checked)]


@pytest.mark.parametrize("text", ["NIP 52602502", "RFC 2822", "20-26756539-3", "Turnip 526-025-02-74"])
def test_other_numbers_are_none(text: str) -> None:
    assert not list(named_tax_ids(text))


@pytest.mark.parametrize(
    "parties",
    [
        "Satıcı:\nDemir A.Ş.\nCadde 1\nVKN: 1000000001\nAlıcı:\nIris A.Ş.\nSokak 2\nVKN: 1000000002\n",
        "Dodavatel:          Odběratel:\nKovo a.s.           Iris s.r.o.\nDIČ: CZ26279690     DIČ: CZ14281597\n",
        "Klant:\nIris B.V.\nBTW NL100000002B01\nLeverancier:\nJansen B.V.\nBTW NL100000001B01\n",
    ],
)
def test_the_number_is_the_sellers_whichever_stands_first(parties: str) -> None:
    (document,) = read_documents([page_of(f"Faktura 17\n\n{parties}\nTotal   120,00 EUR\n")])
    assert document.value("vat_id") in {"1000000001", "CZ26279690", "NL100000001B01"}
