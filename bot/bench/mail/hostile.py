"""Mails of a megabyte that are made to take long: each repeats what some parser of mails, or ours once, was slow in."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable, Iterator
from struct import pack

SIZE = 1_000_000
"""Bytes of each."""

_TOP = b"From: Mallory <mallory@example.com>\r\nTo: billify@example.com\r\nSubject: hello\r\nMIME-Version: 1.0\r\n"


def hostile_mails(size: int = SIZE) -> Iterator[tuple[str, bytes]]:
    """What each does, and its bytes: about `size`."""
    for name, piece in _HTML.items():
        yield f"HTML: {name}", _html(_filled(piece, size))
    for name, piece in _HEADERS.items():
        yield f"header: {name}", _header(piece, size)
    for name, piece in _TEXTS.items():
        yield f"text: {name}", _text(_filled(piece, size))
    for name, make in _WHOLE.items():
        yield name, make(size)


def _filled(piece: bytes, size: int) -> bytes:
    return piece * (size // len(piece))


def _html(body: bytes) -> bytes:
    return _TOP + b"Content-Type: text/html; charset=utf-8\r\n\r\n" + body


def _text(body: bytes) -> bytes:
    return _TOP + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + body


def _header(piece: bytes, size: int) -> bytes:
    name, _, value = piece.partition(b"|")
    return name + b": " + _filled(value, size) + b"\r\n" + _TOP + b"\r\nhi"


_HTML = {
    "unfinished tags": b"<a ",
    "unfinished comments": b"<!--",
    "unfinished declarations": b"<!",
    "unfinished attributes": b'<a b="',
    "unfinished entities": b"&#9",
    "one endless entity": b"9",
    "quotes within each other": b"<blockquote>a",
    "elements within each other": b"<div>a",
    "unclosed emphasis": b"<p><b class=x>a",
    "tables within each other": b"<table><tr><td>Total  5,00 EUR invoice",
    "cells without end": b"<td colspan=1000>5,00 EUR",
    "an invoice of many rows": b"<table><tr><td>Invoice total</td><td>5,00 EUR</td></tr></table>",
    "pictures by content id": b"<img src=cid:x>",
    "links": b'<a href="https://example.com/invoice">download</a>',
    "unclosed scripts": b"<script>",
    "blank lines": b"<br>",
    "hidden elements": b"<p style='display:none'>",
}
_HEADERS = {
    "encoded words": b"Subject|=?utf-8?q?a?= ",
    "unfinished encoded words": b"Subject|=?a?q?",
    "punycode": b"Subject|=?punycode?q?a-b9c?=",
    "comments in addresses": b"From|((((((",
    "quotes in addresses": b'From|"a\\"',
    "many addresses": b"From|a@b,",
    "domains in punycode": b"From|a@xn--a-b9c.",
    "many parameters": b'Content-Type|text/plain; a="b;c',
    "parameters in pieces": b"Content-Disposition|attachment; filename*0*=a;",
    "many message ids": b"References|<a@b> ",
    "unfinished message ids": b"References|<aaaaaaaa",
    "a date of digits": b"Date|1",
    "a boundary without end": b"Content-Type|multipart/mixed; boundary=aaaaaaaaaa",
}
_TEXTS = {
    "attributions": b"On 3 Mar 2025 Billify <b@example.com> wrote\n",
    "one long line": b"On wrote: ",
    "headers of earlier mails": b"From: a\nDate: b\n\n",
    "quote marks": b">",
    "blank lines": b"\n",
    "closings": b"Kind regards\n",
    "names": b"Mallory\n",
    "telephone numbers": b"Tel 1234567 ",
    "dashes": b"-",
    "brackets": b"[a-a-",
    "unfinished uuencoded files": b"begin 644 a\nM\n",
    "uuencoded files": b"begin 644 a\n#86)C\nend\n",
    "encrypted beginnings": b"-----BEGIN PGP MESSAGE-----\n",
    "totals": b"Invoice total 5,00 EUR\n",
}


def _many_parts(size: int) -> bytes:
    head = _TOP + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n"
    return head + _filled(b"--b\r\n\r\n\r\n", size) + b"--b--\r\n"


def _deep(size: int) -> bytes:
    count = size // 66
    levels = (b"Content-Type: multipart/mixed; boundary=b%06d\r\n\r\n--b%06d\r\n" % (n, n) for n in range(count))
    return _TOP + b"".join(levels)


def _deep_and_long(size: int) -> bytes:
    levels = (b"Content-Type: multipart/mixed; boundary=b%02d\r\n\r\n--b%02d\r\n" % (n, n) for n in range(28))
    return _TOP + b"".join(levels) + b"\r\n" + b"\n" * size


def _mails_in_mails(size: int) -> bytes:
    return _TOP + _filled(b"Content-Type: message/rfc822\r\n\r\n", size)


def _many_cids(size: int) -> bytes:
    pictures = b"".join(b"<img src=cid:%d>" % n for n in range(900)) + b"a" * (size // 2)
    parts = b"".join(
        b"--b\r\nContent-Type: image/png\r\nContent-ID: <%d>\r\n\r\n%s\r\n" % (n, b"a" * 500) for n in range(900)
    )
    head = _TOP + b"Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n"
    return head + pictures + b"\r\n" + parts + b"--b--\r\n"


def _attached(name: bytes, data: bytes) -> bytes:
    head = _TOP + b"Content-Type: application/octet-stream; name=" + name
    return head + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(data)


def _many_fields(size: int) -> bytes:
    return _TOP + _filled(b"X: y\r\n", size) + b"\r\nhi"


def _folded(size: int) -> bytes:
    return b"Subject: a\r\n" + _filled(b" b\r\n", size) + _TOP + b"\r\nhi"


def _tnef(size: int) -> bytes:
    """Attributes of attachments without end (MS-OXTNEF 2.1.3.4)."""
    attribute = pack("<BHHIH", 2, 0x9002, 6, 14, 0) + bytes(14)
    start = b"\x78\x9f\x3e\x22\x01\x00"
    return _attached(b"winmail.dat", start + _filled(attribute, size * 3 // 4))


def _msg(size: int) -> bytes:
    """An OLE file whose sectors lead in a circle (MS-CFB 2.2)."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += pack("<IIIIIIIII", 0, 1, 0, 0, 4096, 0, 0, 0, 0) + pack("<I", 0) * 109
    sectors = pack("<I", 0) * (size * 3 // 16)
    return _attached(b"a.msg", head[:512].ljust(512, b"\0") + "__properties_version1.0".encode("utf-16-le") + sectors)


def _signed(size: int) -> bytes:
    """An opaque signature of pieces within pieces (BER, X.690 8.1.3.6)."""
    start = bytes.fromhex("3080") + bytes.fromhex("06092a864886f70d010702") + bytes.fromhex("a080")
    data = base64.encodebytes(start + _filled(b"\x24\x80", size * 3 // 4))
    return (
        _TOP
        + b"Content-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + data
    )


def _zip_of_zips(size: int) -> bytes:
    data = b"a" * (size // 2)
    for _ in range(6):
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as archive:
            archive.writestr("a.zip", data)
        data = written.getvalue()
    return _attached(b"a.zip", data)


def _eml_in_eml(size: int) -> bytes:
    inner = _html(_filled(b"<b>", size // 4))
    for _ in range(3):
        inner = _attached(b"a.eml", inner)
    return inner


_WHOLE: dict[str, Callable[[int], bytes]] = {
    "parts: 100,000 of them": _many_parts,
    "parts within each other": _deep,
    "parts within each other, and blank lines": _deep_and_long,
    "parts: 900 pictures by content id": _many_cids,
    "mails within each other": _mails_in_mails,
    "mails attached to attached mails": _eml_in_eml,
    "header: many fields": _many_fields,
    "header: a field of many lines": _folded,
    "winmail.dat without end": _tnef,
    ".msg in a circle": _msg,
    "S/MIME of pieces": _signed,
    "ZIP of ZIPs": _zip_of_zips,
}
