"""Reports: what is due, held and spent, and the trial balance."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlmodel import Session
from starlette.responses import Response

from bot.api.call import Reading
from bot.api.paging import Limit
from bot.api.resources.bill_shapes import BillSummary, summary_of
from bot.api.values import Amount, Day, Decimal, Name, Since, Until, amount
from handlers import requests as asked
from handlers.answers import balance, due_bills
from handlers.answers.results import spending
from handlers.context import Context
from storage.bank import opening_balances
from storage.ledger import accounts, double_entry
from storage.models import AccountType, Side
from storage.reports import open_items

router = APIRouter(prefix="/reports", tags=["reports"])
On = Annotated[Day | None, Query(description="At the end of this day; now where none is named.")]


class AccountBalance(BaseModel):
    """What is on an account in one currency; of the trial balance debit positive, credit negative."""

    account: str
    name: str
    type: AccountType
    balance: Amount


class Totals(BaseModel):
    debit: Amount
    credit: Amount


class TrialBalance(BaseModel):
    """Every account's balance; in each currency debits and credits are equal."""

    accounts: list[AccountBalance]
    totals: list[Totals]


@router.get("/trial-balance", response_model=TrialBalance, operation_id="get_trial_balance")
async def trial_balance(call: Reading, on: On = None) -> Response:
    """Every account's balance, and what debits and credits sum to."""

    def shape(session: Session, context: Context) -> TrialBalance:
        held = [one for one in accounts.balances(session, at=on) if one.amount.minor]
        totals = accounts.trial_balance(session, at=on).values()
        return TrialBalance(
            accounts=[_balance(one.code, one.name, one.type, amount(one.amount)) for one in held],
            totals=[Totals(debit=amount(one.debit), credit=amount(one.credit)) for one in totals],
        )

    return await call.read(asked.TrialBalance(on), shape)


class Held(AccountBalance):
    counted_from_zero: bool = Field(description="Nobody told what was on it when the books began.")


class Balances(BaseModel):
    """What is on the accounts that hold money, and what is owed; assets and debts both positive."""

    accounts: list[Held]


@router.get("/balances", response_model=Balances, operation_id="get_balances")
async def balances(call: Reading, on: On = None, account: Name | None = None) -> Response:
    """What is on the accounts that hold money, and what is owed by us and to us."""
    request = asked.Balance(account, on)

    def shape(session: Session, context: Context) -> Balances:
        meant = balance.accounts_of(session, request)
        untold = {one.code for one in opening_balances.without_opening_balance(session, on)}
        held = balance.held_by(session, meant, on)
        return Balances(
            accounts=[
                Held(
                    account=one.code,
                    name=one.name,
                    type=one.type,
                    balance=amount(each),
                    counted_from_zero=one.code in untold,
                )
                for one in meant
                for each in held[one.code]
            ]
        )

    return await call.read(request, shape)


class OpenSum(BaseModel):
    open: Amount
    bills: int


class Due(BaseModel):
    """Open bills, the first due first; `sums` are of all that meet the conditions."""

    sums: list[OpenSum]
    bills: list[BillSummary]


@router.get("/due", response_model=Due, operation_id="get_due")
async def due(
    call: Reading,
    limit: Limit = 50,
    side: Side = Side.PAYABLE,
    since: Since = None,
    until: Until = None,
    overdue: bool = False,
    vendor: Name | None = None,
    open_min: Decimal | None = None,
) -> Response:
    """What is to be paid, or to come in; of those bills that the token's person may see."""
    request = asked.Due(until, since, overdue, vendor, above=open_min, side=side.value)

    def shape(session: Session, context: Context) -> Due:
        wanted = due_bills.wanted_by(session, context, request)
        return Due(
            sums=[OpenSum(open=amount(one.amount), bills=one.bills) for one in open_items.sums(session, wanted)],
            bills=[summary_of(one) for one in open_items.first(session, wanted, limit)],
        )

    return await call.read(request, shape)


class SpentSum(BaseModel):
    name: str = Field(description="A category's code, a vendor, a person, or a month as 2025-03.")
    spent: Amount


class Spend(BaseModel):
    """What was spent, without VAT that is deducted."""

    since: date
    until: date
    by: str
    sums: list[SpentSum]
    totals: list[Amount]


@router.get("/spend", response_model=Spend, operation_id="get_spend")
async def spend(
    call: Reading,
    since: Since = None,
    until: Until = None,
    by: Literal["category", "vendor", "month", "person"] = "category",
    category: Name | None = None,
    vendor: Name | None = None,
) -> Response:
    """What was spent in a period; this year so far where none is named."""
    request = asked.Spend(since, until, category, vendor, by)

    def shape(session: Session, context: Context) -> Spend:
        costs = spending.costs_of(session, context, request)
        found = spending.sums_by(session, costs, by)
        totals = double_entry.sum_by_currency(one.amount for one in found)
        return Spend(
            since=costs.span.since,
            until=costs.span.until,
            by=by,
            sums=[SpentSum(name=one.name, spent=amount(one.amount)) for one in found],
            totals=[amount(one) for one in totals],
        )

    return await call.read(request, shape)


def _balance(code: str, name: str, kind: AccountType, held: Amount) -> AccountBalance:
    return AccountBalance(account=code, name=name, type=kind, balance=held)
