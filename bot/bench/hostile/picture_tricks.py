"""Pictures of few bytes that ask a reader for much, or are odd in what they say of themselves."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterator

import numpy as np
import pillow_heif
import zxingcpp
from PIL import Image, ImageDraw


def picture_tricks(chosen: Callable[[str], bool] = bool) -> Iterator[tuple[str, bytes]]:
    """What each does, and its bytes; only of those whose name is `chosen`."""
    for name, make in ((name, make) for name, make in _TRICKS.items() if chosen(name)):
        yield name, make()


def _encoded(mode: str, size: tuple[int, int], form: str, **options: object) -> bytes:
    return _saved(Image.new(mode, size), form, **options)


def _saved(picture: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def _webp(side: int, mode: str = "RGB") -> bytes:
    """One colour, which is said once, however large its header (RFC 9649, section 3.4) says the picture to be."""
    data = bytearray(_encoded(mode, (1, 1), "WEBP", lossless=True))
    at = data.index(b"VP8L") + 9
    said = int.from_bytes(data[at : at + 4], "little") & ~0xFFFFFFF
    data[at : at + 4] = (said | (side - 1) << 14 | (side - 1)).to_bytes(4, "little")
    return bytes(data)


def _heic(side: int) -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (side, side))).save(out, quality=10, enc_params={"preset": "ultrafast"})
    return out.getvalue()


def _codes(modules: int) -> bytes:
    """A page full of QR codes, their modules so many pixels wide."""
    code = zxingcpp.create_barcode("https://example.com", zxingcpp.BarcodeFormat.QRCode).to_image(scale=1)
    tile = np.kron(np.pad(np.asarray(code), 2, constant_values=255), np.ones((modules, modules), np.uint8))
    return _saved(Image.fromarray(np.tile(tile, (2400 // tile.shape[0], 1800 // tile.shape[1]))), "PNG")


def _finders() -> bytes:
    """A page full of what QR codes begin with, and no code."""
    ring = np.zeros((9, 9), np.uint8)
    ring[1:8, 1:8], ring[2:7, 2:7], ring[3:6, 3:6] = 255, 0, 255
    return _saved(Image.fromarray(np.tile(np.kron(255 - ring, np.ones((2, 2), np.uint8)), (130, 100))), "PNG")


def _noise(side: int) -> bytes:
    return _saved(Image.fromarray(np.random.default_rng(1).integers(0, 256, (side, side), np.uint8)), "PNG")


def _words() -> bytes:
    """A page of 6,000 words."""
    page = Image.new("L", (1800, 2400), 255)
    draw = ImageDraw.Draw(page)
    for y in range(0, 2400, 16):
        for x in range(0, 1800, 44):
            draw.text((x, y), f"{x * y % 997},{y % 90 + 10}")
    return _saved(page, "PNG")


def _png(width: int, height: int, kind: int = 6, chunks: bytes = b"") -> bytes:
    """A PNG that says to be so large (kind 6: RGBA), with a little of its data."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0))
    data = _chunk(b"IDAT", zlib.compress(bytes(100_000_000), 9))
    return b"\x89PNG\r\n\x1a\n" + head + chunks + data + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _text_chunks() -> bytes:
    """Notes that each unpack to 1 MB, of a thousand of them."""
    note = _chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(1_000_000), 9))
    return _png(10, 10, chunks=note * 1000)


def _tiff(entries: list[tuple[int, int, int, int]], following: int = 0) -> bytes:
    """A TIFF of one directory: tag, type, count and value of each entry (TIFF 6.0, section 2)."""
    body = b"".join(struct.pack("<HHII", *entry) for entry in sorted(entries))
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + body + struct.pack("<I", following) + bytes(64)


_PLAIN = [(256, 3, 1, 10), (257, 3, 1, 10), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 100),
          (278, 3, 1, 10), (279, 4, 1, 100)]  # fmt: skip


def _changed(tag: int, type_: int, count: int, value: int) -> bytes:
    return _tiff([entry for entry in _PLAIN if entry[0] != tag] + [(tag, type_, count, value)])


