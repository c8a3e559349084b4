"""The whole path from bytes to fields, on one screen. Runs in the reading process (see extraction.process.reader)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from extraction.einvoice.syntaxes import read_xml
from extraction.errors import Unreadable
from extraction.evidence import CONFIDENCE_THRESHOLD, WHOLE, Page, ReadDocument, Reading
from extraction.fields.decision.read_documents import read_documents
from extraction.files.media_type import DRAWN, NO_DOCUMENT, TEXT, XML, detect_media_type, refusal
from extraction.files.pages import MAX_OCR_PAGES, Pages, open_pages
from extraction.files.signed_file import SIGNATURE_NOT_CHECKED, has_xml_signature, unwrap_signed
from extraction.limits import MOST_WORDS
from extraction.payment_qr import PaymentCode, detect_payment_codes, detect_payment_codes_enlarged
from extraction.pictures.image_file import PageImage
from extraction.pictures.page_orientation import read_upright
from extraction.pictures.rectify import rotate_quarter_turns
from extraction.pictures.tiled_ocr import Recognise, recognise_in_tiles
from extraction.pipeline.merge_sources import merge_einvoice, merge_payment_codes
from extraction.pipeline.rescan import rescan_if_doubtful
from extraction.pipeline.two_readings import better_reading
from extraction.pipeline.unread_script import unread_script_notice
from extraction.splitting import DocumentPages, split_into_documents, unrelated_papers_notice, without_unrelated_papers
from extraction.statements.format_detection import STATEMENT_MEDIA_TYPES, WORKBOOKS, holds_statement
from extraction.statements.read_statements import read_statements


@dataclass(frozen=True)
class _Eyes:
    """OCR of a page, OCR that looks closer at one of which the first left a doubt (None: nobody does), and OCR of a few
    lines (None: as of a page). And whether there is time for one more page, and for looking closer. `spared`: as many
    pages were looked at as may be, so that a hidden text layer is taken as it is."""

    recognise: Recognise
    closer: Recognise | None
    glance: Recognise | None
    in_time: Callable[[], bool]
    patient: Callable[[], bool]
    spared: bool = False


@dataclass(frozen=True)
class _Leaf:
    """A page as it was read, and the payment codes on it."""

    page: Page
    codes: tuple[PaymentCode, ...]


def extract_documents(
    data: bytes,
    recognise: Recognise,
    closer: Recognise | None = None,
    glance: Recognise | None = None,
    *,
    in_time: Callable[[], bool] = lambda: True,
    patient: Callable[[], bool] = lambda: True,
) -> Reading:
    """Identifies, reads and understands a file.

    `closer` is OCR that looks again at the one page of a file of which `recognise` left a doubt; None: nobody does.
    `glance` is OCR of a picture of a few lines; None: `recognise` reads it.
    `in_time` says whether there is time for one more page; the rest of a file is left out, and told of. `patient` says
    whether there is time to look closer.
    A file that cannot be read is a Reading with a Problem, never an exception.
    """
    began = time.perf_counter()
    media_type = detect_media_type(data)
    try:
        content = unwrap_signed(data)
        inside = media_type if content is data else detect_media_type(content)
        problem = refusal(inside)
        if problem and inside != TEXT:
            raise Unreadable(problem)
        reading = _read(content, inside, _Eyes(recognise, closer, glance, in_time, patient))
        if problem and not any("total" in document.fields for document in reading.documents):
            raise Unreadable(problem)  # a text that is no bill
        if content is not data or (inside == XML and has_xml_signature(content)):
            reading = replace(reading, notice=" ".join(filter(None, (reading.notice, SIGNATURE_NOT_CHECKED))))
    except Unreadable as error:
        reading = Reading(problem=error.problem)
    notice = " ".join(filter(None, (reading.notice, *map(_to_pay, reading.documents))))
    return replace(reading, media_type=media_type, notice=notice, seconds=time.perf_counter() - began)


def _read(data: bytes, media_type: str, eyes: _Eyes) -> Reading:
    if media_type in WORKBOOKS and not holds_statement(data):
        if media_type not in DRAWN:
            raise Unreadable(NO_DOCUMENT)
    elif media_type in STATEMENT_MEDIA_TYPES:
        return read_statements(data, media_type)
    return Reading(read_xml(data)) if media_type == XML else _read_pages(data, media_type, eyes)


def _read_pages(data: bytes, media_type: str, eyes: _Eyes) -> Reading:
    """What is printed, with its payment codes, under the e-invoice inside the file. Raises: Unreadable."""
    with open_pages(data, media_type) as file:
        leaves, attached, count = list(_leaves(file, eyes)), file.attached(), file.count
    pages = tuple(leaf.page for leaf in leaves)
    # An e-invoice is one document, however its pages look.
    bundles = (DocumentPages(pages, pages),) if attached.documents else split_into_documents(pages)
    printed = [document for bundle in bundles for document in _documents(bundle, leaves)]
    documents = (
        merge_einvoice(printed, attached.documents, pages) if attached.documents else without_unrelated_papers(printed)
    )
    unread = f"Only the first {pages[-1].number} of {count} pages were read." if pages[-1].number < count else ""
    strange = "" if attached.documents else unread_script_notice(pages)
    notices = (attached.notice, unread, unrelated_papers_notice(len(printed) - len(documents)), strange)
    return Reading(documents, pages=pages, notice=" ".join(filter(None, notices)))


def _documents(bundle: DocumentPages, leaves: Sequence[_Leaf]) -> tuple[ReadDocument, ...]:
    """What the pages of one document say, together with the payment codes on them."""
    numbers, views = tuple(page.number for page in bundle.pages), tuple(page.view for page in bundle.pages)
    views = views if any(view != WHOLE for view in views) else ()
    printed = [
        replace(document, pages=numbers, views=views, copies=bundle.copies) for document in read_documents(bundle.told)
    ]
    codes = [code for leaf in leaves if leaf.page in bundle.pages for code in leaf.codes]
    return merge_payment_codes(printed, codes, bundle.pages)


def _leaves(file: Pages, eyes: _Eyes) -> Iterator[_Leaf]:
    """The pages of a file, as many as are read."""
    scanned = words = 0
    for number in file.numbers:
        if (number > 1 and not eyes.in_time()) or words > MOST_WORDS:
            return
        taken = file.take(number)
        if scanned == MAX_OCR_PAGES and not isinstance(taken, Page):
            return
        leaves = list(_leaves_of(file, number, taken, replace(eyes, spared=scanned == MAX_OCR_PAGES)))
        scanned += leaves[0].page.source == "ocr"
        words += sum(len(leaf.page.words) for leaf in leaves)
        yield from leaves


def _leaves_of(file: Pages, number: int, taken: Page | tuple[PageImage, ...], eyes: _Eyes) -> Iterator[_Leaf]:
    """A page's words and payment codes, by OCR where it has no text layer: one leaf for each paper on its picture."""
    if isinstance(taken, Page):
        picture = rotate_quarter_turns(file.picture(number), taken.view.turns)
        if taken.hidden and not eyes.spared:
            page = better_reading(taken, picture, eyes.recognise)
            if eyes.closer and file.count == 1 and eyes.patient():
                page = rescan_if_doubtful(page, partial(better_reading, taken, picture, eyes.closer))
            taken = page
        yield _Leaf(taken, detect_payment_codes(picture, number, taken.width / picture.shape[1]))
        return
    for scan in taken:
        upright, words = read_upright(scan, eyes.recognise, eyes.glance)
        codes = detect_payment_codes(upright.picture, number) or detect_payment_codes_enlarged(
            upright.picture, number, words
        )
        height, width = upright.picture.shape[:2]
        page = Page(number, width, height, words, "ocr", upright.view)
        if eyes.closer and file.count == 1 and eyes.patient():  # of several pages most have neither total nor date
            page = rescan_if_doubtful(page, partial(_closer, upright.picture, page, eyes.closer))
        yield _Leaf(page, codes)


def _closer(picture: NDArray[np.uint8], page: Page, closer: Recognise) -> Page:
    return replace(page, words=recognise_in_tiles(picture, page.number, closer))


def _to_pay(document: ReadDocument) -> str:
    """What the sender should know of a total that is certain: that another amount is to be paid."""
    total = document.fields.get("total")
    if total is None or total.source != "xml" or not total.reason or total.confidence < CONFIDENCE_THRESHOLD:
        return ""
    return f"Total {total.value}: {total.reason}."
