"""What each role may do, and with whose documents: `config/rights.toml`, and what the company chose instead."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

from sqlmodel import Session, col, select

from storage import audit
from storage.db.locks import acquire_lock
from storage.db.tenancy import company_of
from storage.errors import WrongState
from storage.models import Bill, BillState, ChosenRight, Permission, Person, Reach, Role
from storage.people import people

CHANGED = "changed right"
"""What the audit calls that the company changed what a role may do."""
_WHOEVER_BOOKED = frozenset({Permission.SEE_BILLS, Permission.SEND_DOCUMENTS, Permission.RECORD_PAYMENTS})
"""What people may do with bills that they sent, whoever confirmed or paid them."""


@dataclass(frozen=True)
class Usual:
    """What holds where the company chose nothing: the roles that may do it with their own, and with anybody's.

    What is `fixed` the company cannot change; who tries what is `told` is named to the owner.
    """

    own: frozenset[Role]
    any: frozenset[Role]
    fixed: bool
    told: bool


@cache
def usual() -> dict[Permission, Usual]:
    """What `config/rights.toml` says. Raises: KeyError where it lacks a permission; ValueError for one unknown."""
    table = tomllib.loads(files("config").joinpath("rights.toml").read_text("utf-8"))
    unknown = table.keys() - set(Permission)
    if unknown:
        raise ValueError(f"config/rights.toml: no such permission: {', '.join(sorted(unknown))}")
    return {
        permission: Usual(
            frozenset(map(Role, row.get("own", ()))),
            frozenset(map(Role, row.get("any", ()))),
            row.get("fixed", False),
            row.get("told", False),
        )
        for permission in Permission
        for row in (table[permission],)
    }


def reach_of(session: Session, role: Role, permission: Permission) -> Reach:
    """With whose documents a role may do something."""
    if role is Role.OWNER:
        return Reach.ANY
    known = usual()[permission]
    if not known.fixed and (chosen := session.get(ChosenRight, (company_of(session), role, permission))):
        return chosen.reach
    if role in known.any:
        return Reach.ANY
    return Reach.OWN if role in known.own else Reach.NONE


def roles_with(session: Session, permission: Permission) -> list[Role]:
    """The roles that may do something with anybody's documents, the owner first."""
    return [role for role in Role if reach_of(session, role, permission) is Reach.ANY]


def who_may(session: Session, permission: Permission, *, most: int) -> list[Person]:
    """The first people who may do something with anybody's documents."""
    query = select(Person).where(
        col(Person.role).in_(roles_with(session, permission)), col(Person.merged_into).is_(None)
    )
    return list(session.exec(query.order_by(col(Person.id)).limit(most)).all())


def is_own(session: Session, bill: Bill, person_id: int, permission: Permission) -> bool:
    """Whether a bill is the person's own, for what is permitted: they sent it, and to change it, nobody else confirmed
    it, and no money has moved."""
    ids = people.ids_of(session, person_id)
    if bill.created_by not in ids:
        return False
    return permission in _WHOEVER_BOOKED or (
        bill.confirmed_by in (None, *ids) and bill.state not in (BillState.PART_PAID, BillState.PAID)
    )


def change(
    session: Session, role: Role, permission: Permission, reach: Reach, *, person_id: int, now: datetime
) -> Reach:
    """From now on a role may do something so far; returns how far it might before.

    Raises: WrongState for the owner, who may everything, and for what is fixed.
    """
    acquire_lock(session, "rights")
    if role is Role.OWNER or usual()[permission].fixed:
        raise WrongState("What the owner may do, and what only the owner may, cannot be changed.")
    before = reach_of(session, role, permission)
    chosen = session.get(ChosenRight, (company_of(session), role, permission)) or ChosenRight(
        role=role, permission=permission, reach=reach, chosen_by=person_id, chosen_at=now
    )
    chosen.reach, chosen.chosen_by, chosen.chosen_at = reach, person_id, now
    session.add(chosen)
    session.flush()
    details = {"role": str(role), "permission": str(permission), "before": str(before), "reach": str(reach)}
    audit.record(session, CHANGED, person_id=person_id, now=now, details=details)
    return before
