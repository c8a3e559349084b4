"""Which kinds of steps there are, and whether a step still stands or was taken back."""

from __future__ import annotations

from sqlmodel import Session, col, or_, select

from storage import audit
from storage.bills import lifecycle, setting_aside
from storage.models import (
    Alarm,
    Amendment,
    Approval,
    Audit,
    Bill,
    BillState,
    Decision,
    Entry,
    Matter,
    Movement,
    PaymentInstruction,
    PaymentOrder,
    Person,
)
from storage.privacy import retention
from storage.undo import beside_actions, book_actions, mail_actions

OF_BILLS = (
    "amended", "paid", "allocated", "written off", "approved", "refused", "confirmed", "kept both", "replaced",
    "voided", "ordered", *beside_actions.ACTIONS,
)  # fmt: skip
"""Steps about a bill that can be taken back."""
REVERSALS = (
    "undone", "unpaid", "unallocated", "write-off undone", "unapproved", "unrefused", "unconfirmed", "held again",
    "order withdrawn", "unexplained", "restored", *beside_actions.REVERSALS, audit.TAKEN_BACK,
)  # fmt: skip
"""Steps that take another back."""
ARRIVALS = ("drafted", "imported")
"""What came in stays, whatever is taken back of what was done with it."""
BY_ITSELF = ("reminded", "joined", "linked", "distrusted iban", retention.DISCARDED)
"""What nobody did to anything."""


def can_be_taken_back(event: Audit) -> bool:
    """Whether there is a way back from such a step at all. A correction to the value that was there already only made
    it certain: nothing to take back."""
    if event.action == "voided":
        return setting_aside.WAS in event.details
    if event.action in OF_BILLS:
        return event.action != "amended" or bool(event.details)
    return book_actions.is_revocable(event)


def is_final(event: Audit) -> bool:
    """Whether the step changed something for good."""
    if event.action == "amended":
        return False
    return not can_be_taken_back(event) and event.action not in (*REVERSALS, *ARRIVALS, *BY_ITSELF)


def stands(session: Session, event: Audit) -> bool:
    """Whether a step that can be taken back has not been."""
    match event.action:
        case "amended":
            return any(made.undone_at is None for made in amendments_of(session, event))
        case "paid" | "allocated" | "written off":
            reversing = select(Entry.id).where(Entry.reverses == event.details.get("entry"))
            return "entry" in event.details and session.exec(reversing).first() is None
        case "approved" | "refused":
            return any(decided.undone_at is None for decided in decisions_of(session, event))
        case "confirmed":
            return _state(session, event) in lifecycle.BOOKED and not _later(session, event, "unconfirmed", "confirmed")
        case "kept both" | "replaced":
            decided = ("held again", "kept both", "replaced")
            return _state(session, event) is BillState.DRAFT and not _later(session, event, *decided)
        case "voided":
            return _is_set_aside(session, event)
        case action if action in beside_actions.ACTIONS:
            return beside_actions.stands(session, event)
        case "ordered":
            return order_of(session, event) is not None
        case "explained":
            movement = session.get_one(Movement, event.details["movement"])
            return movement.entry_id is not None and not book_actions.is_taken_back(session, event)
        case "set alarm":
            alarm = session.get_one(Alarm, event.details["alarm"])
            return alarm.cancelled_at is None
        case mail_actions.DECIDED:
            return mail_actions.is_decided(session, event) and not book_actions.is_taken_back(session, event)
    return not book_actions.is_taken_back(session, event)


def amendments_of(session: Session, event: Audit) -> list[Amendment]:
    """The corrections that a step made."""
    query = select(Amendment).where(Amendment.bill_id == event.bill_id, col(Amendment.field).in_(event.details))
    key = event.message_key
    if key is None:
        query = query.where(col(Amendment.person_id).in_(_who(session, event)), Amendment.made_at == event.at)
    else:
        query = query.where(
            or_(Amendment.message_key == key, col(Amendment.message_key).startswith(f"{key}/", autoescape=True))
        )
    found = session.exec(query.order_by(col(Amendment.id)).execution_options(populate_existing=True)).all()
    return [one for one in found if event.details[one.field] == [one.old, one.new]]


def decisions_of(session: Session, event: Audit) -> list[Approval]:
    """What was decided about paying in a step."""
    query = select(Approval).where(
        Approval.bill_id == event.bill_id,
        col(Approval.person_id).in_(_who(session, event)),
        Approval.matter == Matter.PAYMENT,
        Approval.decision == Decision(event.action),
        Approval.decided_at == event.at,
    )
    found = session.exec(query.order_by(col(Approval.id)).execution_options(populate_existing=True)).all()
    key = event.message_key
    return [one for one in found if key is None or one.key.startswith(key)]


def order_of(session: Session, event: Audit) -> PaymentOrder | None:
    """The payment file that a step made, None once it was withdrawn."""
    query = (
        select(PaymentOrder)
        .join(PaymentInstruction, col(PaymentInstruction.order_id) == col(PaymentOrder.id))
        .where(
            PaymentInstruction.bill_id == event.bill_id,
            PaymentOrder.made_by == event.person_id,
            PaymentOrder.made_at == event.at,
            col(PaymentOrder.withdrawn_at).is_(None),
        )
    )
    return session.exec(query.order_by(col(PaymentOrder.id).desc())).first()


def _is_set_aside(session: Session, event: Audit) -> bool:
    """Whether a bill is void by this step, and nothing that took its place is in the books."""
    other = event.details.get(setting_aside.IN_FAVOUR_OF)
    undecided = other is None or session.get_one(Bill, other).state in (BillState.DRAFT, BillState.HELD)
    return undecided and _state(session, event) is BillState.VOID and not _later(session, event, "restored", "voided")


def _who(session: Session, event: Audit) -> tuple[int, ...]:
    """Who took a step: they may have turned out to be somebody else who was here, under whom what they did goes on."""
    person = session.get(Person, event.person_id) if event.person_id is not None else None
    if person is None:
        return ()
    return (person.id,) if person.merged_into is None else (person.id, person.merged_into)


def _state(session: Session, event: Audit) -> BillState:
    return session.get_one(Bill, event.bill_id).state


def _later(session: Session, event: Audit, *actions: str) -> bool:
    query = select(Audit.id).where(
        Audit.bill_id == event.bill_id, col(Audit.id) > event.id, col(Audit.action).in_(actions)
    )
    return session.exec(query).first() is not None
