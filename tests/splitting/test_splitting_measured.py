"""How often real invoices glued together come apart at the right pages; skipped where the data sets are absent."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from extraction.evidence import Page
from extraction.splitting import split_into_documents
from tests.fakes.documents.glued_pdfs import text_pages

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
INVOICES, ORDERS, PRINTS = "fcc_tv_invoices", "fcc_orders_not_invoices", "einvoice_pdf"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the data sets are not beside the project")


@cache
def documents(name: str) -> dict[str, list[Page]]:
    """The pages of each document of a set that has a text layer on all of them."""
    files = sorted((DATA / name / "files").glob("*.pdf"))
    return {file.name: text_pages(file.read_bytes()) for file in files}


@pytest.mark.parametrize("name", [INVOICES, ORDERS, PRINTS])
def test_documents_of_many_pages_stay_whole(name: str) -> None:
    torn = {
        file: len(split_into_documents(pages))
        for file, pages in documents(name).items()
        if len(pages) > 1 and len(split_into_documents(pages)) > 1
    }
    assert not torn


@pytest.mark.parametrize(("name", "least"), [(INVOICES, 0.95), (PRINTS, 0.85)])
def test_documents_glued_together_come_apart(name: str, least: float) -> None:
    truths = map(json.loads, (DATA / name / "truth.jsonl").read_text("utf-8").splitlines())
    numbers = {Path(truth["file"]).name: truth.get("number") for truth in truths}  # the same one twice is one invoice
    found = there = false = 0
    files = sorted(file for file, pages in documents(name).items() if pages)
    random.Random(1).shuffle(files)
    for at in range(0, len(files) - 3, 4):
        chosen = [
            file for n, file in enumerate(files[at : at + 4]) if not n or numbers[file] != numbers[files[at + n - 1]]
        ]
        pages, begins = _glued([documents(name)[file] for file in chosen])
        seen = {bundle.pages[0].number for bundle in split_into_documents(pages)}
        found += len(seen & begins) - 1
        there += len(begins) - 1
        false += len(seen - begins)
    assert not false
    assert found >= least * there, f"{found} of {there}"


def _glued(parts: list[list[Page]]) -> tuple[list[Page], set[int]]:
    """The pages numbered through, and the numbers at which a document begins."""
    pages: list[Page] = []
    begins: set[int] = set()
    for part in parts:
        begins.add(len(pages) + 1)
        for page in part:
            number = len(pages) + 1
            words = tuple(replace(word, page=number) for word in page.words)
            pages.append(replace(page, number=number, words=words))
    return pages, begins
