"""What the books know of a vendor's earlier documents: as whom they were read, and what people made of them.

Nothing is learned anew: all follows from the bills as they stand, so that a correction that was undone is forgotten,
and so is a document that turned out to be none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rapidfuzz import fuzz
from sqlmodel import Session, col, or_, select

from storage.bills.lifecycle import BOOKED
from storage.bills.vendors import match_key
from storage.models import Bill, BillState, Imprint, Side, Vendor

LOOKED_AT = 8
"""Documents of a vendor from which is learned: habits change."""

MISREAD = 70.0
"""Per cent of likeness from which one name may be another, misread; below it they are two names."""

_SHORTEST_PART = 4  # letters of a name that says whose it is as a part of another


@dataclass(frozen=True)
class RecognisedVendor:
    """The vendor behind what was read.

    `name` is its right name, None where that was read or nobody ever said it; `sure`, that the latest two documents of
    this look are both from it; `misread`, that the name that was read is the right one but for some letters;
    `numbered`, that its VAT number is known as this vendor's.
    """

    vendor_id: int
    name: str | None = None
    sure: bool = False
    misread: bool = False
    numbered: bool = False


@dataclass(frozen=True)
class Earlier:
    """A document of the vendor: the `values` that a person `said`, or let stand by confirming it; what was on it."""

    values: dict[str, str]
    said: frozenset[str]
    issued: date | None
    sightings: list[list[Any]]


def keep(
    session: Session,
    bill_id: int,
    *,
    vendor: str | None,
    vat_id: str | None,
    iban: str | None,
    sightings: list[list[Any]],
) -> None:
    """Keeps what a bill's document looked like; once is enough."""
    if session.get(Imprint, bill_id) is None:
        key = match_key(vendor) if vendor else ""
        session.add(Imprint(bill_id=bill_id, vendor_key=key or None, vat_id=vat_id, iban=iban, sightings=sightings))
        session.flush()


def recognise_vendor(
    session: Session, vendor: str | None, vat_id: str | None, iban: str | None
) -> RecognisedVendor | None:
    """Whose document this is, by whose documents of this look were before; None for one never seen.

    Documents read under the same name tell, else those with the same VAT id or account if they are all of one vendor.
    """
    key = match_key(vendor) if vendor else ""
    similar = _similar(session, key or None, vat_id, iban)
    told: Sequence[tuple[Bill, Imprint]] = [pair for pair in similar if key and pair[1].vendor_key == key]
    if not told and len({bill.vendor_id for bill, _ in similar}) == 1:
        told = similar
    if not told:
        known = session.exec(select(Vendor).where(Vendor.match_key == key)).one_or_none() if key else None
        return RecognisedVendor(known.id) if known else None
    (latest, latest_imprint), before = told[0], told[1][0] if len(told) > 1 else None
    assert latest.vendor_id is not None and latest.vendor is not None
    return RecognisedVendor(
        latest.vendor_id,
        latest.vendor if _was_said(latest, "vendor") or match_key(latest.vendor) != key else None,
        sure=before is not None and before.vendor_id == latest.vendor_id,
        misread=_misread(key, match_key(latest.vendor)),
        numbered=vat_id is not None and latest_imprint.vat_id == vat_id,
    )


def earlier(session: Session, vendor_id: int) -> list[Earlier]:
    """The vendor's latest documents, newest first, as people left them."""
    query = select(Bill, Imprint).join(Imprint, isouter=True).where(Bill.vendor_id == vendor_id, *_counts())
    found = session.exec(query.order_by(col(Bill.id).desc()).limit(LOOKED_AT)).all()
    return [_as_left(bill, imprint) for bill, imprint in found]


def _similar(session: Session, key: str | None, vat_id: str | None, iban: str | None) -> Sequence[tuple[Bill, Imprint]]:
    """The latest documents that were read under this name or with one of these ids, and whose vendor a person knows."""
    known = {Imprint.vendor_key: key, Imprint.vat_id: vat_id, Imprint.iban: iban}
    same = [col(column) == value for column, value in known.items() if value]
    if not same:
        return []
    query = select(Bill, Imprint).join(Imprint).where(or_(*same), col(Bill.vendor_id).is_not(None), *_counts())
    found = session.exec(query.order_by(col(Bill.id).desc()).limit(LOOKED_AT)).all()
    return [(bill, imprint) for bill, imprint in found if _stands(bill, "vendor")]


def _counts() -> tuple[Any, ...]:
    """Bills to us that were not thrown away."""
    return col(Bill.state) != BillState.VOID, col(Bill.side) == Side.PAYABLE


def _as_left(bill: Bill, imprint: Imprint | None) -> Earlier:
    values = {name: str(found["value"]) for name, found in bill.evidence.items() if _stands(bill, name)}
    said = frozenset(name for name in values if _was_said(bill, name))
    return Earlier(values, said, bill.issue_date, imprint.sightings if imprint else [])


def _stands(bill: Bill, field: str) -> bool:
    """Whether a person knows of the value: said it, or confirmed the bill with it."""
    return field in bill.evidence and (bill.state in BOOKED or _was_said(bill, field))


def _was_said(bill: Bill, field: str) -> bool:
    return bool(bill.evidence.get(field, {}).get("source") == "person")


def _misread(read: str, right: str) -> bool:
    shorter, longer = sorted((read, right), key=len)
    return (len(shorter) >= _SHORTEST_PART and shorter in longer) or fuzz.ratio(read, right) >= MISREAD
