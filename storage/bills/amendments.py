"""Corrections of a bill by a person, and taking them back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from storage import audit
from storage.bills import categories, lifecycle, vendor_ibans
from storage.bills.beside import claims
from storage.bills.bill_drafts import EvidenceJson, apply_evidence
from storage.bills.bill_fields import FIELDS, KINDS, BillColumns, derive
from storage.bills.duplicates import hold_duplicate
from storage.bills.vendors import is_us
from storage.db.savepoints import atomic
from storage.db.text import single_line
from storage.errors import Unfit, WrongState
from storage.ledger import booking, period_closing
from storage.ledger.double_entry import EntryDraft
from storage.ledger.money import Money
from storage.models import Amendment, Bill, BillState, Side


@atomic
def amend(
    session: Session,
    bill_id: int,
    changes: Mapping[str, str | None],
    *,
    message_key: str,
    person_id: int,
    now: datetime,
) -> list[Amendment]:
    """Corrects fields of a bill, all or none. Values are normalised text as in evidence; None makes a field unknown.

    What the person says is certain: its evidence becomes source "person", confidence 1. If the bill is in the
    ledger already, what was posted is reversed and posted anew. A value equal to the present one is no amendment
    but is certain from now on. Returns the amendments made, or those made by the same message before.

    Raises: Unfit when a value fits no field; WrongState when the bill is void, or when the correction goes against
    what is paid already; Incomplete when a booked bill would lose a value that it needs.
    """
    bill = lifecycle.lock(session, bill_id)
    if made := made_by(session, message_key, bill_id):
        return made
    if bill.state is BillState.VOID:
        raise WrongState(
            f"{lifecycle.bill_title(bill)} is void and stays as it is. Send the document again to start anew."
        )
    wanted = {name: single_line(value) or None if value else None for name, value in changes.items()}
    wanted = _turned(session, bill, wanted) | wanted
    evidence = _told(bill.evidence, wanted)
    _refuse_unfit(session, bill, evidence, wanted)
    amendments = [
        Amendment(
            bill_id=bill_id,
            field=name,
            old=_value(bill.evidence, name),
            new=value,
            old_evidence=bill.evidence.get(name),
            message_key=message_key,
            person_id=person_id,
            made_at=now,
        )
        for name, value in wanted.items()
        if value != _value(bill.evidence, name)
    ]
    _change(session, bill, evidence, f"{message_key}/amend/{bill_id}", person_id, now)
    session.add_all(amendments)
    session.flush()
    details = {a.field: [a.old, a.new] for a in amendments}
    audit.record(session, "amended", person_id=person_id, now=now, bill_id=bill_id, details=details)
    return amendments


@atomic
def undo(session: Session, message_key: str, *, person_id: int, now: datetime) -> list[Amendment]:
    """Takes back the corrections that a message made, as they were before it; returns them.

    Empty when there is nothing (any more) to take back. Raises: WrongState when one of the fields was corrected
    again since, or the bill is void; what `amend` raises for a booked bill.
    """
    bill_ids = {a.bill_id for a in made_by(session, message_key)}
    undone: list[Amendment] = []
    for bill_id in sorted(bill_ids):
        bill = lifecycle.lock(session, bill_id)
        # Read again under the lock: somebody else may have pressed Undo meanwhile.
        standing = [a for a in made_by(session, message_key, bill_id) if a.undone_at is None]
        if not standing:
            continue
        _refuse_undo(session, bill, standing)
        evidence: EvidenceJson = {name: dict(found) for name, found in bill.evidence.items()}
        for amendment in standing:
            evidence.pop(amendment.field, None)
            if amendment.old_evidence is not None:
                evidence[amendment.field] = amendment.old_evidence
            amendment.undone_at = now
        _change(session, bill, evidence, f"{message_key}/undo/{bill_id}", person_id, now)
        details = {a.field: [a.new, a.old] for a in standing}
        audit.record(session, "undone", person_id=person_id, now=now, bill_id=bill_id, details=details)
        undone += standing
    return undone


def last_of(session: Session, bill_id: int, field: str) -> Amendment | None:
    """The latest correction of a field that stands; None when nobody changed it."""
    query = select(Amendment).where(
        Amendment.bill_id == bill_id, Amendment.field == field, col(Amendment.undone_at).is_(None)
    )
    return session.exec(query.order_by(col(Amendment.id).desc())).first()


def _change(session: Session, bill: Bill, evidence: EvidenceJson, key: str, person_id: int, now: datetime) -> None:
    """Gives the bill new evidence; a booked bill is posted anew where its entry would now be another."""
    told_vat = any(bill.evidence.get(name) != evidence.get(name) for name in VAT_FACTS)
    owed_on = claims.control_account(bill)
    before, total_before, paid = bill.side, lifecycle.total_of(bill), (bill.total_minor or 0) - bill.open_minor
    apply_evidence(session, bill, evidence)
    session.flush()
    if bill.state not in lifecycle.BOOKED:
        hold_duplicate(session, bill)
        return
    standing = lifecycle.confirmation_in_force(session, bill)
    wanted = lifecycle.confirmation_draft(session, bill, f"{key}/book")
    if period_closing.first_open_day(session, wanted.booked_on) != wanted.booked_on:
        wanted = replace(wanted, booked_on=standing.booked_on)  # no correction moves a bill into what is closed
    booked = booking.draft_of(session, standing)
    same_legs = wanted.legs == booked.legs or (not told_vat and _booked_before_vat(booked, wanted))
    if (wanted.booked_on, wanted.description) == (booked.booked_on, booked.description) and same_legs:
        return
    assert total_before is not None and bill.currency is not None and bill.total_minor is not None
    moved = (bill.currency, bill.side) != (total_before.currency, before) or owed_on != claims.control_account(bill)
    if paid and (moved or bill.total_minor < paid):
        raise WrongState(
            "{paid} of {bill} is paid already, which does not fit a total of {total}. Take the payment back first, "
            "then correct the bill.",
            paid=Money(paid, total_before.currency),
            bill=lifecycle.bill_title(bill),
            total=lifecycle.total_of(bill),
        )
    booking.reverse(session, standing, key=f"{key}/reverse", person_id=person_id, now=now)
    wanted = replace(wanted, booked_on=period_closing.first_open_day(session, wanted.booked_on))
    booking.post(session, wanted, person_id=person_id, now=now, bill_id=bill.id)
    lifecycle.refresh_open_amount(session, bill)


VAT_FACTS = ("tax_category", "tax_rate", "party_country")
"""What says how a bill is treated for VAT."""


def _booked_before_vat(booked: EntryDraft, wanted: EntryDraft) -> bool:
    """Whether an entry differs only in saying nothing of VAT: it was booked before entries did, and stays as it is."""
    return all(leg.tax is None for leg in booked.legs) and _sums(booked) == _sums(wanted)


def _sums(entry: EntryDraft) -> dict[tuple[str, int | None, int | None], int]:
    sums: dict[tuple[str, int | None, int | None], int] = {}
    for leg in entry.legs:
        place = leg.account, leg.bill, leg.party
        sums[place] = sums.get(place, 0) + leg.amount.minor
    return sums


def _told(evidence: Mapping[str, Any], wanted: Mapping[str, str | None]) -> EvidenceJson:
    told: EvidenceJson = {name: dict(found) for name, found in evidence.items()}
    for name, value in wanted.items():
        if value is None:
            told.pop(name, None)
            continue
        unchanged = value == _value(evidence, name)
        place = {"page": told[name].get("page", 1), "box": told[name].get("box")} if unchanged else {}
        told[name] = {"value": value, "confidence": 1.0, "page": 1, "box": None, "source": "person", "reason": ""}
        told[name] |= place
    return told


def _turned(session: Session, bill: Bill, wanted: Mapping[str, str | None]) -> dict[str, str | None]:
    """What follows when a bill changes its side: the parties change places, unless that would make us our own vendor or
    leave none, and its category is of the other side."""
    side = wanted.get("side")
    if "side" not in wanted or (side or Side.PAYABLE) == bill.side:
        return {}
    vendor, buyer = _value(bill.evidence, "vendor"), _value(bill.evidence, "buyer")
    if buyer is None or is_us(session, buyer):
        return {"category": None}
    return {"vendor": buyer, "buyer": vendor, "category": None}


def _refuse_unfit(session: Session, bill: Bill, evidence: EvidenceJson, wanted: Mapping[str, str | None]) -> None:
    if unknown := [name for name in wanted if name not in FIELDS]:
        raise Unfit(f"A bill has no field {', '.join(unknown)}.")
    before, after = _facts(bill, bill.evidence), _facts(bill, evidence)
    # What was doubtful before may stay so; what this correction touches or breaks must fit.
    broken = [text for name, text in after.problems.items() if name in wanted or name not in before.problems]
    if "split" in after.problems and "split" not in before.problems and bill.currency and after.columns["total_minor"]:
        raise Unfit(
            "The parts of the split do not add up to {total}. Say the split once more, or “no split”.",
            total=Money(after.columns["total_minor"], after.columns["currency"] or bill.currency),
        )
    if broken:
        raise Unfit(" ".join(broken))
    if {"iban", "side"} & wanted.keys() and after.columns["side"] is Side.PAYABLE:
        _refuse_our_own(session, bill, after.columns["iban"])
    if after.columns["category"] is not None and {"category", "side"} & wanted.keys():
        categories.category(session, after.columns["category"], after.columns["side"])


def _refuse_our_own(session: Session, bill: Bill, iban: str | None) -> None:
    """A document may print our account, for a direct debit; that it is the vendor's nobody can say."""
    account = vendor_ibans.our_account(session, iban)
    if account is not None and iban != bill.iban:
        raise Unfit(
            "{iban} is our own account ({account}), so it cannot be the vendor's. Say theirs, as their earlier bills "
            "or their website name it; if we issued the bill, say “it is our invoice”.",
            iban=iban,
            account=account.name,
        )


