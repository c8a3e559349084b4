"""Pictures come out upright, on white, and no larger than is of use."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from extraction.errors import Unreadable
from extraction.files.media_type import detect_media_type
from extraction.files.pages import open_pages
from tests.fakes.documents.document_files import encoded

RED, WHITE = (255, 0, 0), (255, 255, 255)


def flag(width: int = 60, height: int = 40) -> Image.Image:
    """White with a red patch in the upper left corner."""
    picture = Image.new("RGB", (width, height), WHITE)
    picture.paste(RED, (0, 0, width // 4, height // 4))
    return picture


def seen(data: bytes, number: int = 1) -> np.ndarray:
    with open_pages(data, detect_media_type(data)) as file:
        return file.picture(number)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF", "GIF", "BMP"])
def test_every_kind_of_picture_is_decoded(kind: str) -> None:
    pixels = seen(encoded(flag(), kind))
    assert pixels.shape == (40, 60, 3)
    assert pixels[3, 3].tolist() == pytest.approx(RED, abs=40)
    assert pixels[30, 50].tolist() == pytest.approx(WHITE, abs=40)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF"])
def test_a_phone_held_sideways_gives_an_upright_picture(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # TIFF 6.0: the first row is the right side, so the viewer turns it clockwise
    stored = flag().transpose(Image.Transpose.ROTATE_90)
    pixels = seen(encoded(stored, kind, exif=exif.tobytes()))
    assert pixels.shape == (40, 60, 3)
    assert pixels[3, 3].tolist() == pytest.approx(RED, abs=40)


def test_a_fax_of_several_pages_is_several_pages() -> None:
    data = encoded(flag(), "TIFF", save_all=True, append_images=[flag(80, 50), flag(100, 60)])
    with open_pages(data, "image/tiff") as file:
        assert [file.take(number)[0].picture.shape[:2] for number in file.numbers] == [(40, 60), (50, 80), (60, 100)]


def test_the_frames_of_an_animation_are_one_page() -> None:
    data = encoded(flag(), "GIF", save_all=True, append_images=[Image.new("RGB", (60, 40), "blue")])
    with open_pages(data, "image/gif") as file:
        assert file.count == 1


def test_what_is_transparent_becomes_white() -> None:
    picture = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    assert (seen(encoded(picture, "PNG")) == 255).all()


def test_sixteen_bits_are_brought_to_eight() -> None:
    ramp = Image.fromarray(np.array([[0, 25_600, 51_200]], dtype=np.uint16))
    assert seen(encoded(ramp, "PNG"))[0, :, 0].tolist() == [0, 100, 200]


def test_a_large_photograph_is_reduced() -> None:
    assert seen(encoded(flag(4000, 5000), "JPEG")).shape == (3000, 2400, 3)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (encoded(flag(300, 300), "JPEG")[:500], "broken_image"),
        (encoded(flag(300, 300), "PNG")[:60], "broken_image"),
        (encoded(flag(300, 300), "HEIF")[:200], "broken_image"),
        (b"\x89PNG\r\n\x1a\n" + b"nonsense" * 10, "broken_image"),
    ],
)
def test_a_damaged_picture_says_so(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        seen(data)
    assert caught.value.problem.code == code


def test_a_decompression_bomb_is_not_decoded() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    bomb = io.BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))))
    with pytest.raises(Unreadable) as caught:
        seen(bomb.getvalue())
    assert caught.value.problem.code == "image_too_large"
