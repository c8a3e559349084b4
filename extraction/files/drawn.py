"""Files without pages (web pages, texts, Office documents) drawn as a PDF, whose text layer says where all stands.

The same file is drawn the same way each time, so that a place that was read is found again.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from extraction.errors import Unreadable
from extraction.evidence import Problem
from extraction.files import media_type as kinds
from extraction.files.office.open_document import pictures_in_open_document, read_open_document
from extraction.files.office.rich_text import read_rich_text
from extraction.files.office.text_flow import Flow, html_of, letters_in
from extraction.files.office.word import pictures_in_word, read_word
from extraction.files.office.workbook import read_workbook
from extraction.files.picture_pages import as_pages
from extraction.html.page import is_too_long, page_of_html, page_of_text
from extraction.html.pdf import pdf_of
from extraction.html.text import from_html
from extraction.limits import LARGEST_PAGE, TOO_LONG_TO_DRAW
from extraction.standards.charsets import decode

_FEWEST_LETTERS = 20  # of a document that is more than a picture with a line beside it
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s{0,3}=\s{0,3}[\"']?\s{0,3}([\w.:-]{1,40})", re.IGNORECASE)
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_NOTHING = Problem(
    "nothing_to_read", "There is no text in this document. Please export it as PDF, or send a photo of the page."
)


def as_pdf(data: bytes, media_type: str) -> bytes:
    """The file as pages of a PDF. Raises: Unreadable when it is damaged, too large, or has nothing to read."""
    if media_type in (kinds.HTML, kinds.TEXT):
        text = _text_of(data)
        seen = from_html(text) if media_type == kinds.HTML else text
        return _drawn(page_of_html if media_type == kinds.HTML else page_of_text, text, seen)
    flow = _flow_of(data, media_type)
    if letters_in(flow) < _FEWEST_LETTERS and (pictures := _pictures_of(data, media_type)):
        try:
            return as_pages(pictures)
        except Unreadable as error:
            raise Unreadable(_NOTHING) from error
    source = html_of(flow)
    return _drawn(page_of_html, source, source if letters_in(flow) else "")


def _drawn(page_of: Callable[[str], str], source: str, seen: str) -> bytes:
    if is_too_long(source):
        raise Unreadable(TOO_LONG_TO_DRAW)
    if not any(character.isalnum() for character in seen):
        raise Unreadable(_NOTHING)
    return pdf_of(page_of(source))


def _flow_of(data: bytes, media_type: str) -> Flow:
    if media_type == kinds.WORD:
        return read_word(data)
    if media_type == kinds.WORKBOOK:
        return read_workbook(data)
    return read_rich_text(data) if media_type == kinds.RICH_TEXT else read_open_document(data)


def _pictures_of(data: bytes, media_type: str) -> list[bytes]:
    if media_type == kinds.WORD:
        return pictures_in_word(data)
    return pictures_in_open_document(data) if media_type in kinds.OPEN_DOCUMENTS else []


def _text_of(data: bytes) -> str:
    """The text of a file in the charset that its byte order mark or its head names, else in the likeliest one."""
    if len(data) > LARGEST_PAGE:
        raise Unreadable(TOO_LONG_TO_DRAW)
    marked = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    named = _CHARSET.search(data[:2_048])
    return decode(data, marked or (named[1].decode("ascii", "replace") if named else None)).removeprefix("\ufeff")
