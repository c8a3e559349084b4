"""Date of issue and due date: which of a document's dates they are."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from extraction.evidence import DOUBT_BELOW, Evidence
from extraction.fields.dates import find_dates
from extraction.fields.days import DateSpan
from extraction.fields.deadlines import due_by, find_terms
from extraction.fields.labels import cell_above, cell_left, role_of, text_left
from extraction.fields.misread_dates import may_be
from extraction.fields.rows import Row
from extraction.fields.scoring import Candidate, candidate_at, choose, evidence
from extraction.fields.sheet import Sheet

_CLOCK = re.compile(r"\d{1,2}\s?[:;.]\s?\d{2}(?:\s?[:;.]\s?\d{2})?\s?(?:[AP]M)?", re.I)

_LIKELY = range(2000, 2040)
"""Years of documents that anybody still books; others are mostly misread."""

_DOUBTED = DOUBT_BELOW - 0.05


def read_dates(sheet: Sheet) -> dict[str, Evidence]:
    """Evidence for `issue_date` and `due_date`; the second is derived from terms where none is printed."""
    candidates = date_candidates(sheet)
    issued = evidence("issue_date", choose("issue_date", candidates))
    printed = evidence("due_date", choose("due_date", due_candidates(candidates, issued)))
    due = printed or (due_from_terms(sheet, issued) if issued else None)
    found = {"issue_date": issued, "due_date": due}
    return {name: value for name, value in found.items() if value}


def date_candidates(sheet: Sheet) -> list[Candidate]:
    """Every date of the document with its features, in the reading that the document's day order gives."""
    picked = [
        (row, span, sheet.order.pick(span))
        for row, spans in zip(sheet.rows, sheet.dates, strict=True)
        for span in spans
    ]
    if not picked:
        return []
    surest: dict[date, float] = {}
    for row, span, day in picked:
        surest[day] = max(surest.get(day, 0.0), row.confidence_of(span.start, span.end))
    counts = Counter(day for _, _, day in picked)
    page = _Setting(counts, surest, max(counts), picked[0][0].index)
    return [_candidate(sheet, row, span, day, page) for row, span, day in picked]


@dataclass(frozen=True)
class _Setting:
    """What a date is compared with: how often each is printed, how surely it was read; the latest; the first's row."""

    counts: Counter[date]
    surest: dict[date, float]
    latest: date
    first: int


def _candidate(sheet: Sheet, row: Row, span: DateSpan, day: date, page: _Setting) -> Candidate:
    role, above = _role(sheet, row, span)
    beside = row.text[span.end : span.end + 14] + row.text[max(0, span.start - 14) : span.start]
    count = page.counts[day]
    places = {other.start for other in sheet.dates[row.index]}
    ways = sum(other.start == span.start for other in sheet.dates[row.index])
    recognised = row.confidence_of(span.start, span.end)
    features = {
        f"role_{role or 'none'}": 1.0,
        "role_above": float(above and bool(role)),
        "first": float(row.index == page.first),
        "latest": float(day == page.latest),
        "repeated": min(count - 1, 2) / 2,
        "clock": float(bool(_CLOCK.search(beside))),
        "pair": float(len(places) > 1),
        "place": row.place,
        "later_page": float(row.page > sheet.pages[0].number),
        "repaired": span.faults,
        "remote": float(day.year not in _LIKELY),
        "misread": 1 - recognised,
        "weekday": float(span.weekday is True),
        "other_weekday": float(span.weekday is False),
        "glued": float(row.text[span.start - 1 : span.start].isalnum() if span.start else False),
        "outvoted": float(_outvoted(day, recognised, page)),
    }
    # What the order of day and month rests on is as good as a repeat: without it a date of two readings is a guess.
    sure = ways == 1 and (len(span.readings) == 1 or sheet.order.known)
    found = candidate_at(row, span.start, span.end, day.isoformat(), features, 0.5 * sure + 0.5 * (count > 1))
    borne_out = count > 1 or span.weekday is True
    if span.faults:
        found = _as_printed(found, row.text[span.start : span.end], forced=sure)
    doubted = (span.faults and not borne_out) or span.weekday is False or features["outvoted"]
    return replace(found, at_most=_DOUBTED) if doubted else found


def _as_printed(found: Candidate, text: str, forced: bool) -> Candidate:
    """A date that was put right says what was read; it is derived where that can be nothing else."""
    reason = f"read “{' '.join(text.split())}”"
    return replace(found, source="derived", reason=reason) if forced else replace(found, reason=reason)


def _outvoted(day: date, recognised: float, page: _Setting) -> bool:
    """Whether it may be another date misread, which is printed more often and was read more surely."""
    return any(
        count > page.counts[day] and page.surest[other] > recognised and may_be(day, other)
        for other, count in page.counts.items()
    )


def _role(sheet: Sheet, row: Row, span: DateSpan) -> tuple[str, bool]:
    """What the words before a date say it is, else those above; and whether they stood above."""
    others = [other.end for other in sheet.dates[row.index] if other.end <= span.start]
    before = row.text[max([0, *others]) : span.start]
    roles = [role_of("date", words) for words in (cell_left(row, span.start), before, text_left(row, span.start))]
    telling = [role for role in roles if role not in {"", "plain"}]
    if telling:
        return telling[0], False
    above = cell_above(sheet.rows, row, span.start, span.end)
    # What stands over a date but has one of its own speaks of that one.
    if (role := role_of("date", above)) and not any(find_dates(above)):
        return role, True
    return next(filter(None, roles), ""), False


def due_candidates(candidates: list[Candidate], issued: Evidence | None) -> list[Candidate]:
    """Dates that may be the due date: whatever does not lie before the date of issue."""
    return [found for found in candidates if issued is None or found.value >= issued.value]


def due_from_terms(sheet: Sheet, issued: Evidence) -> Evidence | None:
    """The due date by the longest terms that the document states, counted from its date of issue."""
    stated = [(terms, row) for row in sheet.rows if (terms := find_terms(row.text))]
    if not stated:
        return None
    terms, row = max(stated, key=lambda pair: pair[0].days)
    return Evidence(
        due_by(date.fromisoformat(issued.value), terms).isoformat(),
        # A derived date is doubtful by its nature: terms may count from delivery or receipt.
        min(0.75, issued.confidence * 0.85),
        "derived",
        row.page,
        row.box_of(terms.start, terms.end),
        f'from "{terms.words}"',
    )
