"""The payment file for the bank: made, and withdrawn."""

from __future__ import annotations

from sqlmodel import Session

from handlers.banking.credit_transfer import credit_transfer
from handlers.bills import vendor_account
from handlers.context import Context
from handlers.errors import NotPossible
from handlers.language.formats import day, in_fours, money
from handlers.language.translation import say, say_count
from handlers.messages import Attachment, Reply
from handlers.requests import PaymentFile, WithdrawPaymentFile
from handlers.wording import refusals
from handlers.wording.cards import bill_label
from storage.bank import bank_accounts
from storage.bills.beside import claims
from storage.errors import LedgerError
from storage.models import Account
from storage.payments import payment_orders
from storage.payments.payment_orders import LeftOut, Transfer
from storage.people import company

MOST_LINES = 20


def payment_file(session: Session, context: Context, request: PaymentFile) -> tuple[Reply, ...]:
    """The file with every bill that may be paid, and why others are not in it.

    Raises: NotPossible where our own name or IBAN is not known, or no bill may be paid.
    """
    account, holder = _ours(session)
    transfers, left_out = payment_orders.plan(session, context.today, until=request.until, vendor=request.vendor)
    if not transfers:
        raise NotPossible("\n".join([say("There is no bill to pay by a file."), *_left_out(session, left_out)]))
    message_id, data = credit_transfer(account, holder, transfers)
    sha256 = context.keep(data)
    payment_orders.record_order(
        session,
        transfers,
        message_id=message_id,
        account_id=account.id,
        sha256=sha256,
        person_id=context.asker.id,
        now=context.now,
    )
    file = Attachment(f"payments-{context.today.isoformat()}.xml", "application/xml", sha256)
    lines = [_head(account, transfers), *(_line(session, transfer) for transfer in transfers[:MOST_LINES])]
    if len(transfers) > MOST_LINES:
        lines.append(say("… and {n} more.", n=len(transfers) - MOST_LINES))
    lines += _left_out(session, left_out)
    lines.append(
        say("Upload it at your bank. The bills count as paid once the bank's statement says so, or you say “paid”.")
    )
    return (Reply("\n".join(lines), attachments=(file,)),)


def withdraw(session: Session, context: Context, request: WithdrawPaymentFile) -> tuple[Reply, ...]:
    """The last file does not count any more. Raises: LedgerError when there is none."""
    order, bill_ids = payment_orders.withdraw(session, person_id=context.asker.id, now=context.now)
    text = say_count(
        "Withdrawn: the payment file of {day} with {n} bill. Don't upload it any more.",
        "Withdrawn: the payment file of {day} with {n} bills. Don't upload it any more.",
        len(bill_ids),
        day=day(order.made_at.astimezone(context.zone).date()),
    )
    return (Reply(text),)


def _ours(session: Session) -> tuple[Account, str]:
    """The account that pays, and in whose name it is. Raises: NotPossible with what to say."""
    us = company.company(session)
    account = next((known for known in bank_accounts.banks(session) if known.iban), None)
    if account is None:
        raise NotPossible(say("I need your IBAN for that. Say “our IBAN is DE…”."))
    if us.name == company.NAMELESS:
        raise NotPossible(say("I need your company's name for that. Say “our name is …”."))
    return account, us.name


def _head(account: Account, transfers: list[Transfer]) -> str:
    return say_count(
        "Here is the payment file with {n} transfer, {amount}, from {account}:",
        "Here is the payment file with {n} transfers, {amount}, from {account}:",
        len(transfers),
        amount=money(payment_orders.total(transfers)),
        account=account.name,
    )


def _line(session: Session, transfer: Transfer) -> str:
    bill = transfer.bill
    name = " ".join(filter(None, (bill.vendor, bill.number)))
    line = say("• {bill} · {amount} on {day}", bill=name, amount=money(transfer.amount), day=day(transfer.on))
    if claims.claimant(bill) is not None:
        back = say("back to {name}", name=transfer.payee.name)
        return f"{line} · {back}, {in_fours(transfer.payee.iban or '')}"
    return f"{line} · {vendor_account.described(session, bill)}"


def _left_out(session: Session, left_out: list[LeftOut]) -> list[str]:
    if not left_out:
        return []
    lines = [f"• {bill_label(left.bill)}: {_why(session, left)}" for left in left_out[:MOST_LINES]]
    return [say("Not in it:"), *lines]


def _why(session: Session, left: LeftOut) -> str:
    if isinstance(left.why, LedgerError):
        return refusals.refusal(left.why)
    if left.why == "currency":
        return say("it is in {currency}, and the file pays in euros", currency=left.bill.currency)
    if left.why == "iban":
        return say("it names no IBAN; say “IBAN is …”")
    if left.why == "own iban":
        name = claims.payee(session, left.bill).name
        return say("{name} has to tell where to be paid back: “pay me back to DE…”", name=name)
    if left.why == "invalid iban":
        return say("its IBAN {iban} isn't valid; compare it and say “IBAN is …”", iban=left.bill.iban)
    order = payment_orders.order_in_force(session, left.bill.id)
    assert order is not None
    return say("it is in the payment file of {day}", day=day(order.made_at.date()))
