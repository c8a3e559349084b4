"""What a document is called and paid by: its number, the purchase order, VAT id, IBAN, BIC and payment reference."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from schwifty import BIC
from schwifty.exceptions import SchwiftyException

from extraction.fields.candidate import Candidate, candidate_at
from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.layout.labels import cell_above
from extraction.fields.layout.rows import Row
from extraction.fields.patterns.tax_ids import named_tax_ids
from extraction.fields.patterns.vocabulary import fold, vocabulary
from extraction.fields.references.document_numbers import number_candidate, number_candidates
from extraction.fields.references.preceding_invoices import Numbers
from extraction.standards.check_digits import iban_in, reference_in

_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?:[ \t]?[A-Z0-9]){11,30}")
_BIC = re.compile(r"(?<![A-Z0-9])[A-Z]{6}[A-Z2-9][A-NP-Z0-9](?:[A-Z0-9]{3})?(?![A-Z0-9])")
_BIC_LABEL = re.compile(r"\b(?:BIC|SWIFT)\b", re.I)
# EU member states, Great Britain, Norway and Switzerland: forms by Council Directive 2006/112/EC, art. 215 ff.
_VAT = re.compile(
    r"(?<![A-Z0-9])(?:ATU\d{8}|BE[01]\d{9}|BG\d{9,10}|CY\d{8}[A-Z]|CZ\d{8,10}|DE\d{9}|DK\d{8}|EE\d{9}|EL\d{9}|ES[A-Z0-9]\d{7}[A-Z0-9]"
    r"|FI\d{8}|FR[A-Z0-9]{2}\d{9}|GB(?:\d{9}|\d{12})|HR\d{11}|HU\d{8}|IE\d[A-Z0-9]\d{5}[A-Z]{1,2}|IT\d{11}|LT(?:\d{9}|\d{12})|LU\d{8}"
    r"|LV\d{11}|MT\d{8}|NL\d{9}B\d{2}|PL\d{10}|PT\d{9}|RO\d{2,10}|SE\d{12}|SI\d{8}|SK\d{10}|CHE-?\d{3}\.?\d{3}\.?\d{3}"
    r"|T\d{13})(?![A-Z0-9])"  # of a qualified invoice issuer in Japan
)
_RF = re.compile(r"(?<![A-Z0-9])RF\d{2}(?: ?[A-Z0-9]{1,4}){1,6}")
_QRR = re.compile(r"(?<!\d)\d{2}(?: ?\d{5}){5}(?!\d)")
_BELGIAN = re.compile(r"\+{3}\s?(\d{3})/(\d{4})/(\d{5})\s?\+{3}|\*{3}\s?(\d{3})/(\d{4})/(\d{5})\s?\*{3}")


_BLOCK = 10.0
"""How far below the heading of its party a number may stand, in heights of its row."""

_FEW = 3
"""Words of a heading at most."""


def reference_candidates(sheet: DocumentLayout, found: Numbers) -> dict[str, list[Candidate]]:
    """What each of these fields may be; a bill's or order's number may be either's, that of another bill neither's."""
    numbers = [number_candidate(sheet, token, role) for token, role in found.own]
    return {
        "number": numbers,
        "purchase_order": numbers,
        "vat_id": list(_vat_ids(sheet)),
        "iban": list(_checked(sheet, _IBAN, iban_in)),
        "bic": list(_bics(sheet)),
        "payment_reference": list(_payment(sheet)),
    }


def _checked(
    sheet: DocumentLayout, pattern: re.Pattern[str], check: Callable[[str], str | None]
) -> Iterator[Candidate]:
    """Candidates of values that carry their own check digits."""
    for row in sheet.rows:
        for match in pattern.finditer(row.text):
            if value := check(match[0]):
                yield candidate_at(row, match.start(), match.end(), value, {"checked": 1.0, "place": row.place}, 1.0)


def _payment(sheet: DocumentLayout) -> Iterator[Candidate]:
    for pattern in (_RF, _QRR, _BELGIAN):
        yield from _checked(sheet, pattern, reference_in)
    for found in number_candidates(sheet, {"payment"}):
        features = {name: found.features[name] for name in ("named", "short", "place", "misread")}
        yield replace(found, features={"labelled": 1.0, **features})


def _vat_ids(sheet: DocumentLayout) -> Iterator[Candidate]:
    """VAT ids, and tax numbers by their countries' names; the buyer's is told by its words and the heading above it."""
    for row in sheet.rows:
        for found in named_tax_ids(row.text):
            features = _whose(sheet, row, found.start, found.end) | {"checked": float(found.checked)}
            yield candidate_at(row, found.start, found.end, found.value, features, 0.5)
        squeezed, offsets = _squeezed(row.text)
        for match in _VAT.finditer(squeezed):
            start, end = offsets[match.start()], offsets[match.end() - 1] + 1
            if match[0][0] == "T" and not _is_corporate_number(match[0][1:]):
                continue
            features = _whose(sheet, row, start, end) | {"checked": 1.0}
            yield candidate_at(row, start, end, match[0].replace(".", "").replace("-", ""), features, 0.5)


def _whose(sheet: DocumentLayout, row: Row, start: int, end: int) -> dict[str, float]:
    """The features of a number by where it stands: on its page, and in the buyer's block."""
    label = row.text[:start] + " " + cell_above(sheet.rows, row, start, end)
    buyer = (
        vocabulary()["party"]["buyer"].search(fold(label)) is not None
        or _heading(sheet, row, *row.cell_at(start)) == "buyer"
    )
    return {"buyer": float(buyer), "place": row.place}


def _heading(sheet: DocumentLayout, row: Row, start: int, end: int) -> str:
    """The party whose heading is the nearest one above a cell, "" where there is none over it."""
    x0, y0, x1, _ = row.box_of(start, end)
    for above in reversed(sheet.rows[: row.index]):
        if above.page != row.page or y0 - above.words[0].box[3] > _BLOCK * row.height:
            return ""
        for first, last, (left, _, right, _) in above.cell_boxes:
            words = fold(above.text[first:last])
            if left < x1 and x0 < right and 0 < len(words.split()) <= _FEW:
                for role in ("buyer", "seller"):
                    if vocabulary()["party"][role].match(words):
                        return role
    return ""


def _is_corporate_number(digits: str) -> bool:
    """Whether the first digit of a Japanese Corporate Number checks the rest (ordinance on it, art. 2)."""
    weighed = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits[1:])))
    return int(digits[0]) == 9 - weighed % 9


def _squeezed(text: str) -> tuple[str, list[int]]:
    """The text without blanks between groups of digits (FR 32 123 456 789), and each character's former offset."""
    drop = {match.start(1) for match in re.finditer(r"(?<=[A-Z0-9])( )(?=\d)", text)}
    kept = [offset for offset in range(len(text)) if offset not in drop]
    return "".join(text[offset] for offset in kept), kept


def _bics(sheet: DocumentLayout) -> Iterator[Candidate]:
    for row in sheet.rows:
        for match in _BIC.finditer(row.text):
            near = row.text[: match.start()] + cell_above(sheet.rows, row, match.start(), match.end())
            if not _BIC_LABEL.search(near):
                continue
            try:
                BIC(match[0])
            except (SchwiftyException, ValueError):
                continue
            yield candidate_at(row, match.start(), match.end(), match[0], {"checked": 1.0, "place": row.place}, 1.0)
