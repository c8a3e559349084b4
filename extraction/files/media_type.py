"""What a file is, by its content: names and claimed media types are not believed."""

from __future__ import annotations

import base64
import re

from extraction.evidence import Problem
from extraction.statements.format_detection import STATEMENT_MEDIA_TYPES, detect_statement_format
from extraction.statements.text_encoding import decoded

PICTURES = frozenset(
    {"image/jpeg", "image/png", "image/webp", "image/heic", "image/avif", "image/tiff", "image/gif", "image/bmp"}
)
"""Media types that `extraction.pictures.image_file` decodes."""

PDF = "application/pdf"
XML = "application/xml"
HTML = "text/html"
TEXT = "text/plain"
RICH_TEXT = "application/rtf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPEN_DOCUMENTS = ("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet")
DRAWN = frozenset({HTML, TEXT, RICH_TEXT, WORD, WORKBOOK, *OPEN_DOCUMENTS})
"""Media types of files without pages, which `extraction.files.drawn` draws."""
SIGNED = "application/pkcs7-mime"
EMPTY = "application/x-empty"
UNKNOWN = "application/octet-stream"

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),  # BigTIFF
    (b"MM\x00+", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),  # an empty archive
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", RICH_TEXT),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
)

_OFFICE: tuple[tuple[bytes, str], ...] = (
    (b"word/", WORD),
    (b"xl/", WORKBOOK),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    *((b"mimetype" + kind.encode(), kind) for kind in OPEN_DOCUMENTS),
    (b"mimetypeapplication/vnd.oasis.opendocument", "application/vnd.oasis.opendocument"),
)

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
"""The object identifier with which a signed message begins (RFC 5652, section 5.1), as Italian e-invoices travel."""

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})

_INSTEAD = "Please send the invoice as a PDF or as a photo (JPEG, PNG, HEIC, WebP, TIFF)."
_STATEMENT = "A bank statement is read from CAMT, MT940, OFX, QIF, CSV or Excel."
_WHY_NOT: dict[str, tuple[str, str]] = {
    EMPTY: ("empty_file", "This file is empty; perhaps the upload was cut off. Please send it again."),
    TEXT: ("unsupported_text", f"This is a plain text file. {_INSTEAD} {_STATEMENT}"),
    "application/zip": ("unsupported_archive", f"This is a ZIP archive. Please unpack it. {_INSTEAD}"),
    "application/vnd.rar": ("unsupported_archive", f"This is a RAR archive. Please unpack it. {_INSTEAD}"),
    "application/x-7z-compressed": ("unsupported_archive", f"This is a 7z archive. Please unpack it. {_INSTEAD}"),
    "application/gzip": ("unsupported_archive", f"This is a compressed file. Please unpack it. {_INSTEAD}"),
    UNKNOWN: ("unknown_format", f"This is not a kind of file that can be read here. {_INSTEAD}"),
}
NO_DOCUMENT = Problem("unsupported_office", "This is an Office document. Please export it as PDF and send that.")


def detect_media_type(data: bytes) -> str:
    """The media type of a file from its first bytes; `EMPTY` for none at all, `UNKNOWN` if nothing fits."""
    if not data:
        return EMPTY
    if _is_signed(data):  # before what is inside, whose first bytes are in sight
        return SIGNED
    for magic, media_type in _MAGIC:  # before PDF, which an archive may hold as it is
        if data.startswith(magic):
            return _inside_zip(data) if media_type == "application/zip" else media_type
    # ISO 32000 asks readers to look for the header within the first 1024 bytes; some senders put a line before it.
    if b"%PDF-" in data[:1024]:
        return PDF
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp":
        return _by_brand(data)
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        return "image/bmp"
    return _as_text(data)


def refusal(media_type: str) -> Problem | None:
    """Why a file of this type cannot be read and what to send instead; None when it can be read.

    A text counts only where it reads as a bill.
    """
    if media_type in _WHY_NOT:
        return Problem(*_WHY_NOT[media_type])
    if media_type in (PDF, XML, SIGNED) or media_type in PICTURES | DRAWN | STATEMENT_MEDIA_TYPES:
        return None
    return NO_DOCUMENT


def _is_signed(data: bytes) -> bool:
    """Whether it is a signed message, in binary or in base64, of which four characters are three bytes."""
    head = data[:256]
    if head[:1] == b"\x30":
        return _SIGNED_DATA in head[:32]
    text = b"".join(re.sub(rb"-----BEGIN [A-Z0-9 ]+-----", b"", head).split())[:64]
    return (
        text[:2] in (b"MI", b"MH")
        and bool(re.fullmatch(rb"[A-Za-z0-9+/]{64}", text))
        and (_SIGNED_DATA in base64.b64decode(text))
    )


def _inside_zip(data: bytes) -> str:
    """Office documents are ZIP archives, known by the names of their parts."""
    for part, media_type in _OFFICE:
        # APPNOTE 4.3.7 and 4.3.12: a name stands 30 bytes into the header before each file, 46 into its directory's.
        if re.search(rb"PK\x03\x04.{26}" + part, data[:200_000], re.S) or re.search(
            rb"PK\x01\x02.{42}" + part, data[-200_000:], re.S
        ):
            return media_type
    return "application/zip"


def _by_brand(data: bytes) -> str:
    """ISO base media: the brands in the first box tell HEIC and AVIF from videos (ISO/IEC 23008-12, annex B)."""
    size = min(int.from_bytes(data[:4], "big"), 256)
    brands = {data[at : at + 4] for at in (8, *range(16, size, 4))}
    if brands & {b"avif", b"avis"}:
        return "image/avif"
    return "image/heic" if brands & _HEIF_BRANDS else UNKNOWN


def _as_text(data: bytes) -> str:
    """XML, HTML or plain text in any Unicode encoding; `UNKNOWN` when it is no text."""
    head = data[:4096].rstrip(b"\0\r\n ") or data[:4096]  # some programs pad what they write
    if head.startswith((b"<\0", b"\0<")):  # UTF-16 without a byte order mark (XML 1.0, appendix F)
        return XML
    text = decoded(head)
    if any(ord(character) < 32 and character not in "\t\n\r\f" for character in text):
        return UNKNOWN
    if statement := detect_statement_format(text):
        return statement
    start = text.lstrip().lower()
    if start.startswith(("<!doctype html", "<html")) or "<html" in start[:1024]:
        return HTML
    return XML if start.startswith("<") else TEXT
