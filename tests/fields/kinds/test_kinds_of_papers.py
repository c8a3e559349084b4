"""Small documents of every type in nine languages: what they are, whose bill they are, which invoice they refer to.

They were written before anything was tried on them; the weights are fitted to others (training/fields/papers.py).
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extraction.evidence import CONFIDENCE_THRESHOLD, Evidence, ReadDocument
from extraction.fields.decision.side import from_our_side
from extraction.fields.parties.ourselves import Ourselves
from extraction.fields.patterns.document_types import kind_of_type
from tests.fakes.documents.drawn_pages import page_of, read_drawn

US = Ourselves(("Iris Handel",), "DE123456788", ("DE89370400440532013000",))
PAPERS: dict[str, dict[str, Any]] = {
    name: told
    for file in ("papers_west", "papers_south_east")
    for name, told in tomllib.loads((Path(__file__).parent / f"{file}.toml").read_text("utf-8")).items()
}
UNKNOWN = frozenset({"en_contract"})
"""Where the vendor is not read right: it stands in a sentence."""


def seen(name: str) -> ReadDocument:
    text = PAPERS[name]["text"]
    return from_our_side(read_drawn(text), [page_of(text)], US)


@pytest.mark.parametrize("name", PAPERS)
def test_what_it_is_and_whose(name: str) -> None:
    told, found = PAPERS[name], seen(name)
    assert found.type is not None and found.side is not None
    assert (found.type.value, found.kind) == (told["type"], kind_of_type(told["type"]))
    if "side" in told:
        assert found.side.value == told["side"]
    if "vendor" in told and name not in UNKNOWN:
        assert found.value("buyer" if told.get("side") == "receivable" else "vendor") == told["vendor"]
    if "speaks_of" in told:
        assert found.preceding_invoice is not None
        assert found.preceding_invoice.value == told["speaks_of"]


def test_most_of_them_need_no_check() -> None:
    sure = sum(read_drawn(told["text"]).kind_confidence >= CONFIDENCE_THRESHOLD for told in PAPERS.values())
    assert sure >= 0.85 * len(PAPERS)


HEAD = (
    "Officine Verdi                          Iris Handel\nVia A 1, 20100 Milano                   Via B 2, 00100 Roma\n"
)


def test_two_names_without_a_label_are_doubted() -> None:
    found = from_our_side(read_drawn(f"{HEAD}\nFattura n. 7\nTotale   100,00 €\n"), [page_of(HEAD)], US)
    assert found.side is not None
    assert found.side.confidence < CONFIDENCE_THRESHOLD


@pytest.mark.parametrize(
    ("seller", "buyer"), [("Cedente:", "Cessionario:"), ("Säljare:", "Köpare:"), ("Доставчик:", "Получател:")]
)
def test_labels_over_two_columns_tell_seller_and_buyer(seller: str, buyer: str) -> None:
    head = f"{seller:<40}{buyer}\n{HEAD}\nFattura n. 7   05.09.2025\nTotale   100,00 €\n"
    for ours, side in (("Iris Handel", "payable"), ("Officine Verdi", "receivable")):
        found = from_our_side(read_drawn(head), [page_of(head)], Ourselves((ours,)))
        assert found.side is not None
        assert found.side.value == side
        assert (found.value("vendor"), found.value("buyer")) == ("Officine Verdi", "Iris Handel")


def test_who_is_nowhere_on_a_paper_has_not_issued_it() -> None:
    found = from_our_side(read_drawn(HEAD), [page_of(HEAD)], Ourselves(("Somebody Else",)))
    assert found.side is not None
    assert (found.side.value, found.side.confidence >= CONFIDENCE_THRESHOLD) == ("payable", True)


IBAN = "DE89370400440532013000"
WE = Ourselves(("Billify UG (haftungsbeschränkt)",), "DE 123456789", (IBAN,))


@pytest.mark.parametrize(
    ("read", "side", "doubtful"),
    [
        ({"vendor": "BILLIFY UG", "buyer": "Globex Ltd"}, "receivable", False),
        ({"vat_id": "DE123456789", "buyer": "Globex Ltd"}, "receivable", False),
        ({"iban": IBAN, "buyer": "Globex Ltd"}, "receivable", False),
        ({"vendor": "B1LL", "iban": "DE89 3704 0044 0532 0130 00", "buyer": "Globex Ltd"}, "receivable", True),
        ({"vendor": "Acme", "buyer": "Billify UG", "vat_id": "DE123456789"}, "payable", False),  # the buyer's number
        ({"vendor": "Acme", "vat_id": "DE999999999"}, "payable", False),
    ],
)
def test_without_a_page_to_look_at_names_and_numbers_tell(read: dict[str, str], side: str, doubtful: bool) -> None:
    fields = {name: Evidence(value, 0.9, "text") for name, value in read.items()}
    found = from_our_side(ReadDocument("invoice", (1,), fields), (), WE)
    assert found.side is not None and found.side.value == side
    assert (found.side.confidence < CONFIDENCE_THRESHOLD) is doubtful
