"""Who has to agree before a bill is paid, who did, and whether the vendor's account is the one that is known.

A bill may be paid once the steps of the strictest rule that it falls under are done, each by another person
(`second_person`), and its IBAN is known to be the vendor's (`storage.bills.vendor_ibans`). An approval holds for the
bill as it was: after a correction of vendor, total or IBAN, it is asked for anew, and after a refusal was taken back. A
refusal stays (`refusals`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from storage import audit
from storage.approvals import approval_rules as rules
from storage.approvals import refusals, second_person
from storage.bills import lifecycle, vendor_ibans
from storage.bills.beside import payment_holds
from storage.db.savepoints import atomic
from storage.errors import LedgerError, NotYours, WrongState
from storage.models import Approval, ApprovalRule, Bill, Decision, Matter, Person, Role, Side
from storage.people import people
from storage.people.oneness import are_two


@dataclass(frozen=True)
class ApprovalStatus:
    """How far the approval of a bill is: `steps` people are needed, `by` agreed, `refused` said no (None: nobody).

    `role` is the lowest role that may decide.
    """

    steps: int
    by: tuple[Approval, ...] = ()
    refused: Approval | None = None
    role: Role = Role.MEMBER

    @property
    def waits(self) -> bool:
        """Whether somebody still has to decide."""
        return self.refused is None and len(self.by) < self.steps


def approval_status(session: Session, bill: Bill) -> ApprovalStatus:
    """How far the approval of a bill is; no steps where no rule asks for any."""
    return _standing(session, bill, rules.in_force(session))


def _standing(session: Session, bill: Bill, in_force: Sequence[ApprovalRule]) -> ApprovalStatus:
    steps, role = rules.needed(session, bill, in_force)
    reopened = refusals.last_taken_back(session, bill)
    agreed = [
        one
        for one in decisions(session, bill, Matter.PAYMENT)
        if one.decision is Decision.APPROVED and (reopened is None or one.decided_at >= reopened)
    ]
    if agreed:  # two people may turn out to be one, and who approved may have corrected it since
        able = {person.id: person for person in second_person.may_approve(session, bill, steps, Role.MEMBER)}
        agreed = [one for one in agreed if one.person_id in able]
        agreed = [
            one
            for n, one in enumerate(agreed)
            if all(are_two(able[one.person_id], able[before.person_id]) for before in agreed[:n])
        ]
    return ApprovalStatus(steps, tuple(agreed), refusals.refusal_in_force(session, bill), role)


def decisions(session: Session, bill: Bill, matter: Matter) -> list[Approval]:
    """The decisions about the bill as it is now, oldest first; the last one of a person counts."""
    query = select(Approval).where(
        Approval.bill_id == bill.id,
        Approval.matter == matter,
        Approval.basis == basis(bill),
        col(Approval.undone_at).is_(None),
    )
    latest = {one.person_id: one for one in session.exec(query.order_by(col(Approval.id))).all()}
    return sorted(latest.values(), key=lambda one: one.id)


def may_decide(session: Session, bill: Bill, person: Person) -> bool:
    """Whether this person may approve the bill's payment: of the role that is asked for, and not on a bill of their own
    making."""
    far = approval_status(session, bill)
    return person in second_person.may_approve(session, bill, far.steps, far.role)


def awaited(session: Session, bill: Bill) -> list[Person]:
    """For whom the bill waits: for their approval, or their word on its changed account."""
    if bill.state not in lifecycle.OPEN or not lifecycle.is_owed_by_us(bill):
        return []
    if vendor_ibans.changed_iban(session, bill):
        return second_person.may_vouch(session, bill)
    far = approval_status(session, bill)
    if not far.waits:
        return []
    agreed = {one.person_id for one in far.by}
    able = second_person.may_approve(session, bill, far.steps, far.role)
    return [person for person in able if person.id not in agreed]


def awaits_decision_of(session: Session, bill: Bill, person: Person) -> bool:
    """Whether the bill waits for this person."""
    return person in awaited(session, bill)


@atomic
def decide(
    session: Session,
    bill_id: int,
    decision: Decision,
    *,
    key: str,
    person_id: int,
    now: datetime,
    note: str = "",
) -> ApprovalStatus:
    """Notes what a person decided about paying the bill; repeated under its key, nothing changes. How far it is then.

    Raises: WrongState for a bill on which nothing is to be decided; NotYours.
    """
    bill = lifecycle.lock(session, bill_id)
    approval_key = f"{key}/decide/{bill_id}"
    if session.exec(select(Approval).where(Approval.key == approval_key)).first():
        return approval_status(session, bill)
    person = people.find_by_id(session, person_id)
    assert person is not None
    if bill.state not in lifecycle.OPEN:
        raise WrongState(
            "{bill} is {state}; there is nothing to approve.", bill=lifecycle.bill_title(bill), state=bill.state
        )
    far = approval_status(session, bill)
    if not far.steps and not far.refused and decision is Decision.APPROVED:
        raise WrongState("{bill} needs no approval.", bill=lifecycle.bill_title(bill))
    if not may_decide(session, bill, person):
        raise NotYours(
            "You cannot decide about {bill}: it needs somebody with the role “{role}” who did not send it, nor "
            "correct it while there are others.",
            bill=lifecycle.bill_title(bill),
            role=far.role,
        )
    _note(session, bill, Matter.PAYMENT, decision, approval_key, person_id, now, note)
    audit.record(session, str(decision), person_id=person_id, now=now, bill_id=bill_id, details={"note": note})
    return approval_status(session, bill)


@atomic
def take_back(session: Session, decided: Approval, *, person_id: int, now: datetime) -> None:
    """Takes a decision about a bill's payment back. Raises: WrongState when the bill is paid or void by now."""
    bill = lifecycle.lock(session, decided.bill_id)
    if bill.state not in lifecycle.OPEN:
        raise WrongState(
            "{bill} is {state}; its approval cannot be taken back any more.",
            bill=lifecycle.bill_title(bill),
            state=bill.state,
        )
    decided.undone_at = now
    session.flush()
    action = "unapproved" if decided.decision is Decision.APPROVED else "unrefused"
    audit.record(session, action, person_id=person_id, now=now, bill_id=bill.id)


