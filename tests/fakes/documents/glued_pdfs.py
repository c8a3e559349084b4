"""PDFs glued together, as somebody does who scans or prints a month's invoices into one file."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pypdfium2 as pdfium

from extraction.evidence import Page
from extraction.files.pages import open_pages


def glued(parts: Iterable[bytes]) -> bytes:
    """One PDF with the pages of all, in their order, and without their attachments."""
    with pdfium.PdfDocument.new() as whole:
        for part in parts:
            with pdfium.PdfDocument(part) as source:
                whole.import_pages(source)
        out = io.BytesIO()
        whole.save(out)
    return out.getvalue()


def text_pages(data: bytes) -> list[Page]:
    """The pages of a PDF that have a text layer; scanned ones are left out."""
    with open_pages(data, "application/pdf") as file:
        pages = [file.extract(number) for number in range(1, file.count + 1)]
    return [page for page in pages if isinstance(page, Page)]
