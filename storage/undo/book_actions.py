"""Taking back what somebody did that is not about one bill: a transfer, a closing, a new name, a setting."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from storage import audit
from storage.audit import TAKEN_BACK
from storage.bank import bank_movements, opening_balances
from storage.bills.splitting import cost_objects
from storage.db.savepoints import atomic
from storage.errors import WrongState
from storage.ledger import accounts, booking, period_closing
from storage.models import Account, Audit, Closing, Entry
from storage.payments import prepayments
from storage.people import company
from storage.reconciliation import reconciling
from storage.reports.insight import budgets
from storage.undo import settings_actions

BOOKED = ("opened", "transferred", "prepaid", "valued")
BOOK_ACTIONS = (
    *BOOKED,
    cost_objects.ADDED,
    budgets.SET,
    "added account",
    "renamed",
    "numbered",
    "closed",
    "reopened",
    "described",
    "explained",
)
REVOCABLE_ACTIONS = (*BOOK_ACTIONS, *settings_actions.SETTINGS)
"""What can be taken back, as the audit names it."""

LOOKED_AT = 50


def latest(session: Session, person_id: int) -> Audit | None:
    """The last of these steps that the person took and that still stands; None when there is none lately."""
    query = select(Audit).where(Audit.person_id == person_id, col(Audit.action).in_((*BOOK_ACTIONS, TAKEN_BACK)))
    taken_back: set[int] = set()
    for event in session.exec(query.order_by(col(Audit.id).desc()).limit(LOOKED_AT)).all():
        if event.action == TAKEN_BACK:
            taken_back.add(event.details["step"])
        elif event.id not in taken_back:
            return event
    return None


@atomic
def revoke(session: Session, step_id: int, *, key: str, person_id: int, now: datetime) -> Audit:
    """Takes a step back; returns it. Raises: WrongState when it was taken back already, or what came after needs it."""
    step = session.get(Audit, step_id)
    if step is None or not is_revocable(step) or is_taken_back(session, step):
        raise WrongState("That was taken back already.")
    if step.action in settings_actions.SETTINGS:
        settings_actions.restore(session, step, person_id=person_id, now=now)
    elif step.action in BOOKED:
        _reverse(session, step, key, person_id, now)
    elif step.action in ("closed", "reopened"):
        _turn_closing(session, step, person_id, now)
    elif step.action == "explained":
        reconciling.unreconcile(session, step.details["movement"], key=key, person_id=person_id, now=now)
    elif step.action == budgets.SET:
        budgets.take_back(session, step.details["made"], step.details["ended"], now)
    elif step.action == cost_objects.ADDED:
        cost_objects.close(session, step.details["cost_object"], now)
    elif step.action == "described":
        company.describe(session, **{step.details["field"]: step.details["old"]})
    else:
        _restore_account(session, step, now)
    session.flush()
    audit.record(session, TAKEN_BACK, person_id=person_id, now=now, details={"step": step.id, "action": step.action})
    return step


def is_revocable(step: Audit) -> bool:
    """Whether there is a way back from such a step."""
    if step.action in settings_actions.SETTINGS:
        return settings_actions.has_before(step)
    return step.action in REVOCABLE_ACTIONS


def is_taken_back(session: Session, step: Audit) -> bool:
    """Whether somebody took the step back."""
    later = session.exec(select(Audit).where(Audit.action == TAKEN_BACK, col(Audit.id) > step.id)).all()
    return any(event.details["step"] == step.id for event in later)


def _reverse(session: Session, step: Audit, key: str, person_id: int, now: datetime) -> None:
    ids = opening_balances.entries_of(step) if step.action == opening_balances.OPENED else [step.details["entry"]]
    for entry in [session.get_one(Entry, entry_id) for entry_id in ids]:
        legs = booking.draft_of(session, entry).legs
        booking.reverse(session, entry, key=f"{key}/revoke/{step.id}/{entry.id}", person_id=person_id, now=now)
        bank_movements.unlink_entry(session, entry)
        prepayments.refuse_if_used(session, legs)
    if step.action == opening_balances.OPENED:
        opening_balances.forget(session, step)


def _turn_closing(session: Session, step: Audit, person_id: int, now: datetime) -> None:
    made = session.get(Closing, step.details["closing"])
    assert made is not None
    if step.action == "reopened":
        made.reopened_by, made.reopened_at = None, None
        return
    if period_closing.closing_in_force(session) is not made:
        raise WrongState("The books were closed again since. Take that back first.")
    made.reopened_by, made.reopened_at = person_id, now


def _restore_account(session: Session, step: Audit, now: datetime) -> None:
    """An account under its former name and numbers; one that was new is closed, unless it was used meanwhile."""
    account = accounts.account(session, step.details["account"])
    if step.action == "renamed":
        account.name = step.details["old"]
        return
    if step.action == "numbered":
        account.charted = step.details["old"]
        return
    if before := step.details.get("before"):
        _put_back(account, before)
        return
    if accounts.is_used(session, account):
        raise WrongState("{account} has been used since, so it stays.", account=account.name)
    account.closed_at, account.iban, account.number = now, None, None


def _put_back(account: Account, columns: dict[str, str | None]) -> None:
    for name, value in columns.items():
        setattr(account, name, value)
