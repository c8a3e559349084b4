"""Date of issue and due date: which of a document's dates they are."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from extraction.evidence import Evidence
from extraction.fields.dates import DateSpan, find_dates
from extraction.fields.deadlines import due_by, find_terms
from extraction.fields.labels import cell_above, cell_left, role_of, text_left
from extraction.fields.rows import Row
from extraction.fields.scoring import Candidate, candidate_at, choose, evidence
from extraction.fields.sheet import Sheet

_CLOCK = re.compile(r"\d{1,2}\s?[:;.]\s?\d{2}(?:\s?[:;.]\s?\d{2})?\s?(?:[AP]M)?", re.I)


_LIKELY = range(2000, 2040)
"""Years of documents that anybody still books; others are mostly misread."""


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
    counts = Counter(day for _, _, day in picked)
    latest = max(counts)
    first = picked[0][0].index
    return [
        _candidate(sheet, row, span, day, counts[day], day == latest, row.index == first) for row, span, day in picked
    ]


def _candidate(sheet: Sheet, row: Row, span: DateSpan, day: date, count: int, latest: bool, first: bool) -> Candidate:
    role, above = _role(sheet, row, span)
    beside = row.text[span.end : span.end + 14] + row.text[max(0, span.start - 14) : span.start]
    features = {
        f"role_{role or 'none'}": 1.0,
        "role_above": float(above and bool(role)),
        "first": float(first),
        "latest": float(latest),
        "repeated": min(count - 1, 2) / 2,
        "clock": float(bool(_CLOCK.search(beside))),
        "pair": float(len(sheet.dates[row.index]) > 1),
        "place": row.place,
        "later_page": float(row.page > sheet.pages[0].number),
        "repaired": float(span.repaired),
        "remote": float(day.year not in _LIKELY),
        "misread": 1 - row.confidence_of(span.start, span.end),
    }
    # What the order of day and month rests on is as good as a repeat: without it a date of two readings is a guess.
    sure = len(span.readings) == 1 or sheet.order.known
    return candidate_at(row, span.start, span.end, day.isoformat(), features, 0.5 * sure + 0.5 * (count > 1))


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
