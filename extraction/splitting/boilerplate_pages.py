"""Pages that say nothing of the document that they belong to: blank ones, and terms and conditions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extraction.fields.layout.rows import Row

_FEWEST = 12  # letters and digits of a page that is not blank; specks of a scan are read as a few
_HEADING = re.compile(
    r"\b(?:terms (?:and|&|of)\b|(?:general|standard) (?:terms|conditions)|conditions of (?:sale|purchase)|"
    r"allgemeine\w* (?:geschäfts|verkaufs|liefer|vertrags)\w*|(?:geschäfts|liefer)bedingungen|agb\b|"
    r"conditions générales|condizioni generali|condiciones generales|algemene voorwaarden|"
    r"leveringsvoorwaarden|warunki (?:ogólne|sprzedaży)|widerrufsbelehrung)",
    re.IGNORECASE,
)
_TOP = 0.2  # share of the page's rows among which a heading stands
_LONG = 120  # words from which a page may be small print
_PROSE = 9.0  # words of a row of prose, in the middle; tables have fewer, or more cells
_MOST_DIGITS = 0.03  # share of the characters of small print; invoices have 10 % and more
_MOST_DIGITS_HEADED = 0.08  # under a heading that says what it is


def is_blank(rows: Sequence[Row]) -> bool:
    """Whether a page holds next to nothing."""
    return sum(character.isalnum() for row in rows for character in row.text) < _FEWEST


def is_terms_and_conditions(rows: Sequence[Row]) -> bool:
    """Whether a page is terms and conditions: long prose nearly without figures."""
    text = " ".join(row.text for row in rows)
    if len(text.split()) < _LONG:
        return False
    digits = sum(character.isdigit() for character in text) / len(text)
    head = " ".join(row.text for row in rows[: max(3, round(_TOP * len(rows)))])
    if _HEADING.search(head):
        return digits <= _MOST_DIGITS_HEADED
    lengths = sorted(len(row.text.split()) for row in rows)
    return digits <= _MOST_DIGITS and lengths[len(lengths) // 2] >= _PROSE
