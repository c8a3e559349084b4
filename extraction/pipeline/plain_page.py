"""A page of an original as a person sees it, to look at beside what was read on it."""

from __future__ import annotations

import io

from PIL import Image

from extraction.errors import Unreadable
from extraction.files.media_type import detect_media_type
from extraction.files.pages import open_pages
from extraction.files.signed_file import unwrap_signed

_LARGEST = (1400, 4000)  # pixels: A4 is legible down to its small print, and a till receipt as well
_QUALITY = 82


def count_pages(data: bytes) -> int:
    """How many pages a file has; 0 where it has none, or cannot be read."""
    try:
        content = unwrap_signed(data)
        with open_pages(content, detect_media_type(content)) as file:
            return len(file.numbers)
    except Unreadable:
        return 0


def draw_page(data: bytes, number: int) -> bytes:
    """A page (from 1) as JPEG; b"" where there is none, or it cannot be read."""
    try:
        content = unwrap_signed(data)
        with open_pages(content, detect_media_type(content)) as file:
            if number not in file.numbers:
                return b""
            picture = Image.fromarray(file.picture(number))
    except Unreadable:
        return b""
    picture.thumbnail(_LARGEST, Image.Resampling.LANCZOS)
    drawn = io.BytesIO()
    picture.save(drawn, "JPEG", quality=_QUALITY)
    return drawn.getvalue()
