"""Letters (DOCX, ODT, RTF) and web pages that ask a reader for much, or for what lies elsewhere."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator

from bot.bench.hostile.file_tricks import packed

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "drawing")
)
_BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_LAUGHS = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">{_BOMB}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_TOTAL = "<p>Invoice 2025-7</p><p>Total 5.00 EUR</p>"


def office_tricks(chosen: Callable[[str], bool] = bool) -> Iterator[tuple[str, bytes]]:
    """What each does, and its bytes; only of those whose name is `chosen`."""
    for name, make in ((name, make) for name, make in TRICKS.items() if chosen(name)):
        yield name, make()


def letter(body: str, *, start: str = "", parts: dict[str, bytes] | None = None) -> bytes:
    """A DOCX with this body; `parts` are put in place of its own or added."""
    document = f'{start}<w:document xmlns:w="{_WORD}" xmlns:v="urn:v"><w:body>{body}</w:body></w:document>'
    own = {"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode()}
    return packed(own | (parts or {}))


def open_letter(body: str, *, start: str = "", parts: dict[str, bytes] | None = None) -> bytes:
    """An ODT with this body."""
    content = (
        f"{start}<office:document-content {_ODF}><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    own = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()}
    return packed(own | (parts or {}))


def page(body: str, head: str = "") -> bytes:
    """A web page."""
    return f"<!DOCTYPE html><html><head>{head}</head><body>{_TOTAL}{body}</body></html>".encode()


def _said(text: str = "Total 5.00 EUR") -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _cell(inside: str, width: str = "1") -> str:
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{width}"/></w:tcPr>{inside}</w:tc>'


def _tables(levels: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * levels + _said() + "</w:tc></w:tr></w:tbl>" * levels


def _endless_picture() -> bytes:
    """A PNG that says to be 60,000 pixels wide and high, in one byte of them."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(20_000_000))) + chunk(b"IEND", b"")


def _drawings(levels: int) -> str:
    """Drawings each of which shows the one before ten times."""
    use = "<use href='#g@'/>"
    shown = "".join(f"<g id='g{n}'>{use * 10}</g>".replace("@", str(n - 1)) for n in range(1, levels))
    return f'<svg width="9999999" height="9999999"><g id="g0"><text>a</text></g>{shown}</svg>'


