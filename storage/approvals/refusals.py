"""A bill that somebody refused stays refused, whatever is corrected on it and however it comes in again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from storage.approvals.approval_rules import RANKS
from storage.db.columns import UtcDateTime
from storage.models import Approval, Bill, Decision, Matter
from storage.people import people


def refusal_in_force(session: Session, bill: Bill) -> Approval | None:
    """The latest refusal of the bill that stands; None for none.

    It is lifted by who refused, by taking it back or approving; or, once the bill was corrected or came in anew, by an
    approval of it by somebody of at least their role. Refusing a bill refuses what came in its place, too: the same
    part of the same file, the vendor's same number, what was kept beside or instead of it.
    """
    query = (
        select(Approval)
        .join(Bill, col(Bill.id) == col(Approval.bill_id))
        .where(Approval.matter == Matter.PAYMENT, col(Approval.undone_at).is_(None), or_(*_same(bill)))
    )
    standing: dict[int, Approval] = {}
    for decided in session.exec(query.order_by(col(Approval.id))).all():
        if decided.decision is Decision.REFUSED:
            standing.pop(decided.person_id, None)
            standing[decided.person_id] = decided
        else:
            standing = {who: one for who, one in standing.items() if not _lifts(session, decided, one)}
    return next(reversed(standing.values()), None)


def last_taken_back(session: Session, bill: Bill) -> datetime | None:
    """When a refusal of the bill was last taken back: who agreed before then is asked again. None where none was."""
    query = select(func.max(Approval.undone_at, type_=UtcDateTime)).where(
        Approval.bill_id == bill.id, Approval.matter == Matter.PAYMENT, Approval.decision == Decision.REFUSED
    )
    return session.exec(query).one()


def possibly_refused(session: Session, bills: Sequence[Bill]) -> set[int]:
    """The ids of those bills of which a refusal may stand: all that `refusal_in_force` has to be asked about."""
    query = select(Bill).join(Approval, col(Approval.bill_id) == col(Bill.id))
    query = query.where(
        Approval.matter == Matter.PAYMENT, Approval.decision == Decision.REFUSED, col(Approval.undone_at).is_(None)
    )
    refused = session.exec(query).all()
    signs = {sign for bill in refused for sign in _signs(bill)}
    return {bill.id for bill in bills if signs and not signs.isdisjoint((*_signs(bill), ("bill", bill.duplicate_of)))}


def _signs(bill: Bill) -> Iterator[tuple[object, ...]]:
    yield "bill", bill.id
    yield "document", bill.document_id, bill.part
    yield "number", bill.vendor_id, bill.number_key


def _lifts(session: Session, approved: Approval, refused: Approval) -> bool:
    if approved.person_id == refused.person_id:
        return True
    if (approved.bill_id, approved.basis) == (refused.bill_id, refused.basis):
        return False
    one, other = people.find_now(session, approved.person_id), people.find_now(session, refused.person_id)
    return one is not None and other is not None and RANKS[one.role] >= RANKS[other.role]


def _same(bill: Bill) -> list[ColumnElement[bool]]:
    """What says that another bill is this one, as it was sent before."""
    signs = [col(Bill.id) == bill.id, and_(col(Bill.document_id) == bill.document_id, col(Bill.part) == bill.part)]
    if bill.duplicate_of is not None:
        signs.append(col(Bill.id) == bill.duplicate_of)
    if bill.vendor_id is not None and bill.number_key is not None:
        signs.append(and_(col(Bill.vendor_id) == bill.vendor_id, col(Bill.number_key) == bill.number_key))
    return signs
