"""A file is known by its content, whatever its name says."""

from __future__ import annotations

import io
import zipfile

import pytest

from extraction.files.media_type import detect_media_type, refusal
from extraction.pictures import image_file  # noqa: F401  registers HEIF with Pillow
from tests.fakes.documents.document_files import encoded, pdf, photograph

SMALL = photograph(("x",), 40, 30)
OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"


def archive(*names: str, compression: int = zipfile.ZIP_DEFLATED, data: bytes = b"x" * 1000) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as out:
        for name in names:
            out.writestr(name, data)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (encoded(SMALL, "JPEG"), "image/jpeg"),
        (encoded(SMALL, "PNG"), "image/png"),
        (encoded(SMALL, "WEBP"), "image/webp"),
        (encoded(SMALL, "TIFF"), "image/tiff"),
        (encoded(SMALL, "TIFF", big_tiff=True), "image/tiff"),
        (encoded(SMALL, "HEIF"), "image/heic"),
        (encoded(SMALL, "AVIF"), "image/avif"),
        (encoded(SMALL, "GIF"), "image/gif"),
        (encoded(SMALL, "BMP"), "image/bmp"),
        (pdf(), "application/pdf"),
        (b"Content-Type: x\r\n\r\n" + pdf(), "application/pdf"),
        (b"<?xml version='1.0'?><Invoice/>", "application/xml"),
        ("\ufeff<?xml version='1.0'?><Invoice/>".encode("utf-16-le"), "application/xml"),
        ("<?xml version='1.0' encoding='UTF-16'?><Invoice/>".encode("utf-16-be"), "application/xml"),
        (b"  <!DOCTYPE html><p>Dear customer", "text/html"),
        (b"<!-- mail --><html><p>Dear customer", "text/html"),
        (b"{\\rtf1\\ansi Dear customer}", "application/rtf"),
        (archive("[Content_Types].xml", "word/document.xml"), f"{OFFICE}.wordprocessingml.document"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), f"{OFFICE}.spreadsheetml.sheet"),
        (archive("mimetype", compression=zipfile.ZIP_STORED, data=f"{OPEN}.text".encode()), f"{OPEN}.text"),
        (
            archive("mimetype", compression=zipfile.ZIP_STORED, data=f"{OPEN}.spreadsheet".encode()),
            f"{OPEN}.spreadsheet",
        ),
        (bytes.fromhex("308006092a864886f70d010702a080") + b"<Invoice/>", "application/pkcs7-mime"),
        (bytes.fromhex("308006092a864886f70d010702a080") + pdf(), "application/pkcs7-mime"),
    ],
)
def test_what_can_be_read_is_taken(data: bytes, media_type: str) -> None:
    assert detect_media_type(data) == media_type
    assert refusal(media_type) is None


@pytest.mark.parametrize(
    ("data", "media_type", "code"),
    [
        (b"", "application/x-empty", "empty_file"),
        ("Grüße aus Köln".encode(), "text/plain", "unsupported_text"),
        ("Grüße aus Köln".encode("latin-1"), "text/plain", "unsupported_text"),
        (b"a" * 4095 + "ü".encode(), "text/plain", "unsupported_text"),  # cut within a character
        (archive("a.pdf"), "application/zip", "unsupported_archive"),
        (archive("a.pdf", compression=zipfile.ZIP_STORED, data=pdf()), "application/zip", "unsupported_archive"),
        (archive("a.txt", data=b"in word/ or xl/"), "application/zip", "unsupported_archive"),
        (
            archive("[Content_Types].xml", "ppt/presentation.xml"),
            f"{OFFICE}.presentationml.presentation",
            "unsupported_office",
        ),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "application/octet-stream", "unknown_format"),
        (bytes(range(256)), "application/octet-stream", "unknown_format"),
    ],
)
def test_what_cannot_be_read_is_refused_with_advice(data: bytes, media_type: str, code: str) -> None:
    assert detect_media_type(data) == media_type
    problem = refusal(media_type)
    assert problem is not None
    assert problem.code == code
    assert "lease" in problem.message  # says what to do instead