# --- the vendor's account ---


@atomic
def trust_iban(session: Session, bill_id: int, *, key: str, person_id: int, now: datetime) -> None:
    """A person says that the bill's account is the vendor's: a second one, where there is one.

    Raises: NotYours; WrongState when there is nothing to look at, or the account is our own.
    """
    bill = lifecycle.lock(session, bill_id)
    if session.exec(select(Approval).where(Approval.key == f"{key}/iban/{bill_id}")).first():
        return
    if ours := _our_own(session, bill):
        raise ours
    if vendor_ibans.changed_iban(session, bill) is None:
        raise WrongState("The account of {bill} is known to be theirs.", bill=lifecycle.bill_title(bill))
    second = second_person.may_vouch(session, bill)
    if second and person_id not in [person.id for person in second]:
        raise NotYours(
            "A changed account needs a second person: somebody who neither sent, corrected nor confirmed {bill}, and "
            "who goes by another name than who did. {names} can say that it is theirs.",
            bill=lifecycle.bill_title(bill),
            names=", ".join(person.name for person in second),
        )
    _note(session, bill, Matter.IBAN, Decision.APPROVED, f"{key}/iban/{bill_id}", person_id, now, "")
    vendor_ibans.trust(session, bill, person_id, now)
    audit.record(session, "trusted iban", person_id=person_id, now=now, bill_id=bill_id, details={"iban": bill.iban})


# --- paying ---


def payment_obstacle(session: Session, bill: Bill, today: date | None = None) -> LedgerError | None:
    """Why the bill may not be paid yet; None when it may. What others owe us needs nobody's leave."""
    if bill.side is Side.RECEIVABLE and not lifecycle.is_owed_by_us(bill):
        return None
    if held := payment_holds.obstacle(session, bill, today):
        return held
    if ours := _our_own(session, bill):
        return ours
    if (strange := vendor_ibans.changed_iban(session, bill)) and not strange.known:
        return WrongState(
            "A second person has to look at the account that {bill} names: {new}. Ask the vendor by a number that you "
            "know, and let them say that it is theirs.",
            bill=lifecycle.bill_title(bill),
            new=strange.new,
        )
    if strange:
        return WrongState(
            "{bill} names another account than before: {new} instead of {known}. Ask the vendor by a number that you "
            "know, and let a second person say that it is theirs.",
            bill=lifecycle.bill_title(bill),
            new=strange.new,
            known=", ".join(strange.known),
        )
    far = approval_status(session, bill)
    if far.refused:
        name = people.name_of(session, far.refused.person_id)
        return WrongState("{name} refused {bill}.", name=name, bill=lifecycle.bill_title(bill))
    if far.waits:
        return WrongState(
            "{bill} needs approval first: {done} of {steps}.",
            bill=lifecycle.bill_title(bill),
            done=len(far.by),
            steps=far.steps,
        )
    return None


def waiting(session: Session) -> list[Bill]:
    """Booked bills of ours that wait for an approval or for a word about their account, oldest first."""
    in_force = rules.in_force(session)
    query = select(Bill).where(col(Bill.state).in_(lifecycle.OPEN), Bill.side == Side.PAYABLE)
    query = query.where(or_(vendor_ibans.may_be_changed(), *map(rules.may_fall_under, in_force)))
    found = session.exec(query.order_by(col(Bill.id))).all()
    decided = _decided(session) | refusals.possibly_refused(session, found) if in_force else frozenset()
    return [
        bill
        for bill in found
        if vendor_ibans.changed_iban(session, bill)
        or (
            _standing(session, bill, in_force).waits if bill.id in decided else rules.needed(session, bill, in_force)[0]
        )
    ]


def _decided(session: Session) -> frozenset[int]:
    """The ids of open bills about whose payment anybody decided."""
    query = select(Approval.bill_id).join(Bill, col(Bill.id) == col(Approval.bill_id))
    query = query.where(Approval.matter == Matter.PAYMENT, col(Bill.state).in_(lifecycle.OPEN)).distinct()
    return frozenset(session.exec(query).all())


def basis(bill: Bill) -> str:
    """What a decision rests on: another vendor, total or account needs another decision."""
    return f"{bill.vendor_id}|{bill.total_minor} {bill.currency}|{bill.iban or ''}"


def _note(
    session: Session,
    bill: Bill,
    matter: Matter,
    decision: Decision,
    key: str,
    person_id: int,
    now: datetime,
    note: str,
) -> None:
    session.add(
        Approval(
            key=key,
            bill_id=bill.id,
            matter=matter,
            decision=decision,
            person_id=person_id,
            basis=basis(bill) if matter is Matter.PAYMENT else vendor_ibans.account_basis(bill),
            note=note,
            decided_at=now,
        )
    )
    session.flush()


def _our_own(session: Session, bill: Bill) -> WrongState | None:
    """That the bill would be paid to ourselves; a direct debit prints the account that it is taken from."""
    account = vendor_ibans.our_account(session, bill.iban)
    if account is None:
        return None
    return WrongState(
        "{bill} names our own account {iban} ({account}), so nothing can be sent there. If it is taken from it by "
        "direct debit, say “paid” once it was; else say “IBAN is …” with the vendor's.",
        bill=lifecycle.bill_title(bill),
        iban=bill.iban,
        account=account.name,
    )
