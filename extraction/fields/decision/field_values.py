"""Which candidate each field has as its value: the readers of currency, dates, parties, references and totals."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.evidence import Evidence
from extraction.fields.dates_and_terms.date_candidates import date_candidates, due_candidates, issue_candidates
from extraction.fields.dates_and_terms.due_date import due_date_from_terms
from extraction.fields.decision.scoring import choose, evidence_for
from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.money.currency_candidates import currency_candidates
from extraction.fields.money.labelled_amounts import Amount
from extraction.fields.money.total_candidates import PARTS, part_candidates, total_candidates
from extraction.fields.parties.other_names import other_name
from extraction.fields.parties.party_candidates import buyer_candidates, party_candidates
from extraction.fields.references.identifiers import reference_candidates
from extraction.fields.references.preceding_invoices import Numbers, numbers_of


def read_currency(sheet: DocumentLayout) -> Evidence | None:
    """The currency, None when nothing on the document tells it."""
    return evidence_for("currency", choose("currency", list(currency_candidates(sheet))))


def read_dates(sheet: DocumentLayout) -> dict[str, Evidence]:
    """Evidence for `issue_date` and `due_date`; the second is derived from terms where none is printed."""
    candidates = date_candidates(sheet)
    issued = evidence_for("issue_date", choose("issue_date", issue_candidates(candidates)))
    printed = evidence_for("due_date", choose("due_date", due_candidates(candidates, issued)))
    due = printed or (due_date_from_terms(sheet, issued) if issued else None)
    found = {"issue_date": issued, "due_date": due}
    return {name: value for name, value in found.items() if value}


def read_parties(sheet: DocumentLayout) -> dict[str, Evidence]:
    """Evidence for `vendor`, `buyer` and `other_name`, another one of the vendor's, as far as they were found."""
    candidates = list(party_candidates(sheet))
    vendor = evidence_for("vendor", choose("vendor", candidates))
    buyer = evidence_for("buyer", choose("buyer", buyer_candidates(candidates, vendor)))
    found = {"vendor": vendor, "buyer": buyer, "other_name": other_name(candidates, vendor)}
    return {name: value for name, value in found.items() if value}


def read_references(sheet: DocumentLayout, numbers: Numbers | None = None) -> dict[str, Evidence]:
    """Evidence for `number`, `purchase_order`, `vat_id`, `iban`, `bic` and `payment_reference`, where found.

    `numbers` are those of bills and orders on the document, where they are known already.
    """
    candidates = reference_candidates(sheet, numbers or numbers_of(sheet))
    found = {name: evidence_for(name, choose(name, those)) for name, those in candidates.items()}
    return {name: value for name, value in found.items() if value}


def read_totals(amounts: Sequence[Amount], decimals: int = 2) -> dict[str, Evidence]:
    """Evidence for `total`, `subtotal`, `tax` and `tip`, as far as they were found, in `decimals` of the currency."""
    total = choose("total", total_candidates(amounts, decimals))
    found = {"total": evidence_for("total", total)}
    for name in PARTS:
        found[name] = evidence_for(name, choose(name, part_candidates(name, amounts, total, decimals)))
    return {name: value for name, value in found.items() if value}
