"""Several pictures as the pages of one PDF: what was photographed page by page is read as one document."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

DPI = 200
MOST_PIXELS = 80_000_000
"""Of one picture; a photograph of a page has fewer."""


def as_pages(pictures: Sequence[bytes]) -> bytes:
    """A PDF with each picture as a page, upright as the camera says. Raises: ValueError for what is no picture."""
    register_heif_opener()
    pages = []
    for data in pictures:
        try:
            with Image.open(io.BytesIO(data)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise ValueError("a picture is too large")
                pages.append(ImageOps.exif_transpose(picture).convert("RGB"))
        except Exception as error:  # of damaged ones, and of bombs, Pillow raises more than it says
            raise ValueError("a picture cannot be opened") from error
    made = io.BytesIO()
    pages[0].save(made, "PDF", save_all=True, append_images=pages[1:], resolution=DPI)
    return made.getvalue()
