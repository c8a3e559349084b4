"""All fields of a document from its words: the subjects one after another, each in its own file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extraction.evidence import FIELDS, Page, ReadDocument
from extraction.fields.dates_and_terms.cash_discounts import read_cash_discounts
from extraction.fields.decision.digit_correction import correct_digit, mark_corrected
from extraction.fields.decision.document_kind import kind_of
from extraction.fields.decision.field_values import (
    read_currency,
    read_dates,
    read_parties,
    read_references,
    read_totals,
)
from extraction.fields.layout.document_layout import lay_out
from extraction.fields.line_items.line_items import line_items_of
from extraction.fields.money.labelled_amounts import amounts_of
from extraction.fields.money.tax_breakdown import rates_named, read_taxes
from extraction.fields.patterns.currencies import currency_decimals


def read_documents(pages: Sequence[Page]) -> tuple[ReadDocument, ...]:
    """The business documents on these pages: one document of all of them.

    No pages make no document; pages without words make one of kind "other" that has no fields.
    """
    return (_document(tuple(pages)),) if pages else ()


@lru_cache(maxsize=2)  # a page is understood before it is looked at again, and asked for once more after
def _document(pages: tuple[Page, ...]) -> ReadDocument:
    sheet = lay_out(pages)
    numbers = tuple(page.number for page in pages)
    if not sheet.rows:
        return ReadDocument("other", numbers, {})
    currency = read_currency(sheet)
    decimals = currency_decimals(currency.value if currency else None)
    printed = amounts_of(sheet, decimals)
    lines = line_items_of(sheet, printed, decimals)
    amounts, done = correct_digit(printed, lines, rates_named(printed), decimals)
    found = {**read_parties(sheet), **read_references(sheet), **read_dates(sheet), **read_totals(amounts, decimals)}
    if currency:
        found["currency"] = currency
    fields = mark_corrected({name: found[name] for name in FIELDS if name in found}, done)
    taxes = read_taxes(amounts, fields.get("tax"), fields.get("total"), decimals)
    items = tuple(line.item(decimals) for line in lines)
    discounts = read_cash_discounts(sheet, fields.get("issue_date"), decimals)
    kind = kind_of(sheet, amounts, set(fields))
    return ReadDocument(kind, numbers, fields, items, taxes, discounts=discounts)
