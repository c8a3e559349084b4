"""What runs inside the reading process (see extraction.process.reader): its start, and the calls that it answers."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

from extraction.evidence import ReadDocument, Reading
from extraction.files.zip_archive import Unpacked
from extraction.limits import CLOSER_SECONDS, DECODING_SECONDS, LAST_PAGE_SECONDS, MOST_KEPT
from extraction.process.processor_time import ProcessorTime

if TYPE_CHECKING:
    from extraction.ocr.recognise import OcrEngine

# Imports of decoders and networks lie within the functions: the parent imports this file and has no use for them.


@dataclass(frozen=True)
class NetworkChoice:
    """Which networks the process loads: see `extraction.ocr.recognise.OcrEngine`."""

    languages: tuple[str, ...] = ("en",)
    models: Path | None = None
    network: str = "billify"
    converted: Path | None = None
    threads: int | None = None


_chosen = NetworkChoice()


def begin(chosen: NetworkChoice) -> None:
    """Prepares the process."""
    global _chosen
    _chosen = chosen
    # Threads that spin while they wait for work slow each other down many times over when cores are short.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    import extraction.pipeline.extract  # noqa: F401  here, so that no call's time limit pays for it


def load() -> None:
    """Loads the networks, unless they are loaded."""
    _recogniser()


def read(data: bytes) -> Reading:
    """What the file says (see extraction.pipeline.extract.extract_documents)."""
    from extraction.pipeline import extract

    time, began = ProcessorTime(DECODING_SECONDS), process_time()
    with time.spent():
        reading = extract.extract_documents(
            data,
            time.aside(lambda picture, page: _fresh_recogniser()(picture, page)),
            time.aside(lambda picture, page: _fresh_recogniser().closer(picture, page)),
            time.aside(lambda picture, page: _fresh_recogniser().glance(picture, page)),
            in_time=lambda: time.left > LAST_PAGE_SECONDS,
            patient=lambda: process_time() - began < CLOSER_SECONDS,
        )
    _give_back_memory()
    return reading


def unpack(data: bytes, name: str) -> Unpacked:
    """The files of an archive or a mail (see extraction.mail.unpack)."""
    from extraction.mail.unpack import unpack as unpacked

    with ProcessorTime(DECODING_SECONDS).spent():
        return unpacked(data, name)


def join(pictures: tuple[bytes, ...]) -> bytes:
    """A PDF with each picture as a page (see extraction.files.picture_pages)."""
    from extraction.files.picture_pages import as_pages

    return as_pages(pictures)


def picture(data: bytes, document: ReadDocument) -> bytes:
    """A PNG of a page with its values outlined (see extraction.pipeline.annotated_page)."""
    from extraction.pipeline.annotated_page import draw_annotated_page

    return draw_annotated_page(data, document)


def _give_back_memory() -> None:
    """To the system: the allocator of Linux would keep most of what a large page took."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # a C library that is not GNU's
            ctypes.CDLL(None).malloc_trim(0)


def _fresh_recogniser() -> OcrEngine:
    """The networks, loaded anew where they keep too much: they never give back the room that a size of page took, so
    that ten scans of ten sizes would pass the limit that each of them is far from."""
    import psutil

    if psutil.Process().memory_info().rss > MOST_KEPT:
        _recogniser.cache_clear()
        gc.collect()
        _give_back_memory()
    return _recogniser()


@cache
def _recogniser() -> OcrEngine:
    """The networks; loaded when first needed, since a PDF's text layer is read without them."""
    from extraction.ocr.recognise import OcrEngine

    return OcrEngine(
        _chosen.languages, _chosen.models, _chosen.threads, network=_chosen.network, converted=_chosen.converted
    )
