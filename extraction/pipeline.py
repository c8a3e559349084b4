"""The whole path from bytes to fields, on one screen. Runs in the reading process (see extraction.process)."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from extraction.errors import Unreadable
from extraction.evidence import Page, Reading, Word
from extraction.fields import read_documents
from extraction.identify import identify, refusal
from extraction.pages import opened
from extraction.photo import Scan

Recognise = Callable[[NDArray[np.uint8], int], tuple[Word, ...]]
"""OCR: an upright RGB picture and the number of its page → its words, boxes in pixels of the picture."""


def read(data: bytes, recognise: Recognise) -> Reading:
    """Identifies, reads and understands a file.

    A file that cannot be read is a Reading with a Problem, never an exception.
    """
    began = time.perf_counter()
    media_type = identify(data)
    if problem := refusal(media_type):
        return Reading(problem=problem, media_type=media_type, seconds=time.perf_counter() - began)
    try:
        with opened(data, media_type) as file:
            pages = tuple(_recognised(file.take(number), recognise) for number in file.numbers)
            left_out = file.count - len(pages)
    except Unreadable as error:
        return Reading(problem=error.problem, media_type=media_type, seconds=time.perf_counter() - began)
    documents = read_documents(pages)
    notice = f"Only the first {len(pages)} of {len(pages) + left_out} pages were read." if left_out else ""
    return Reading(documents, None, media_type, time.perf_counter() - began, pages, notice)


def _recognised(page: Page | Scan, recognise: Recognise) -> Page:
    if isinstance(page, Page):
        return page
    height, width = page.picture.shape[:2]
    return Page(page.number, width, height, recognise(page.picture, page.number), "ocr")
