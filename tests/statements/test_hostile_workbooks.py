"""Workbooks that are none, are no statements, or would take all memory."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from extraction.files.media_type import detect_media_type
from extraction.pipeline.extract import extract_documents
from extraction.statements.format_detection import XLSX
from tests.fakes.documents.bank_exports.workbooks import WORKBOOKS

GOOD = WORKBOOKS[0].data


def with_sheet(xml: bytes) -> bytes:
    """The workbook with other XML in its sheet."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as before, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, xml if name.endswith("sheet1.xml") else before.read(name))
    return made.getvalue()


def letter() -> bytes:
    made, file = Workbook(), io.BytesIO()
    assert made.active is not None
    made.active.append(["Dear", "Olga"])
    made.save(file)
    return file.getvalue()


def sheet(cell: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    row = f'<row r="1"><c r="{cell}"><v>1</v></c></row>'
    return f'<worksheet xmlns="{space}"><sheetData>{row}</sheetData></worksheet>'.encode()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (with_sheet(sheet("XFD1048576")), "workbook_too_large"),
        (with_sheet(sheet("A300000")), "workbook_too_large"),
        (with_sheet(sheet("ZZ1")), "workbook_too_large"),
        (with_sheet(b"<worksheet>" + b" " * 101_000_000), "workbook_too_large"),
        (with_sheet(b"<worksheet><broken"), "workbook_damaged"),
        (GOOD[: len(GOOD) // 2], None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unsupported_office"),
    ],
    ids=["far cell", "far row", "far column", "bomb", "broken", "cut", "old office"],
)
def test_it_says_what_is_wrong(data, code):
    reading = extract_documents(data, lambda picture, page: ())
    assert reading.problem is not None
    assert code in (None, reading.problem.code)
    assert not reading.statements


def test_a_workbook_that_is_no_statement_is_read_as_a_document():
    reading = extract_documents(letter(), lambda picture, page: ())
    assert reading.problem is None and not reading.statements
    assert [document.kind for document in reading.documents] == ["other"]


def test_a_workbook_is_known_by_its_content():
    assert detect_media_type(GOOD) == XLSX
