"""Signs and codes of currencies that stand beside amounts, and how much they can be trusted to be no misread words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.layout.rows import CELL, Row
from extraction.fields.money.labelled_amounts import SUMS
from extraction.fields.patterns.amounts import AmountSpan
from extraction.fields.patterns.currencies import COMMON, SHARED, currency_code_of
from extraction.fields.patterns.vocabulary import role_of

Place = tuple[int, int, int]
"""Index of a row, start and end in its text."""

_CODE = re.compile(r"[A-Z]{3}")
_FEW, _HALF = 0.3, 0.5


@dataclass
class Beside:
    """A currency's signs beside amounts: how many, how many as a lone word (BALL PEN 1.20), whether at a total."""

    place: Place
    times: int = 0
    worded: int = 0
    on_total: bool = False
    shared: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Signs:
    """What stands beside the amounts of a document: by ISO 4217 code, and how many amounts there are.

    A sign that several currencies share counts for each of them, with the sign in `shared`.
    """

    beside: Mapping[str, Beside]
    amounts: int
    scanned: bool

    def share(self, code: str) -> float:
        """The share of amounts that the currency stands beside."""
        return self.beside[code].times / max(self.amounts, 1) if code in self.beside else 0.0

    def stray(self, code: str) -> bool:
        """Whether what OCR saw at so few amounts may be another sign, or none."""
        found = self.beside[code]
        return self.scanned and not found.on_total and self.share(code) < _FEW

    def a_word(self, code: str) -> bool:
        """Whether its letters stand at few amounts, as the last word of what was bought."""
        found = self.beside[code]
        return found.worded == found.times and not found.on_total and self.share(code) < _HALF

    def plain(self, code: str) -> bool:
        """Whether it is printed beyond doubt: in a text layer, or by OCR at several amounts."""
        found = self.beside[code]
        if self.a_word(code):
            return False
        return not self.scanned or (found.times > 1 and self.share(code) >= _FEW)


def signs_of(sheet: DocumentLayout) -> Signs:
    """The signs and codes beside the amounts of a document."""
    found: dict[str, Beside] = {}
    counted = 0
    for row, spans in zip(sheet.rows, sheet.amounts, strict=True):
        for span in spans:
            counted += bool(span.places == 2 or span.currency) and not span.unit
            for code in _meant(span.currency):
                beside = found.setdefault(code, Beside((row.index, span.start, span.end)))
                beside.times += 1
                beside.worded += _is_worded(row, span)
                beside.on_total |= role_of("amount", row.text[: span.start]) in SUMS
                beside.shared |= {span.currency} if span.currency.upper() in SHARED else set()
    return Signs(found, counted, sheet.scanned)


def _meant(sign: str) -> tuple[str, ...]:
    """The currencies that a sign may mean; three capitals only where they are in common use."""
    if sign.upper() in SHARED:
        return SHARED[sign.upper()]
    code = currency_code_of(sign) if sign else None
    return (code,) if code and (code in COMMON or not _CODE.fullmatch(sign)) else ()


def _is_worded(row: Row, span: AmountSpan) -> bool:
    """Whether it is three letters before an amount, neither alone in their cell nor behind words for an amount."""
    before = row.text[: span.start].rstrip(" :(-−–\t")
    if not _CODE.fullmatch(span.currency) or not before.endswith(span.currency):
        return False
    words = before[: -len(span.currency)].rpartition(CELL)[2].strip()
    alone = not words and CELL in row.text[: span.start]
    return not alone and not role_of("amount", words)
