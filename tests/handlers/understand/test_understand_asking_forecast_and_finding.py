"""What is to come, which bills, and why, asked in English with the books' names. Today is Friday 21 March 2025."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.requests import Ageing, Find, Forecast, History, Settled, Spend, Waiting, Why
from handlers.understand.interpreter import understand
from tests.fakes.books.grammar_scene import SCENE

ASKED = [
    # forecast
    ("forecast", Forecast(until=date(2025, 4, 20), label="in the next 30 days")),
    ("cash forecast for 60 days", Forecast(until=date(2025, 5, 20), label="in the next 60 days")),
    ("forecast for the next 90 days", Forecast(until=date(2025, 6, 19), label="in the next 90 days")),
    (
        "how much money will we have at the end of the month?",
        Forecast(until=date(2025, 3, 31), label="on Mon 31 Mar 2025"),
    ),
    ("what will the balance be in two weeks?", Forecast(until=date(2025, 4, 4), label="in the next 14 days")),
    ("will we run out of money?", Forecast(until=date(2025, 4, 20), label="in the next 30 days", runs_out=True)),
    ("can we pay everything this month?", Forecast(until=date(2025, 3, 31), label="this month", after_bills=True)),
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
    ("what happened to the Acme bill?", History("Acme GmbH")),
    ("history of 2024-117", History("2024-117")),
    ("status of the Acme bill", History("Acme GmbH")),
    ("have we paid Acme?", Settled(vendor="Acme GmbH", side="payable")),
    ("did we already pay Globex?", Settled(vendor="Globex Ltd", side="payable")),
    ("has the Acme bill been paid?", Settled(vendor="Acme GmbH", side="payable")),
    ("when did we pay Acme?", Settled(vendor="Acme GmbH", side="payable")),
    ("who confirmed the Acme bill?", History("Acme GmbH", "confirmed")),
    ("what is waiting for me?", Waiting()),
    ("anything to approve?", Waiting()),
    ("what do I have to confirm?", Waiting()),
    ("what needs confirming", Waiting()),
    # as people also put it
    ("how much will we have at month's end?", Forecast(until=date(2025, 3, 31), label="on Mon 31 Mar 2025")),
    ("what will the bank balance be at month's end?", Forecast(until=date(2025, 3, 31), label="on Mon 31 Mar 2025")),
    (
        "what are our biggest expenses this quarter",
        Spend(since=date(2025, 1, 1), until=date(2025, 3, 31), by="bill", label="this quarter"),
    ),
    ("invoices from last week", Find(since=date(2025, 3, 10), until=date(2025, 3, 16), label="last week")),
    ("what did we buy from Acme?", Find(vendor="Acme GmbH", label="from Acme GmbH")),
    (
        "is there an invoice from Globex over 50",
        Find(vendor="Globex Ltd", at_least="50.00", label="from Globex Ltd, of €50.00 or more"),
    ),
]


@pytest.mark.parametrize(("said", "understood"), ASKED)
def test_a_person_asks_what_is_to_come_which_bills_and_why(said, understood):
    assert understand(said, SCENE) == understood
