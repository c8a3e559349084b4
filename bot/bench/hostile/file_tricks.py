"""XML, archives and signed files that ask a reader for much."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable, Iterator

_INVOICE = b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">'


def file_tricks(chosen: Callable[[str], bool] = bool) -> Iterator[tuple[str, bytes]]:
    """What each does, and its bytes; only of those whose name is `chosen`."""
    for name, make in ((name, make) for name, make in _TRICKS.items() if chosen(name)):
        yield name, make()


def _entities() -> bytes:
    """A billion laughs."""
    names = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">{names}]><Invoice>&l9;</Invoice>'.encode()


def _external() -> bytes:
    return b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Invoice>&x;</Invoice>'


def packed(files: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive of the files, in their order; what says its kind (OpenDocument) lies in it as it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, data in files.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else None)
    return out.getvalue()


def _zips(levels: int) -> bytes:
    data = b"a"
    for _ in range(levels):
        data = packed({f"{n}.zip": data for n in range(10)})
    return data


def _overlapping() -> bytes:
    """Names that all stand for the same packed bytes."""
    data = bytearray(packed({f"{n:04}.txt": b"" for n in range(40)} | {"9999.txt": bytes(90_000_000)}))
    return bytes(data)


def _false_size() -> bytes:
    """An archive that says of its bomb that it is small."""
    data = packed({"a.pdf": bytes(300_000_000)})
    return data.replace((300_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))


_TRICKS: dict[str, Callable[[], bytes]] = {
    "XML: a billion laughs": _entities,
    "XML: an entity out of a file": _external,
    "XML: 1 million elements within each other": lambda: b"<Invoice>" + b"<a>" * 1_000_000,
    "XML: 1 million elements": lambda: _INVOICE + b"<a/>" * 1_000_000 + b"</Invoice>",
    "XML: 1 million attributes": lambda: (
        b"<Invoice " + b" ".join(b'a%d="1"' % n for n in range(1_000_000)) + b"></Invoice>"
    ),
    "XML: one attribute of 30 MB": lambda: b'<Invoice a="' + b"a" * 30_000_000 + b'"></Invoice>',
    "XML: one text of 30 MB": lambda: _INVOICE + b"5" * 30_000_000 + b"</Invoice>",
    "XML: 200,000 namespaces": lambda: (
        b"<Invoice " + b" ".join(b'xmlns:a%d="u%d"' % (n, n) for n in range(200_000)) + b"></Invoice>"
    ),
    "XML: an unknown encoding": lambda: b'<?xml version="1.0" encoding="punycode"?><Invoice/>',
    "XML: UTF-16 that is none": lambda: b"\xff\xfe<\0I\0\xd8\xdc\xd8",
    "ZIP: archives within archives": lambda: _zips(6),
    "ZIP: a bomb": lambda: packed({"a.pdf": bytes(300_000_000)}),
    "ZIP: a bomb by another packing": lambda: packed({"a.pdf": bytes(150_000_000)}, zipfile.ZIP_LZMA),
    "ZIP: a bomb that denies it": _false_size,
    "ZIP: many names and one bomb": _overlapping,
    "ZIP: 60,000 files": lambda: packed({f"{n}": b"" for n in range(60_000)}, zipfile.ZIP_STORED),
    "ZIP: names that lead elsewhere": lambda: packed({"../../etc/passwd": b"%PDF-", "/a\x1b[2J.pdf": b"%PDF-"}),
    "p7m: pieces within pieces": lambda: bytes.fromhex("308006092a864886f70d010702a080") + b"\x24\x80" * 500_000,
    "p7m: a length that is none": lambda: bytes.fromhex("3084ffffffff06092a864886f70d010702a084ffffffff"),
    "p7m: base64 of 30 MB": lambda: base64.b64encode(
        bytes.fromhex("308006092a864886f70d010702a080") + b"\x04\x82\x10\x00" * 5_000_000
    ),
    "text: one line of 20 MB": lambda: b"total " * 3_500_000,
    "text: HTML within itself": lambda: b"<html>" + b"<div>" * 1_000_000,
}
