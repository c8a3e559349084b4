"""E-invoices of one country each, plain and odd, beside what is right of them (`national/<syntax>/right.toml`)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extraction.einvoice.syntaxes import read_xml
from extraction.evidence import CONFIDENCE_THRESHOLD, ReadDocument
from extraction.pipeline.extract import extract_documents

FOLDER = Path(__file__).parent / "national"
RIGHT: dict[tuple[str, str], list[dict[str, Any]]] = {
    (file.parent.name, name): stated if isinstance(stated, list) else [stated]
    for file in sorted(FOLDER.glob("*/right.toml"))
    for name, stated in tomllib.loads(file.read_text("utf-8")).items()
}


@pytest.mark.parametrize(("syntax", "name"), RIGHT, ids=map("-".join, RIGHT))
def test_every_term_is_read_and_none_is_doubted(syntax: str, name: str) -> None:
    documents = read_xml((FOLDER / syntax / f"{name}.xml").read_bytes())
    assert [told(document) for document in documents] == RIGHT[syntax, name]


def told(document: ReadDocument) -> dict[str, Any]:
    """What a document says, in the form of the file of what is right; a doubted value is marked."""
    sure = {name: found.confidence >= CONFIDENCE_THRESHOLD for name, found in document.fields.items()}
    said: dict[str, Any] = {
        "kind": document.kind,
        **{
            name: found.value if sure[name] or found.source == "derived" else f"{found.value} ?"
            for name, found in document.fields.items()
        },
        "taxes": [[line.rate, line.net, line.tax] for line in document.taxes],
        "lines": len(document.lines),
    }
    total = document.fields.get("total")
    if total and total.reason:
        said["reason"] = total.reason
    if document.discounts:
        said["discount"] = [document.discounts[0].amount.value, document.discounts[0].until.value]
    return said


@pytest.mark.parametrize("name", ["v322_signed", "v322_lot_surcharge_expenses"])
def test_a_signature_within_or_around_the_xml_is_told_not_to_be_checked(name: str) -> None:
    reading = extract_documents((FOLDER / "facturae" / f"{name}.xml").read_bytes(), lambda picture, page: ())
    assert reading.documents
    assert "its signature was not checked" in reading.notice
