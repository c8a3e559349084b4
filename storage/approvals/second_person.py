"""Who is the second person, where one is not enough: to vouch for an account, and to approve a bill."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from storage.approvals.approval_rules import RANKS
from storage.bills.beside import claims
from storage.models import Amendment, Audit, Bill, Permission, Person, Role
from storage.people import company, people, rights
from storage.people.oneness import are_two

_OF_ACCOUNT = ("iban", "vendor", "side")
_OF_PAYMENT = (*_OF_ACCOUNT, "total", "currency", claims.FIELD)
"""Corrections that make somebody a first person, for an account and for a payment."""
_CHOSE = ("replaced", "kept both")
"""Decisions about a duplicate, by which its account is taken over."""


def may_vouch(session: Session, bill: Bill) -> list[Person]:
    """Who may say whose the bill's account is.

    Of those who may trust accounts, whoever neither sent, corrected nor confirmed the bill, nor decided about its
    duplicate; where there is none, whoever did not give the account, by correcting it last or else by sending it;
    alone, one decides alone. So a correction by the second person makes them a first one, and it starts again.
    """
    able = rights.roles_with(session, Permission.TRUST_ACCOUNTS)
    candidates = [person for person in people.everybody(session) if person.role in able]
    involved = {bill.created_by, *_correctors(session, bill, _OF_ACCOUNT)}
    if bill.confirmed_by is not None:
        involved.add(bill.confirmed_by)
    chose = select(Audit.person_id).where(Audit.bill_id == bill.id, col(Audit.action).in_(_CHOSE))
    involved |= {one for one in session.exec(chose).all() if one is not None}
    for first in (involved, _givers(session, bill)):
        if found := _second_to(session, candidates, first):
            return found
    return candidates


def of_rank(session: Session, role: Role) -> list[Person]:
    """Everybody of the role or a higher one, by whom a rule can be satisfied at all."""
    return [person for person in people.everybody(session) if RANKS[person.role] >= RANKS[role]]


def may_approve(session: Session, bill: Bill, steps: int, role: Role) -> list[Person]:
    """Who may approve the bill's payment, by a rule that asks for so many people of at least a role.

    Whoever neither sent nor corrected it; confirming what another sent is a second look already. Where these are too
    few for the rule, whoever did not send it; and
    the company may let people approve their own.
    """
    candidates = of_rank(session, role)
    if company.company(session).approve_own:
        return candidates
    claimant = claims.claimant(bill)
    own = {bill.created_by, *((claimant,) if claimant is not None else ())}
    for first in ({*own, *_correctors(session, bill, _OF_PAYMENT)}, own):
        found = _second_to(session, candidates, first)
        if len(found) >= max(steps, 1):
            return found
    return [person for person in candidates if person.id not in own]


def _correctors(session: Session, bill: Bill, fields: Sequence[str]) -> Sequence[int]:
    """Who corrected one of the fields as it stands."""
    query = select(Amendment.person_id).where(
        Amendment.bill_id == bill.id, col(Amendment.field).in_(fields), col(Amendment.undone_at).is_(None)
    )
    return session.exec(query).all()


def _givers(session: Session, bill: Bill) -> set[int]:
    """Who gave the bill its account: by correcting it, else by sending it."""
    query = select(Amendment.person_id).where(
        Amendment.bill_id == bill.id, Amendment.field == "iban", col(Amendment.undone_at).is_(None)
    )
    last = session.exec(query.order_by(col(Amendment.id).desc())).first()
    return {bill.created_by if last is None else last}


def _second_to(session: Session, candidates: Sequence[Person], first: Collection[int]) -> list[Person]:
    """The candidates who are somebody else than each of the first people."""
    known = [person for one in first if (person := people.find_now(session, one)) is not None]
    return [candidate for candidate in candidates if all(are_two(candidate, person) for person in known)]
