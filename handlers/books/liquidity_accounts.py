"""Accounts by other names and numbers, and money paid ahead."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from handlers.books.undo_step import reply_with_undo
from handlers.context import Context
from handlers.errors import NotPossible
from handlers.language.formats import day, listed, money
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.requests import NumberAccount, Prepay, RenameAccount
from handlers.wording import account_names
from storage.bills import vendors
from storage.ledger import account_kinds, account_naming, accounts
from storage.ledger.money import Money
from storage.models import Vendor
from storage.payments import prepayments
from storage.people import company


def rename(session: Session, context: Context, request: RenameAccount) -> tuple[Reply, ...]:
    """Another name for an account or category. Raises: NotFound; LedgerError when the name is taken."""
    known = [*accounts.liquidity_accounts(session), *accounts.categories(session), *account_kinds.told(session)]
    account = account_names.find_account(known, request.name)
    before = account_names.account_name(account)
    account_naming.rename(session, account, request.new, **_who(context))
    return reply_with_undo(
        session, context, say("{old} is called {new} from now on.", old=before, new=account_names.account_name(account))
    )


def number(session: Session, context: Context, request: NumberAccount) -> tuple[Reply, ...]:
    """An account's number in the tax adviser's chart. Raises: NotFound; LedgerError for what is no such number."""
    account = account_names.find_account(accounts.chart(session), request.name)
    chart = company.company(session).datev_chart
    account_naming.number_in(session, account, chart, request.number, **_who(context))
    name = account_names.account_name(account)
    text = say("{account} is {number} in {chart}.", account=name, number=request.number, chart=chart.upper())
    return reply_with_undo(session, context, text)


def prepay(session: Session, context: Context, request: Prepay) -> tuple[Reply, ...]:
    """Money paid to a vendor ahead of a bill. Raises: NotFound; NotPossible when several vendors could be meant."""
    held = account_names.liquidity_account(session, request.account)
    vendor = _vendor(session, request.vendor)
    amount = Money.of(request.amount, request.currency or held.currency or context.currency)
    on = request.on or context.today
    prepayments.prepay(session, vendor, amount, key=context.key, account=held.code, on=on, **_who(context))
    left = listed([money(rest) for rest in prepayments.all_left(session, vendor.id)])
    text = say(
        "Booked: {amount} paid ahead to {vendor} from {account} on {day}. Their next bills can use {left}.",
        amount=money(amount),
        vendor=vendor.name,
        account=account_names.account_name(held),
        day=day(on),
        left=left,
    )
    return reply_with_undo(session, context, text)


def _vendor(session: Session, said: str) -> Vendor:
    """The vendor of this name, a new one where none comes near."""
    found = vendors.find_vendors(session, said)
    if len(found) > 1:
        names = listed([vendor.name for vendor in found], "or")
        raise NotPossible(say("“{name}” could be {names}. Say which one.", name=said, names=names))
    return session.get_one(Vendor, found[0].id) if found else vendors.ensure_vendor(session, said)


def _who(context: Context) -> dict[str, Any]:
    return {"person_id": context.asker.id, "now": context.now}
