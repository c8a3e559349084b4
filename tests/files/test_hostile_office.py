"""Workbooks and letters that are made to harm: each is read, or refused in whole sentences, within its limits."""

from __future__ import annotations

import resource
import time

import pytest

from bot.bench.hostile import office_tricks, workbook_tricks
from bot.bench.hostile.throwing import refusal_of
from bot.bench.hostile.workbook_tricks import old_workbook, workbook
from extraction.pipeline.extract import extract_documents
from extraction.statements.tables.workbook import read_workbook

COSTLY = {
    "XLSX: a format of 5 MB", "XLSX: 5,000 sheets", "DOCX: 500,000 paragraphs", "DOCX: 1 million cells", "DOCX: tabs",
    "ODT: 500,000 paragraphs", "DOCX: a line of 20 MB", "XLSX: shared texts of 300 MB", "ODS: content of 300 MB",
    "DOCX: 300 MB", "XLSX: one text of 20 MB in 100,000 cells", "XLSX: 2 million rows",
    "XLSX: 500,000 styles",
}  # fmt: skip
"""Those that take seconds; `billify bench hostile` throws them, too."""
TRICKS = workbook_tricks.TRICKS | office_tricks.TRICKS


@pytest.mark.parametrize("name", sorted(TRICKS.keys() - COSTLY))
def test_it_is_read_or_refused_in_whole_sentences(name: str) -> None:
    began, most = time.process_time(), _most_memory()
    problem = extract_documents(TRICKS[name](), lambda picture, page: ()).problem
    assert problem is None or refusal_of(problem) == "refused", problem
    assert time.process_time() - began < 10
    assert _most_memory() - most < 1_000_000, "what it takes beside what earlier tests took"


def _most_memory() -> int:
    """The most that this process ever had, in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def test_an_ordinary_workbook_of_each_kind_is_read() -> None:
    """Otherwise the tricks would be refused for something else than what they do."""
    cells = "".join(
        f'<row r="{n}"><c r="A{n}" s="1"><v>{45_000 + n}</v></c><c r="B{n}"><v>-{n}.5</v></c><c r="C{n}" t="s"><v>0</v>'
        "</c></row>"
        for n in range(2, 6)
    )
    head = "".join(
        f'<c r="{at}1" t="inlineStr"><is><t>{said}</t></is></c>'
        for at, said in (("A", "Date"), ("B", "Amount"), ("C", "Text"))
    )
    table = read_workbook(workbook(f'<row r="1">{head}</row>{cells}'))
    assert table is not None and len(table.rows) == 4
    assert extract_documents(old_workbook(b""), lambda picture, page: ()).problem is not None
