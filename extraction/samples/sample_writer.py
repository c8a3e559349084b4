"""Writes the sample set: documents in `files/`, and what they say in `truth.jsonl` beside it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from io import BytesIO
from itertools import chain, zip_longest
from pathlib import Path

import numpy as np
import pillow_heif
import pypdfium2 as pdfium
from numpy.random import Generator
from PIL import Image

from extraction.samples.catalogue import COLLECTIONS, Form, Sample, Together, catalogue
from extraction.samples.content.bill import truth, truth_of_lines
from extraction.samples.layouts.fonts import FontFamilies, find_fonts
from extraction.samples.layouts.invoice import render_invoice
from extraction.samples.layouts.receipt import render_receipt
from extraction.samples.layouts.terms_and_conditions import render_blank, render_terms
from extraction.samples.photo_simulation import COUNTER, DESK, pages, photograph, photograph_together, scan

_ORIENTATION = 0x0112
"""The EXIF tag (TIFF 6.0) that says how a camera was held."""


def write_samples(folder: Path, seed: int = 1, *, today: date) -> list[Path]:
    """Writes all samples and returns their paths; an earlier set in the folder is overwritten.

    The truth has the shape of a data set for `billify bench read`: `<folder>/truth.jsonl`, one JSON object a line,
    `file` relative to the folder; of several documents in a file the first, and all of them as `documents`. Dates lie
    around `today`; equal arguments give equal files.

    Raises: OSError when the folder cannot be written.
    """
    (folder / "files").mkdir(parents=True, exist_ok=True)
    faces = find_fonts()
    written: list[Path] = []
    lines: list[dict[str, object]] = []
    for sample in catalogue(today):
        for path in write_forms(folder, sample, faces, seed):
            written.append(path)
            said = {**truth(sample.bill), "document_type": sample.bill.type, **truth_of_lines(sample.bill)}
            lines.append({"file": path.relative_to(folder).as_posix(), **said})
    samples = {sample.name: sample for sample in catalogue(today)}
    for collection in COLLECTIONS:
        within = [samples[name] for name in collection.samples]
        ending, put = _TOGETHER[collection.how]
        path = folder / "files" / f"{collection.name}.{ending}"
        path.write_bytes(put(within, faces, _generator(seed, path.name)))
        written.append(path)
        each = [truth(sample.bill) for sample in within]
        lines.append({"file": path.relative_to(folder).as_posix(), **each[0], "documents": each})
    text = "".join(json.dumps(facts, ensure_ascii=False) + "\n" for facts in lines)
    (folder / "truth.jsonl").write_text(text, encoding="utf-8")
    return written


def write_forms(folder: Path, sample: Sample, faces: FontFamilies, seed: int) -> Iterator[Path]:
    """Writes a sample as each of its files into `folder/files`, one after another."""
    pdf = render(sample, faces)
    for form in sample.forms:
        ending, encode = _FORMS[form]
        path = folder / "files" / f"{sample.name}.{ending}"
        path.write_bytes(encode(pdf, sample, _generator(seed, path.name)))
        yield path


def render(sample: Sample, faces: FontFamilies) -> bytes:
    """The PDF of a sample in its layout."""
    if sample.layout == "till":
        return render_receipt(sample.bill, faces)
    return render_invoice(sample.bill, sample.layout, faces)


def _generator(seed: int, name: str) -> Generator:
    # Seeded by name, so that a sample added to the catalogue leaves the pictures of the others as they are.
    return np.random.default_rng((seed, zlib.crc32(name.encode())))


def _pdf(pdf: bytes, sample: Sample, rng: Generator) -> bytes:
    return pdf


def _photo(pdf: bytes, sample: Sample, rng: Generator) -> bytes:
    return _jpeg(_shot(pdf, sample, rng))


def _sideways(pdf: bytes, sample: Sample, rng: Generator) -> bytes:
    """A phone held sideways stores the picture lying and says so in its EXIF data: 6 is "turn right to view"."""
    exif = Image.Exif()
    exif[_ORIENTATION] = 6
    return _jpeg(_shot(pdf, sample, rng).transpose(Image.Transpose.ROTATE_90), exif=exif)


def _upside_down(pdf: bytes, sample: Sample, rng: Generator) -> bytes:
    """A phone held flat over a table does not know which way up it is, and so says nothing of it."""
    return _jpeg(_shot(pdf, sample, rng).transpose(Image.Transpose.ROTATE_180))


def _lying(pdf: bytes, sample: Sample, rng: Generator) -> bytes:
    return _jpeg(_shot(pdf, sample, rng).transpose(Image.Transpose.ROTATE_90))


def _heic(pdf: bytes, sample: Sample, rng: Generator) -> bytes:
    out = BytesIO()
    pillow_heif.from_pillow(_shot(pdf, sample, rng)).save(out, quality=50, enc_params={"preset": "veryfast"})
    return out.getvalue()


def _scan(pdf: bytes, sample: Sample, rng: Generator) -> bytes:
    first, *others = (scan(page, rng) for page in pages(pdf, dpi=200))
    out = BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=others, compression="jpeg", quality=60, dpi=(200, 200))
    return out.getvalue()


def _strip(pdf: bytes, sample: Sample, rng: Generator) -> bytes:
    return _jpeg(scan(pages(pdf, dpi=200)[0], rng))


def _table(samples: Sequence[Sample], faces: FontFamilies, rng: Generator) -> bytes:
    papers = [pages(render(sample, faces), dpi=200)[0] for sample in samples]
    return _jpeg(photograph_together(papers, COUNTER, rng, frame=(2400, 2000)))


def _stack(samples: Sequence[Sample], faces: FontFamilies, rng: Generator) -> bytes:
    """Their pages one after another; after the first document its terms, and a blank page after the second."""
    between = [render_terms(samples[0].bill.vendor.name, faces), render_blank()]
    parts = chain.from_iterable(zip_longest((render(sample, faces) for sample in samples), between))
    with pdfium.PdfDocument.new() as stack:
        for part in filter(None, parts):
            with pdfium.PdfDocument(part) as source:
                stack.import_pages(source)
        out = BytesIO()
        stack.save(out)
    return out.getvalue()


def _shot(pdf: bytes, sample: Sample, rng: Generator) -> Image.Image:
    page = pages(pdf, dpi=200)[0]
    if sample.layout == "till":
        return photograph(page, COUNTER, rng, frame=(1200, 2000))
    return photograph(page, DESK, rng)


def _jpeg(picture: Image.Image, **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=80, **options)
    return out.getvalue()


_FORMS: dict[Form, tuple[str, Callable[[bytes, Sample, Generator], bytes]]] = {
    "pdf": ("pdf", _pdf),
    "photo": ("jpg", _photo),
    "sideways": ("jpg", _sideways),
    "upside_down": ("jpg", _upside_down),
    "lying": ("jpg", _lying),
    "heic": ("heic", _heic),
    "scan": ("tiff", _scan),
    "strip": ("jpg", _strip),
}

_TOGETHER: dict[Together, tuple[str, Callable[[Sequence[Sample], FontFamilies, Generator], bytes]]] = {
    "table": ("jpg", _table),
    "stack": ("pdf", _stack),
}
