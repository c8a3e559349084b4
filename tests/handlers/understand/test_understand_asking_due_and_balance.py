"""What is due, held and owed, asked in English with the names that the books know. Today is Friday 21 March 2025."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.requests import Balance, Due, Owed, Settled
from handlers.understand.interpreter import understand
from tests.fakes.books.grammar_scene import SCENE

ASKED = [
    # due
    ("what do we owe over 500?", Due(label="of €500.00 or more", above="500.00")),
    (
        "what's due above €1,000 this month?",
        Due(
            until=date(2025, 3, 31),
            since=date(2025, 3, 1),
            label="this month, of €1,000.00 or more",
            above="1000.00",
            currency="EUR",
        ),
    ),
    (
        "bills over 500 due next week",
        Due(until=date(2025, 3, 30), since=date(2025, 3, 24), label="next week, of €500.00 or more", above="500.00"),
    ),
    ("what's due since 1 March?", Due(since=date(2025, 3, 1), label="since 1 Mar 2025")),
    ("what's due in two weeks?", Due(until=date(2025, 4, 4), label="in the next 14 days")),
    ("what's due by the end of the year?", Due(until=date(2025, 12, 31), label="by Wed 31 Dec 2025")),
    ("what's due in the next two weeks", Due(until=date(2025, 4, 4), label="in the next 14 days")),
    ("what is due this quarter", Due(until=date(2025, 3, 31), since=date(2025, 1, 1), label="this quarter")),
    ("unpaid bills from Acme", Due(vendor="Acme GmbH", label="to Acme GmbH")),
    ("what do we owe amce?", Due(vendor="Acme GmbH", label="to Acme GmbH")),
    (
        "what do we owe Telekom next month?",
        Due(
            until=date(2025, 4, 30),
            since=date(2025, 4, 1),
            vendor="Deutsche Telekom AG",
            label="next month, to Deutsche Telekom AG",
        ),
    ),
    ("open bills by vendor", Owed()),
    ("what's payable tomorrow", Due(until=date(2025, 3, 22), since=date(2025, 3, 22), label="tomorrow")),
    ("anything due on Monday?", Due(until=date(2025, 3, 24), since=date(2025, 3, 24), label="on Mon 24 Mar 2025")),
    ("what must we pay before Easter?", Due(until=date(2025, 4, 19), label="by Sat 19 Apr 2025")),
    ("what's due until 15/04", Due(until=date(2025, 4, 15), label="by Tue 15 Apr 2025")),
    ("which bills are late?", Due(overdue=True, label="overdue")),
    # balance
    ("balance of Sparkasse", Balance("bank-2")),
    ("whats the balance on the Sparkase", Balance("bank-2")),
    ("balance at the end of last month", Balance(on=date(2025, 2, 28))),
    ("balance on 28 February", Balance(on=date(2025, 2, 28))),
    ("cash balance yesterday", Balance(account="cash", on=date(2025, 3, 20))),
    ("what's in the till?", Balance("cash")),
    ("how much money do we have in the bank?", Balance("bank")),
    # owed
    ("who do we owe money?", Owed()),
    ("what do we owe in total?", Owed()),
    ("how much do we owe altogether?", Owed()),
    ("who owes us money?", Owed(side="receivable")),
    ("who hasn't paid us yet?", Owed(side="receivable")),
    ("what does Globex owe us?", Owed(side="receivable", party="Globex Ltd")),
    ("what are we owed?", Owed(side="receivable")),
    ("open receivables", Owed(side="receivable")),
    (
        "what should come in next week?",
        Due(until=date(2025, 3, 30), since=date(2025, 3, 24), label="next week", side="receivable"),
    ),
    ("which of our invoices are overdue?", Due(overdue=True, label="overdue", side="receivable")),
    # as people also put it
    ("how much was in the bank on 1 March?", Balance(account="bank", on=date(2025, 3, 1))),
    ("which bills have no due date?", Due(no_due_date=True)),
    ("unpaid bills older than 30 days", Due(overdue=True, days_late=30)),
    (
        "bills due between 1 and 15 April",
        Due(until=date(2025, 4, 15), since=date(2025, 4, 1), label="from 1 Apr 2025 to 15 Apr 2025"),
    ),
    ("how much is on the sparkasse account", Balance("bank-2")),
    ("did Globex pay us?", Settled(vendor="Globex Ltd", side="receivable")),
    ("list overdue invoices over 1000", Due(overdue=True, label="overdue, of €1,000.00 or more", above="1000.00")),
]


@pytest.mark.parametrize(("said", "understood"), ASKED)
def test_a_person_asks_what_is_due_held_and_owed(said, understood):
    assert understand(said, SCENE) == understood
