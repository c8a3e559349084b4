"""What a field may be: a value with what speaks for and against it, and the choice that was made among several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from extraction.evidence import Box, Source
from extraction.fields.layout.rows import Row

Features = Mapping[str, float]


@dataclass(frozen=True)
class Candidate:
    """A value that a field may have, where it stands, and what speaks for and against it.

    `recognised` is the recogniser's confidence in the words it stands in (1 for a text layer); `agreement` is
    evidence for this value from elsewhere in the document, from 0 to 1 (a sum that works out, a check digit, a
    repeat). `remembered` is what is added to its score because corrections of the vendor's earlier documents speak for
    it (see extraction.corrections); 0 where nothing is remembered. `at_most` is the confidence beyond which it
    cannot come: what was put right, or what something on the page contradicts, is doubted whatever else speaks for
    it. `otherwise` are values that are this one counted otherwise, with a discount or commission taken off: which of
    them is meant is no matter of reading.
    """

    value: str
    page: int
    box: Box | None
    source: Source
    features: Features
    recognised: float = 1.0
    agreement: float = 0.0
    reason: str = ""
    remembered: float = 0.0
    at_most: float = 1.0
    otherwise: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Choice:
    """The candidate that was chosen and its share of the probability, before that is turned into confidence."""

    candidate: Candidate
    share: float
    ranked: tuple[tuple[str, float], ...] = field(default=(), repr=False)


def candidate_at(row: Row, start: int, end: int, value: str, features: Features, agreement: float = 0.0) -> Candidate:
    """The candidate that stands at `row.text[start:end]`."""
    place, confidence = row.box_of(start, end), row.confidence_of(start, end)
    return Candidate(value, row.page, place, row.source, features, confidence, agreement)
