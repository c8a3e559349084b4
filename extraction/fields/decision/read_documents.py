"""All fields of a document from its words: the subjects one after another, each in its own file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extraction.evidence import FIELDS, Page, ReadDocument
from extraction.fields.dates_and_terms.cash_discounts import read_cash_discounts
from extraction.fields.decision.digit_correction import correct_digit, mark_corrected
from extraction.fields.decision.document_kind import read_kind
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
from extraction.fields.money.vat_treatment import read_tax_category, read_vendor_country
from extraction.fields.patterns.currencies import currency_decimals
from extraction.fields.references.preceding_invoices import numbers_of, preceding_invoice


def read_documents(pages: Sequence[Page]) -> tuple[ReadDocument, ...]:
    """The business documents on these pages: one document of all of them.

    No pages make no document; pages without words make one of kind "other" that has no fields.
    """
    return (_document(tuple(pages)),) if pages else ()


@lru_cache(maxsize=2)  # a page is understood before it is looked at again, and asked for once more after
def _document(pages: tuple[Page, ...]) -> ReadDocument:
    sheet = lay_out(pages)
    on_pages = tuple(page.number for page in pages)
    if not sheet.rows:
        return ReadDocument("other", on_pages, {}, kind_confidence=0.5)
    currency = read_currency(sheet)
    decimals = currency_decimals(currency.value if currency else None)
    printed = amounts_of(sheet, decimals)
    lines = line_items_of(sheet, printed, decimals)
    amounts, done = correct_digit(printed, lines, rates_named(printed), decimals)
    numbers, parties = numbers_of(sheet), read_parties(sheet)
    found = {**parties, **read_references(sheet, numbers), **read_dates(sheet), **read_totals(amounts, decimals)}
    if currency:
        found["currency"] = currency
    fields = mark_corrected({name: found[name] for name in FIELDS if name in found}, done)
    taxes = read_taxes(amounts, fields.get("tax"), fields.get("total"), decimals)
    items = tuple(line.item(decimals) for line in lines)
    discounts = read_cash_discounts(sheet, fields.get("issue_date"), decimals)
    read = read_kind(sheet, amounts, fields)
    tax = fields.get("tax")
    return ReadDocument(
        read.kind,
        on_pages,
        fields,
        items,
        taxes,
        discounts=discounts,
        kind_confidence=read.confidence,
        type=read.type,
        preceding_invoice=preceding_invoice(sheet, numbers, read.type.value),
        other_name=parties.get("other_name"),
        tax_category=read_tax_category(sheet, tax),
        vendor_country=read_vendor_country(sheet, tax, currency),
    )
