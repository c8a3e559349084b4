"""XML from strangers as a tree: no document type, so no entity and no network; bounded in depth and in elements."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from extraction.errors import Unreadable, refused_as
from extraction.evidence import Problem

_DEEPEST = 100  # elements within each other; signed UBL has about 20
_MOST_ELEMENTS = 1_000_000  # a line of an invoice takes about 30

_WIDE = re.compile(rb"\xff\xfe|\xfe\xff|<\x00|\x00<")
"""How a file in UTF-16 begins, with a byte order mark or without (XML 1.0, appendix F)."""

_BROKEN = Problem("broken_xml", "This XML file is damaged or incomplete. Please export it again, or send the PDF.")
_DOCTYPE = Problem(
    "xml_doctype",
    "This XML file declares a document type, which no e-invoice has and which is refused for safety. "
    "Please export it again, or send the PDF.",
)
XML_TOO_LARGE = Problem("xml_too_large", "This XML file is too large or too deeply nested to be an invoice.")


class _Oversized(Exception):
    """A bound was passed while parsing."""


class _Bounded(TreeBuilder):
    """Builds the tree as long as it stays within bounds."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._elements = 0

    def start(self, tag: Any, attrs: Any, /) -> Element:
        self._depth += 1
        self._elements += 1
        if self._depth > _DEEPEST or self._elements > _MOST_ELEMENTS:
            raise _Oversized
        return super().start(tag, attrs)

    def end(self, tag: Any, /) -> Element:
        self._depth -= 1
        return super().end(tag)


def parse_untrusted_xml(data: bytes) -> Element:
    """The root element.

    What is neither Unicode nor says which encoding it has is taken for Windows-1252, as European programs that get
    this wrong write it. Raises: Unreadable when the XML is broken, has a document type, or is out of bounds.
    """
    if not _WIDE.match(data):
        data = data.strip(b" \t\r\n\0")  # some programs pad what they embed
    with refused_as(_BROKEN):
        try:
            return _tree(data)
        except (ParseError, LookupError, ValueError):
            if _is_utf8(data) or _WIDE.match(data):
                raise
        return _tree(data, "windows-1252")


def _tree(data: bytes, encoding: str | None = None) -> Element:
    """`encoding` overrides what the file declares. Raises: ParseError, LookupError for an encoding nobody knows."""
    parser = XMLParser(target=_Bounded(), encoding=encoding, forbid_dtd=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise Unreadable(_DOCTYPE) from error
    except _Oversized as error:
        raise Unreadable(XML_TOO_LARGE) from error
    return root


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
