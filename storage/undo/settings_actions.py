"""Taking back what somebody set: for themselves (reminders, language), or for the company (roles, invitations)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlmodel import Session

from storage.approvals import approval_rules
from storage.errors import WrongState
from storage.messages import reminders
from storage.models import Alarm, ApprovalRule, Audit, Permission, Person, Reach, Role
from storage.people import company, leaving, people, preferences, rights
from storage.privacy import holds
from storage.undo import mail_actions

PERSONAL = ("chose", "set alarm", "snoozed")
"""Only who did it may take it back."""
OF_COMPANY = (
    "removed", "appointed", "approval rule", "own approval", "invited", rights.CHANGED, holds.HELD, holds.RELEASED,
)  # fmt: skip
"""What is set for everybody."""
SETTINGS = (*PERSONAL, *OF_COMPANY, *mail_actions.OF_MAIL)


def restore(session: Session, step: Audit, *, person_id: int, now: datetime) -> None:
    """Puts back what was set before. Raises: WrongState when what came after needs it."""
    _RESTORERS[step.action](session, step, person_id, now)
    session.flush()


def has_before(step: Audit) -> bool:
    """Whether what was set before is known; steps of older versions did not note it."""
    return _NOTED[step.action] in step.details


def _choice(session: Session, step: Audit, person_id: int, now: datetime) -> None:
    assert step.person_id is not None
    chosen, left = preferences.preference(session, step.person_id), step.details["chosen"]
    if any(getattr(chosen, name) != value for name, value in left.items()):
        raise WrongState("That was set otherwise since.")
    preferences.choose(session, step.person_id, **step.details["before"])


def _alarm(session: Session, step: Audit, person_id: int, now: datetime) -> None:
    alarm = session.get_one(Alarm, step.details["alarm"])
    if alarm.rung_at:
        raise WrongState("That reminder has come already.")
    alarm.cancelled_at = now


def _snooze(session: Session, step: Audit, person_id: int, now: datetime) -> None:
    assert step.person_id is not None
    bill, before = step.details["bill"], step.details["before"]
    if before is None:
        reminders.end_snooze(session, step.person_id, bill)
    else:
        until = before["until"]
        reminders.snooze(session, step.person_id, bill, datetime.fromisoformat(until) if until else None)


def _role(session: Session, step: Audit, person_id: int, now: datetime) -> None:
    person = session.get_one(Person, step.details["person"])
    if person.role != step.details["role"]:
        raise WrongState("{name} got another role since.", name=person.name)
    people.appoint(session, person, Role(step.details["before"]), by=person_id, now=now)


def _rule(session: Session, step: Audit, person_id: int, now: datetime) -> None:
    made = session.get(ApprovalRule, step.details["made"]) if step.details["made"] else None
    ended = [session.get_one(ApprovalRule, rule) for rule in step.details["ended"]]
    others = [rule for rule in approval_rules.in_force(session) if rule is not made]
    if (made and made.ended_at) or {_scope(rule) for rule in ended} & {_scope(rule) for rule in others}:
        raise WrongState("The rules for approvals were changed again since.")
    if made:
        made.ended_at = now
    for rule in ended:
        rule.ended_at = None


def _scope(rule: ApprovalRule) -> tuple[Any, ...]:
    return rule.currency, rule.category, rule.min_minor


def _own_approval(session: Session, step: Audit, person_id: int, now: datetime) -> None:
    company.describe(session, approve_own=step.details["before"])


def _right(session: Session, step: Audit, person_id: int, now: datetime) -> None:
    left = step.details
    role, permission = Role(left["role"]), Permission(left["permission"])
    if rights.reach_of(session, role, permission) != left["reach"]:
        raise WrongState("That was set otherwise since.")
    rights.change(session, role, permission, Reach(left["before"]), person_id=person_id, now=now)


def _invitation(session: Session, step: Audit, person_id: int, now: datetime) -> None:
    people.withdraw_invitation(session, step.details["invitation"], now)


def _removal(session: Session, step: Audit, person_id: int, now: datetime) -> None:
    leaving.take_back(session, step.details["person"], step.details["addresses"], by=person_id, now=now)


def _held(session: Session, step: Audit, person_id: int, now: datetime) -> None:
    holds.end(session, step.details["hold"], now)


def _released(session: Session, step: Audit, person_id: int, now: datetime) -> None:
    holds.renew(session, step.details["hold"])


_RESTORERS: dict[str, Callable[[Session, Audit, int, datetime], None]] = {
    "chose": _choice,
    "set alarm": _alarm,
    "snoozed": _snooze,
    "appointed": _role,
    "approval rule": _rule,
    "own approval": _own_approval,
    "invited": _invitation,
    "removed": _removal,
    holds.HELD: _held,
    holds.RELEASED: _released,
    rights.CHANGED: _right,
    mail_actions.DECIDED: mail_actions.restore_decision,
    mail_actions.RULE: mail_actions.restore_rule,
}
_NOTED = {
    "chose": "before",
    "set alarm": "alarm",
    "snoozed": "before",
    "appointed": "before",
    "approval rule": "ended",
    "own approval": "before",
    "invited": "invitation",
    "removed": "addresses",
    holds.HELD: "hold",
    holds.RELEASED: "hold",
    rights.CHANGED: "before",
    mail_actions.DECIDED: "held",
    mail_actions.RULE: "before",
}
