"""Whether the asker may do something, by their role and by whose bill it is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlmodel import Session

from handlers.context import Context
from handlers.errors import NotAllowed
from handlers.rights import labels
from storage.approvals import approvals
from storage.models import Bill, Permission, Reach
from storage.people import people, rights


class NotPermitted(NotAllowed):
    """The asker's role lacks this permission."""

    def __init__(self, text: str, permission: Permission) -> None:
        super().__init__(text)
        self.permission = permission


def reach(session: Session, context: Context, permission: Permission) -> Reach:
    """With whose documents the asker may do something."""
    return rights.reach_of(session, context.asker.role, permission)


def may(session: Session, context: Context, permission: Permission, bill: Bill | None = None) -> bool:
    """Whether the asker may do something at all, or with this bill."""
    far = reach(session, context, permission)
    return far is Reach.ANY or (far is Reach.OWN and bill is not None and is_theirs(session, context, permission, bill))


def is_theirs(session: Session, context: Context, permission: Permission, bill: Bill) -> bool:
    """Whether a bill is the asker's own, for what is permitted; to see it, also whether it waits for their decision."""
    if rights.is_own(session, bill, context.asker.id, permission):
        return True
    person = people.find_by_id(session, context.asker.id) if permission is Permission.SEE_BILLS else None
    return person is not None and approvals.awaits_decision_of(session, bill, person)


def refuse(session: Session, context: Context, permission: Permission, bill: Bill | None = None) -> None:
    """Raises: NotPermitted where the asker may not do something, or not with this bill."""
    if not may(session, context, permission, bill):
        theirs = reach(session, context, permission) is Reach.OWN
        raise NotPermitted(labels.may_not(session, permission, theirs=theirs), permission)


def of_these(session: Session, context: Context, found: Sequence[Bill]) -> list[Bill]:
    """Those of the bills that the asker may see. Raises: NotPermitted where there are some, but none of these."""
    seen = visible(session, context, found)
    if found and not seen:
        refuse(session, context, Permission.SEE_BILLS, found[0])
    return seen


def visible(session: Session, context: Context, found: Iterable[Bill]) -> list[Bill]:
    """Those of the bills that the asker may see."""
    if reach(session, context, Permission.SEE_BILLS) is Reach.ANY:
        return list(found)
    return [bill for bill in found if may(session, context, Permission.SEE_BILLS, bill)]


def only_of(session: Session, context: Context) -> tuple[int, ...] | None:
    """The ids of the person whose bills alone the asker may see in lists; None for everybody's."""
    if reach(session, context, Permission.SEE_BILLS) is Reach.ANY:
        return None
    return tuple(people.ids_of(session, context.asker.id))
