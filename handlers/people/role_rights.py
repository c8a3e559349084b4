"""What each role may do, as the company wants it. The owner decides."""

from __future__ import annotations

from sqlmodel import Session

from handlers.button_ids import choice_id
from handlers.context import Context
from handlers.language.formats import listed, title
from handlers.language.translation import say
from handlers.messages import Choice, Reply
from handlers.requests import GrantRight, ShowRights
from handlers.rights import labels
from storage import audit
from storage.models import Permission, Reach, Role
from storage.people import rights


def grant(session: Session, context: Context, request: GrantRight) -> tuple[Reply, ...]:
    """From now on the role may do it so far, with Undo. Raises: LedgerError for what is fixed."""
    role, permission, reach = Role(request.of), Permission(request.permission), Reach(request.reach)
    before = rights.change(session, role, permission, reach, person_id=context.asker.id, now=context.now)
    text = say("From now on: {rule}.", rule=labels.may_say(role, permission, reach))
    if before is reach:
        text = say("That is so already: {rule}.", rule=labels.may_say(role, permission, reach))
    undo = Choice(choice_id("revoke", argument=str(audit.last_step(session))), say("Undo"))
    return (Reply(text, choices=(undo,)),)


def show(session: Session, context: Context, request: ShowRights) -> tuple[Reply, ...]:
    """What a role may do, or each of them."""
    asked_for = context.asker.role if request.mine else Role(request.of) if request.of else None
    roles = [asked_for] if asked_for else list(Role)
    lines = [_line(session, role) for role in roles]
    lines.append(say("The owner changes that: “members may see balances”, “members may not confirm bills”."))
    return (Reply("\n".join(lines)),)


def _line(session: Session, role: Role) -> str:
    """ "Members may send documents and see balances; only their own: edit drafts and see bills."."""
    who = title(say(labels.ALL_OF[role]))
    if role is Role.OWNER:
        return say("{who} may do everything.", who=who)
    found = {reach: _acts(session, role, reach) for reach in Reach}
    if not found[Reach.OWN]:
        return say("{who} may {acts}.", who=who, acts=found[Reach.ANY])
    return say("{who} may {acts}; only with their own: {own}.", who=who, acts=found[Reach.ANY], own=found[Reach.OWN])


def _acts(session: Session, role: Role, reach: Reach) -> str:
    acts = [say(labels.PERMISSIONS[one]) for one in Permission if rights.reach_of(session, role, one) is reach]
    return listed(acts)