def _facts(bill: Bill, evidence: Mapping[str, Any]) -> BillColumns:
    texts = {name: str(found["value"]) for name, found in evidence.items()}
    kind = KINDS.get(texts["document_type"], "other") if "document_type" in texts else bill.kind
    return derive(texts, credit_note=kind == "credit_note")


def _refuse_undo(session: Session, bill: Bill, standing: list[Amendment]) -> None:
    if bill.state is BillState.VOID:
        raise WrongState(f"{lifecycle.bill_title(bill)} is void and stays as it is.")
    later = session.exec(
        select(Amendment).where(
            Amendment.bill_id == bill.id,
            col(Amendment.id) > max(a.id for a in standing),
            col(Amendment.field).in_([a.field for a in standing]),
            col(Amendment.undone_at).is_(None),
        )
    ).first()
    if later is not None:
        field = later.field.replace("_", " ")
        raise WrongState(f"The {field} was corrected again since. Undo that first, or say what it should be.")


def made_by(session: Session, message_key: str, bill_id: int | None = None) -> list[Amendment]:
    """The corrections that a message made, of one bill or of all, also those taken back since."""
    query = select(Amendment).where(Amendment.message_key == message_key).order_by(col(Amendment.id))
    if bill_id is not None:
        query = query.where(Amendment.bill_id == bill_id)
    return list(session.exec(query.execution_options(populate_existing=True)).all())


def _value(evidence: Mapping[str, Any], name: str) -> str | None:
    found = evidence.get(name)
    return None if found is None else str(found["value"])
