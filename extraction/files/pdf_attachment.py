"""The e-invoice inside a PDF/A-3 (Factur-X, ZUGFeRD), found by its content: writers name it in many ways."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import pypdfium2 as pdfium

from extraction.einvoice.syntaxes import NotAnInvoice, read_xml
from extraction.errors import Unreadable, refused_as
from extraction.evidence import ReadDocument
from extraction.files.media_type import XML, detect_media_type

_MOST = 50  # attachments that are looked at

_DAMAGED = "The e-invoice inside this PDF is damaged; only what is printed was read."


@dataclass(frozen=True)
class Attached:
    """What the e-invoice inside a file says; `notice` tells the sender if there is one that could not be read."""

    documents: tuple[ReadDocument, ...] = ()
    notice: str = ""


def read_attached(document: pdfium.PdfDocument) -> Attached:
    """The first attachment that is an e-invoice; no documents where none is, which is the usual case."""
    notice = ""
    for index in range(min(document.count_attachments(), _MOST)):
        data = _data(document, index)
        if detect_media_type(data) != XML:
            continue
        try:
            return Attached(read_xml(data))
        except NotAnInvoice:
            continue  # metadata, an order, terms of delivery…
        except Unreadable:
            notice = _DAMAGED
    return Attached(notice=notice)


def _data(document: pdfium.PdfDocument, index: int) -> bytes:
    """The bytes of an attachment; none where PDFium cannot decode it."""
    with suppress(Unreadable), refused_as():
        return bytes(document.get_attachment(index).get_data())
    return b""
