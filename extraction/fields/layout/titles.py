"""Where a document names its type: as its title, as a label of a number, or in passing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extraction.evidence import DocumentType
from extraction.fields.layout.rows import CELL, Row
from extraction.fields.patterns.document_types import document_types, plain_words
from extraction.fields.patterns.vocabulary import fold

TOP = 0.4
"""The share of the first page in which titles stand."""

_TALL = 1.25
"""How much larger than usual a title is written, at least."""

_BELOW = 0.3
"""What a title further down counts for."""

_SUBJECT = re.compile(
    r"^(?:subject|re|betreff|betrifft|betr|objet|concerne|oggetto|asunto|betreft|onderwerp|dotyczy|tytulem|vec|predmet"
    r"|angaende|arende|amne|emne|vedrorende|asia|targy|assunto|zadeva) (?!nr|no)"
)
"""What a letter has before its title."""

_NUMBER_WORD = (
    r"(?:no|nr|n|num|numero|number|nummer|numer|cislo|c|id|ref|of|du|del|dated|date|datum|data|vom|van|den|le|the|z"
    r"|dnia|ze|dne|rev|from|#)"
)
_NUMBERED = re.compile(rf"(?:{_NUMBER_WORD} )*(?:\S*\d\S*)(?: {_NUMBER_WORD}| \S*\d\S*)*")
_LABEL = re.compile(rf"(?:{_NUMBER_WORD} ?)+")
_NUMBER_FIRST = re.compile(r"^(?:no|nr|nomor|numero|numer|cislo|st|br|αρ|номер) (?=[^\W\d])")
"""What stands before a title that is the label of its number: "No. Nota kredit 12"."""

_WITHIN_NUMBER = re.compile(r"(?<=[^\W_])[-/](?=\w*\d)")
"""What stands within a number (M-55), which is one word."""

_LONGEST = 60
"""Letters of a cell in which a title stands."""


@dataclass(frozen=True)
class Title:
    """A place where a type is named: `how` ("alone", "numbered", "label", "begun" or "passing"), and in which words.

    `stands` says how far it stands out, 1 for usual letters at the top; `single` that its row has no other cell.
    """

    type: DocumentType
    row: Row
    how: str
    stands: float
    tall: bool
    single: bool
    capitals: bool


def titles_of(rows: Sequence[Row]) -> list[Title]:
    """Every place on these rows, of one page, where a cell begins with the name of a type."""
    usual = sorted(row.height for row in rows)[len(rows) // 2] if rows else 1.0
    shouted = sum(row.text.isupper() for row in rows) > len(rows) / 2
    return [title for row in rows for title in _titles(row, usual, shouted)]


def leading(titles: Sequence[Title]) -> Title | None:
    """The first that stands above what follows, rather than as a label or in a sentence."""
    return next((title for title in titles if title.how in ("alone", "numbered", "begun")), None)


def _titles(row: Row, usual: float, shouted: bool) -> Iterator[Title]:
    cells = row.cells()
    for position, (start, end) in enumerate(cells):
        text = row.text[start:end]
        if len(text) > _LONGEST:
            continue
        after = row.text[end:].strip(CELL + " ") if position + 1 < len(cells) else ""
        for name, length, words in _named(text, row.source == "ocr"):
            stands = min(max(row.height / usual, 0.7), 1.8) * (1.0 if row.place < TOP else _BELOW)
            how = _how(words[length:].strip(), text, after)
            big = row.height > _TALL * usual
            yield Title(name, row, how, stands, big, len(cells) == 1, text.isupper() and not shouted)


def _named(text: str, misread: bool) -> list[tuple[DocumentType, int, str]]:
    """The types that a cell begins with, those of the longest title, with its length and the words of the cell.

    `misread`: by OCR, so that it is also tried with misread words put right.
    """
    text = _WITHIN_NUMBER.sub("", text)
    best: list[tuple[DocumentType, int, str]] = []
    for words in dict.fromkeys((plain_words(text), *([fold(text)] if misread else []))):
        words = _NUMBER_FIRST.sub("", _SUBJECT.sub("", words))
        found = [
            (name, len(match[0]), words) for name, of in document_types().items() if (match := of.title.match(words))
        ]
        longest = max((length for _, length, _ in (*best, *found)), default=0)
        best = [one for one in (*best, *found) if one[1] == longest]
    named = {one[0]: one for one in best}
    if len(named) > 1:  # what ends in "rechnung" is called more narrowly by the other
        named.pop("invoice", None)
    return list(named.values())


def _how(rest: str, text: str, after: str) -> str:
    if _NUMBERED.fullmatch(rest):
        return "numbered"
    labelled = text.rstrip().endswith((":", "#")) or re.match(r"\W*\S*\d", after)
    if (rest and _LABEL.fullmatch(rest)) or (labelled and len(rest.split()) < 2):
        return "label"
    if not rest:
        return "alone"
    return "begun" if len(rest.split()) <= 3 and "." not in text.rstrip(".") else "passing"