def _many_frames(form: str) -> bytes:
    frames = [Image.new("L", (20, 20), n % 256) for n in range(600)]
    return _saved(frames[0], form, save_all=True, append_images=frames[1:])


def _orientation(value: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = value
    return _saved(Image.new("RGB", (40, 40)), "JPEG", exif=exif)


_TRICKS: dict[str, Callable[[], bytes]] = {
    "WebP of 144 million pixels": lambda: _webp(12_000),
    "WebP with transparency": lambda: _webp(8_000, "RGBA"),
    "PNG of 149 million pixels": lambda: _encoded("RGB", (12_200, 12_200), "PNG", compress_level=1),
    "PNG of 149 million transparent pixels": lambda: _encoded("RGBA", (12_200, 12_200), "PNG", compress_level=1),
    "PNG as long as a street": lambda: _encoded("RGB", (9, 200_000), "PNG"),
    "PNG of 16 bits": lambda: _encoded("I;16", (12_200, 12_200), "PNG", compress_level=1),
    "PNG that says to be endless": lambda: _png(2**31 - 1, 2**31 - 1),
    "PNG of which most is missing": lambda: _png(12_000, 12_000),
    "PNG of a hair's width": lambda: _encoded("L", (1, 140_000), "PNG"),
    "PNG with a thousand bombs as notes": _text_chunks,
    "GIF of 149 million pixels": lambda: _encoded("P", (12_200, 12_200), "GIF"),
    "GIF of 600 frames": lambda: _many_frames("GIF"),
    "TIFF of 149 million pixels": lambda: _encoded("RGB", (12_200, 12_200), "TIFF", compression="tiff_deflate"),
    "TIFF of 149 million dots": lambda: _encoded("1", (12_200, 12_200), "TIFF", compression="group4"),
    "TIFF of 600 pages": lambda: _many_frames("TIFF"),
    "TIFF in a circle": lambda: _tiff(_PLAIN, following=8),
    "TIFF without a size": lambda: _tiff([entry for entry in _PLAIN if entry[0] != 256]),
    "TIFF whose width is a text": lambda: _changed(256, 2, 4, 0x41414141),
    "TIFF whose width is a fraction": lambda: _changed(256, 5, 1, 8),
    "TIFF whose width is many": lambda: _changed(256, 3, 1000, 8),
    "TIFF of no rows a strip": lambda: _changed(278, 3, 1, 0),
    "TIFF whose strips are a text": lambda: _changed(273, 2, 4, 0x41414141),
    "TIFF of an unknown kind": lambda: _changed(262, 3, 1, 99),
    "TIFF of 255 bits": lambda: _changed(258, 3, 1, 255),
    "TIFF of an unknown packing": lambda: _changed(259, 3, 1, 34_712),
    "BMP that says to be endless": lambda: b"BM" + struct.pack("<IHHIIiiHHIIiiII", 54, 0, 0, 54, 40, 2**31 - 1, 2**31 - 1, 1, 24, 0, 0, 0, 0, 0, 0),  # noqa: E501
    "JPEG of 149 million pixels": lambda: _encoded("RGB", (12_200, 12_200), "JPEG", quality=1),
    "JPEG of 149 million pixels in passes": lambda: _encoded("RGB", (12_200, 12_200), "JPEG", quality=1, progressive=True),  # noqa: E501
    "JPEG turned by 99": lambda: _orientation(99),
    "HEIC of 25 million pixels": lambda: _heic(5_000),
    "HEIC without its picture": lambda: _heic(64)[:300],
    "QR codes, 5,000 of them": lambda: _codes(1),
    "QR codes, 500 of them": lambda: _codes(3),
    "13,000 beginnings of QR codes": _finders,
    "noise": lambda: _noise(1000),
    "6,000 words": _words,
    "checks of one pixel": lambda: _saved(Image.fromarray((np.indices((1500, 1500)).sum(0) % 2 * 255).astype(np.uint8)), "PNG"),  # noqa: E501
}  # fmt: skip
