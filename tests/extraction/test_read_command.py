"""`billify read`: files and folders in their order, and what cannot be read among them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from extraction.evidence import Evidence, LineItem, Problem, ReadDocument, Reading, to_contract
from extraction.process.read_command import read_paths, summary
from extraction.process.reader import Reader
from tests.fakes.documents.document_files import pdf


@pytest.fixture
def reader() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    asyncio.run(reader.close())


@pytest.mark.ocr
async def test_files_and_folders_are_read_in_order(reader: Reader, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    (folder / "march").mkdir(parents=True)
    for name in ("b.pdf", "a.pdf", "march/c.pdf", ".hidden"):
        (folder / name).write_bytes(pdf())
    single = tmp_path / "note.pdf"
    single.write_bytes(b"Just a note")
    paths = [single, folder, tmp_path / "absent.pdf"]
    rows = [to_contract(name, reading) async for name, reading in read_paths(paths, reader)]
    assert [row["file"] for row in rows] == ["note.pdf", "a.pdf", "b.pdf", "march/c.pdf", "absent.pdf"]
    assert [row["error"] and row["error"]["code"] for row in rows] == [
        "unsupported_text", None, None, None, "cannot_open",
    ]  # fmt: skip
    assert rows[0]["documents"] == []
    assert rows[1]["documents"][0]["fields"]["total"]["value"] == "1249.50"
    assert "No such file" in rows[4]["error"]["message"]


def test_a_reading_is_told_in_a_few_lines() -> None:
    fields = {
        "vendor": Evidence("Acme GmbH", 0.97, "text"),
        "due_date": Evidence("2025-04-02", 0.7, "derived", reason='from "30 days net"'),
    }
    document = ReadDocument("credit_note", (2, 3), fields, (LineItem("Bolts", "2", "3.50", "7.00"),))
    assert summary("scan.pdf", Reading((document,), seconds=0.84, notice="Only two pages were read.")) == (
        "scan.pdf  (0.8 s)\n"
        "  credit note, pages 2–3\n"
        "    vendor            Acme GmbH\n"
        '    due date          2025-04-02  (from "30 days net")  ?\n'
        "    ·  Bolts  2 × 3.50  7.00\n"
        "  Only two pages were read."
    )
    assert summary("x", Reading(problem=Problem("empty", "Please send it again."))) == "x\n  Please send it again."
