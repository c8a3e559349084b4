"""The number of a document, told from amounts, dates and other numbers on it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass

from extraction.fields.candidate import Candidate, candidate_at
from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.layout.labels import cell_above
from extraction.fields.layout.rows import CELL, Row
from extraction.fields.patterns.vocabulary import fold, has, role_of, vocabulary

_TOKEN = re.compile(r"(?<![\w/.\-])[A-Za-z0-9#][A-Za-z0-9/_.\-()]*\d[A-Za-z0-9/_.\-()]*|(?<![\w.,])\d(?!\w)")


_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True)
class Numbered:
    """A token with a digit at `row.text[start:end]`, and the words that name it.

    `role` is what these make of it (`vocabulary`'s "number", "" for nothing), `above` whether they stand above it,
    `times` how often the token stands on the document.
    """

    row: Row
    start: int
    end: int
    label: str
    role: str
    above: bool
    times: int

    @property
    def text(self) -> str:
        """The token."""
        return self.row.text[self.start : self.end]


def numbered_tokens(sheet: DocumentLayout) -> Iterator[Numbered]:
    """Every token with a digit that is neither an amount nor a date."""
    tokens = [(row, match) for row in sheet.rows for match in _TOKEN.finditer(row.text)]
    counts = Counter(match[0] for _, match in tokens)
    for row, match in tokens:
        start, text = match.start(), match[0].rstrip(".-/(")
        while text.endswith(")") and "(" not in text:
            text = text[:-1]
        text, start = (text[1:], start + 1) if text.startswith("#") else (text, start)
        if not re.search(r"\d", text) or _is_amount(sheet, row, start) or _is_date(sheet, row, start, len(text)):
            continue
        yield Numbered(row, start, start + len(text), *_role(sheet, row, start, start + len(text)), counts[match[0]])


def number_candidates(sheet: DocumentLayout, roles: Container[str]) -> Iterator[Candidate]:
    """Every token that words beside or above call the number of something of these roles."""
    for token in numbered_tokens(sheet):
        if token.role in roles:
            yield number_candidate(sheet, token, token.role)


def number_candidate(sheet: DocumentLayout, token: Numbered, role: str) -> Candidate:
    """A token as the number of something of that role."""
    row, text, named = token.row, token.text, _ends_in_number(token.label)
    features = {
        f"role_{role}": 1.0,
        "named": float(named),
        "yours": float(has("number", "yours", token.label)),
        "above": float(token.above),
        "letters": float(bool(re.search(r"[A-Za-z]", text))),
        "short": float(len(text) < 3),
        "long": float(len(text) > 20),
        "digits": min(sum(char.isdigit() for char in text), 8) / 8,
        "repeated": min(token.times - 1, 2) / 2,
        "place": row.place,
        "later_page": float(row.page > sheet.pages[0].number),
        "tall": float(row.height > 1.2 * _usual_height(sheet)),
        "misread": 1 - row.confidence_of(token.start, token.end),
    }
    agreement = min(1.0, 0.5 * named + 0.5 * (token.times > 1) + features["yours"])
    return candidate_at(row, token.start, token.end, text, features, agreement)


def _role(sheet: DocumentLayout, row: Row, start: int, end: int) -> tuple[str, str, bool]:
    """The words that name a token, the role they give it, and whether they stood above."""
    before = _BRACKETS.sub(lambda match: " " * len(match[0]), row.text[:start])
    own = before.rpartition(CELL)
    near = re.split(r"\S*\d\S*\s", own[2] if own[2].strip(" :#") else own[0].rpartition(CELL)[2] + own[2])[-1]
    if role := role_of("number", near):
        return near, role, False
    if not own[2].strip() and not before.rstrip().endswith(":"):
        above = cell_above(sheet.rows, row, start, end)
        return above, role_of("number", above), True
    return near, "", False


def _ends_in_number(label: str) -> bool:
    """Whether the last word of a label means "number": Rechnung Nr., Faktura č."""
    words = fold(label)
    return any(found.end() == len(words) for found in vocabulary()["word"]["number"].finditer(words))


def _usual_height(sheet: DocumentLayout) -> float:
    heights = sorted(row.height for row in sheet.rows)
    return heights[len(heights) // 2]


def _is_amount(sheet: DocumentLayout, row: Row, start: int) -> bool:
    return any(span.start <= start < span.end and span.places == 2 for span in sheet.amounts[row.index])


def _is_date(sheet: DocumentLayout, row: Row, start: int, length: int) -> bool:
    """Whether the token is no more than a date; a number may have one in it (RE-20200101)."""
    return any(span.start <= start and start + length <= span.end + 1 for span in sheet.dates[row.index])
