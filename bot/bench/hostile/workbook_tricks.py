"""Workbooks (XLSX, ODS, XLS) that ask a reader for much: cells that are not there, texts that count many times."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence

from bot.bench.hostile.file_tricks import packed

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table", "style")
)
_BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_LAUGHS = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">{_BOMB}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_HEAD = "".join(f'<c r="{column}1" t="inlineStr"><is><t>{name}</t></is></c>' for column, name in (
    ("A", "Date"), ("B", "Amount"), ("C", "Text"),
))  # fmt: skip


def workbook_tricks(chosen: Callable[[str], bool] = bool) -> Iterator[tuple[str, bytes]]:
    """What each does, and its bytes; only of those whose name is `chosen`."""
    for name, make in ((name, make) for name, make in TRICKS.items() if chosen(name)):
        yield name, make()


def workbook(
    rows: str, *, before: str = "", beside: str = "", start: str = "", parts: dict[str, bytes] | None = None
) -> bytes:
    """An XLSX with one sheet of these rows; `before` and `beside` stand around them, `start` before the sheet's root;
    `parts` are put in place of its own or added."""
    sheet = f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData>{beside}</worksheet>'
    own = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        f'relationships+xml"/>{_overrides()}</Types>',
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": _relations(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")
        ),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="A" sheetId="1" '
        'r:id="r1"/></sheets></workbook>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
        "</styleSheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}"><si><t>a</t></si></sst>',
        "xl/worksheets/sheet1.xml": start + sheet,
    }
    return packed({name: text.encode() for name, text in own.items()} | (parts or {}))


def _overrides() -> str:
    kinds = {
        "workbook": "sheet.main",
        "worksheets/sheet1": "worksheet",
        "styles": "styles",
        "sharedStrings": "sharedStrings",
    }
    return "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        f'spreadsheetml.{kind}+xml"/>'
        for name, kind in kinds.items()
    )


def _relations(*targets: tuple[str, str], mode: str = "") -> str:
    lines = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _row(number: int | str, cells: str) -> str:
    return f'<row r="{number}">{cells}</row>'


def _far(cell: str) -> bytes:
    """A cell at the end of all cells, written so that a look at the text may miss it."""
    return workbook(_row(1, _HEAD) + f"<row>{cell}<v>1</v></c></row>")


def _strings(text: bytes, rows: int, index: int = 0) -> bytes:
    cells = "".join(_row(n, f'<c r="A{n}" t="s"><v>{index}</v></c>') for n in range(1, rows + 1))
    shared = f'<sst xmlns="{_MAIN}" count="4294967295" uniqueCount="4294967295"><si><t>'.encode() + text
    return workbook(cells, parts={"xl/sharedStrings.xml": shared + b"</t></si></sst>"})


def _implicit(rows: int, columns: int) -> bytes:
    """Rows and cells that say no place: one row is wide, and the others are many."""
    return workbook(f"<row>{'<c><v>1</v></c>' * columns}</row>" + "<row><c><v>1</v></c></row>" * rows)


def _nested(levels: int) -> bytes:
    data = workbook(_row(1, _HEAD))
    for _ in range(levels):
        data = workbook(_row(1, _HEAD), parts={f"xl/embeddings/{n}.xlsx": data for n in range(8)})
    return data


def _open_sheet(body: str, *, start: str = "", parts: dict[str, bytes] | None = None) -> bytes:
    """An OpenDocument sheet with this in its table."""
    content = (
        f"{start}<office:document-content {_ODF}><office:body><office:spreadsheet><table:table>{body}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}
    return packed(kind | {"content.xml": content.encode()} | (parts or {}))


def _open_cell(text: str = "5,00 EUR", repeated: str = "") -> str:
    return f"<table:table-cell{repeated}><text:p>{text}</text:p></table:table-cell>"


def _open_row(cells: str, repeated: str = "") -> str:
    return f"<table:table-row{repeated}>{cells}</table:table-row>"


_MANY_COLUMNS = ' table:number-columns-repeated="2000000000"'
_MANY_ROWS = ' table:number-rows-repeated="2000000000"'


def old_workbook(records: bytes, *, table: dict[int, int] | None = None, header: dict[int, int] | None = None) -> bytes:
    """An XLS: these records of BIFF8 in a compound file (MS-CFB). `table` puts other values into its allocation table,
    `header` other words of 16 bits into its head, each by place."""
    stream = records + bytes(max(-len(records) % 512, 4096 - len(records)))
    sectors = len(stream) // 512
    allocated = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE][: sectors + 2]
    allocated += [0xFFFFFFFF] * (128 - len(allocated))
    for place, value in (table or {}).items():
        allocated[place] = value
    head = bytearray(
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
        + struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    )  # fmt: skip
    head += b"\xff" * (512 - len(head))
    for place, word in (header or {}).items():
        struct.pack_into("<H", head, place, word)
    entries = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
    fat = b"".join(struct.pack("<I", each) for each in allocated)
    return bytes(head) + fat.ljust(512, b"\xff")[:512] + entries.ljust(512, b"\0") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    coded = name.encode("utf-16-le")
    return (
        coded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(coded) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _biff(*cells: bytes, strings: bytes = b"") -> bytes:
    book = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + strings
    name = b"\x01\x00A"
    sheet_at = len(book) + 4 + 6 + len(name) + 4
    book += _record(0x85, struct.pack("<IBB", sheet_at, 0, 0) + name) + _record(0x0A)
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    return book + sheet + b"".join(cells) + _record(0x0A)


def cells_of_old(places: Sequence[tuple[int, int]]) -> bytes:
    """The records of an XLS with a number in each of these rows and columns, counted from 0."""
    return _biff(*(_old_cell(*place) for place in places))


def _old_cell(row: int, column: int) -> bytes:
    return _record(0x203, struct.pack("<HHHd", row, column, 0, 1.0))


TRICKS: dict[str, Callable[[], bytes]] = {
    "XLSX: a cell at the end of all": lambda: _far('<c r="XFD1048576">'),
    "XLSX: the same in single quotes": lambda: _far("<c r='XFD1048576'>"),
    "XLSX: the same behind other attributes": lambda: _far(f'<c s="{"0" * 60}" r="XFD1048576">'),
    "XLSX: the same over two lines": lambda: _far('<c\n\tr\n=\n"XFD1048576">'),
    "XLSX: the same by an entity": lambda: _far('<c r="&#88;FD1048576">'),
    "XLSX: the same in small letters": lambda: _far('<c r="xfd1048576">'),
    "XLSX: a row beyond all": lambda: workbook(_row(1, _HEAD) + _row(4294967295, "<c><v>1</v></c>")),
    "XLSX: a column of seven letters": lambda: _far('<c r="ZZZZZZZ1">'),
    "XLSX: says to be 17 billion cells": lambda: workbook(
        _row(1, _HEAD), before='<dimension ref="A1:XFD1048576"/>'
    ),
    "XLSX: 100,000 rows beside one that is wide": lambda: _implicit(100_000, 16_000),
    "XLSX: one row of 2 million cells": lambda: _implicit(1, 2_000_000),
    "XLSX: 2 million rows": lambda: _implicit(2_000_000, 1),
    "XLSX: all cells are one": lambda: workbook(
        _row(1, _HEAD), beside='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>' * 1_000
    ),
    "XLSX: one text of 20 MB in 100,000 cells": lambda: _strings(b"a" * 20_000_000, 100_000),
    "XLSX: a text that is not there": lambda: _strings(b"a", 10, 4_294_967_295),
    "XLSX: 2 million shared texts": lambda: _strings(b"a</t></si><si><t>" * 2_000_000, 1),
    "XLSX: shared texts of 300 MB": lambda: _strings(b"a" * 300_000_000, 1),
    "XLSX: a billion laughs in its sheet": lambda: workbook(
        _row(1, '<c r="A1" t="inlineStr"><is><t>&l9;&x;</t></is></c>'), start=_LAUGHS
    ),
    "XLSX: a billion laughs in its texts": lambda: workbook(
        _row(1, '<c r="A1" t="s"><v>0</v></c>'),
        parts={"xl/sharedStrings.xml": f'{_LAUGHS}<sst xmlns="{_MAIN}"><si><t>&l9;&x;</t></si></sst>'.encode()},
    ),
    "XLSX: elements within each other": lambda: workbook("<row>" * 1_000_000),
    "XLSX: workbooks within workbooks": lambda: _nested(5),
    "XLSX: 5,000 sheets": lambda: workbook(
        _row(1, _HEAD),
        parts={"xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'.encode()
            + b"".join(b'<sheet name="A%d" sheetId="%d" r:id="r1"/>' % (n, n) for n in range(5_000))
            + b"</sheets></workbook>"},
    ),
    "XLSX: links to elsewhere": lambda: workbook(
        _row(1, _HEAD) + _row(2, '<c r="A2"><f>[1]A!A1</f><v>1</v></c><c r="B2"><f>HYPERLINK("http://127.0.0.1:9/")</f>'
             '<v>2</v></c><c r="C2"><f>WEBSERVICE("file:///etc/passwd")</f></c>'),
        parts={"xl/externalLinks/externalLink1.xml": b"<externalLink/>",
               "xl/externalLinks/_rels/externalLink1.xml.rels": _relations(
                   ("externalLinkPath", "file:///etc/passwd"), ("externalLinkPath", "http://127.0.0.1:9/"),
                   mode=' TargetMode="External"').encode()},
    ),
    "XLSX: its sheet is elsewhere": lambda: workbook(
        "", parts={"xl/_rels/workbook.xml.rels": _relations(("worksheet", "../../../etc/passwd")).encode()}
    ),
    "XLSX: days and numbers beyond all": lambda: workbook(_row(1, _HEAD) + "".join(
        _row(n, f'<c r="A{n}" s="1"><v>{value}</v></c><c r="B{n}"><v>{value}</v></c>') for n, value in enumerate(
            ("1e308", "-1e308", "NaN", "inf", "-1", "2958466", "9" * 400, "0x10"), 2)
    )),
    "XLSX: a format of 5 MB": lambda: workbook(
        _row(1, '<c r="A1" s="0"><v>1.5</v></c>'),
        parts={"xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><numFmts><numFmt numFmtId="200" formatCode="'.encode()
               + b"[$" * 2_500_000 + b'"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>'},
    ),
    "XLSX: 500,000 styles": lambda: workbook(
        _row(1, _HEAD), parts={"xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs>'.encode()
                               + b'<xf numFmtId="14"/>' * 500_000 + b"</cellXfs></styleSheet>"},
    ),
    "ODS: 2 billion columns": lambda: _open_sheet(_open_row(_open_cell(repeated=_MANY_COLUMNS))),
    "ODS: 2 billion rows of them": lambda: _open_sheet(_open_row(_open_cell(repeated=_MANY_COLUMNS), _MANY_ROWS)),
    "ODS: more columns than numbers hold": lambda: _open_sheet(
        _open_row(_open_cell(repeated=f' table:number-columns-repeated="{"9" * 400}"'))
    ),
    "ODS: fewer columns than none": lambda: _open_sheet(
        _open_row(_open_cell(repeated=' table:number-columns-repeated="-5" table:number-columns-spanned="x"'))
    ),
    "ODS: 2 billion blanks": lambda: _open_sheet(_open_row(_open_cell('a<text:s text:c="2000000000"/>b'))),
    "ODS: 1 million cells": lambda: _open_sheet(_open_row(_open_cell() * 1_000_000)),
    "ODS: tables within each other": lambda: _open_sheet("<table:table><table:table-row>" * 200_000),
    "ODS: a billion laughs": lambda: _open_sheet(_open_row(_open_cell("&l9;&x;")), start=_LAUGHS),
    "ODS: content of 300 MB": lambda: _open_sheet("", parts={"content.xml": b" " * 300_000_000}),
    "ODS: links to elsewhere": lambda: _open_sheet(
        '<table:table-source xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="file:///etc/passwd"/>'
        + _open_row(_open_cell('<text:a xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="http://127.0.0.1:9/">'
                               "Total 5,00 EUR</text:a>"))
    ),
    "XLS: two cells, far from each other": lambda: old_workbook(_biff(_old_cell(0, 0), _old_cell(65535, 65535))),
    "XLS: says to be 4 billion rows": lambda: old_workbook(
        _biff(_record(0x200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0)), _old_cell(0, 0))
    ),
    "XLS: 4 billion shared texts": lambda: old_workbook(
        _biff(_old_cell(0, 0), strings=_record(0xFC, struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF)))
    ),
    "XLS: a text longer than all": lambda: old_workbook(
        _biff(_old_cell(0, 0), strings=_record(0xFC, struct.pack("<IIHB", 1, 1, 0xFFFF, 0x0D) + b"\xff" * 8))
    ),
    "XLS: a record longer than the rest": lambda: old_workbook(b"\x09\x08\xff\xff\0\x06\x05\0"),
    "XLS: 60,000 records of nothing": lambda: old_workbook(_biff(*[_record(0x203)] * 15_000)),
    "XLS: sectors in a circle": lambda: old_workbook(_biff(_old_cell(0, 0)), table={3: 2}),
    "XLS: the directory in a circle": lambda: old_workbook(_biff(_old_cell(0, 0)), table={1: 1}),
    "XLS: the table of tables in a circle": lambda: old_workbook(
        _biff(_old_cell(0, 0)), table={127: 0}, header={68: 0, 70: 0}
    ),
    "XLS: sectors of 2^65535 bytes": lambda: old_workbook(_biff(_old_cell(0, 0)), header={30: 0xFFFF}),
    "XLS: an allocation table of 4 billion sectors": lambda: old_workbook(
        _biff(_old_cell(0, 0)), header={44: 0xFFFF, 46: 0xFFFF, 72: 0xFFFF, 74: 0xFFFF}
    ),
}  # fmt: skip
