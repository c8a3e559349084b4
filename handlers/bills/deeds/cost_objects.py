"""Projects and cost centres: added, and listed."""

from __future__ import annotations

from sqlmodel import Session

from handlers.context import Context
from handlers.language.translation import say, sayable
from handlers.messages import Reply
from handlers.requests import AddCostObject, CostObjects
from storage.bills.splitting import cost_objects

KINDS = {"project": sayable("Projects"), "cost_centre": sayable("Cost centres")}


def add(session: Session, context: Context, request: AddCostObject) -> tuple[Reply, ...]:
    """It is there from now on. Raises: LedgerError when there is one of this name."""
    made = cost_objects.add(session, request.kind, request.name, person_id=context.asker.id, now=context.now)
    if request.kind == "project":
        text = say("Added the project {name}. Say “book it on project {name}” to a bill.", name=made.name)
    else:
        text = say("Added the cost centre {name}. Say “book it on cost centre {name}” to a bill.", name=made.name)
    return (Reply(text, bill=context.bill),)


def show(session: Session, context: Context, request: CostObjects) -> tuple[Reply, ...]:
    """Each with its name, by kind."""
    found = cost_objects.in_use(session)
    if not found:
        return (Reply(say("There are no projects and cost centres yet. Say “add project Town Hall”.")),)
    lines = []
    for kind, head in KINDS.items():
        if theirs := [one for one in found if one.kind == kind]:
            lines += [f"{say(head)}:", *(f"• {one.name}" for one in theirs)]
    return (Reply("\n".join(lines)),)
