"""Pages drawn in text: each line is a row, two blanks or more a wide gap, `^` at its start doubles the height."""

from __future__ import annotations

import re
from typing import Literal

from extraction.evidence import Page, ReadDocument, Word
from extraction.fields.decision.read_documents import read_documents

LETTER = 6.0
LINE = 14.0


def page_of(text: str, source: Literal["text", "ocr"] = "text", number: int = 1, confidence: float = 1.0) -> Page:
    """The page of a text, words where its characters stand: `LETTER` wide, 10 high, rows `LINE` apart."""
    words: list[Word] = []
    lines = text.strip("\n").splitlines()
    for row, line in enumerate(lines):
        tall = 20.0 if line.startswith("^") else 10.0
        for match in re.finditer(r"\S+(?: \S+)*", line.lstrip("^")):
            left, top = match.start() * LETTER, (row + 1) * LINE + 10 - tall
            box = (left, top, left + len(match[0]) * LETTER, top + tall)
            words.append(Word(match[0], box, number, confidence))
    wide = max((len(line) for line in lines), default=1)
    return Page(number, wide * LETTER, (len(lines) + 3) * LINE, tuple(words), source)


def read_drawn(text: str, source: Literal["text", "ocr"] = "text", confidence: float = 1.0) -> ReadDocument:
    """The one document on such a page, as it is read."""
    (document,) = read_documents([page_of(text, source, confidence=confidence)])
    return document
