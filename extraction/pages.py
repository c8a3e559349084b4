"""The pages of a file of any kind that can be read, one at a time and in any order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from extraction import pdf, photo
from extraction.einvoice.attachment import Attached, read_attached
from extraction.evidence import Page
from extraction.identify import PDF
from extraction.photo import Scan
from extraction.straighten import straighten

MOST = 20
"""Pages of one file that are read; `Reading.notice` says when there are more."""


@dataclass(frozen=True)
class Pages:
    """An open file of `count` pages, numbered from 1.

    `extract(number)` is a page as the file has it: its words, else its picture, which `take` straightens.
    `picture(number)` is the page as a person sees it, RGB. All raise Unreadable when the page is broken.
    `attached()` is the e-invoice inside the file.
    """

    count: int
    extract: Callable[[int], Page | Scan]
    picture: Callable[[int], NDArray[np.uint8]]
    attached: Callable[[], Attached] = Attached

    def take(self, number: int) -> Page | Scan:
        """A page to understand: its words where they are in the file, else its straightened picture for OCR."""
        page = self.extract(number)
        return page if isinstance(page, Page) else replace(page, picture=straighten(page.picture))

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
