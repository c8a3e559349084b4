"""The pages of a file of any kind that can be read, one at a time and in any order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from extraction import pdf, photo
from extraction.einvoice.attachment import Attached, read_attached
from extraction.evidence import Page
from extraction.identify import PDF
from extraction.photo import Scan

MOST = 20
"""Pages of one file that are read; `Reading.notice` says when there are more."""


@dataclass(frozen=True)
class Pages:
    """An open file of `count` pages, numbered from 1.

    `take(number)` is a page to understand: its words where they are in the file, else its picture for OCR.
    `picture(number)` is the page as a person sees it, RGB. Both raise Unreadable when the page is broken.
    `attached()` is the e-invoice inside the file.
    """

    count: int
    take: Callable[[int], Page | Scan]
    picture: Callable[[int], NDArray[np.uint8]]
    attached: Callable[[], Attached] = Attached

    @property
    def numbers(self) -> range:
        """Of the pages that are read."""
        return range(1, min(self.count, MOST) + 1)


@contextmanager
def opened(data: bytes, media_type: str) -> Iterator[Pages]:
    """A PDF or a picture, closed afterwards. Raises: Unreadable."""
    if media_type == PDF:
        with pdf.opened(data) as document:
            page, shown = partial(pdf.page, document), partial(pdf.render, document)
            yield Pages(len(document), page, shown, partial(read_attached, document))
    else:
        with photo.opened(data) as picture:
            yield Pages(photo.count(picture), partial(photo.scan, picture), partial(photo.upright, picture))
