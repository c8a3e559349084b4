"""Questions to the ledger in English, with the names that the books know. Today is Friday 21 March 2025."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.requests import (
    Ageing,
    Balance,
    Due,
    Find,
    Forecast,
    History,
    Owed,
    Spend,
    Waiting,
    Why,
)
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
    # spend
    ("what did we spend last month?", Spend(since=date(2025, 2, 1), until=date(2025, 2, 28), label="last month")),
    (
        "how much did we spend on travel this year?",
        Spend(since=date(2025, 1, 1), until=date(2025, 12, 31), category="travel", label="this year, on Travel"),
    ),
    (
        "what did we spend with Acme in February?",
        Spend(
            since=date(2025, 2, 1),
            until=date(2025, 2, 28),
            vendor="Acme GmbH",
            label="in February 2025, with Acme GmbH",
        ),
    ),
    (
        "how much have we paid Acme this year",
        Spend(since=date(2025, 1, 1), until=date(2025, 12, 31), vendor="Acme GmbH", label="this year, with Acme GmbH"),
    ),
    (
        "spend on software in Q1 by month",
        Spend(
            since=date(2025, 1, 1),
            until=date(2025, 3, 31),
            category="software",
            by="month",
            label="in Q1 2025, on Software",
        ),
    ),
    (
        "spending by vendor last quarter",
        Spend(since=date(2024, 10, 1), until=date(2024, 12, 31), by="vendor", label="last quarter"),
    ),
    (
        "expenses in January compared with the month before",
        Spend(since=date(2025, 1, 1), until=date(2025, 1, 31), compare=True, label="in January 2025"),
    ),
    (
        "travel costs since 1 January",
        Spend(since=date(2025, 1, 1), category="travel", label="since 1 Jan 2025, on Travel"),
    ),
    (
        "how much did we spend on sofware last year vs the year before",
        Spend(
            since=date(2024, 1, 1),
            until=date(2024, 12, 31),
            category="software",
            compare=True,
            label="last year, on Software",
        ),
    ),
    (
        "costs per category this month as a chart",
        Spend(since=date(2025, 3, 1), until=date(2025, 3, 31), chart=True, label="this month"),
    ),
    (
        "what does hosting nord cost us",
        Spend(
            since=date(2025, 1, 1),
            until=date(2025, 3, 21),
            vendor="Hosting Nord",
            label="from 1 Jan 2025 to 21 Mar 2025, with Hosting Nord",
        ),
    ),
    (
        "where does our money go?",
        Spend(since=date(2025, 1, 1), until=date(2025, 3, 21), label="from 1 Jan 2025 to 21 Mar 2025"),
    ),
    (
        "how much was spent on rent in 2024?",
        Spend(since=date(2024, 1, 1), until=date(2024, 12, 31), category="rent", label="in 2024, on Rent"),
    ),
    (
        "what did we spend at Bistro Luna",
        Spend(
            since=date(2025, 1, 1),
            until=date(2025, 3, 21),
            vendor="Bistro Luna",
            label="from 1 Jan 2025 to 21 Mar 2025, with Bistro Luna",
        ),
    ),
    (
        "how much did we pay for office supplies between 1 Jan and 15 March",
        Spend(
            since=date(2025, 1, 1),
            until=date(2025, 3, 15),
            category="office",
            label="from 1 Jan 2025 to 15 Mar 2025, on Office supplies",
        ),
    ),
    ("spend since easter", Spend(since=date(2024, 3, 31), label="since 31 Mar 2024")),
    ("total spend last 90 days", Spend(since=date(2024, 12, 22), until=date(2025, 3, 21), label="in the last 90 days")),
    # forecast
    ("forecast", Forecast(until=date(2025, 4, 20), label="in the next 30 days")),
    ("cash forecast for 60 days", Forecast(until=date(2025, 5, 20), label="in the next 60 days")),
    ("forecast for the next 90 days", Forecast(until=date(2025, 6, 19), label="in the next 90 days")),
    (
        "how much money will we have at the end of the month?",
        Forecast(until=date(2025, 3, 31), label="on Mon 31 Mar 2025"),
    ),
    ("what will the balance be in two weeks?", Forecast(until=date(2025, 4, 4), label="in the next 14 days")),
    ("will we run out of money?", Forecast(until=date(2025, 4, 20), label="in the next 30 days")),
    ("can we pay everything this month?", Forecast(until=date(2025, 3, 31), label="this month")),
    ("cash flow next month", Forecast(until=date(2025, 4, 30), label="next month")),
    ("show me the cash flow forecast until 30 June", Forecast(until=date(2025, 6, 30), label="by Mon 30 Jun 2025")),
    # ageing
    ("ageing report", Ageing()),
    ("aging of receivables", Ageing(side="receivable")),
    ("show the ageing", Ageing()),
    ("overdue by age", Ageing()),
    # find
    ("find 2024-117", Find(text="2024-117", label="with “2024-117”")),
    ("find bills over 500", Find(at_least="500.00", label="of €500.00 or more")),
    ("find invoices from Acme", Find(vendor="Acme GmbH", label="from Acme GmbH")),
    ("search for hosting", Find(vendor="Hosting Nord", label="from Hosting Nord")),
    (
        "find Acme in February",
        Find(
            vendor="Acme GmbH",
            since=date(2025, 2, 1),
            until=date(2025, 2, 28),
            label="from Acme GmbH, in February 2025",
        ),
    ),
    (
        "bills from Acme in March",
        Find(
            vendor="Acme GmbH", since=date(2025, 3, 1), until=date(2025, 3, 31), label="from Acme GmbH, in March 2025"
        ),
    ),
    (
        "the largest bills this year",
        Find(since=date(2025, 1, 1), until=date(2025, 12, 31), order="largest", most=5, label="this year"),
    ),
    ("biggest bill from Acme", Find(vendor="Acme GmbH", order="largest", most=1, label="from Acme GmbH")),
    (
        "three largest bills last month",
        Find(since=date(2025, 2, 1), until=date(2025, 2, 28), order="largest", most=3, label="last month"),
    ),
    ("top 5 bills", Find(order="largest", most=5)),
    ("newest bill", Find(most=1)),
    ("last 5 invoices", Find(most=5)),
    ("latest invoice from Globex", Find(vendor="Globex Ltd", most=1, label="from Globex Ltd")),
    (
        "find bills between 1 Jan and 15 Feb over 1000",
        Find(
            at_least="1000.00",
            since=date(2025, 1, 1),
            until=date(2025, 2, 15),
            label="from 1 Jan 2025 to 15 Feb 2025, of €1,000.00 or more",
        ),
    ),
    ("find the bill of 1249.50", Find(at_least="1249.50", at_most="1249.50", label="of €1,249.50")),
    ("do we have a bill over 2000?", Find(at_least="2000.00", label="of €2,000.00 or more")),
    ("which invoices came in March?", Find(since=date(2025, 3, 1), until=date(2025, 3, 31), label="in March 2025")),
    ("invoices under 100", Find(at_most="100.00", label="of €100.00 or less")),
    ("all bills from Acme", Find(vendor="Acme GmbH", label="from Acme GmbH")),
    ("what did Acme send us?", Find(vendor="Acme GmbH", label="from Acme GmbH")),
    ("where is the invoice from Globex?", Find(vendor="Globex Ltd", label="from Globex Ltd")),
    # why / history / waiting
    ("why?", Why()),
    ("why is it overdue?", Why("overdue")),
    ("why 1,249.50?", Why("1,249.50")),
    ("where does that figure come from?", Why()),
    ("why is the due date doubtful?", Why("due_date")),
    ("history", History()),
    ("what happened to the Acme bill?", History("Acme")),
    ("history of 2024-117", History("2024-117")),
    ("status of the Acme bill", History("Acme")),
    ("have we paid Acme?", History("Acme")),
    ("did we already pay Globex?", History("Globex")),
    ("has the Acme bill been paid?", History("Acme")),
    ("when did we pay Acme?", History("Acme")),
    ("who confirmed the Acme bill?", History("Acme")),
    ("what is waiting for me?", Waiting()),
    ("anything to approve?", Waiting()),
    ("what do I have to confirm?", Waiting()),
    ("what needs confirming", Waiting()),
    ("how much was in the bank on 1 March?", Balance(account="bank", on=date(2025, 3, 1))),
    ("how much will we have at month's end?", Forecast(until=date(2025, 3, 31), label="on Mon 31 Mar 2025")),
    ("what will the bank balance be at month's end?", Forecast(until=date(2025, 3, 31), label="on Mon 31 Mar 2025")),
    (
        "compare spending on travel in Q1 with the quarter before",
        Spend(
            since=date(2025, 1, 1),
            until=date(2025, 3, 31),
            category="travel",
            compare=True,
            label="in Q1 2025, on Travel",
        ),
    ),
    (
        "what are our biggest expenses this quarter",
        Find(since=date(2025, 1, 1), until=date(2025, 3, 31), order="largest", most=5, label="this quarter"),
    ),
    # as people also put it
    ("unpaid bills older than 30 days", Due(until=date(2025, 2, 18), label="by Tue 18 Feb 2025")),
    (
        "bills due between 1 and 15 April",
        Due(until=date(2025, 4, 15), since=date(2025, 4, 1), label="from 1 Apr 2025 to 15 Apr 2025"),
    ),
    ("how much is on the sparkasse account", Balance("bank-2")),
    ("did Globex pay us?", Owed(side="receivable", party="Globex Ltd")),
    (
        "what did we spend on marketing vs last month",
        Spend(
            since=date(2025, 3, 1),
            until=date(2025, 3, 31),
            category="marketing",
            compare=True,
            label="this month, on Marketing",
        ),
    ),
    (
        "who are our biggest suppliers?",
        Spend(since=date(2025, 1, 1), until=date(2025, 3, 21), by="vendor", label="from 1 Jan 2025 to 21 Mar 2025"),
    ),
    (
        "show me a chart of spending this year",
        Spend(since=date(2025, 1, 1), until=date(2025, 12, 31), chart=True, label="this year"),
    ),
    ("invoices from last week", Find(since=date(2025, 3, 10), until=date(2025, 3, 16), label="last week")),
    ("what did we buy from Acme?", Find(vendor="Acme GmbH", label="from Acme GmbH")),
    ("list overdue invoices over 1000", Due(overdue=True, label="overdue, of €1,000.00 or more", above="1000.00")),
    (
        "is there an invoice from Globex over 50",
        Find(vendor="Globex Ltd", at_least="50.00", label="from Globex Ltd, of €50.00 or more"),
    ),
]


@pytest.mark.parametrize(("said", "understood"), ASKED)
def test_a_person_asks_the_ledger(said, understood):
    assert understand(said, SCENE) == understood