TRICKS: dict[str, Callable[[], bytes]] = {
    "DOCX: a billion laughs": lambda: letter(_said("&l9;&x;"), start=_LAUGHS),
    "DOCX: 10,000 tables within each other": lambda: letter(_tables(10_000)),
    "DOCX: 90 tables within each other": lambda: letter(_tables(30)),
    "DOCX: 500,000 paragraphs": lambda: letter(_said("a") * 500_000),
    "DOCX: a line of 20 MB": lambda: letter(_said("5 " * 10_000_000)),
    "DOCX: a cell over 2 billion columns": lambda: letter(
        f"<w:tbl><w:tr>{_cell(_said(), '2000000000')}{_cell(_said(), '-5')}{_cell(_said(), 'x')}</w:tr></w:tbl>"
    ),
    "DOCX: 1 million cells": lambda: letter(f"<w:tbl><w:tr>{_cell(_said('1'))}</w:tr></w:tbl>" * 60_000),
    "DOCX: tabs": lambda: letter("<w:p><w:r>" + "<w:tab/>" * 1_000_000 + "<w:t>5</w:t></w:r></w:p>"),
    "DOCX: 300 MB": lambda: letter("", parts={"word/document.xml": bytes(300_000_000)}),
    "DOCX: 50,000 parts": lambda: letter(_said(), parts={f"word/{n}.xml": b"" for n in range(50_000)}),
    "DOCX: pictures without end": lambda: letter(
        "<w:p/>", parts={f"word/media/{n}.png": _endless_picture() for n in range(20)}
    ),
    "DOCX: pictures elsewhere": lambda: letter(
        _said(),
        parts={
            "word/_rels/document.xml.rels": b'<Relationships><Relationship Id="r1" TargetMode="External" '
            b'Target="file:///etc/passwd"/><Relationship Id="r2" TargetMode="External" Target="http://127.0.0.1:9/"/>'
            b"</Relationships>"
        },
    ),
    "DOCX: its document is no text": lambda: letter("", parts={"word/document.xml": b"\xff\xfe\0\xd8\0\xd8"}),
    "DOCX: one of many documents": lambda: letter(_said(), parts={f"word/header{n}.xml": b"<a/>" for n in range(1900)}),
    "ODT: a billion laughs": lambda: open_letter("<text:p>&l9;&x;</text:p>", start=_LAUGHS),
    "ODT: 2 billion blanks": lambda: open_letter('<text:p>Total<text:s text:c="2000000000"/>5,00</text:p>'),
    "ODT: blanks below none": lambda: open_letter('<text:p>Total<text:s text:c="-9"/><text:s text:c="x"/>5</text:p>'),
    "ODT: 100,000 times 99 blanks": lambda: open_letter(
        "<text:p>Total" + '<text:s text:c="99"/>' * 100_000 + "5,00</text:p>"
    ),
    "ODT: sections within each other": lambda: open_letter("<text:section>" * 300_000),
    "ODT: 500,000 paragraphs": lambda: open_letter("<text:p>a</text:p>" * 500_000),
    "ODT: 2 billion columns": lambda: open_letter(
        '<table:table><table:table-row table:number-rows-repeated="2000000000"><table:table-cell '
        'table:number-columns-repeated="2000000000"><text:p>5,00</text:p></table:table-cell></table:table-row>'
        "</table:table>"
    ),
    "ODT: a document in a document": lambda: open_letter("<text:p>a</text:p>", parts={"Object 1/content.xml": b"<a/>"}),
    "RTF: groups within each other": lambda: b"{\\rtf1 " + b"{" * 1_000_000,
    "RTF: groups that were never begun": lambda: b"{\\rtf1 Total 5,00 EUR" + b"}" * 1_000_000,
    "RTF: 4 billion bytes that are not there": lambda: b"{\\rtf1 Total 5,00 EUR\\bin4294967295 a}",
    "RTF: fewer bytes than none": lambda: b"{\\rtf1 Total 5,00 EUR\\bin-99999 a\\uc-1\\u-99999 ?}",
    "RTF: signs beyond all": lambda: b"{\\rtf1 Total 5,00 EUR\\u1114112 ?\\u55296 ?\\u-10187 ?\\'zz\\'}",
    "RTF: a control word of 4 MB": lambda: b"{\\rtf1 Total 5,00 EUR \\" + b"a" * 4_000_000 + b"}",
    "RTF: a number of 4 MB": lambda: b"{\\rtf1 Total 5,00 EUR \\u" + b"9" * 4_000_000 + b" ?}",
    "RTF: 400,000 cells": lambda: b"{\\rtf1 " + b"\\trowd\\cellx1 5\\cell\\row " * 200_000 + b"}",
    "RTF: a picture of 40 MB": lambda: b"{\\rtf1 Total 5,00 EUR{\\pict\\pngblip " + b"89504e47" * 5_000_000 + b"}}",
    "RTF: an object": lambda: b"{\\rtf1 Total 5,00 EUR{\\object\\objdata " + b"d0cf11e0" * 100_000 + b"}}",
    "RTF: a file elsewhere": lambda: b'{\\rtf1 {\\field{\\*\\fldinst INCLUDEPICTURE "file:///etc/passwd"}}Total 5}',
    "RTF: backslashes": lambda: b"{\\rtf1 " + b"\\" * 4_000_001,
    "HTML: tables within each other": lambda: page("<table><tr><td>" * 200_000),
    "HTML: a cell over 2 billion columns": lambda: page(
        '<table><tr><td colspan="2000000000" rowspan="2000000000">5</td><td colspan="-1">6</td></tr></table>' * 50
    ),
    "HTML: a table of 400,000 cells": lambda: page("<table>" + f"<tr>{'<td>5</td>' * 40}</tr>" * 10_000),
    "HTML: 2 million attributes": lambda: page("<p " + " ".join(f"a{n}" for n in range(2_000_000)) + ">5</p>"),
    "HTML: a comment without end": lambda: page("<!--" + "-" * 5_000_000),
    "HTML: signs of less": lambda: page("<" * 5_000_000),
    "HTML: entities beyond all": lambda: page("&#x110000;&#55296;&#99999999999999999999;&" + "amp;" * 100_000),
    "HTML: drawings of each other": lambda: page(_drawings(10)),
    "HTML: sizes beyond all": lambda: page(
        '<div style="width:1e308px;font-size:1e9px;margin:-1e9px;line-height:0;padding:1e9em">Total 5.00</div>' * 20
    ),
    "HTML: 100,000 pages": lambda: page('<p style="page-break-before:always">5</p>' * 100_000),
    "HTML: pictures and frames elsewhere": lambda: page(
        '<img src="http://127.0.0.1:9/a.png"><iframe src="file:///etc/passwd"></iframe><object data="file:///etc/passwd">'
        '</object><embed src="file:///etc/passwd"><script>location="http://127.0.0.1:9/"</script>',
        '<base href="file:///etc/"><meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">'
        '<style>@import url("http://127.0.0.1:9/a.css");@font-face{src:url(file:///etc/passwd)}</style>',
    ),
    "HTML: a picture without end": lambda: page(
        '<img src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA6mAAAOpgCAIAAAD///8=" width="99999999" height="1">'
        * 200
    ),
    "HTML: accents upon accents": lambda: page("a" + "\u0301\u0489" * 1_000_000),
    "HTML: writing directions": lambda: page("\u202e\u2066\u202b" * 300_000),
    "HTML: one word of 10 MB": lambda: page("a" * 10_000_000),
    "HTML: an encoding that is none": lambda: page("\x80", '<meta charset="punycode"><meta charset="utf-7">'),
}
