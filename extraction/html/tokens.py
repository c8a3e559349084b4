"""HTML cut into tags and text in one pass, in the way of the HTML standard's tokeniser (section 13.2.5).

Written by hand for one reason: time in proportion to the length, whatever the text. Python's html.parser is quadratic
in unfinished tags and comments, and parsers that build the standard's tree (html5lib, lxml, lexbor) are so by design
in unclosed formatting elements.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

_MARKUP = re.compile(r"<(?:(!--)|[!?]|(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40}))")
# Possessive throughout: what cannot be a tag is given up once, never tried another way.
_REST_OF_TAG = re.compile(r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?)*+>""")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]{1,40})\s*+(?:=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++)))?""")
_RAW = frozenset({"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"})
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none", re.IGNORECASE)
_LONGEST_TEXT = 150_000
"""Characters of a text between two tags."""
_MOST = 40_000
"""Tags and texts of one HTML text; a long newsletter has 20,000."""

_NUMBER_TOO_LONG = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")


@dataclass(frozen=True, slots=True)
class Token:
    """A start tag with its attributes still as text, an end tag, or a text with its entities resolved.

    `value` is the tag's name in lower case, or the text; `at` is where it begins in the HTML.
    """

    kind: Literal["start", "end", "text"]
    value: str
    at: int
    attributes: str = ""

    def attribute(self, name: str) -> str:
        """An attribute's value, "" where it has none."""
        return self.all_attributes().get(name, "")

    def all_attributes(self) -> dict[str, str]:
        """The attributes by their names in lower case; of those named twice the first counts."""
        found: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(self.attributes):
            found.setdefault(match[1].lower(), unescape(match[2] or match[3] or match[4] or ""))
        return found


def visible_tokens(text: str) -> Iterator[Token]:
    """The first 40,000 tokens of an HTML text, without those of elements that are not displayed."""
    name, depth = "", 0
    for token in islice(tokens(text), _MOST):
        if depth:
            depth += (token.kind == "start") - (token.kind == "end") if token.value == name else 0
        elif token.kind == "start" and token.value not in _VOID and _HIDDEN.search(token.attributes):
            name, depth = token.value, 1
        else:
            yield token


def tokens(text: str) -> Iterator[Token]:
    """The tags and texts of an HTML text, in order, without comments, declarations, scripts and styles.

    What follows an unfinished tag or comment is left out, as browsers do.
    """
    at = 0
    while match := _MARKUP.search(text, at):
        if match.start() > at:
            yield Token("text", unescape(text[at : min(match.start(), at + _LONGEST_TEXT)]), at)
        if not match[3]:
            end = text.find("-->" if match[1] else ">", match.end() - (2 if match[1] else 0))
            if end < 0:
                return
            at = end + (3 if match[1] else 1)
            continue
        rest = _REST_OF_TAG.match(text, match.end())
        if rest is None:
            return
        name, at = match[3].lower(), rest.end()
        yield Token("end" if match[2] else "start", name, match.start(), rest.group()[:-1][:4_000])
        if name in _RAW and not match[2]:
            closing = re.compile(rf"</{name}", re.IGNORECASE).search(text, at)
            if closing is None:
                return
            at = closing.start()
    if at < len(text):
        yield Token("text", unescape(text[at : at + _LONGEST_TEXT]), at)


def unescape(text: str) -> str:
    """The text with its entities resolved; numbers of characters that there cannot be are left out."""
    return html.unescape(_NUMBER_TOO_LONG.sub("\ufffd", text)) if "&" in text else text
