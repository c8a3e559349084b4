"""OpenDocument texts and spreadsheets (ODT and ODS, ISO/IEC 26300): their text with tables, as it is seen.

Cells of a spreadsheet hold what they show as text beside their value, so that formats need not be known.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from xml.etree.ElementTree import Element

from extraction.errors import Unreadable
from extraction.files.office.parts import BROKEN, parts_of, tree_of
from extraction.files.office.text_flow import Block, Flow, Table
from extraction.limits import MOST_SHEET_COLUMNS, MOST_SHEET_ROWS

_BODY, _STYLES = "content.xml", "styles.xml"
_UNSEEN = frozenset({"tracked-changes", "annotation", "note", "forms", "sequence-decls", "shapes"})
_PARAGRAPHS = ("p", "h")
_MOST_BLANKS = 40


def read_open_document(data: bytes) -> Flow:
    """Its heads, its text or sheets, and its feet. Raises: Unreadable."""
    parts = parts_of(data, lambda name: name in (_BODY, _STYLES))
    if _BODY not in parts:
        raise Unreadable(BROKEN)
    body = next(iter(tree_of(parts[_BODY]).iterfind("{*}body")), None)
    if body is None:
        raise Unreadable(BROKEN)
    pages = tree_of(parts[_STYLES]) if _STYLES in parts else None
    return (*_margins(pages, "header"), *_blocks(body), *_margins(pages, "footer"))


def pictures_in_open_document(data: bytes) -> list[bytes]:
    """Its pictures, such as a photograph that is all there is. Raises: Unreadable."""
    return list(parts_of(data, lambda name: name.startswith("Pictures/")).values())


def _margins(pages: Element | None, name: str) -> Iterator[Block]:
    if pages is None or pages.find(".//{*}master-page") is None:
        return
    for part in pages.iterfind(f"{{*}}master-styles/{{*}}master-page/{{*}}{name}"):
        yield from (block for block in _blocks(part) if block != "")


def _blocks(node: Element) -> Iterator[Block]:
    """The paragraphs and tables below an element, at whatever depth."""
    for child in node:
        name = _name(child)
        if name in _UNSEEN:
            continue
        if name in _PARAGRAPHS:
            yield "".join(_text(child))
            yield from _boxes(child)
        elif name == "table":
            yield Table(tuple(islice(_rows(child), MOST_SHEET_ROWS)))
        else:
            yield from _blocks(child)


def _rows(table: Element) -> Iterator[tuple[Flow, ...]]:
    """The rows that say something; a row that is repeated is so a million times where it is empty."""
    for child in table:
        if _name(child) == "table-row":
            cells = list(islice(_cells(child), MOST_SHEET_COLUMNS))
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield tuple(cells)
        elif _name(child) in ("table-rows", "table-header-rows", "table-row-group"):
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Flow]:
    for cell in row:
        if _name(cell) in ("table-cell", "covered-table-cell"):
            flow = tuple(block for block in _blocks(cell) if block != "")
            times = _attribute(cell, "number-columns-repeated") or "1"
            for _ in range(min(int(times), MOST_SHEET_COLUMNS) if times.isdecimal() else 1):
                yield flow


def _text(node: Element) -> Iterator[str]:
    """The text of a paragraph, without that of text boxes within it."""
    yield (node.text or "").replace("\n", " ")
    for child in node:
        name = _name(child)
        if name == "tab":
            yield "\t"
        elif name == "line-break":
            yield "\n"
        elif name == "s":
            times = _attribute(child, "c") or "1"
            yield " " * (min(int(times), _MOST_BLANKS) if times.isdecimal() else 1)
        elif name not in _UNSEEN and name != "text-box":
            yield from _text(child)
        yield (child.tail or "").replace("\n", " ")


def _boxes(paragraph: Element) -> Iterator[Block]:
    for child in paragraph:
        if _name(child) == "text-box":
            yield from _blocks(child)
        elif _name(child) not in _UNSEEN:
            yield from _boxes(child)


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
