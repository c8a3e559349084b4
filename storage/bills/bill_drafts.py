"""A bill as it comes into the books: a draft, made from what was read on a document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlmodel import Session, select

from storage import audit
from storage.bills import categories
from storage.bills.bill_fields import FIELDS, KINDS, derive
from storage.bills.duplicates import hold_duplicate
from storage.bills.vendors import ensure_vendor
from storage.db.locks import acquire_lock
from storage.db.text import single_line
from storage.models import Bill, BillState, Document, Side

EvidenceJson = dict[str, dict[str, Any]]
"""For each known field: value, confidence, page, box, source, reason (see extraction.evidence)."""


def draft(
    session: Session,
    *,
    key: str,
    document: Document,
    kind: str,
    evidence: Mapping[str, Mapping[str, Any]],
    person_id: int,
    now: datetime,
    part: int = 0,
    taxes: Sequence[Mapping[str, Any]] = (),
    lines: Sequence[str] = (),
) -> Bill:
    """A bill in draft, or held when it looks like one that is there (`duplicate_of`); not yet in the ledger.

    `key` names the document within its message: drafting again under it returns the bill that is there. `part` is
    the document's place in its file, from 0. A value that fits no column (an amount with too many decimals, an
    unknown currency) stays in the evidence with confidence 0 and the reason. A negative total makes a credit note.
    `taxes` are VAT rates as read ("rate", "net", "tax" as decimals), `lines` what the lines describe: from them and the
    vendor the category is suggested. What we issued ourselves ("side") is money to come in, from its buyer.
    """
    # One at a time, so that the same invoice sent by two people at once is seen as such.
    acquire_lock(session, "drafting")
    if known := session.exec(select(Bill).where(Bill.key == key)).one_or_none():
        return known
    read = _cleaned(evidence)
    if kind == "invoice" and _is_negative(read.get("total", {}).get("value")):
        kind = "credit_note"
        if "document_type" in read:
            read["document_type"] = read["document_type"] | {"value": kind}
    if read.get("side", {}).get("value") == Side.RECEIVABLE:
        read = with_parties_swapped(read)
    bill = Bill(
        key=key,
        document_id=document.id,
        part=part,
        kind=kind,
        state=BillState.DRAFT,
        created_by=person_id,
        created_at=now,
        taxes=[dict(line) for line in taxes],
    )
    apply_evidence(session, bill, read)
    told = "category" in read
    if not told and (found := categories.suggest(session, bill.side, bill.vendor_id, bill.vendor, lines)):
        category = _concluded(found.code, found.confidence, found.reason)
        apply_evidence(session, bill, bill.evidence | {"category": category})
    session.add(bill)
    session.flush()
    hold_duplicate(session, bill)
    audit.record(session, "drafted", person_id=person_id, now=now, bill_id=bill.id)
    return bill


def apply_evidence(session: Session, bill: Bill, evidence: EvidenceJson) -> None:
    """Makes the bill what the evidence says: the evidence itself and every column that follows from it."""
    texts = {name: str(found["value"]) for name, found in evidence.items()}
    if "document_type" in texts:
        bill.kind = KINDS.get(texts["document_type"], "other")
    facts = derive(texts, credit_note=bill.kind == "credit_note")
    for name, value in facts.columns.items():
        setattr(bill, name, value)
    bill.evidence = {
        name: found | {"confidence": 0.0, "reason": facts.problems[name]} if name in facts.problems else found
        for name, found in evidence.items()
    }
    bill.vendor_id = ensure_vendor(session, bill.vendor).id if bill.vendor else None


def with_parties_swapped(evidence: EvidenceJson) -> EvidenceJson:
    """The evidence seen from the other side: the party whom one asks about is who bought, not who issued."""
    sides = {"vendor": evidence.get("buyer"), "buyer": evidence.get("vendor")}
    kept = {name: found for name, found in evidence.items() if name not in sides}
    return kept | {name: found for name, found in sides.items() if found is not None}


def _concluded(value: str, confidence: float, reason: str) -> dict[str, Any]:
    """Evidence for what stands nowhere on the document."""
    return {
        "value": value,
        "confidence": confidence,
        "page": 1,
        "box": None,
        "source": "derived",
        "reason": reason,
    }


def _cleaned(evidence: Mapping[str, Mapping[str, Any]]) -> EvidenceJson:
    cleaned = {}
    for name, found in evidence.items():
        value = single_line(str(found["value"]))
        if name in FIELDS and value:
            cleaned[name] = {**found, "value": value, "reason": single_line(str(found.get("reason", "")))}
    return cleaned


def _is_negative(amount: str | None) -> bool:
    try:
        return amount is not None and Decimal(amount) < 0
    except InvalidOperation:
        return False
