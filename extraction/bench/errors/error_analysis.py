"""Why a field was missed: whether its value was not found on the page, misread, or another candidate was preferred."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from rapidfuzz import fuzz

from extraction.bench.correctness import RULES, Truth
from extraction.evidence import Box, Evidence, Reading, pages_of
from extraction.fields.decision.field_candidates import candidates_of
from extraction.fields.layout.document_layout import DocumentLayout, lay_out

NOT_READ = "file not read"
NOT_DETECTED = "not detected"
MISREAD = "misread"
NOT_UNDERSTOOD = "printed, but no candidate"
LEFT_OPEN = "candidate, but none chosen"
OTHER_CHOSEN = "wrong candidate"
REASONS = (NOT_DETECTED, MISREAD, NOT_UNDERSTOOD, LEFT_OPEN, OTHER_CHOSEN, NOT_READ)

_LIKE = 75
"""Per cent of likeness (rapidfuzz's partial ratio) from which a text counts as the value misread."""

Spot = tuple[int, Box]


@dataclass(frozen=True)
class Miss:
    """A field whose value is wrong or missing, and why.

    `got` is what was read, None for nothing, and `chosen` where it stands; `printed` is where the right value
    stands, or what was made of it, None when it was not found.
    """

    column: str
    reason: str
    wanted: str
    got: str | None = None
    chosen: Spot | None = None
    printed: Spot | None = None


def misses_of(reading: Reading, truth: Truth) -> list[Miss]:
    """The columns of `RULES` that the truth has and the first document read has wrong."""
    document = reading.documents[0] if reading.documents else None
    sheet = lay_out(pages_of(document, reading.pages) if document else reading.pages)
    return [
        _miss(column, document.fields.get(name) if document else None, sheet, truth)
        for column, (name, rule) in RULES.items()
        if name in truth and not (document and (value := document.value(name)) and rule(value, truth))
    ]


def _miss(column: str, found: Evidence | None, sheet: DocumentLayout, truth: Truth) -> Miss:
    name, rule = RULES[column]
    chosen = (found.page, found.box) if found and found.box else None
    got = found.value if found else None
    wanted = str(truth[name])
    if not sheet.rows:
        return Miss(column, NOT_READ if not sheet.pages else NOT_DETECTED, wanted, got, chosen)
    right = [one for one in candidates_of(name, sheet) if rule(one.value, truth)]
    if right:
        place = next(((one.page, one.box) for one in right if one.box), None)
        return Miss(column, OTHER_CHOSEN if found else LEFT_OPEN, wanted, got, chosen, place)
    likeness, spot = max(_likenesses(name, sheet, truth), default=(0.0, None), key=lambda pair: pair[0])
    reason = NOT_UNDERSTOOD if likeness >= 100 else MISREAD if likeness >= _LIKE else NOT_DETECTED
    return Miss(column, reason, wanted, got, chosen, spot if likeness >= _LIKE else None)


def _likenesses(name: str, sheet: DocumentLayout, truth: Truth) -> Iterator[tuple[float, Spot]]:
    """How much each row, and each pair of rows for a name, is like one of the forms the value may be printed in."""
    keep = re.compile(r"[\d.,]" if name == "total" else r"[^\W_]")
    forms = _FORMS[name](truth)
    for row in sheet.rows:
        offsets = [at for at, character in enumerate(row.text) if keep.match(character)]
        text = "".join(row.text[at].casefold()[:1] for at in offsets).replace(",", ".")
        for form in forms:
            if len(text) < len(form) / 2:
                continue
            found = fuzz.partial_ratio_alignment(form, text)
            if found and found.dest_end > found.dest_start:
                start, end = offsets[found.dest_start], offsets[found.dest_end - 1] + 1
                # A part of a name is none of it; partial_ratio takes the shorter text for the one looked for.
                likeness = found.score * min(1.0, len(text) / len(form))
                yield likeness, (row.page, row.box_of(start, end))


def _totals(truth: Truth) -> list[str]:
    values = [truth["total"], *truth.get("total_alt", ()), *filter(None, [truth.get("printed_total")])]
    amounts = [abs(Decimal(value)) for value in values]
    return [form for amount in amounts for form in {f"{amount:.2f}", f"{amount:,.2f}".replace(",", ".")}]


def _dates(truth: Truth) -> list[str]:
    days = [date.fromisoformat(day) for day in {truth["issue_date"], *truth.get("date_readings", ())}]
    layouts = ("%d%m%Y", "%m%d%Y", "%d%m%y", "%m%d%y", "%Y%m%d", "%d%b%Y", "%b%d%Y", "%d%b%y", "%b%d%y")
    written = {day.strftime(layout).casefold() for day in days for layout in layouts}
    bare = {f"{day.month}{day.day}{day.year}" for day in days} | {f"{day.day}{day.month}{day.year}" for day in days}
    return sorted(written | {form for form in bare if len(form) > 6})


def _names(truth: Truth) -> list[str]:
    return [_letters(name) for name in (truth["vendor"], *truth.get("vendor_alt", ()))]


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


_FORMS: Mapping[str, Callable[[Mapping[str, Any]], list[str]]] = {
    "total": _totals,
    "issue_date": _dates,
    "vendor": _names,
    "number": lambda truth: [_letters(str(truth["number"]))],
}
