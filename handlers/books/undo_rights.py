"""Who may take back what: whoever has the right that the step needed, for the document that it was about."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from handlers.context import Context
from handlers.errors import NotAllowed
from handlers.language.translation import say
from handlers.rights import labels, permitted
from handlers.rights.permitted import NotPermitted
from handlers.wording.refusals import never_by_mail, other_bill
from storage.approvals import approvals
from storage.bills import lifecycle, setting_aside
from storage.bills.splitting import cost_objects
from storage.mail import quarantine
from storage.models import Audit, Permission, Reach
from storage.people import people, rights
from storage.privacy import holds
from storage.reports.insight import budgets
from storage.undo import beside_actions, mail_actions, settings_actions

DECISIONS = ("approved", "refused")
THEIRS_ALONE = (*DECISIONS, *settings_actions.PERSONAL)
"""What nobody takes back for another."""
NEEDED = {
    **dict.fromkeys(("kept both", "replaced"), Permission.EDIT_DRAFTS),
    "confirmed": Permission.CONFIRM_BILLS,
    **dict.fromkeys(("paid", "allocated"), Permission.RECORD_PAYMENTS),
    **dict.fromkeys(beside_actions.ACTIONS, Permission.EDIT_DRAFTS),
    "ordered": Permission.MAKE_PAYMENT_FILES,
    "explained": Permission.IMPORT_STATEMENTS,
    **dict.fromkeys(
        (
            "opened",
            "transferred",
            "prepaid",
            "valued",
            "written off",
            "added account",
            "renamed",
            "numbered",
            cost_objects.ADDED,
            budgets.SET,
        ),
        Permission.KEEP_BOOKS,
    ),
    "closed": Permission.CLOSE_BOOKS,
    "reopened": Permission.REOPEN_BOOKS,
    "described": Permission.DESCRIBE_COMPANY,
    **dict.fromkeys(("approval rule", "own approval"), Permission.SET_RULES),
    **dict.fromkeys(("appointed", "invited", "removed"), Permission.MANAGE_PEOPLE),
    **dict.fromkeys((holds.HELD, holds.RELEASED), Permission.KEEP_BOOKS),
    rights.CHANGED: Permission.CHANGE_RIGHTS,
    mail_actions.DECIDED: Permission.DECIDE_MAIL,
    mail_actions.RULE: Permission.RULE_MAIL,
    **dict.fromkeys(settings_actions.PERSONAL, Permission.OWN_SETTINGS),
}
"""What each kind of step needed, as the audit names it; corrections and decisions depend on their bill."""


def refuse_unless_allowed(session: Session, context: Context, steps: Sequence[Audit]) -> None:
    """Raises: NotAllowed where the asker may not take back one of the steps."""
    for step in steps:
        if context.scope is not None:
            _refuse_elsewhere(context.scope, step)
        own = people.is_same(session, step.person_id, context.asker.id)
        if not own and step.action in THEIRS_ALONE:
            name = people.name_of(session, step.person_id)
            raise NotAllowed(say("{name} decided that, and only {name} can take it back.", name=name))
        if step.action in DECISIONS:
            _refuse_without_say(session, context, step)
            continue
        _refuse_without_right(session, context, step, own=own)


def allowed(session: Session, context: Context, steps: Sequence[Audit]) -> bool:
    """Whether the asker may."""
    try:
        refuse_unless_allowed(session, context, steps)
    except NotAllowed:
        return False
    return True


def _refuse_elsewhere(scope: frozenset[int], step: Audit) -> None:
    """What came by mail takes back only what was done to the bills of the mail that it answers."""
    if step.bill_id is None:
        raise NotAllowed(never_by_mail())
    if step.bill_id not in scope:
        raise NotAllowed(other_bill())


def needed(session: Session, step: Audit, *, own: bool) -> Permission:
    """What a step needs to be taken back: what it needed, and others' closing what reopening needs."""
    if step.action == "amended":
        assert step.bill_id is not None, "a correction is of a bill"
        booked = lifecycle.find(session, step.bill_id).state in lifecycle.BOOKED
        return Permission.CORRECT_BILLS if booked else Permission.EDIT_DRAFTS
    if step.action == "voided":
        return (
            Permission.VOID_BILLS if step.details.get(setting_aside.WAS) in lifecycle.BOOKED else Permission.EDIT_DRAFTS
        )
    if step.action == "closed" and not own:
        return Permission.REOPEN_BOOKS
    return NEEDED[step.action]


def _refuse_without_right(session: Session, context: Context, step: Audit, *, own: bool) -> None:
    permission = needed(session, step, own=own)
    reach = permitted.reach(session, context, permission)
    if reach is Reach.ANY:
        return
    if own and reach is Reach.OWN and _is_about_own(session, context, step, permission):
        return
    if own:
        raise NotPermitted(labels.may_not(session, permission, theirs=reach is Reach.OWN), permission)
    name = people.name_of(session, step.person_id) or say("Billify")
    raise NotPermitted(labels.may_not_take_back(session, permission, name), permission)


def _is_about_own(session: Session, context: Context, step: Audit, permission: Permission) -> bool:
    if step.bill_id is not None:
        return permitted.is_theirs(session, context, permission, lifecycle.find(session, step.bill_id))
    held = quarantine.find(session, step.details["held"]) if step.action == mail_actions.DECIDED else None
    return held is not None and held.held.person_id == context.asker.id


def _refuse_without_say(session: Session, context: Context, step: Audit) -> None:
    person = people.find_by_id(session, context.asker.id)
    assert step.bill_id is not None and person is not None
    if not approvals.may_decide(session, lifecycle.find(session, step.bill_id), person):
        raise NotAllowed(say("You may no longer decide about this bill, so your decision stays."))
