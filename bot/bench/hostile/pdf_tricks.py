"""PDFs of few bytes that ask a reader for much (ISO 32000-2)."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence


def pdf_tricks(chosen: Callable[[str], bool] = bool) -> Iterator[tuple[str, bytes]]:
    """What each does, and its bytes; only of those whose name is `chosen`."""
    for name, make in ((name, make) for name, make in _TRICKS.items() if chosen(name)):
        yield name, make()


def pdf(content: bytes, resources: bytes = b"", others: Sequence[bytes] = (), *, box: bytes = b"0 0 200 200") -> bytes:
    """A PDF of one page with this content; `others` are further objects, numbered from 6."""
    packed = zlib.compress(content)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<<%s/Font<</F 5 0 R>>>>>>" % (
        box,
        resources,
    )
    return _file(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        _stream(packed, b"/Filter/FlateDecode"),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *others,
    )


def _file(*objects: bytes) -> bytes:
    out, offsets = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return out + head + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))


def _stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def _nested_forms(levels: int, times: int) -> bytes:
    """Forms that each show the next one so many times."""
    forms = []
    for level in range(levels):
        last = level == levels - 1
        within = b"" if last else b"/Resources<</XObject<</X %d 0 R>>>>" % (7 + level)
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 200 200]" + within
        forms.append(_stream(b"0 0 9 9 re f" if last else b"/X Do " * times, entries))
    return pdf(b"/X Do", b"/XObject<</X 6 0 R>>", forms)


def _form_in_itself() -> bytes:
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"
    return pdf(b"/X Do", b"/XObject<</X 6 0 R>>", [_stream(b"/X Do /X Do", entries)])


def _text(piece: bytes, times: int) -> bytes:
    return pdf(b"BT /F 9 Tf 10 100 Td (" + piece * times + b") Tj ET")


def _lines(times: int) -> bytes:
    return pdf(b"BT /F 1 Tf 1 1 Td " + b"(5,00 EUR) Tj 0 1 Td " * times + b"ET")


def _pages(count: int, content: bytes) -> bytes:
    kids = b" ".join(b"%d 0 R" % (5 + n) for n in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>>>"
    return _file(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
        _stream(zlib.compress(content, 9), b"/Filter/FlateDecode"),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *[page] * count,
    )


def _pages_in_a_circle() -> bytes:
    return _file(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000>>")


def _picture(width: int, height: int, filters: bytes, data: bytes) -> bytes:
    entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceRGB" % (
        width,
        height,
    )
    return pdf(
        b"q 200 0 0 200 0 0 cm /X Do Q", b"/XObject<</X 6 0 R>>", [_stream(data, entries + b"/Filter" + filters)]
    )


def _pattern() -> bytes:
    entries = b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep .01/YStep .01/Resources<<>>"
    return pdf(b"/Pattern cs /P scn 0 0 200 200 re f", b"/Pattern<</P 6 0 R>>", [_stream(b"0 0 1 1 re f", entries)])


def _function() -> bytes:
    """A shading whose colours a calculator works out (type 4)."""
    program = b"{" + b"dup mul sqrt " * 5000 + b"dup dup}"
    return pdf(
        b"/S sh",
        b"/Shading<</S 6 0 R>>",
        [
            b"<</ShadingType 1/ColorSpace/DeviceRGB/Function 7 0 R/Matrix[200 0 0 200 0 0]>>",
            _stream(program, b"/FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]"),
        ],
    )


def _deep(opening: bytes, times: int) -> bytes:
    return _file(b"<</Type/Catalog/Pages 2 0 R/X " + opening * times, b"<</Type/Pages/Kids[]/Count 0>>")


def _packed(data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = zlib.compress(data)
    return data


_JPEG_2000 = bytes.fromhex("ff4fff51002f0000ffffffffffffffff0000000000000000ffffffffffffffff00000000000000000003070101")

_TRICKS: dict[str, Callable[[], bytes]] = {
    "forms within forms, 8^7 shown": lambda: _nested_forms(7, 8),
    "forms within forms, 8^12 shown": lambda: _nested_forms(12, 8),
    "forms within forms, 2^25 shown": lambda: _nested_forms(25, 2),
    "a form in itself": _form_in_itself,
    "4 million characters": lambda: _text(b"ab cd ", 700_000),
    "4 million characters without a blank": lambda: _text(b"a", 4_000_000),
    "1 million amounts": lambda: _text(b"5,00 EUR ", 110_000),
    "200,000 lines of amounts": lambda: _lines(200_000),
    "20,000 lines of amounts": lambda: _lines(20_000),
    "1 million rectangles": lambda: pdf(b"0 0 9 9 re f\n" * 1_000_000),
    "a path of 2 million points": lambda: pdf(b"0 0 m " + b"9 9 l 5 99 l " * 1_000_000 + b"S"),
    "1 million saved states": lambda: pdf(b"q " * 1_000_000),
    "a bomb of a stream": lambda: pdf(b" " * 100_000_000),
    "100 pages of 3,000 amounts": lambda: _pages(100, b"BT /F 9 Tf 9 9 Td (" + b"5,00 EUR " * 3000 + b") Tj ET"),
    "5,000 pages": lambda: _pages(5000, b"BT /F 9 Tf 9 9 Td (Invoice total 5,00 EUR of 3 March 2025) Tj ET"),
    "pages in a circle": _pages_in_a_circle,
    "a picture of 4 billion pixels": lambda: _picture(65000, 65000, b"/FlateDecode", zlib.compress(bytes(9_000_000))),
    "a picture packed five times": lambda: _picture(
        9000, 9000, b"[" + b"/FlateDecode" * 5 + b"]", _packed(bytes(243_000_000), 5)
    ),
    "a picture of a JPEG 2000's head": lambda: _picture(9000, 9000, b"/JPXDecode", _JPEG_2000),
    "a pattern of 400 million tiles": _pattern,
    "colours that are worked out": _function,
    "arrays within each other": lambda: _deep(b"[", 1_000_000),
    "dictionaries within each other": lambda: _deep(b"<</X ", 500_000),
    "a page of no size": lambda: pdf(b"", box=b"0 0 0 0"),
    "a page without end": lambda: pdf(b"0 0 9 9 re f", box=b"0 0 99999999 99999999"),
    "a page as long as a street": lambda: pdf(b"0 0 9 9 re f", box=b"0 0 4 2000000"),
    "a page of a hair's width": lambda: pdf(b"0 0 9 9 re f", box=b"0 0 .0001 14400"),
}
