"""How a bill's card shows whether it may be paid: who agreed, who has to, and an account that is not the known one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from handlers.bills import vendor_account
from handlers.button_ids import choice_id
from handlers.context import Context
from handlers.language.formats import listed
from handlers.language.translation import say
from handlers.messages import Choice
from storage.approvals import approvals
from storage.bills import lifecycle, vendor_ibans
from storage.models import Bill, BillState
from storage.people import people


@dataclass(frozen=True)
class ApprovalStatus:
    """What the card says in addition: where the bill stands, what to check, and the buttons that take the place of
    the usual ones (empty: the usual ones stay)."""

    state: str = ""
    doubts: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


def approval_status(session: Session, context: Context, bill: Bill) -> ApprovalStatus:
    """Nothing for bills that are not open, are owed to us, or that need nobody's leave."""
    strange = vendor_ibans.changed_iban(session, bill)
    doubts = vendor_account.doubts(session, bill, strange)
    if bill.state not in lifecycle.OPEN or not lifecycle.is_owed_by_us(bill):
        shown = bill.open_minor or bill.state in (BillState.DRAFT, BillState.HELD)
        return ApprovalStatus(doubts=doubts if shown else ())
    far = approvals.approval_status(session, bill)
    if far.refused:
        name = people.name_of(session, far.refused.person_id)
        return ApprovalStatus(say("Refused by {name}", name=name), doubts, _refused(bill))
    if strange:
        state = say("Held: another account than before") if strange.known else say("Held: look at the account")
        return ApprovalStatus(state, doubts, _decision(bill, "trust"))
    if far.waits:
        return ApprovalStatus(
            say("Waits for approval, {done} of {steps}", done=len(far.by), steps=far.steps),
            doubts,
            choices=_decision(bill, "approve") if _may_decide(session, context, bill) else _wait(bill),
        )
    if far.by:
        names = listed([people.name_of(session, one.person_id) for one in far.by])
        return ApprovalStatus(say("Approved by {names}", names=names), doubts)
    return ApprovalStatus(doubts=doubts)


def _decision(bill: Bill, action: str) -> tuple[Choice, ...]:
    if action == "trust":
        agree = Choice(choice_id("trust", bill.id), say("The account is theirs"))
    else:
        agree = Choice(choice_id("approve", bill.id), say("Approve"), "primary")
    return (agree, Choice(choice_id("refuse", bill.id), say("Refuse"), "danger"), *_wait(bill))


def _refused(bill: Bill) -> tuple[Choice, ...]:
    """What is left to do with a bill that nobody pays."""
    return (*_wait(bill), Choice(choice_id("void", bill.id), say("Not an invoice"), "danger"))


def _wait(bill: Bill) -> tuple[Choice, ...]:
    return (Choice(choice_id("show", bill.id), say("Show original")), Choice(choice_id("edit", bill.id), say("Edit")))


def _may_decide(session: Session, context: Context, bill: Bill) -> bool:
    person = people.find_by_id(session, context.asker.id)
    return person is not None and approvals.may_decide(session, bill, person)
