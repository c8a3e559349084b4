"""What a document is called and paid by: its number, the purchase order, VAT id, IBAN, BIC and payment reference."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterator
from dataclasses import replace

from schwifty import BIC
from schwifty.exceptions import SchwiftyException

from extraction.evidence import Evidence
from extraction.fields.decision.scoring import Candidate, candidate_at, choose, evidence
from extraction.fields.layout.document_layout import Sheet
from extraction.fields.layout.labels import cell_above, fold, has, role_of, vocabulary
from extraction.fields.layout.rows import CELL, Row
from extraction.standards.check_digits import iban_in, reference_in

_TOKEN = re.compile(r"(?<![\w/.\-])[A-Za-z0-9#][A-Za-z0-9/_.\-()]*\d[A-Za-z0-9/_.\-()]*|(?<![\w.,])\d(?!\w)")
_BRACKETS = re.compile(r"\([^()]*\)")
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


def read_references(sheet: Sheet) -> dict[str, Evidence]:
    """Evidence for `number`, `purchase_order`, `vat_id`, `iban`, `bic` and `payment_reference`, where found."""
    found = {name: evidence(name, choose(name, those)) for name, those in reference_candidates(sheet).items()}
    return {name: value for name, value in found.items() if value}


def reference_candidates(sheet: Sheet) -> dict[str, list[Candidate]]:
    """What each of these fields may be; a number of an invoice or order may be either's."""
    numbers = list(number_candidates(sheet))
    return {
        "number": numbers,
        "purchase_order": numbers,
        "vat_id": list(_vat_ids(sheet)),
        "iban": list(_checked(sheet, _IBAN, iban_in)),
        "bic": list(_bics(sheet)),
        "payment_reference": list(_payment(sheet)),
    }


def number_candidates(sheet: Sheet, roles: Container[str] = ("invoice", "order")) -> Iterator[Candidate]:
    """Every token with a digit that words beside or above call the number of something of these roles."""
    tokens = [(row, match) for row in sheet.rows for match in _TOKEN.finditer(row.text)]
    counts = Counter(match[0] for _, match in tokens)
    for row, match in tokens:
        start, text = match.start(), match[0].rstrip(".-/(")
        while text.endswith(")") and "(" not in text:
            text = text[:-1]
        text, start = (text[1:], start + 1) if text.startswith("#") else (text, start)
        if not re.search(r"\d", text) or _is_amount(sheet, row, start) or _is_date(sheet, row, start, len(text)):
            continue
        label, role, above = _role(sheet, row, start, start + len(text))
        if role not in roles:
            continue
        named = bool(re.search(r"\b(?:no|nr|number|num|nummer|#|id|n|numero)$|\w(?:nr|nummer)$", fold(label)))
        features = {
            f"role_{role}": 1.0,
            "named": float(named),
            "yours": float(has("number", "yours", label)),
            "above": float(above),
            "letters": float(bool(re.search(r"[A-Za-z]", text))),
            "short": float(len(text) < 3),
            "long": float(len(text) > 20),
            "digits": min(sum(char.isdigit() for char in text), 8) / 8,
            "repeated": min(counts[match[0]] - 1, 2) / 2,
            "place": row.place,
            "later_page": float(row.page > sheet.pages[0].number),
            "tall": float(row.height > 1.2 * _usual_height(sheet)),
            "misread": 1 - row.confidence_of(start, start + len(text)),
        }
        agreement = min(1.0, 0.5 * named + 0.5 * (counts[match[0]] > 1) + features["yours"])
        yield candidate_at(row, start, start + len(text), text, features, agreement)


def _checked(sheet: Sheet, pattern: re.Pattern[str], check: Callable[[str], str | None]) -> Iterator[Candidate]:
    """Candidates of values that carry their own check digits."""
    for row in sheet.rows:
        for match in pattern.finditer(row.text):
            if value := check(match[0]):
                yield candidate_at(row, match.start(), match.end(), value, {"checked": 1.0, "place": row.place}, 1.0)


def _payment(sheet: Sheet) -> Iterator[Candidate]:
    for pattern in (_RF, _QRR, _BELGIAN):
        yield from _checked(sheet, pattern, reference_in)
    for found in number_candidates(sheet, {"payment"}):
        features = {name: found.features[name] for name in ("named", "short", "place", "misread")}
        yield replace(found, features={"labelled": 1.0, **features})


def _vat_ids(sheet: Sheet) -> Iterator[Candidate]:
    """VAT ids; the buyer's, which stands under or behind words for the buyer, is told by them."""
    for row in sheet.rows:
        squeezed, offsets = _squeezed(row.text)
        for match in _VAT.finditer(squeezed):
            start, end = offsets[match.start()], offsets[match.end() - 1] + 1
            label = row.text[:start] + " " + cell_above(sheet.rows, row, start, end)
            if match[0][0] == "T" and not _is_corporate_number(match[0][1:]):
                continue
            buyer = vocabulary()["party"]["buyer"].search(fold(label)) is not None
            features = {"checked": 1.0, "buyer": float(buyer), "place": row.place}
            yield candidate_at(row, start, end, match[0].replace(".", "").replace("-", ""), features, 0.5)


def _is_corporate_number(digits: str) -> bool:
    """Whether the first digit of a Japanese Corporate Number checks the rest (ordinance on it, art. 2)."""
    weighed = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits[1:])))
    return int(digits[0]) == 9 - weighed % 9


def _squeezed(text: str) -> tuple[str, list[int]]:
    """The text without blanks between groups of digits (FR 32 123 456 789), and each character's former offset."""
    drop = {match.start(1) for match in re.finditer(r"(?<=[A-Z0-9])( )(?=\d)", text)}
    kept = [offset for offset in range(len(text)) if offset not in drop]
    return "".join(text[offset] for offset in kept), kept


def _bics(sheet: Sheet) -> Iterator[Candidate]:
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


def _role(sheet: Sheet, row: Row, start: int, end: int) -> tuple[str, str, bool]:
    """The words that name a token, the role they give it, and whether they stood above."""
    before = _BRACKETS.sub(lambda match: " " * len(match[0]), row.text[:start])
    own = before.rpartition(CELL)
    near = re.split(r"\S*\d\S*\s", own[2] if own[2].strip(" :#") else own[0].rpartition(CELL)[2] + own[2])[-1]
    if role := role_of("number", near):
        return near, role, False
    if not own[2].strip() and not before.rstrip().endswith(":"):
        above = cell_above(sheet.rows, row, start, end)
        return above, role_of("number", above), True
    return near, "", False


def _usual_height(sheet: Sheet) -> float:
    heights = sorted(row.height for row in sheet.rows)
    return heights[len(heights) // 2]


def _is_amount(sheet: Sheet, row: Row, start: int) -> bool:
    return any(span.start <= start < span.end and span.places == 2 for span in sheet.amounts[row.index])


def _is_date(sheet: Sheet, row: Row, start: int, length: int) -> bool:
    """Whether the token is no more than a date; a number may have one in it (RE-20200101)."""
    return any(span.start <= start and start + length <= span.end + 1 for span in sheet.dates[row.index])
