"""Documents seen by whoever issued them and by whoever got them: what tells our own invoices from bills to us."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extraction.fields.candidate import Candidate
from extraction.fields.decision.field_values import read_parties, read_references
from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.parties.ourselves import Ourselves, side_candidates
from extraction.fields.parties.party_candidates import party_candidates
from training.fields.words import Document

_ISSUED = 3
_ELSEWHERE = "Nobody Here Ltd"


def seen_from_both_sides(
    laid_out: Iterable[tuple[Document, DocumentLayout]],
) -> Iterator[tuple[Document, DocumentLayout]]:
    """Each document whose parties are known as theirs who got it, and every third one also as theirs who issued it:
    most of what comes are bills.

    Every other one knows its VAT number. Of till slips, which name nobody else, whoever got it is somebody else.
    """
    for at, (document, sheet) in enumerate(laid_out):
        truth = document.truth
        issuer = truth.get("issuer") or truth.get("vendor")
        recipient = truth.get("recipient") or truth.get("customer") or truth.get("buyer")
        if not issuer or not (recipient or truth.get("document_type") == "receipt"):
            continue
        numbers = truth.get("numbers", ("", "")) if at % 2 else ("", "")
        us = Ourselves((recipient or _ELSEWHERE,), numbers[1])
        yield replace(document, truth={"side": "payable"}, us=us), sheet
        if at % _ISSUED == 0:
            yield replace(document, truth={"side": "receivable"}, us=Ourselves((issuer,), numbers[0])), sheet


def candidates_of_side(document: Document, sheet: DocumentLayout) -> Sequence[Candidate]:
    """Both sides, as they are weighed for whoever has the document."""
    assert document.us is not None, "only for documents that somebody has"
    fields = {**read_parties(sheet), **read_references(sheet)}
    return side_candidates(document.us, fields, list(party_candidates(sheet)), sheet)
