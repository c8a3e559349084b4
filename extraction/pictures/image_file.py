"""Pictures as people send them, by Pillow: decoded, upright, on white, of bounded size."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pillow_heif
from numpy.typing import NDArray
from PIL import Image, ImageOps

from extraction.errors import Unreadable, refused_as
from extraction.evidence import WHOLE, Problem, View
from extraction.limits import MOST_PIXEL_BYTES

LONGEST_SIDE = 3000
"""Pixels of an upright picture's longest side: 250 dpi of an A4 page, beyond which recognition gains nothing."""

_MOST_PIXELS = 150_000_000  # of any picture; phones make up to 108 million, A4 at 1200 dpi has 139

_TAKEN = {"WEBP": 20, "HEIF": 12, "AVIF": 12, "TIFF": 8}
"""Bytes that decoders take for each pixel, as measured; others what they keep of it, of which two copies are made."""

BROKEN = Problem("broken_image", "This picture is damaged or incomplete. Please take or send it again.")
TOO_LARGE = Problem(
    "image_too_large", "This picture has too many pixels to be read. Please send it at a lower resolution."
)

pillow_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = _MOST_PIXELS // 2  # Pillow raises at twice this number


@dataclass(frozen=True)
class PageImage:
    """A page to be read by OCR: its number from 1, a view of it, and the RGB picture (height x width x 3) of that."""

    number: int
    picture: NDArray[np.uint8]
    view: View = WHOLE


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """The picture, perhaps of several frames, not yet decoded; closed afterwards.

    Raises: Unreadable when it is broken or has too many pixels.
    """
    with _decoding():
        picture = Image.open(io.BytesIO(data))
    with picture:
        yield picture


def count(picture: Image.Image) -> int:
    """Pages of a TIFF, else 1: further frames of a GIF or HEIC are no pages. Raises: Unreadable when it is broken."""
    with _decoding():
        return int(getattr(picture, "n_frames", 1)) if picture.format == "TIFF" else 1


def scan(picture: Image.Image, number: int) -> PageImage:
    """A page (from 1), to be read by OCR. Raises: Unreadable."""
    return PageImage(number, upright(picture, number))


def upright(picture: Image.Image, number: int) -> NDArray[np.uint8]:
    """A page (from 1) as RGB, turned as its EXIF orientation says, its longest side at most `LONGEST_SIDE`.

    Raises: Unreadable when it is broken or has too many pixels.
    """
    with _decoding():
        if picture.format == "TIFF":
            picture.seek(number - 1)
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG only: decodes at a half or less where that does
        _check_size(picture)  # also of a later frame, which may be larger than the first
        return np.asarray(_on_white(ImageOps.exif_transpose(_reduced(picture))))


def _check_size(picture: Image.Image) -> None:
    """Raises: DecompressionBombError where decoding it would take more memory than one picture may."""
    kept = 1 if picture.mode in ("1", "L") else 2 if picture.mode.startswith("I;16") else 4
    taken = _TAKEN.get(picture.format or "", kept)
    if picture.width * picture.height > min(_MOST_PIXELS, MOST_PIXEL_BYTES // taken):
        raise Image.DecompressionBombError


def _reduced(picture: Image.Image) -> Image.Image:
    """The picture decoded, its longest side at most `LONGEST_SIDE`, before anything makes copies of it; in a mode that
    can be averaged, and 16 bits a pixel brought to 8 rather than clipped."""
    if picture.mode.startswith("I;16"):
        picture = picture.point(lambda value: value / 256).convert("L")
    elif picture.mode in ("1", "P", "PA"):
        picture = picture.convert("L" if picture.mode == "1" else "RGBA" if picture.has_transparency_data else "RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.BOX, reducing_gap=2.0)
    return picture


@contextmanager
def _decoding() -> Iterator[None]:
    """Whatever a decoder raises on hostile bytes becomes Unreadable, except that memory ran out."""
    with refused_as(BROKEN), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # odd metadata is no reason to refuse a picture
        try:
            yield
        except Image.DecompressionBombError as error:
            raise Unreadable(TOO_LARGE) from error


def _on_white(picture: Image.Image) -> Image.Image:
    """RGB, with white where it was transparent."""
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        ground.alpha_composite(layer)
        return ground.convert("RGB")
    return picture.convert("RGB")
