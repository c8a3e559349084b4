"""Notes that a bill was paid, all of it or a part."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlmodel import Session

from handlers.bills.bill_reply import bill_reply
from handlers.bills.bill_to_pay import bill_to_pay
from handlers.button_ids import choice_id
from handlers.context import Context
from handlers.language.translation import say
from handlers.messages import Choice, Reply
from handlers.requests import Pay
from handlers.wording import account_names, bill_texts
from handlers.wording.books.cash_below_zero import cash_below_zero
from storage.approvals import approvals
from storage.bills import lifecycle
from storage.errors import Incomplete, Overpaid
from storage.ledger.money import Money
from storage.models import Account, Bill, BillState
from storage.payments import bill_payments


def pay(session: Session, context: Context, request: Pay) -> tuple[Reply, ...]:
    """The bill with what is still open. A draft is confirmed on the way. Where more was paid than is open, what the
    difference is is asked.

    Raises: NotFound for an account that there is not; NotPossible where the money went the other way; WhichOne;
    LedgerError, as Incomplete when something that an entry needs is unknown.
    """
    bill = bill_to_pay(session, context, request)
    if bill.state in (BillState.PAID, BillState.VOID):
        return (bill_reply(session, context, bill, bill_texts.choice_is_over()),)
    if refusal := approvals.payment_obstacle(session, bill, context.today):
        raise refusal
    held, on = account_names.liquidity_account(session, request.account), request.on or context.today
    try:
        paid = bill_payments.pay(
            session,
            bill.id,
            key=context.key,
            on=on,
            person_id=context.asker.id,
            now=context.now,
            amount=_amount(bill, request),
            account=held.code,
            rest=request.rest,
            discounted=request.discounted,
        )
    except Overpaid as error:
        return (_what_is_it(bill, held, on, error.values),)
    assert bill.currency is not None
    rest = Money(bill.open_minor, bill.currency) if bill.open_minor else None
    text = bill_texts.paid(-paid.moved, account_names.account_name(held), on, rest)
    if paid.discount:
        text = f"{text} {bill_texts.with_discount(paid.discount)}"
    text = "\n".join(filter(None, (text, cash_below_zero(session, [held]))))
    return (bill_reply(session, context, bill, text),)


def rest_of(argument: str) -> Pay:
    """What a button of an overpaid bill asks for: "ahead/510.00/EUR/bank/2025-05-02"."""
    rest, amount, currency, account, on = argument.split("/")
    known: Any = rest
    return Pay(amount, account, date.fromisoformat(on), currency, rest=known)


def _what_is_it(bill: Bill, held: Account, on: date, values: dict[str, object]) -> Reply:
    """Asks what was paid beyond the bill; nothing is booked before that is said."""
    amount, rest = values["amount"], values["rest"]
    assert isinstance(amount, Money) and isinstance(rest, Money)
    if amount.currency != rest.currency:
        return Reply(bill_texts.overpaid_abroad(amount, rest), bill=bill.id)
    told = f"{amount.decimal}/{amount.currency}/{held.code}/{on.isoformat()}"
    ahead = {} if lifecycle.is_credit_note(bill) else {"ahead": say("Keep it for later bills")}
    names = {**ahead, "fee": say("It's a bank fee"), "rounding": say("Rounding")}
    buttons = tuple(Choice(choice_id("rest", bill.id, f"{rest}/{told}"), name) for rest, name in names.items())
    return Reply(bill_texts.overpaid(amount, rest, amount - rest), choices=buttons, bill=bill.id)


def _amount(bill: Bill, request: Pay) -> Money | None:
    """What was said to be paid, None for all of it. Raises: Incomplete when its currency is not known."""
    if request.amount is None:
        return None
    currency = request.currency or bill.currency
    if currency is None:
        raise Incomplete(("currency",))
    return Money.of(request.amount, currency)
