"""Every value that a field may have on a document: what is weighed, what is explained, what weights are fitted to."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.fields.candidate import Candidate
from extraction.fields.dates_and_terms.date_candidates import date_candidates, due_candidates, issue_candidates
from extraction.fields.decision.document_kind import document_type_candidates
from extraction.fields.decision.field_values import (
    read_currency,
    read_dates,
    read_parties,
    read_references,
    read_totals,
)
from extraction.fields.decision.scoring import choose, evidence_for
from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.money.currency_candidates import currency_candidates
from extraction.fields.money.labelled_amounts import Amount, amounts_of
from extraction.fields.money.total_candidates import part_candidates, total_candidates
from extraction.fields.parties.party_candidates import buyer_candidates, party_candidates
from extraction.fields.patterns.currencies import currency_decimals
from extraction.fields.references.identifiers import reference_candidates
from extraction.fields.references.preceding_invoices import numbers_of

INDEPENDENT = ("currency", "total", "issue_date", "number", "vendor", "vat_id", "iban", "bic")
"""Fields that depend on no other but the currency, in which amounts are written."""

DEPENDENT = ("subtotal", "tax", "tip", "due_date", "buyer", "purchase_order", "payment_reference", "document_type")
"""Fields whose candidates depend on what was chosen for one of the others."""


def candidates_of(field: str, sheet: DocumentLayout) -> Sequence[Candidate]:
    """Every value that the field may have, by the weights in force for the fields that it depends on."""
    match field:
        case "currency":
            return list(currency_candidates(sheet))
        case "total":
            return total_candidates(*_amounts(sheet))
        case "subtotal" | "tax" | "tip":
            amounts, decimals = _amounts(sheet)
            return part_candidates(field, amounts, choose("total", total_candidates(amounts, decimals)), decimals)
        case "issue_date":
            return issue_candidates(date_candidates(sheet))
        case "due_date":
            days = date_candidates(sheet)
            return due_candidates(days, evidence_for("issue_date", choose("issue_date", issue_candidates(days))))
        case "document_type":
            return _types(sheet)
        case "vendor":
            return list(party_candidates(sheet))
        case "buyer":
            parties = list(party_candidates(sheet))
            return buyer_candidates(parties, evidence_for("vendor", choose("vendor", parties)))
        case _:
            return reference_candidates(sheet, numbers_of(sheet))[field]


def _types(sheet: DocumentLayout) -> Sequence[Candidate]:
    amounts, decimals = _amounts(sheet)
    found = {**read_parties(sheet), **read_references(sheet), **read_dates(sheet), **read_totals(amounts, decimals)}
    return document_type_candidates(sheet, amounts, found)


def _amounts(sheet: DocumentLayout) -> tuple[list[Amount], int]:
    currency = read_currency(sheet)
    decimals = currency_decimals(currency.value if currency else None)
    return amounts_of(sheet, decimals), decimals
