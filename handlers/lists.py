"""Answers of several lines: due bills and balances, each currency by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.formats import count, day, money, relative
from handlers.requests import Due
from storage import dues
from storage.models import Bill
from storage.money import Money

MOST_LINES = 20
"""More bills than this are counted, not listed; sums are always of all."""


def due_list(bills: Sequence[Bill], asked: Due, today: date) -> str:
    """Open bills in the order given, with a sum for each currency. Bills have a total and a currency."""
    if not bills:
        return nothing_due(asked)
    head = f"{count(len(bills), 'open bill')}{_head(asked)}, {_sums(bills)}:"
    lines = [_line(bill, today) for bill in bills[:MOST_LINES]]
    if len(bills) > MOST_LINES:
        lines.append(f"… and {len(bills) - MOST_LINES} more.")
    return "\n".join([head, *lines])


def nothing_due(asked: Due) -> str:
    """No open bill meets the condition."""
    if asked.overdue:
        return f"Nothing is overdue{f' to {asked.vendor}' if asked.vendor else ''}."
    return f"Nothing is due{_head(asked)}."


def balances(accounts: Mapping[str, Sequence[Money]]) -> str:
    """What is on each account, by its name; an account without postings has no amounts."""
    lines = [f"{name}: {', '.join(map(money, amounts)) or 'nothing booked yet'}" for name, amounts in accounts.items()]
    return "\n".join(lines)


def _head(asked: Due) -> str:
    return f" {asked.label}" if asked.label and not asked.label.startswith(",") else asked.label


def _sums(bills: Sequence[Bill]) -> str:
    return " and ".join(money(total) for total in dues.totals(bills))


def _line(bill: Bill, today: date) -> str:
    name = f"{bill.vendor or 'Unknown vendor'}{f' {bill.number}' if bill.number else ''}"
    due = f"due {day(bill.due_date)} ({relative(bill.due_date, today)})" if bill.due_date else "no due date"
    return f"• {name} · {money(dues.open_amount(bill))} · {due}"
