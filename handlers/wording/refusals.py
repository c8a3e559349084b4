"""Why something is not done: what the ledger refuses, and what somebody may not do."""

from __future__ import annotations

from datetime import date

from handlers.context import Context
from handlers.errors import NotAllowed
from handlers.language.formats import day, money
from handlers.language.translation import say, sayable
from handlers.wording import bill_texts
from storage.errors import Incomplete, LedgerError
from storage.ledger.money import Money
from storage.models import BillState, Role

STATES = {
    BillState.HELD: sayable("held"),
    BillState.DRAFT: sayable("draft"),
    BillState.CONFIRMED: sayable("confirmed"),
    BillState.PART_PAID: sayable("part-paid"),
    BillState.PAID: sayable("paid"),
    BillState.VOID: sayable("void"),
}
"""What refusals call the state of a bill."""


def refusal(error: LedgerError) -> str:
    """Why the ledger refuses, its amounts and dates in the reader's format."""
    if isinstance(error, Incomplete):
        return bill_texts.missing_to_confirm(error.missing)
    if not error.values:
        return say(error.text)
    return say(error.text, **{name: _shown(value) for name, value in error.values.items()})


def not_allowed(action: str) -> str:
    """`action` completes "Only the owner can …"."""
    return say("Only the owner can {action}. Ask them to do it.", action=action)


def only_the_owner(context: Context, action: str) -> None:
    """Raises: NotAllowed for anybody but the owner; `action` is what only they can do, in the language spoken."""
    if context.asker.role is not Role.OWNER:
        raise NotAllowed(not_allowed(action))


def refuse_to_members(context: Context, person_id: int | None, name: str) -> None:
    """Raises: NotAllowed where a member would take back what somebody else, called `name`, did."""
    if person_id != context.asker.id and context.asker.role is Role.MEMBER:
        raise NotAllowed(
            say(
                "{name} did that. Only they, an approver or the owner can take it back. Nothing was changed.", name=name
            )
        )


def _shown(value: object) -> object:
    if isinstance(value, Money):
        return money(value)
    if isinstance(value, BillState):
        return say(STATES[value])
    return day(value) if isinstance(value, date) else value
