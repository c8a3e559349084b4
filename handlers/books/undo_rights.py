"""Who may take back what: one's own with the right that it needed, others' as an owner or approver."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from handlers.context import Context
from handlers.errors import NotAllowed
from handlers.language.translation import say
from handlers.wording.refusals import only_the_owner, refuse_to_members
from storage.approvals import approvals
from storage.bills import lifecycle
from storage.models import Audit
from storage.people import people
from storage.undo import settings_actions

DECISIONS = ("approved", "refused")
THEIRS_ALONE = (*DECISIONS, *settings_actions.PERSONAL)
"""What nobody takes back for another."""
OWNERS = ("closed", "reopened", "described", *settings_actions.OF_COMPANY)


def refuse_unless_allowed(session: Session, context: Context, steps: Sequence[Audit]) -> None:
    """Raises: NotAllowed where the asker may not take back one of the steps."""
    for step in steps:
        if not people.is_same(session, step.person_id, context.asker.id):
            _refuse_others(session, context, step)
        if step.action in OWNERS:
            only_the_owner(context, say("take that back"))
        if step.action in DECISIONS:
            _refuse_without_say(session, context, step)


def allowed(session: Session, context: Context, steps: Sequence[Audit]) -> bool:
    """Whether the asker may."""
    try:
        refuse_unless_allowed(session, context, steps)
    except NotAllowed:
        return False
    return True


def _refuse_others(session: Session, context: Context, step: Audit) -> None:
    name = people.name_of(session, step.person_id) or say("Billify")
    if step.action in THEIRS_ALONE:
        raise NotAllowed(say("{name} decided that, and only {name} can take it back.", name=name))
    refuse_to_members(context, step.person_id, name)


def _refuse_without_say(session: Session, context: Context, step: Audit) -> None:
    person = people.find_by_id(session, context.asker.id)
    assert step.bill_id is not None and person is not None
    if not approvals.may_decide(session, lifecycle.find(session, step.bill_id), person):
        raise NotAllowed(say("You may no longer decide about this bill, so your decision stays."))
