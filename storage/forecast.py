"""What there will be: today's bank and cash, what is open by when it falls due, and what is likely to come again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session

from storage import accounts, dues
from storage.models import Bill, Side
from storage.money import Money
from storage.recurring import recurring


class Basis(StrEnum):
    """Why money is thought to move: a bill that is open, one that is overdue (assumed today), or one expected."""

    OPEN = "open"
    OVERDUE = "overdue"
    EXPECTED = "expected"


@dataclass(frozen=True)
class Flow:
    """Money that will come in (positive) or go out, and the bills that say so: the open one, or the earlier ones."""

    on: date
    amount: Money
    party: str
    basis: Basis
    bills: tuple[int, ...]


@dataclass(frozen=True)
class Forecast:
    """One currency: what there is today and what will move, by day. `undated` are open bills without a due date,
    `drafts` those that wait to be confirmed; neither counts."""

    opening: Money
    today: date
    until: date
    flows: tuple[Flow, ...]
    undated: tuple[Bill, ...] = ()
    drafts: tuple[Bill, ...] = ()

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
        days = sorted({self.today, self.until, *(flow.on for flow in self.flows)})
        points, balance = [], self.opening
        for day in days:
            for flow in self.flows:
                if flow.on == day:
                    balance = balance + flow.amount
            points.append((day, balance))
        return points

    def sum_of(self, *bases: Basis, incoming: bool) -> Money:
        """What comes in, or goes out (negative), for these reasons."""
        minor = sum(f.amount.minor for f in self.flows if f.basis in bases and (f.amount.minor > 0) == incoming)
        return Money(minor, self.opening.currency)


def forecast(session: Session, today: date, until: date) -> list[Forecast]:
    """The forecast of each currency in which anything is held or open, by currency."""
    opening: dict[str, int] = {}
    purses = [account.code for account in accounts.purses(session)]
    for held in accounts.balances(session, codes=purses):
        opening[held.amount.currency] = opening.get(held.amount.currency, 0) + held.amount.minor
    still_open = dues.open_bills(session)
    flows = [*_open_flows(still_open, today, until), *_expected_flows(session, today, until)]
    drafts = dues.waiting_bills(session)
    currencies = sorted({*opening, *(flow.amount.currency for flow in flows)})
    return [
        Forecast(
            Money(opening.get(currency, 0), currency),
            today,
            until,
            tuple(sorted((f for f in flows if f.amount.currency == currency), key=lambda f: (f.on, f.amount.minor))),
            tuple(bill for bill in still_open if bill.due_date is None and bill.currency == currency),
            tuple(bill for bill in drafts if bill.currency == currency and bill.total_minor),
        )
        for currency in currencies
    ]


def _open_flows(bills: Sequence[Bill], today: date, until: date) -> list[Flow]:
    """What is open moves on its due date; what is overdue is taken to move today."""
    return [
        Flow(
            max(bill.due_date, today),
            incoming(bill),
            bill.vendor or "",
            Basis.OVERDUE if bill.due_date < today else Basis.OPEN,
            (bill.id,),
        )
        for bill in bills
        if bill.due_date is not None and bill.due_date <= until
    ]


def incoming(bill: Bill) -> Money:
    """What is open on a bill as money that comes in: positive on what others owe us, negative on what we owe."""
    amount = dues.open_amount(bill)
    return amount if bill.side is Side.RECEIVABLE else -amount


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
