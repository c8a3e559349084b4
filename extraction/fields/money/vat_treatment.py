"""Why a bill bears no VAT, by the words that the law asks for; and whose tax a sales tax is."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path

from extraction.evidence import Evidence
from extraction.fields import patterns
from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.patterns.countries import CERTAIN, countries_of

_SURE, _EITHER, _OVER_ROWS = 0.95, 0.6, 0.9
_SALES_TAX = re.compile(r"\bsales tax\b|\bstate tax\b", re.I)


def read_tax_category(sheet: DocumentLayout, tax: Evidence | None) -> Evidence | None:
    """The category of EN 16931 (BT-118) that the words say, None where none do.

    A bill that charges tax says such words of something else, of its terms or of other lines, and is of no one
    category.
    """
    if tax is not None and Decimal(tax.value):
        return None
    found = {category: place for category in _words() if (place := _place(sheet, category))}
    if not found:
        return None
    category, place = next(iter(found.items()))
    return place if len(found) == 1 else Evidence(category, _EITHER, place.source, place.page, place.box)


def read_vendor_country(sheet: DocumentLayout, tax: Evidence | None, currency: Evidence | None) -> Evidence | None:
    """The United States, where a sales tax in dollars says so; of other countries the VAT number tells."""
    if tax is None or not Decimal(tax.value) or currency is None or currency.value != "USD":
        return None
    row = next((row for row in sheet.rows if _SALES_TAX.search(row.text)), None)
    if row is None or countries_of(sheet.text).get("US", 0.0) < CERTAIN:
        return None
    return Evidence("US", _OVER_ROWS, row.source, row.page, None, "from its sales tax")


def _place(sheet: DocumentLayout, category: str) -> Evidence | None:
    pattern = _words()[category]
    for row in sheet.rows:
        if found := pattern.search(row.text):
            return Evidence(category, _SURE, row.source, row.page, row.box_of(*found.span()))
    if pattern.search(" ".join(sheet.text.split())):  # broken over two rows
        return Evidence(category, _OVER_ROWS, sheet.rows[0].source, sheet.rows[0].page)
    return None


@cache
def _words() -> dict[str, re.Pattern[str]]:
    table = tomllib.loads((Path(patterns.__file__).parent / "vat_words.toml").read_text(encoding="utf-8"))
    return {category: re.compile("|".join(told["words"]), re.I) for category, told in table.items()}
