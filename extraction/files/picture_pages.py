"""Several pictures as the pages of one PDF: what was photographed page by page is read as one document."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

from extraction.errors import Unreadable, refused_as
from extraction.pictures.image_file import BROKEN, TOO_LARGE

DPI = 200
MOST_PIXELS = 80_000_000
"""Of one picture; a photograph of a page has fewer."""


def as_pages(pictures: Sequence[bytes]) -> bytes:
    """A PDF with each picture as a page, upright as the camera says. Raises: Unreadable for what is no picture."""
    register_heif_opener()
    pages = []
    for data in pictures:
        with refused_as(BROKEN), Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Unreadable(TOO_LARGE)
            pages.append(ImageOps.exif_transpose(picture).convert("RGB"))
    made = io.BytesIO()
    pages[0].save(made, "PDF", save_all=True, append_images=pages[1:], resolution=DPI)
    return made.getvalue()
