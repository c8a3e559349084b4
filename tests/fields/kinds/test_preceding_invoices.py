"""The number of the bill that a paper speaks of is told apart from its own number, in eleven languages."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extraction.evidence import CONFIDENCE_THRESHOLD
from tests.fakes.documents.drawn_pages import read_drawn

PAPERS: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("papers_of_other_bills.toml").read_text("utf-8")
)


@pytest.mark.parametrize("name", PAPERS)
def test_its_own_number_and_that_of_the_bill_it_speaks_of(name: str) -> None:
    told, found = PAPERS[name], read_drawn(PAPERS[name]["text"])
    assert found.value("number") == told["number"]
    assert found.fields["number"].confidence >= CONFIDENCE_THRESHOLD
    assert (found.preceding_invoice and found.preceding_invoice.value) == told.get("speaks_of")


def test_a_reminder_without_a_number_has_none() -> None:
    found = read_drawn(
        "Acme Ltd\n1 Dock Street, Hull\n\nPayment reminder\n\nOur invoice no. 2024-117 over GBP 240.00 is unpaid."
    )
    assert found.value("number") is None
    assert found.preceding_invoice is not None and found.preceding_invoice.value == "2024-117"


@pytest.mark.parametrize("title", ["Abschlagsrechnung", "Facture d'acompte", "Deposit invoice"])
def test_a_bill_for_a_part_has_its_own_number(title: str) -> None:
    found = read_drawn(f"Dachbau Meier GmbH\nLindenstr. 4, 50674 Köln\n\n{title} Nr. 2024-911\nTotal EUR   119,00")
    assert (found.value("number"), found.preceding_invoice) == ("2024-911", None)


def test_an_invoice_that_names_its_number_only_in_a_sentence_has_it() -> None:
    found = read_drawn("Acme Ltd\n\nInvoice\nPlease pay our invoice 2024-117 within 30 days.\nTotal GBP   240.00")
    assert (found.value("number"), found.preceding_invoice) == ("2024-117", None)


def test_an_invoice_may_name_its_delivery_note_first() -> None:
    found = read_drawn("Acme GmbH\nLieferschein 4711\nRechnung 2024-117\nDatum 03.03.2025\nGesamtbetrag EUR   119,00")
    assert found.value("number") == "2024-117"
