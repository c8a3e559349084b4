"""Candidates for the type of a document, with what speaks for each: titles, phrases, what only one has."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import get_args

from extraction.evidence import DocumentType
from extraction.fields.candidate import Candidate
from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.layout.titles import Title, leading, titles_of
from extraction.fields.money.labelled_amounts import Amount
from extraction.fields.patterns.document_types import document_types, plain_words

_HOW = ("alone", "numbered", "label", "begun", "passing")
_MOST_PHRASES = 4
_ACROSS = 60
"""Letters across a page below which it is a till slip: till rolls have 24 to 48, letters on A4 70 and more."""
_FEWEST_LETTERS = 3
"""Of a word by which the width of letters is measured."""
_READ = 0.9
"""The recogniser's confidence in what has no title."""
_CLOCK = re.compile(r"\b\d{1,2}\s?[:;]\s?\d{2}\b")
_BILLS = frozenset({"invoice", "receipt", "credit_note"})


@dataclass(frozen=True)
class Findings:
    """What else was found on the document: its amounts, the names of its fields, and its total."""

    amounts: Sequence[Amount]
    fields: Collection[str]
    total: Decimal | None = None


def type_candidates(sheet: DocumentLayout, found: Findings) -> list[Candidate]:
    """A candidate for each type; for "other" nothing speaks but how often papers are none of these."""
    first = [row for row in sheet.rows if row.page == sheet.pages[0].number]
    titles = titles_of(first)
    first_title = leading(titles)
    text = "\n".join(plain_words(row.text) for row in sheet.rows)
    own = _structure(sheet, found)
    return [
        _candidate(
            name,
            [title for title in titles if title.type == name],
            first_title is not None and name == first_title.type,
            text,
            own,
        )
        for name in get_args(DocumentType)
    ]


def _candidate(
    name: DocumentType, titles: Sequence[Title], leads: bool, text: str, own: Mapping[str, Mapping[str, float]]
) -> Candidate:
    features = {f"is_{name}": 1.0, "leads": float(leads), **_titled(titles), **own.get(name, {})}
    if words := document_types().get(name):
        said = sum(bool(phrase.search(text)) for phrase in words.phrases)
        features |= {"said": float(said > 0), "phrases": min(said, _MOST_PHRASES) / _MOST_PHRASES}
    if name not in _BILLS:
        features |= own["paper"]
    best = max(titles, key=lambda title: title.stands, default=None)
    row = best.row if best else None
    return Candidate(
        name,
        row.page if row else 1,
        None,
        row.source if row else "text",
        features,
        _confidence(best),
        features["leads"],
    )


def _titled(titles: Sequence[Title]) -> dict[str, float]:
    """The best title of each sort, and whether one of them stands out."""
    placed = [title for title in titles if title.how in ("alone", "numbered", "begun")]
    best = {how: max((title.stands for title in titles if title.how == how), default=0.0) for how in _HOW}
    return {
        **best,
        "tall": float(any(title.tall for title in placed)),
        "single": float(any(title.single and title.how != "begun" for title in placed)),
        "capitals": float(any(title.capitals for title in placed)),
        "often": min(len(titles), 4) / 4,
    }


def _confidence(title: Title | None) -> float:
    if title is None:
        return _READ
    return min((word.confidence for word in title.row.words), default=1.0)


def _structure(sheet: DocumentLayout, found: Findings) -> dict[str, dict[str, float]]:
    """By type, or "paper" for all that are no bill: what was found and how it is printed."""
    roles = {amount.role for amount in found.amounts if amount.value}
    priced, negative = "total" in found.fields, found.total is not None and found.total < 0
    slip = priced and is_narrow(sheet)
    scanned = sheet.pages[0].source == "ocr"  # a narrow text layer may be a letter, too
    return {
        "invoice": {
            "to_be_paid": float(bool({"due_date", "iban"} & set(found.fields))),
            "numbered_bill": float("number" in found.fields),
            "taxed": float("tax" in found.fields),
            "unpriced_bill": float(not priced),
        },
        "receipt": {
            "change_given": float(priced and roles >= {"change", "cash"}),
            "paid": float(priced and "cash" in roles),
            "slip": float(slip and scanned),
            "slip_in_text": float(slip and not scanned),
            "clocked": float(priced and _clocked(sheet)),
            "addressed": float("buyer" in found.fields),
            "unpriced_receipt": float(not priced),
        },
        "credit_note": {"negative": float(negative), "unpriced_bill": float(not priced)},
        "paper": {"unpriced": float(not priced), "paper_slip": float(slip and scanned)},
    }


def _clocked(sheet: DocumentLayout) -> bool:
    """Whether a date has the time of day beside it, as tills print it."""
    return any(spans and _CLOCK.search(row.text) for row, spans in zip(sheet.rows, sheet.dates, strict=True))


def is_narrow(sheet: DocumentLayout) -> bool:
    """Whether the first page is printed as a till slip: so few letters beside each other, as wide as they are."""
    page = sheet.pages[0]
    words = [word for word in page.words if len(word.text) >= _FEWEST_LETTERS]
    if not words:
        return False
    letter = median((word.box[2] - word.box[0]) / len(word.text) for word in words)
    across = max(word.box[2] for word in words) - min(word.box[0] for word in words)
    return across < _ACROSS * letter
