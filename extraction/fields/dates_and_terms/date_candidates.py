"""Date of issue and due date: which of a document's dates they are."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from extraction.evidence import CONFIDENCE_THRESHOLD, Evidence
from extraction.fields.candidate import Candidate, candidate_at
from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.layout.labels import cell_above, cell_left, text_left
from extraction.fields.layout.rows import Row
from extraction.fields.patterns.date_parts import DateSpan
from extraction.fields.patterns.dates import find_dates
from extraction.fields.patterns.misread_dates import may_be
from extraction.fields.patterns.vocabulary import role_of

_CLOCK = re.compile(r"\d{1,2}\s?[:;.]\s?\d{2}(?:\s?[:;.]\s?\d{2})?\s?(?:[AP]M)?", re.I)

_UNRELATED = "unrelated"
"""The role of dates that tell nothing of the document: how long goods can be returned, of which version a form is."""

_TO = re.compile(r"\s*(?:[-–—~]|to|bis|till?|until|through|au|al?)\s*", re.I)

_GLUE = re.compile(r"[^\W_]$|\d[-/.]$")  # HD03-04-06, and a unit of a house: #01-05/06/14

_LEGIBLE = 0.4
"""The recogniser's confidence below which one date in five was another."""

_LABEL = 4  # words of a label at most

_NUMBER = re.compile(r"\d{3}|\d[/-]\d")

_TORN = re.compile(r"(?<![^\W_])[-~.,'*/]$")
"""What the first digit of a day may have been taken for: 28/08/2017 was read as -8/08/2017."""

_LIKELY = range(2000, 2040)
"""Years of documents that anybody still books; others are mostly misread."""

_DOUBTED = CONFIDENCE_THRESHOLD - 0.05


def date_candidates(sheet: DocumentLayout) -> list[Candidate]:
    """Every date of the document with its features, in the reading that the document's day order gives."""
    printed = [_printed(sheet, row, span) for row, spans in zip(sheet.rows, sheet.dates, strict=True) for span in spans]
    if not printed:
        return []
    surest: dict[date, float] = {}
    for found in printed:
        surest[found.day] = max(surest.get(found.day, 0.0), found.recognised)
    counts = Counter(found.day for found in printed)
    # A code, or how long something is valid, may well come before the date of issue.
    own = [found for found in printed if not (found.glued or found.remote or found.role == _UNRELATED)]
    page = _Setting(counts, surest, max(counts), (own or printed)[0].row.index)
    return [_candidate(sheet, found, page) for found in printed]


@dataclass(frozen=True)
class _Printed:
    """A date where it is printed: as which day it is taken, what its label says it is, how surely it was read.

    `above` says that the label stands above it, `glued` that a letter or number sticks to its front, as in a code.
    """

    row: Row
    span: DateSpan
    day: date
    role: str
    above: bool
    recognised: float
    glued: bool

    @property
    def remote(self) -> bool:
        """Whether it is of a year of which nobody books documents."""
        return self.day.year not in _LIKELY

    @property
    def torn(self) -> bool:
        """Whether a digit may be missing in front of it."""
        text, start = self.row.text, self.span.start
        return not text[start + 1 : start + 2].isalnum() and bool(_TORN.search(text, 0, start))


def _printed(sheet: DocumentLayout, row: Row, span: DateSpan) -> _Printed:
    role, above = _role(sheet, row, span)
    recognised = row.confidence_of(span.start, span.end)
    glued = bool(_GLUE.search(row.text, 0, span.start))
    return _Printed(row, span, sheet.order.pick(span), role, above and bool(role), recognised, glued)


@dataclass(frozen=True)
class _Setting:
    """What a date is compared with: how often each is printed, how surely it was read; the latest; the first's row."""

    counts: Counter[date]
    surest: dict[date, float]
    latest: date
    first: int


