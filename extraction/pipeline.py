"""The whole path from bytes to fields, on one screen. Runs in the reading process (see extraction.process)."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from extraction.codes import PaymentCode, payment_codes, payment_codes_up_close
from extraction.combine import with_codes, with_einvoice
from extraction.einvoice import read_xml
from extraction.errors import Unreadable
from extraction.evidence import DOUBT_BELOW, Page, ReadDocument, Reading, Word
from extraction.fields import read_documents
from extraction.identify import XML, identify, refusal
from extraction.pages import Pages, opened
from extraction.statements.kinds import STATEMENTS
from extraction.statements.read import read_statements

Recognise = Callable[[NDArray[np.uint8], int], tuple[Word, ...]]
"""OCR: an upright RGB picture and the number of its page → its words, boxes in pixels of the picture."""


def read(data: bytes, recognise: Recognise) -> Reading:
    """Identifies, reads and understands a file.

    A file that cannot be read is a Reading with a Problem, never an exception.
    """
    began = time.perf_counter()
    media_type = identify(data)
    try:
        if problem := refusal(media_type):
            raise Unreadable(problem)
        reading = _read(data, media_type, recognise)
    except Unreadable as error:
        reading = Reading(problem=error.problem)
    notice = " ".join(filter(None, (reading.notice, *map(_to_pay, reading.documents))))
    return replace(reading, media_type=media_type, notice=notice, seconds=time.perf_counter() - began)


def _read(data: bytes, media_type: str, recognise: Recognise) -> Reading:
    if media_type in STATEMENTS:
        return read_statements(data, media_type)
    return Reading(read_xml(data)) if media_type == XML else _read_pages(data, media_type, recognise)


def _read_pages(data: bytes, media_type: str, recognise: Recognise) -> Reading:
    """What is printed, with its payment codes, under the e-invoice inside the file. Raises: Unreadable."""
    with opened(data, media_type) as file:
        taken = [_page(file, number, recognise) for number in file.numbers]
        attached, left_out = file.attached(), file.count - len(taken)
    pages = tuple(page for page, _ in taken)
    printed = with_codes(read_documents(pages), [code for _, codes in taken for code in codes], pages)
    documents = with_einvoice(printed, attached.documents, pages)
    unread = f"Only the first {len(pages)} of {len(pages) + left_out} pages were read." if left_out else ""
    return Reading(documents, pages=pages, notice=" ".join(filter(None, (attached.notice, unread))))


def _page(file: Pages, number: int, recognise: Recognise) -> tuple[Page, tuple[PaymentCode, ...]]:
    """A page's words and payment codes, by OCR where it has no text layer."""
    page = file.take(number)
    if isinstance(page, Page):
        picture = file.picture(number)
        return page, payment_codes(picture, number, page.width / picture.shape[1])
    height, width = page.picture.shape[:2]
    words = recognise(page.picture, number)
    codes = payment_codes(page.picture, number) or payment_codes_up_close(page.picture, number, words)
    return Page(number, width, height, words, "ocr"), codes


def _to_pay(document: ReadDocument) -> str:
    """What the sender should know of a total that is certain: that another amount is to be paid."""
    total = document.fields.get("total")
    if total is None or total.source != "xml" or not total.reason or total.confidence < DOUBT_BELOW:
        return ""
    return f"Total {total.value}: {total.reason}."
