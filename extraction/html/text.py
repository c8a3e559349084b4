"""The text of an HTML mail: a line for each block, quotes marked with ">" as in plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extraction.html.tokens import Token, visible_tokens

_BLOCKS = frozenset({
    "address", "article", "blockquote", "br", "center", "dd", "div", "dl", "dt", "fieldset", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section",
    "table", "tbody", "tr", "ul",
})  # fmt: skip
_SKIPPED = frozenset({"head", "script", "style", "title", "template", "textarea", "xmp", "iframe", "noembed"})
_BLANKS = re.compile(r"[^\S\n]+|\n[\s]*")


@dataclass(frozen=True)
class HtmlText:
    """The lines of an HTML text, without blank ones at its ends; `starts` is where each begins in the HTML.

    `shown` are the content ids of the pictures that it shows in place (RFC 2392), `links` the texts of its links with
    where they lead.
    """

    lines: tuple[str, ...]
    starts: tuple[int, ...]
    shown: frozenset[str]
    links: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


def from_html(html: str) -> str:
    """The text of an HTML mail."""
    return read_html(html).text


def read_html(html: str) -> HtmlText:
    """Text, pictures and links of an HTML text, in one pass."""
    reader = _Reader()
    reader.read(visible_tokens(html))
    return reader.result()


class _Reader:
    """Collects lines of text; `depth` is how many quotes we are in."""

    def __init__(self) -> None:
        self.lines: list[tuple[list[str], int]] = [([], 0)]
        self.depth = 0
        self.skipping = 0
        self.preformatted = 0
        self.shown: set[str] = set()
        self.links: list[tuple[list[str], str]] = []
        self.linking = False

    def read(self, tokens: Iterable[Token]) -> None:
        """Takes in the tokens of a whole text."""
        for token in tokens:
            if token.value in _SKIPPED and token.kind != "text":
                self.skipping = max(0, self.skipping + (1 if token.kind == "start" else -1))
            elif self.skipping:
                continue
            elif token.kind == "text":
                self._text(token)
            elif token.kind == "start":
                self._start(token)
            else:
                self._end(token)

    def result(self) -> HtmlText:
        """What was taken in; of several empty lines one is left."""
        kept: list[tuple[str, int]] = []
        for pieces, at in self.lines:
            line = "".join(pieces).rstrip()
            if line or (kept and kept[-1][0]):
                kept.append((line, at))
        while kept and not kept[-1][0]:
            kept.pop()
        links = tuple((" ".join("".join(said).split())[:200], to) for said, to in self.links)
        return HtmlText(tuple(line for line, _ in kept), tuple(at for _, at in kept), frozenset(self.shown), links)

    def _start(self, token: Token) -> None:
        tag = token.value
        if tag == "img":
            source = token.attribute("src")
            if source[:4].lower() == "cid:":
                self.shown.add(source[4:])
        elif tag == "a":
            self.linking = True
            self.links.append(([], token.attribute("href")[:2_000]))
        elif tag == "blockquote":
            self.depth += 1
        self.preformatted += tag == "pre"
        if tag in _BLOCKS:
            self._break(always=tag == "br")
        elif tag in ("td", "th") and self.lines[-1][0]:
            self.lines[-1][0].append("  ")

    def _end(self, token: Token) -> None:
        tag = token.value
        self.linking &= tag != "a"
        self.preformatted = max(0, self.preformatted - (tag == "pre"))
        if tag == "blockquote":
            self.depth = max(0, self.depth - 1)
        if tag == "p":
            self._break()
            self._break(always=True)
        elif tag in _BLOCKS and tag != "br":
            self._break()

    def _text(self, token: Token) -> None:
        text = token.value.replace("\u200b", "").replace("\u200c", "").replace("\xad", "")
        for n, piece in enumerate(text.split("\n") if self.preformatted else (text,)):
            if n:
                self._break(always=True)
            self._piece(_BLANKS.sub(" ", piece), token.at)
        if self.linking:
            self.links[-1][0].append(text)

    def _piece(self, said: str, at: int) -> None:
        pieces, _ = self.lines[-1]
        if not pieces:
            said = said.lstrip()
            if not said:
                return
            self.lines[-1] = (pieces, at)
            if self.depth:
                pieces.append("> ")
        pieces.append(said)

    def _break(self, always: bool = False) -> None:
        if always or self.lines[-1][0]:
            self.lines.append(([], 0))
