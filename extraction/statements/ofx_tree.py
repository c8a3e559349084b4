"""The elements of an OFX file, version 1 (SGML, where what holds a value has no end tag) or 2 (XML), as a tree.

Banks write neither by the book: elements without a value and without an end, end tags in one version as in the other,
small letters, bare ampersands and angle brackets in texts. All of that is read; only a file that breaks off is damaged.
"""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element

MOST_DEPTH = 64
"""The specification nests about fifteen deep."""

_ROOT = re.compile(r"<OFX\s*>", re.IGNORECASE)
_TAG = r"(?:/?[A-Za-z][\w.]*\s*/?)>"
_ELEMENT = re.compile(rf"<(/?)([A-Za-z][\w.]*)\s*(/?)>([^<]*(?:<(?!{_TAG})[^<]*)*)")


class NoTree(ValueError):
    """It is no OFX, or breaks off."""


def ofx_tree(text: str) -> Element:
    """The root, OFX, of a file; tags are in capitals, and texts without entities. Raises: NoTree."""
    begin = _ROOT.search(text)
    if begin is None:
        raise NoTree("there is no <OFX>")
    top = Element("")
    opened = [top]
    for end, tag, empty, value in _ELEMENT.findall(_without_cdata(text[begin.start() :])):
        name = tag.upper()
        if end:
            _close(opened, name)
            continue
        if len(opened) > MOST_DEPTH:
            raise NoTree("it is nested too deep")
        element = Element(name)
        element.text = html.unescape(value).strip()
        opened[-1].append(element)
        if not (element.text or empty):
            opened.append(element)
    if len(opened) > 1:
        raise NoTree(f"<{opened[1].tag}> does not end")
    return top[0]


def _close(opened: list[Element], name: str) -> None:
    """Ends the innermost open element of that name. What was begun within it and never ended held no value: what seems
    to lie in it stands beside it. An end of what is not open is that of an element with a value."""
    at = next((n for n in range(len(opened) - 1, 0, -1) if opened[n].tag == name), None)
    if at is None:
        return
    for empty in reversed(opened[at + 1 :]):
        parent = opened[opened.index(empty) - 1]
        parent.extend(list(empty))
        for child in list(empty):
            empty.remove(child)
    del opened[at:]


def _without_cdata(text: str) -> str:
    """What stands in CDATA sections, escaped as other text is."""
    first, *sections = text.split("<![CDATA[")
    parts = [first]
    for section in sections:
        inside, end, after = section.partition("]]>")
        parts += [html.escape(inside), after] if end else [section]
    return "".join(parts)
