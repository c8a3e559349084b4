"""Whatever words a page has, reading them raises nothing and keeps to the contract."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extraction.evidence import FIELDS, Page, Word
from extraction.fields.decision.read_documents import read_documents

TOKENS = st.one_of(
    st.text(min_size=1, max_size=12),
    st.sampled_from(
        [
            "Total",
            "TOTAL RM",
            "Invoice #",
            "Due date",
            "12.50",
            "$8.00",
            "04/05/20",
            "3 Mar 2025",
            "GST 6%",
            "Cash",
            "-",
            "IBAN",
        ]
    ),
    st.decimals(-(10**6), 10**12, places=2).map(str),
    st.dates().map(str),
)
PLACES = st.floats(0, 600, width=16)
WORDS = st.builds(
    lambda text, x, y, wide, high, sure: Word(text, (x, y, x + wide, y + high), 1, sure),
    TOKENS,
    PLACES,
    PLACES,
    st.floats(0, 200, width=16),
    st.floats(0, 40, width=16),
    st.floats(0, 1),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=25), st.sampled_from(["text", "ocr"]))
def test_any_words_make_one_document_that_keeps_to_the_contract(words: list[Word], source: str) -> None:
    (document,) = read_documents([Page(1, 600, 600, tuple(words), source)])  # type: ignore[arg-type]
    assert set(document.fields) <= set(FIELDS)
    for name, found in document.fields.items():
        assert 0 < found.confidence < 1
        if name in {"total", "subtotal", "tax", "tip"}:
            assert str(Decimal(found.value)) == found.value
        if name in {"issue_date", "due_date"}:
            assert date.fromisoformat(found.value).isoformat() == found.value
