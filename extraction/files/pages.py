"""The pages of a file of any kind that can be read, one at a time and in any order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from extraction.evidence import Page, View
from extraction.files import pdf
from extraction.files.drawn import as_pdf
from extraction.files.media_type import DRAWN, PDF
from extraction.files.pdf_attachment import Attached, read_attached
from extraction.pictures import image_file
from extraction.pictures.image_file import PageImage
from extraction.pictures.rectify import rectify, rotate_and_deskew, rotate_quarter_turns

MAX_PAGES = 100
"""Pages of one file that are read; `Reading.notice` says when there are more."""

MAX_OCR_PAGES = 20
"""Of these, pages that OCR reads, which takes a hundred times as long."""


@dataclass(frozen=True)
class Pages:
    """An open file of `count` pages, numbered from 1.

    `extract(number)` is a page as the file has it: its words, upright, else its picture, which `take` straightens.
    `picture(number)` is the page as a person sees it, RGB. All raise Unreadable when the page is broken.
    `attached()` is the e-invoice inside the file.
    """

    count: int
    extract: Callable[[int], Page | PageImage]
    picture: Callable[[int], NDArray[np.uint8]]
    attached: Callable[[], Attached] = Attached

    def take(self, number: int) -> Page | tuple[PageImage, ...]:
        """A page to understand: its words where they are in the file, else each paper on its picture, straightened."""
        page = self.extract(number)
        if isinstance(page, Page):
            return page
        papers = rectify(page.picture)
        return tuple(replace(page, picture=paper, view=View(n)) for n, paper in enumerate(papers))

    def seen(self, number: int, view: View) -> tuple[NDArray[np.uint8], tuple[float, float]]:
        """The picture, RGB, in which the boxes of a page lie that was read in this view; its size in their unit."""
        page = self.extract(number)
        if isinstance(page, Page):
            return rotate_quarter_turns(self.picture(number), view.turns), (page.width, page.height)
        picture = rotate_and_deskew(rectify(page.picture)[view.paper], view.turns)
        return picture, (picture.shape[1], picture.shape[0])

    @property
    def numbers(self) -> range:
        """Of the pages that are read."""
        return range(1, min(self.count, MAX_PAGES) + 1)


@contextmanager
def open_pages(data: bytes, media_type: str) -> Iterator[Pages]:
    """A PDF, a picture, or what is drawn as PDF, closed afterwards. Raises: Unreadable."""
    if media_type in DRAWN:
        data, media_type = as_pdf(data, media_type), PDF
    if media_type == PDF:
        with pdf.opened(data) as document:
            page, shown = partial(pdf.page, document), partial(pdf.render, document)
            yield Pages(len(document), page, shown, partial(read_attached, document))
    else:
        with image_file.opened(data) as picture:
            yield Pages(
                image_file.count(picture), partial(image_file.scan, picture), partial(image_file.upright, picture)
            )
