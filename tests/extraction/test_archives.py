"""ZIP archives of invoices: read file by file, and refused where unpacking would do harm."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from extraction.files.zip_archive import is_archive
from extraction.mail.unpack import unpack
from extraction.process.read_command import read_paths
from extraction.process.reader import Reader
from tests.fakes.documents.document_files import pdf
from tests.fakes.documents.einvoices import ubl


def zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def locked() -> bytes:
    """An archive whose one file is marked as encrypted, in its own header and in the directory."""
    data = bytearray(zipped({"a.pdf": pdf()}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


@pytest.fixture
def reader() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    asyncio.run(reader.close())


def test_files_come_in_their_order_without_what_systems_add() -> None:
    data = zipped(
        {"march/b.pdf": b"b", "__MACOSX/march/._b.pdf": b"x", "a.pdf": b"a", ".DS_Store": b"x", "Thumbs.db": b"x"}
    )
    assert is_archive(data)
    assert [(member.name, member.data) for member in unpack(data).members] == [("b.pdf", b"b"), ("a.pdf", b"a")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zipped({}), "empty_archive"),
        (zipped({"__MACOSX/x": b"x"}), "empty_archive"),
        (zipped({"a.pdf": pdf()})[:-30], "broken_archive"),
        (locked(), "encrypted_archive"),
        (zipped({f"{n}.pdf": b"x" for n in range(51)}), "archive_too_large"),
        (zipped({"bomb.pdf": bytes(100_000_001)}), "archive_too_large"),
        (zipped({"a.pdf": bytes(60_000_000), "b.pdf": bytes(60_000_000)}), "archive_too_large"),
    ],
    ids=["empty", "nothing of its sender", "cut off", "encrypted", "too many", "a bomb", "too much together"],
)
def test_what_is_not_unpacked_says_why(data: bytes, code: str) -> None:
    unpacked = unpack(data)
    assert unpacked.members == ()
    assert unpacked.problem is not None
    assert unpacked.problem.code == code
    assert "lease" in unpacked.problem.message


@pytest.mark.ocr
async def test_an_archive_is_one_line_with_the_documents_of_all_its_files(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"one.pdf": pdf(), "read me.txt": b"Hello", "two.xml": ubl()}))
    (tmp_path / "b.zip").write_bytes(zipped({"read me.txt": b"Hello"}))
    (tmp_path / "c.zip").write_bytes(zipped({})[:-5])
    readings = {name: reading async for name, reading in read_paths([tmp_path], reader)}
    assert [document.value("number") for document in readings["a.zip"].documents] == ["2024-117", "2024-117"]
    assert "read me.txt: This is a plain text file" in readings["a.zip"].notice
    assert readings["a.zip"].problem is None
    assert readings["b.zip"].problem is not None
    assert readings["b.zip"].problem.code == "unsupported_text"
    assert readings["c.zip"].problem is not None
    assert readings["c.zip"].problem.code == "broken_archive"