def _candidate(sheet: DocumentLayout, printed: _Printed, page: _Setting) -> Candidate:
    row, span, day = printed.row, printed.span, printed.day
    beside = row.text[span.end : span.end + 14] + row.text[max(0, span.start - 14) : span.start]
    count = page.counts[day]
    starts = [other.start for other in sheet.dates[row.index]]
    features = {
        "role_due": 0.0,
        f"role_{printed.role or 'none'}": 1.0,
        "role_above": float(printed.above),
        "first": float(row.index == page.first),
        "latest": float(day == page.latest),
        "repeated": min(count - 1, 2) / 2,
        "clock": float(bool(_CLOCK.search(beside))),
        "pair": float(len(set(starts)) > 1),
        "place": row.place,
        "later_page": float(row.page > sheet.pages[0].number),
        "repaired": span.faults,
        "remote": float(printed.remote),
        "misread": 1 - printed.recognised,
        "weekday": float(span.weekday is True),
        "other_weekday": float(span.weekday is False),
        "glued": float(printed.glued),
        "disordered": float(bool(span.leads) and (span.leads == "day") != sheet.order.day_first),
        "outvoted": _outvoted(printed, page),
    }
    # What the order of day and month rests on is as good as a repeat: without it a date of two readings is a guess.
    days = sheet.order.left_open(span)
    sure = starts.count(span.start) == 1 and len(days) == 1
    found = candidate_at(row, span.start, span.end, day.isoformat(), features, 0.5 * sure + 0.5 * (count > 1))
    borne_out = count > 1 or span.weekday is True
    if span.faults:
        found = _as_printed(found, row.text[span.start : span.end], forced=sure)
    if len(days) > 1:
        found = replace(found, reason=" or ".join(one.isoformat() for one in days))
    doubted = len(days) > 1 or printed.remote or printed.torn or span.weekday is False or features["outvoted"]
    doubted = doubted or ((span.faults or printed.recognised < _LEGIBLE) and not borne_out)
    return replace(found, at_most=_DOUBTED) if doubted else found


def _as_printed(found: Candidate, text: str, forced: bool) -> Candidate:
    """A date that was put right says what was read; it is derived where that can be nothing else."""
    reason = f"read “{' '.join(text.split())}”"
    return replace(found, source="derived", reason=reason) if forced else replace(found, reason=reason)


def _outvoted(printed: _Printed, page: _Setting) -> float:
    """How far it may be another date misread: 1 where that is printed more often, ½ as often; both read more surely."""
    counts = [
        count
        for other, count in page.counts.items()
        if page.surest[other] > printed.recognised and may_be(printed.day, other)
    ]
    own = page.counts[printed.day]
    return 1.0 if any(count > own for count in counts) else 0.5 * any(count == own for count in counts)


def _role(sheet: DocumentLayout, row: Row, span: DateSpan) -> tuple[str, bool]:
    """What the words before a date say it is, else those above; and whether they stood above."""
    others = [other.end for other in sheet.dates[row.index] if other.end <= span.start]
    before = row.text[max([0, *others]) : span.start]
    roles = [role_of("date", words) for words in (cell_left(row, span.start), before, text_left(row, span.start))]
    telling = [role for role in roles if role not in {"", "plain"}]
    if telling:
        return telling[0], False
    if _from_to(sheet, row, span):
        return "period", False
    above = cell_above(sheet.rows, row, span.start, span.end)
    # What stands over a date but has one of its own, or a number, speaks of that; and a sentence is no label.
    if len(above.split()) <= _LABEL and not any(find_dates(above)) and not _NUMBER.search(above):
        role = role_of("date", above)
        if role not in {"", _UNRELATED}:
            return role, True
    return next(filter(None, roles), ""), False


def _from_to(sheet: DocumentLayout, row: Row, span: DateSpan) -> bool:
    """Whether it is one of two dates with nothing but a dash or “to” between them."""
    between = [row.text[min(other.end, span.end) : max(other.start, span.start)] for other in sheet.dates[row.index]]
    return any(_TO.fullmatch(text) for text in between)


def issue_candidates(candidates: list[Candidate]) -> list[Candidate]:
    """Dates that may be the date of issue: not those that words before them call due; what stands above may slip."""
    found = []
    for candidate in candidates:
        if not candidate.features["role_due"]:
            found.append(candidate)
        elif candidate.features["role_above"]:
            found.append(replace(candidate, at_most=_DOUBTED))
    return found


def due_candidates(candidates: list[Candidate], issued: Evidence | None) -> list[Candidate]:
    """Dates that may be the due date: whatever does not lie before the date of issue."""
    return [found for found in candidates if issued is None or found.value >= issued.value]
