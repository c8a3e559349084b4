"""What was spent, asked in English with the names that the books know. Today is Friday 21 March 2025."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.requests import Payments, Spend
from handlers.understand.interpreter import understand
from tests.fakes.books.grammar_scene import SCENE

ASKED = [
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
        Payments(since=date(2025, 1, 1), until=date(2025, 12, 31), vendor="Acme GmbH", label="this year"),
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
        "show bills paid in March",
        Payments(since=date(2025, 3, 1), until=date(2025, 3, 31), label="in March 2025"),
    ),
    (
        "average spend per month",  # not of a vendor called Average
        Spend(
            since=date(2025, 1, 1),
            until=date(2025, 3, 21),
            by="month",
            average=True,
            label="from 1 Jan 2025 to 21 Mar 2025",
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
    # as people also put it
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
]


@pytest.mark.parametrize(("said", "understood"), ASKED)
def test_a_person_asks_what_was_spent(said, understood):
    assert understand(said, SCENE) == understood
