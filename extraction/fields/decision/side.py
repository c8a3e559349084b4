"""Whether a document is a bill to us or an invoice of ours, and the parties that follow from that.

Who we are is not on a document: it is looked at again by whoever knows (see `from_our_side`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extraction.evidence import CONFIDENCE_THRESHOLD, FIELDS, Evidence, Page, ReadDocument, pages_of
from extraction.fields.candidate import Candidate
from extraction.fields.decision.scoring import choose, evidence_for
from extraction.fields.layout.document_layout import DocumentLayout, lay_out
from extraction.fields.parties.ourselves import Ourselves, side_candidates
from extraction.fields.parties.party_candidates import party_candidates

NAME = "side"
"""Of its weights."""

_STATED, _NOT_ON_IT, _UNTOLD = 0.99, 0.97, 0.9
"""How sure it is where an e-invoice names the seller; where we are nowhere on it; where it is not known who we are."""

_ONLY_A_NAME = 0.8
"""The confidence beyond which a party cannot come that is only the one name beside ours."""


def from_our_side(document: ReadDocument, pages: Sequence[Page], us: Ourselves) -> ReadDocument:
    """The document with its side; where we were taken for the vendor of a bill to us, or for the buyer of an invoice of
    ours, with the party that it is then from."""
    own = pages_of(document, pages)
    sheet = lay_out(own) if own else None
    parties = list(party_candidates(sheet)) if sheet and sheet.rows else []
    side = _stated(document, us) or _read(us, document.fields, parties, sheet)
    fields = _fitting(document.fields, side, parties, us)
    return replace(document, side=side, fields={name: fields[name] for name in FIELDS if name in fields})


def _stated(document: ReadDocument, us: Ourselves) -> Evidence | None:
    """By the seller and buyer of an e-invoice, which cannot be mistaken for each other; None where none names us."""
    vendor, buyer = document.fields.get("vendor"), document.fields.get("buyer")
    if vendor is None or vendor.source != "xml" or us.named(vendor.value) == us.named(buyer.value if buyer else None):
        return None
    return Evidence("receivable" if us.named(vendor.value) else "payable", _STATED, "xml")


def _read(
    us: Ourselves, fields: Mapping[str, Evidence], parties: Sequence[Candidate], sheet: DocumentLayout | None
) -> Evidence:
    if not us.known:
        return Evidence("payable", _UNTOLD, "derived")
    if sheet is None:
        return _by_fields(us, fields)
    if not us.occur(parties, sheet):
        return Evidence("payable", _NOT_ON_IT, "derived")
    found = evidence_for(NAME, choose(NAME, side_candidates(us, fields, parties, sheet)))
    assert found is not None, "one of two is always the likelier"
    return replace(found, box=None, source="derived", reason=_reason(us, fields, found))


def _by_fields(us: Ourselves, fields: Mapping[str, Evidence]) -> Evidence:
    """Without a page to look at: by the names, else by our number as the issuer's. What names us as the buyer is not
    ours, whatever else it names: invoices often print their buyer's VAT id, and direct debits the buyer's IBAN."""
    vendor, buyer = (us.named(fields[name].value) if name in fields else None for name in ("vendor", "buyer"))
    found = next((name for name in ("vat_id", "iban") if name in fields and us.numbered(fields[name].value)), "")
    if buyer or not (vendor or found):
        return Evidence("payable", _NOT_ON_IT, "derived")
    if vendor or vendor is None:
        return Evidence("receivable", _NOT_ON_IT if vendor else _UNTOLD, "derived")
    words = "VAT number" if found == "vat_id" else "IBAN"
    return Evidence(
        "receivable", 0.8 if "buyer" in fields else 0.6, "derived", reason=f"it has our {words}, but another name"
    )


def _reason(us: Ourselves, fields: Mapping[str, Evidence], found: Evidence) -> str:
    if found.confidence >= CONFIDENCE_THRESHOLD:
        return ""
    if found.value == "receivable" and not us.named(fields["vendor"].value if "vendor" in fields else None):
        return (
            "it has our VAT number, but another name"
            if "vat_id" in fields and us.numbered(fields["vat_id"].value)
            else ""
        )
    return "our name stands where either may"


def _fitting(
    fields: Mapping[str, Evidence], side: Evidence, parties: Sequence[Candidate], us: Ourselves
) -> dict[str, Evidence]:
    """The parties of that side: we are the buyer of a bill to us, and the vendor of an invoice of ours."""
    ours, theirs = ("vendor", "buyer") if side.value == "receivable" else ("buyer", "vendor")
    fitting = dict(fields)
    if theirs not in fields or us.named(fields[theirs].value):
        fitting.pop(theirs, None)
        if found := _other(theirs, parties, us):
            fitting[theirs] = found
    if ours not in fields and theirs in fields and us.named(fields[theirs].value):
        fitting[ours] = fields[theirs]
    return fitting


def _other(role: str, parties: Sequence[Candidate], us: Ourselves) -> Evidence | None:
    """The likeliest party in that role that is not us; where none is called it, the likeliest name, in doubt."""
    others = [one for one in parties if not us.named(one.value)]
    if found := evidence_for(role, choose(role, others)):
        return found
    name = evidence_for("vendor", choose("vendor", others))
    return replace(name, confidence=min(name.confidence, _ONLY_A_NAME)) if name else None
