"""Documents as they would be without the e-invoice inside them, to measure how their print is read."""

from __future__ import annotations

import io

from extraction.errors import Unreadable
from extraction.files import pdf
from extraction.files.media_type import PDF, detect_media_type


def without_attachments(data: bytes) -> bytes:
    """A PDF without the files inside it; the same bytes for any other file, and for a PDF that cannot be opened."""
    if detect_media_type(data) != PDF:
        return data
    try:
        with pdf.opened(data) as document:
            while document.count_attachments():
                document.del_attachment(0)
            out = io.BytesIO()
            document.save(out)
    except Unreadable:
        return data
    return out.getvalue()
