"""What people ask in English with a bill in focus: what is due, what is there. Today is Friday 21 March 2025."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.requests import Balance, Due, Owed
from tests.fakes.books.grammar_bill import MONDAY, SUNDAY, TODAY, hear

QUESTIONS = [
    ("what's due?", Due()),
    ("whats due", Due()),
    ("waht's due", Due()),
    ("what is due?", Due()),
    ("due?", Due()),
    ("hi, what's due?", Due()),
    ("what bills are due?", Due()),
    ("which invoices are still open?", Due()),
    ("show me the open bills", Due()),
    ("open bills", Due()),
    ("unpaid invoices", Due()),
    ("what do we owe?", Due()),
    ("how much do we owe?", Due()),
    ("anything due?", Due()),
    ("is there anything due?", Due()),
    ("what do I have to pay?", Due()),
    ("what is due this week", Due(SUNDAY, MONDAY, label="this week")),
    ("due this week", Due(SUNDAY, MONDAY, label="this week")),
    ("whats due this weak", Due(SUNDAY, MONDAY, label="this week")),
    ("what's due next week?", Due(date(2025, 3, 30), date(2025, 3, 24), label="next week")),
    ("anything due next week?", Due(date(2025, 3, 30), date(2025, 3, 24), label="next week")),
    ("what's due this month?", Due(date(2025, 3, 31), date(2025, 3, 1), label="this month")),
    ("what is due in May?", Due(date(2025, 5, 31), date(2025, 5, 1), label="in May 2025")),
    ("bills due in may", Due(date(2025, 5, 31), date(2025, 5, 1), label="in May 2025")),
    ("what's due in Q2?", Due(date(2025, 6, 30), date(2025, 4, 1), label="in Q2 2025")),
    ("what is due by Friday", Due(date(2025, 3, 28), label="by Fri 28 Mar 2025")),
    ("what's due by 15 April?", Due(date(2025, 4, 15), label="by Tue 15 Apr 2025")),
    ("what is due before 15 April?", Due(date(2025, 4, 14), label="by Mon 14 Apr 2025")),
    ("what's due by the end of the month?", Due(date(2025, 3, 31), label="by Mon 31 Mar 2025")),
    ("what's due today?", Due(TODAY, TODAY, label="today")),
    ("what is due tomorrow?", Due(date(2025, 3, 22), date(2025, 3, 22), label="tomorrow")),
    ("what's due in the next 30 days?", Due(date(2025, 4, 20), label="in the next 30 days")),
    ("what do we have to pay this week?", Due(SUNDAY, MONDAY, label="this week")),
    ("what is overdue?", Due(overdue=True, label="overdue")),
    ("overdue", Due(overdue=True, label="overdue")),
    ("anything overdue?", Due(overdue=True, label="overdue")),
    ("overdue bills", Due(overdue=True, label="overdue")),
    ("show overdue invoices", Due(overdue=True, label="overdue")),
    ("what is overude", Due(overdue=True, label="overdue")),
    ("anything due to Acme?", Due(vendor="Acme", label="to Acme")),
    ("what do we owe Acme?", Due(vendor="Acme", label="to Acme")),
    ("what do we owe to Acme GmbH?", Due(vendor="Acme GmbH", label="to Acme GmbH")),
    ("how much do we owe Acme", Due(vendor="Acme", label="to Acme")),
    ("do we owe Acme anything?", Due(vendor="Acme", label="to Acme")),
    (
        "what do we owe Acme next week?",
        Due(date(2025, 3, 30), date(2025, 3, 24), vendor="Acme", label="next week, to Acme"),
    ),
    ("what is due to Acme this week", Due(SUNDAY, MONDAY, vendor="Acme", label="this week, to Acme")),
    ("what is due this week to Acme", Due(SUNDAY, MONDAY, vendor="Acme", label="this week, to Acme")),
    ("anything overdue to Acme?", Due(overdue=True, vendor="Acme", label="overdue, to Acme")),
    ("open bills from Acme", Due(vendor="Acme", label="to Acme")),
    ("what's coming up next week", Due(date(2025, 3, 30), date(2025, 3, 24), label="next week")),
    ("what needs to be paid this week", Due(SUNDAY, MONDAY, label="this week")),
    ("and next month?", Due(date(2025, 4, 30), date(2025, 4, 1), label="next month")),
    ("when is the Acme bill due?", Due(vendor="Acme", label="to Acme")),
    ("how much do we owe in total", Owed()),
    ("list all bills", Due()),
    ("are we late with anything?", Due(overdue=True, label="overdue")),
    (
        "what is due from 1 April to 15 April",
        Due(date(2025, 4, 15), date(2025, 4, 1), label="from 1 Apr 2025 to 15 Apr 2025"),
    ),
    ("balance", Balance()),
    ("balance?", Balance()),
    ("blance", Balance()),
    ("what's the balance?", Balance()),
    ("what's our bank balance?", Balance("bank")),
    ("bank balance", Balance("bank")),
    ("cash balance", Balance("cash")),
    ("show me the balance", Balance()),
    ("how much money do we have?", Balance()),
    ("how much cash do we have?", Balance("cash")),
    ("how much is in the bank?", Balance("bank")),
    ("how much money is left in the bank account", Balance("bank")),
    ("what's the balance of the bank account", Balance("bank")),
]  # fmt: skip


@pytest.mark.parametrize(("said", "understood"), QUESTIONS)
def test_a_person_asks(said, understood):
    assert hear(said) == understood
