"""The HTML of a mail as a page that can be rendered without harm: its text, tables and emphasis, and nothing else.

What comes out is well formed and small, has no scripts, no style sheets, no addresses, nothing that is fetched, and no
sizes but shares of the width, so that no text can make a renderer work for long or draw a thousand pages.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from extraction.html.tokens import Token, visible_tokens

_BLOCKS = "address article blockquote center div dd dl dt footer h1 h2 h3 h4 h5 h6 header li main ol p pre section ul"
_INLINE = "a b em i s small span strong sub sup u font"
_TABLE = "table thead tbody tfoot tr td th"
_KEPT = frozenset(f"{_BLOCKS} {_INLINE} {_TABLE}".split())
_NO_TEXT = frozenset({"head", "script", "style", "title", "template", "textarea", "xmp", "iframe", "noembed", "svg"})
_TAG = {"a": "span", "font": "span", "center": "div", "main": "div", "section": "div", "article": "div"}
_ROWS = frozenset({"td", "th", "tr", "tbody", "thead", "tfoot"})
_MOST_DEPTH = 40
_MOST_TABLES_DEEP = 3
"""Tables within tables that stay tables, from the innermost on; those around them only place things on a screen, and a
renderer's time doubles with each."""

_MOST_TOKENS = 12_000
_LONGEST_TEXT = 150_000

_STYLES = re.compile(
    r"(?:^|;)\s*(font-weight|font-style|text-align|text-decoration|color|background-color|background)\s*:"
    r"\s*(#[0-9a-f]{3,6}|[a-z-]{3,20}|[1-9]00|rgba?\([0-9., %]{5,30}\))\s*(?:!important\s*)?(?=;|$)",
    re.IGNORECASE,
)
_SHEET = (
    # A machine may have no fonts; `pdf` hands out these, the only addresses on a page.
    "@font-face{font-family:page;src:url(font:regular)}@font-face{font-family:page;font-weight:bold;src:url(font:bold)}"
    "@page{size:A4;margin:15mm}body{font-family:page,sans-serif;font-size:9.5pt;line-height:1.35}"
    "table{border-collapse:collapse;max-width:100%}td,th{padding:2pt 6pt 2pt 0;vertical-align:top}"
    "blockquote{margin-left:8pt}pre{white-space:pre-wrap}"
)


def page_of_html(source: str, start: int = 0) -> str:
    """A page of what an HTML text shows from an offset on."""
    kept = list(islice((token for token in visible_tokens(source) if token.at >= start), _MOST_TOKENS))
    return _page("".join(_Writer(_layout_tables(kept)).written(kept)))


def is_too_long(source: str) -> bool:
    """Whether a page of it would leave something out at its end."""
    shown = list(islice(visible_tokens(source), _MOST_TOKENS + 1))
    return len(shown) > _MOST_TOKENS or sum(len(token.value) for token in shown if token.kind == "text") > _LONGEST_TEXT


def page_of_text(text: str) -> str:
    """A page of a plain text, its lines as they stand."""
    return _page(f"<pre>{html.escape(text[:_LONGEST_TEXT])}</pre>")


def _page(body: str) -> str:
    return f"<!DOCTYPE html><html><head><style>{_SHEET}</style></head><body>{body}</body></html>"


def _layout_tables(tokens: Sequence[Token]) -> set[int]:
    """Where those tables begin that hold too many tables within each other to be more than a frame for them."""
    around: list[list[int]] = []  # of each table that is open: where it begins, how many are within each other in it
    frames: set[int] = set()
    for token in tokens:
        if token.value != "table" or token.kind == "text":
            continue
        if token.kind == "start":
            around.append([token.at, 1])
        elif around:
            _end_of_table(around, frames)
    while around:
        _end_of_table(around, frames)
    return frames


def _end_of_table(around: list[list[int]], frames: set[int]) -> None:
    at, height = around.pop()
    if height > _MOST_TABLES_DEEP:
        frames.add(at)
    if around:
        around[-1][1] = max(around[-1][1], height + 1)


class _Writer:
    """Writes the tags that are kept; each that was opened is closed in its order. Tables at `frames` become blocks."""

    def __init__(self, frames: set[int]) -> None:
        self._frames = frames
        self._open: list[str] = []
        self._skipping = 0
        self._room = _LONGEST_TEXT

    def written(self, tokens: Iterable[Token]) -> Iterator[str]:
        """The page's body, piece by piece."""
        for token in tokens:
            if self._room <= 0:
                break
            if token.value in _NO_TEXT and token.kind != "text":
                self._skipping = max(0, self._skipping + (1 if token.kind == "start" else -1))
            elif not self._skipping:
                yield from self._token(token)
        yield from self._closed(0)

    def _token(self, token: Token) -> Iterator[str]:
        if token.kind == "text":
            yield html.escape(token.value[: self._room])
            self._room -= len(token.value)
        elif token.value in ("br", "hr"):
            yield f"<{token.value}>"
        elif token.value == "img" and token.kind == "start":
            yield html.escape(token.attribute("alt")[:200])  # often the vendor's name is nowhere else
        elif token.value in _KEPT:
            yield from self._started(token) if token.kind == "start" else self._ended(token.value)

    def _started(self, token: Token) -> Iterator[str]:
        tag = _TAG.get(token.value, token.value)
        if tag == "table" and token.at in self._frames:
            tag = "section"
        if tag in _ROWS:
            yield from self._closed_cells(tag)
            if "table" not in self._open:
                tag = "div"
        if len(self._open) >= _MOST_DEPTH:
            return
        self._open.append(tag)
        yield f"<{tag}{self._attributes(token)}>"

    def _closed_cells(self, tag: str) -> Iterator[str]:
        """Ends what a new cell, row or part of a table ends without saying so (HTML standard, 13.1.2.4)."""
        ends = {"td": ("td", "th"), "th": ("td", "th"), "tr": ("tr",)}.get(tag, ("tbody", "thead", "tfoot"))
        inside = self._open[len(self._open) - self._open[::-1].index("table") :] if "table" in self._open else []
        if found := [n for n, opened in enumerate(inside) if opened in ends]:
            yield from self._closed(len(self._open) - len(inside) + found[-1])

    def _ended(self, tag: str) -> Iterator[str]:
        tag = _TAG.get(tag, tag)
        if tag == "table" and "section" in self._open and "table" not in self._open:
            tag = "section"
        if tag in _ROWS and "table" not in self._open:
            tag = "div"
        if tag not in self._open:
            return
        place = len(self._open) - 1 - self._open[::-1].index(tag)
        if tag in ("table", "section") or not {"table", "section"} & set(
            self._open[place:]
        ):  # nothing inside a table ends what is around it
            yield from self._closed(place)

    def _closed(self, depth: int) -> Iterator[str]:
        while len(self._open) > depth:
            yield f"</{self._open.pop()}>"

    def _attributes(self, token: Token) -> str:
        given = token.all_attributes() if token.attributes.strip(" /") else {}
        kept = [
            f' {name}="{given[name]}"'
            for name, form in (
                ("colspan", r"[1-9]|1[0-2]"),
                ("align", "left|right|center"),
                ("width", r"\d{1,2}%|100%"),
            )
            if re.fullmatch(form, given.get(name, ""), re.IGNORECASE)
        ]
        style = ";".join(f"{name}:{value}" for name, value in _STYLES.findall(given.get("style", "")[:1_000]))
        return "".join(kept) + (f' style="{html.escape(style)}"' if style else "")
