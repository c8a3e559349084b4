"""What Billify gives as an example of what to say, in either language, it understands itself."""

from __future__ import annotations

import re
from datetime import date

import pytest

from handlers.language.translation import speaking
from handlers.last_answer import Last
from handlers.requests import ChooseColumns, Unclear, Unknown
from handlers.understand.dialogue.table_answers import answer_about_table
from handlers.understand.interpreter import understand
from handlers.understand.text.sentence_context import KnownNames, SentenceContext
from storage.bills.names.vendor_index import VendorIndex
from tests.handlers.test_language import CATALOGUE

SCENE = SentenceContext(
    date(2025, 3, 21),
    "EUR",
    known={"vendor": "Acme GmbH", "total": "1249.50", "issue_date": "2025-03-03", "currency": "EUR"},
    last=Last(bills=(1, 2, 3)),
    names=KnownNames(
        vendors=VendorIndex({"acme": "Acme GmbH", "globex": "Globex Ltd"}),
        customers=frozenset({"Globex Ltd"}),
        accounts={"bank": "bank", "cash": "cash", "kasse": "cash"},
        categories={"travel": "travel", "reisekosten": "travel"},
        people=("Anna",),
    ),
)
PARTS = {
    "15 May 2025", "in 30 days", "this week", "to Acme", "on Friday", "in two weeks", "at 9", "at 14:00",
    "15. Mai 2025", "in 30 Tagen", "diese Woche", "an Acme", "am Freitag", "in zwei Wochen", "um 9 Uhr", "um 14:00",
    "billify doctor", "billify rates FILE", "billify rates DATEI", "a former colleague",
}  # fmt: skip
"""Not sentences but parts of one, or commands."""

QUOTED = re.compile("“([^”{…]+)”|„([^“{…]+)“")


TABLE = ChooseColumns(1, "bank", "")
"""Some examples are answers to a question about a table's columns, and are said only to that."""


def examples() -> list[tuple[str, str]]:
    texts = [("en", text) for text in CATALOGUE] + [("de", form) for forms in CATALOGUE.values() for form in forms]
    found = [(language, one or other) for language, text in texts for one, other in QUOTED.findall(text)]
    return sorted({(language, said) for language, said in found if said not in PARTS})


@pytest.mark.parametrize(("language", "said"), examples())
def test_an_example_is_understood(language: str, said: str):
    with speaking(language):
        understood = answer_about_table(said, TABLE) or understand(said, SCENE)
    assert not isinstance(understood, (Unknown, Unclear)), understood


def test_there_are_examples():
    assert len(examples()) > 60
