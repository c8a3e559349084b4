"""What there will be: today's bank and cash, what is open by when it falls due, and what is likely to come again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate, islice
from typing import Any

from sqlmodel import Session, col, select

from storage.bank import opening_balances
from storage.bills import outstanding
from storage.bills.lifecycle import OPEN
from storage.ledger import accounts
from storage.ledger.money import Money
from storage.models import Account, Bill, Side
from storage.reports.open_items import SIGNED
from storage.reports.payment_habits import Habits, habits
from storage.reports.recurring_bills import recurring


class Basis(StrEnum):
    """Why money is thought to move: a bill that is open, one that is overdue (assumed today), or one expected."""

    OPEN = "open"
    OVERDUE = "overdue"
    EXPECTED = "expected"


@dataclass(frozen=True)
class Flow:
    """Money that will come in (positive) or go out, and the bills that say so: the open one, or the earlier ones.
    `habit` is how many days after the due date a customer usually pays, None where that was not looked at."""

    on: date
    amount: Money
    party: str
    basis: Basis
    bills: tuple[int, ...]
    habit: int | None = None


@dataclass(frozen=True)
class Forecast:
    """One currency: what there is today and what will move, by day. `undated` are open bills without a due date,
    `drafts` those that wait to be confirmed; neither counts. `untold` are the bank and cash accounts that it counts
    from zero, because nobody told what was on them."""

    opening: Money
    today: date
    until: date
    flows: tuple[Flow, ...]
    undated: tuple[Bill, ...] = ()
    drafts: tuple[Bill, ...] = ()
    untold: tuple[Account, ...] = ()

    @property
    def closing(self) -> Money:
        """What there will be on the last day."""
        return self.line()[-1][1]

    @property
    def lowest(self) -> tuple[date, Money]:
        """The first day on which least is there, and how much."""
        return min(self.line(), key=lambda point: (point[1].minor, point[0]))

    def line(self) -> list[tuple[date, Money]]:
        """The balance at the end of today and of each day on which it changes, up to the last day."""
        moved = Counter({self.today: 0, self.until: 0})
        for flow in self.flows:
            moved[flow.on] += flow.amount.minor
        days = sorted(moved)
        balances = accumulate((moved[day] for day in days), initial=self.opening.minor)
        currency = self.opening.currency
        return [(day, Money(minor, currency)) for day, minor in zip(days, islice(balances, 1, None), strict=True)]

    def sum_of(self, *bases: Basis, incoming: bool) -> Money:
        """What comes in, or goes out (negative), for these reasons."""
        minor = sum(f.amount.minor for f in self.flows if f.basis in bases and (f.amount.minor > 0) == incoming)
        return Money(minor, self.opening.currency)


def forecast(session: Session, today: date, until: date, *, learn: bool = True) -> list[Forecast]:
    """The forecast of each currency in which anything is held or open, by currency.

    Invoices of ours come in when their customer usually pays (`payment_habits`), or, without `learn`, when they are
    due.
    """
    opening: Counter[str] = Counter()
    for held in accounts.balances(session, codes=[account.code for account in accounts.liquidity_accounts(session)]):
        opening[held.amount.currency] += held.amount.minor
    known = habits(session, today) if learn else Habits()
    flows = [*_open_flows(session, today, until, known), *_expected_flows(session, today, until)]
    undated = session.exec(select(Bill).where(col(Bill.state).in_(OPEN), col(Bill.due_date).is_(None))).all()
    drafts = outstanding.waiting_bills(session)
    untold = opening_balances.without_opening_balance(session)
    currencies = sorted({*opening, *(flow.amount.currency for flow in flows)})
    return [
        Forecast(
            Money(opening[currency], currency),
            today,
            until,
            tuple(sorted((f for f in flows if f.amount.currency == currency), key=lambda f: (f.on, f.amount.minor))),
            tuple(bill for bill in undated if bill.currency == currency),
            tuple(bill for bill in drafts if bill.currency == currency and bill.total_minor),
            tuple(opening_balances.affecting_total(session, untold, currency)) if untold else (),
        )
        for currency in currencies
    ]


EARLIEST = timedelta(days=30)
"""How long before the due date a customer may usually pay."""

_OPEN_BILL: tuple[Any, ...] = (Bill.id, Bill.vendor_id, Bill.vendor, Bill.side, Bill.currency, Bill.due_date, SIGNED)


def _open_flows(session: Session, today: date, until: date, known: Habits) -> list[Flow]:
    """What we owe moves on its due date, or today where that is past; what is owed to us when it is likely to come."""
    rows = session.exec(
        select(*_OPEN_BILL)
        .where(col(Bill.state).in_(OPEN), col(Bill.due_date) <= until + EARLIEST)
        .order_by(col(Bill.id))
    ).all()
    flows = []
    for bill, party_id, party, side, currency, due, minor in rows:
        on, habit = (max(due, today), None) if side is Side.PAYABLE else known.expected(party_id, due, today)
        if on > until:
            continue
        amount = Money(minor if side is Side.RECEIVABLE else -minor, currency)
        basis = Basis.OVERDUE if due < today else Basis.OPEN
        flows.append(Flow(on, amount, party or "", basis, (bill,), habit))
    return flows


def _expected_flows(session: Session, today: date, until: date) -> list[Flow]:
    return [
        Flow(
            on,
            amount if series.side is Side.RECEIVABLE else -amount,
            series.party,
            Basis.EXPECTED,
            tuple(sample.bill for sample in series.samples[-3:]),
        )
        for series in recurring(session, today)
        for on, amount in series.expected(today, until)
    ]
