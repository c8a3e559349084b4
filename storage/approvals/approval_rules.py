"""Which bills need whose approval."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, select

from storage import audit
from storage.approvals import limits
from storage.bills import lifecycle
from storage.db.locks import acquire_lock
from storage.ledger.money import Money
from storage.models import ApprovalRule, Bill, Role, Side

RANKS = {Role.AUDITOR: -1, Role.MEMBER: 0, Role.ACCOUNTANT: 0, Role.APPROVER: 1, Role.OWNER: 2}
"""A higher role may decide where a lower one may: whoever keeps the books decides about payments like any colleague,
and who audits them about none."""


def in_force(session: Session) -> list[ApprovalRule]:
    """The rules in force, by currency and amount."""
    query = select(ApprovalRule).where(col(ApprovalRule.ended_at).is_(None))
    return list(session.exec(query.order_by(ApprovalRule.currency, col(ApprovalRule.min_minor))).all())


def require(
    session: Session,
    least: Money,
    *,
    steps: int,
    role: Role,
    category: str | None,
    person_id: int,
    now: datetime,
) -> list[ApprovalRule]:
    """From now on, bills of at least this need so many people's approval; 0 steps end such rules. The rules then.

    A rule for the same category and currency from the same amount on is replaced; with 0 steps, from any amount on.
    """
    acquire_lock(session, "approval rules")
    ended, made = [], None
    for rule in in_force(session):
        same = (rule.currency, rule.category) == (least.currency, category)
        if same and (rule.min_minor == least.minor or (steps == 0 and rule.min_minor >= least.minor)):
            rule.ended_at = now
            ended.append(rule.id)
    if steps:
        made = ApprovalRule(
            min_minor=least.minor,
            currency=least.currency,
            category=category,
            steps=steps,
            role=role,
            made_by=person_id,
            made_at=now,
        )
        session.add(made)
    session.flush()
    details: dict[str, Any] = {"from": str(least), "steps": steps, "role": str(role), "category": category}
    details |= {"ended": ended, "made": made.id if made else None}
    audit.record(session, "approval rule", person_id=person_id, now=now, details=details)
    return in_force(session)


def needed(session: Session, bill: Bill, known: Sequence[ApprovalRule]) -> tuple[int, Role]:
    """Steps and role by the strictest of these rules that the bill falls under (see `limits`)."""
    if bill.side is Side.RECEIVABLE or lifecycle.is_credit_note(bill) or bill.total_minor is None:
        return 0, Role.MEMBER
    mine = [rule for rule in known if _falls_under(session, bill, rule)]
    return (
        max((rule.steps for rule in mine), default=0),
        max((rule.role for rule in mine), default=Role.MEMBER, key=RANKS.__getitem__),
    )


def may_fall_under(rule: ApprovalRule) -> ColumnElement[bool]:
    """Whether a bill may fall under the rule, as a condition of a query."""
    least = limits.may_reach(rule)
    return and_(least, col(Bill.category) == rule.category) if rule.category is not None else least


def _falls_under(session: Session, bill: Bill, rule: ApprovalRule) -> bool:
    return rule.category in (None, bill.category) and limits.reaches(session, bill, rule)
