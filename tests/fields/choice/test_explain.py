"""`billify read --explain`: what a field was chosen from, and what spoke for each candidate."""

from __future__ import annotations

from extraction.evidence import Reading
from extraction.fields.decision.read_documents import read_documents
from extraction.process.read_command import summary
from tests.fakes.documents.drawn_pages import page_of

RECEIPT = "CORNER SHOP LTD\n12/03/2018 10:44\nBREAD   2.20\nMILK   4.40\nTOTAL   6.60\nCASH   10.00\nCHANGE   3.40\n"


def explained() -> list[str]:
    page = page_of(RECEIPT, "ocr", confidence=0.95)
    return summary("slip.jpg", Reading(read_documents([page]), pages=(page,)), explain=True).splitlines()


def test_the_value_that_was_chosen_stands_first_with_what_speaks_for_it() -> None:
    lines = explained()
    at = next(number for number, line in enumerate(lines) if line.startswith("  total: 6.60 ("))
    best, next_best = lines[at + 1], lines[at + 2]
    assert "6.60" in best
    assert "role total" in best
    assert "settled +" in best  # 10.00 less 3.40
    assert float(best.split()[0]) > float(next_best.split()[0])


def test_each_field_says_what_none_of_its_candidates_would_have_scored() -> None:
    lines = explained()
    fields = [line.split(":")[0].strip() for line in lines if line.startswith("  ") and line[2] != " " and ": " in line]
    assert {"total", "issue date", "vendor"} <= set(fields)
    assert sum(line.endswith("none of them") for line in lines) == len(fields)


def test_without_being_asked_nothing_is_explained() -> None:
    page = page_of(RECEIPT, "ocr")
    assert "none of them" not in summary("slip.jpg", Reading(read_documents([page]), pages=(page,)))
