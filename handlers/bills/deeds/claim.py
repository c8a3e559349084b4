"""Somebody paid a bill for the company: it is owed to them, approved as any bill, and paid back by the payment file."""

from __future__ import annotations

from sqlmodel import Session

from handlers.bills.bill_reply import bill_reply
from handlers.bills.find_bill import find_bill
from handlers.context import Context
from handlers.errors import NotFound, NotPossible
from handlers.language.formats import in_fours
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.requests import Claim, PayMeBack
from handlers.wording import bill_texts
from storage.bills import amendments, vendor_ibans
from storage.bills.beside import claims
from storage.models import Bill, BillState, Side
from storage.people import people, preferences


def claim(session: Session, context: Context, request: Claim) -> tuple[Reply, ...]:
    """The bill, owed to who paid it. Raises: NotFound for nobody of that name; NotPossible for our own invoices, and
    for what is paid already; LedgerError."""
    bill = find_bill(session, context, request.bill_hint)
    person = context.asker.id
    if request.person is not None:
        found = people.find_called(session, request.person)
        if len(found) != 1:
            raise NotFound(say("Nobody here is called {name}.", name=request.person))
        person = found[0].id
    if bill.side is Side.RECEIVABLE:
        raise NotPossible(say("That is our own invoice: nobody of us pays it."))
    if bill.state in (BillState.PAID, BillState.PART_PAID) and claims.claimant(bill) is None:
        raise NotPossible(
            say("It is noted as paid by us already. Take that back first (“undo the payment”), then say who paid it.")
        )
    made = amendments.amend(
        session,
        bill.id,
        {claims.FIELD: str(person)},
        message_key=context.key,
        person_id=context.asker.id,
        now=context.now,
    )
    text = _owed(session, bill) if made else bill_texts.nothing_to_correct()
    return (bill_reply(session, context, bill, text),)


def _owed(session: Session, bill: Bill) -> str:
    payee = claims.payee(session, bill)
    told = say("Paid by {name}, so it is owed to {name}, and not to the vendor.", name=payee.name)
    if payee.iban:
        return f"{told} {say('The next payment file pays it back to {iban}.', iban=in_fours(payee.iban))}"
    return f"{told} {say('Where to? {name} says “pay me back to DE…”.', name=payee.name)}"


def pay_me_back(session: Session, context: Context, request: PayMeBack) -> tuple[Reply, ...]:
    """Where the asker is paid back. Raises: NotPossible for no valid IBAN, and for one of the company's."""
    iban = request.iban.replace(" ", "").upper()
    if not vendor_ibans.is_valid(iban):
        raise NotPossible(say("{iban} is no valid IBAN. Compare it, and say it once more.", iban=in_fours(iban)))
    if vendor_ibans.our_account(session, iban) is not None:
        raise NotPossible(say("{iban} is the company's own account. Say your own.", iban=in_fours(iban)))
    preferences.change(session, context.asker.id, context.now, iban=iban)
    return (Reply(say("What you lay out is paid back to {iban}.", iban=in_fours(iban)), bill=context.bill),)
