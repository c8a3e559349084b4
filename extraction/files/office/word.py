"""Word documents (DOCX, ECMA-376 part 1, WordprocessingML): their text with tables, in the order in which it is seen.

Read from the parts themselves: invoices are made of templates, whose content controls and text boxes libraries leave
out.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from extraction.errors import Unreadable
from extraction.files.office.parts import BROKEN, parts_of, tree_of
from extraction.files.office.text_flow import Block, Flow, Table

_BODY = "word/document.xml"
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff")
# Deleted text and codes of fields; what older programs show in a drawing's place; notes of reviewers.
_UNSEEN = frozenset({"del", "moveFrom", "delText", "instrText", "Fallback", "annotationRef", "rPr", "pPr", "tblPr"})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_word(data: bytes) -> Flow:
    """Its heads, its text and its feet. Raises: Unreadable."""
    parts = parts_of(data, lambda name: name == _BODY or name.startswith(("word/header", "word/footer")))
    if _BODY not in parts:
        raise Unreadable(BROKEN)
    flows = {name: tuple(_blocks(tree_of(part))) for name, part in parts.items()}
    heads = _different(flow for name, flow in flows.items() if name.startswith("word/header"))
    feet = _different(flow for name, flow in flows.items() if name.startswith("word/footer"))
    return (*heads, *flows[_BODY], *feet)


def pictures_in_word(data: bytes) -> list[bytes]:
    """Its pictures, such as a photograph that is all there is. Raises: Unreadable."""
    found = parts_of(data, lambda name: name.startswith("word/media/") and name.lower().endswith(_PICTURES))
    return list(found.values())


def _different(flows: Iterator[Flow]) -> Iterator[Block]:
    """All blocks of heads or feet, of which those of the first, odd and even pages are often the same."""
    seen: set[Flow] = set()
    for flow in flows:
        if flow not in seen:
            seen.add(flow)
            yield from flow


def _blocks(node: Element) -> Iterator[Block]:
    """The paragraphs and tables below an element, at whatever depth."""
    for child in node:
        name = _name(child)
        if name in _UNSEEN:
            continue
        if name == "p":
            yield "".join(_text(child))
            yield from _boxes(child)
        elif name == "tbl":
            yield Table(tuple(tuple(_cells(row)) for row in _within(child, "tr")))
        else:
            yield from _blocks(child)


def _cells(row: Element) -> Iterator[Flow]:
    for cell in _within(row, "tc"):
        blocks = tuple(_blocks(cell))
        yield tuple(block for block in blocks if block != "")


def _within(node: Element, name: str) -> Iterator[Element]:
    """The elements of a name below another, also within content controls, but not within those found."""
    for child in node:
        if _name(child) == name:
            yield child
        elif _name(child) not in _UNSEEN:
            yield from _within(child, name)


def _text(node: Element) -> Iterator[str]:
    """The text of a paragraph, without that of text boxes within it."""
    for child in node:
        name = _name(child)
        if name in _UNSEEN or name == "txbxContent" or (name == "r" and _is_hidden(child)):
            continue
        if name == "t":
            yield (child.text or "").replace("\n", " ")
        elif name in _SIGNS:
            yield _SIGNS[name]
        else:
            yield from _text(child)


def _boxes(paragraph: Element) -> Iterator[Block]:
    for child in paragraph:
        if _name(child) == "txbxContent":
            yield from _blocks(child)
        elif _name(child) not in _UNSEEN:
            yield from _boxes(child)


def _is_hidden(run: Element) -> bool:
    look = run.find("{*}rPr/{*}vanish")
    return look is not None and next(iter(look.attrib.values()), "1") not in ("0", "false", "off")


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
