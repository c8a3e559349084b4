"""Every question is kept as JSON and comes back as it was, so that follow-ups can lean on it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, get_args

import pytest

from handlers.last_answer import Last, from_record, to_record
from handlers.requests import (
    Due,
    FinancialStatements,
    Find,
    Forecast,
    Income,
    Owed,
    Payments,
    Profit,
    Question,
    Settled,
    Spend,
    VatReturn,
)

DAY = date(2025, 3, 1)

STRETCH = {Forecast: (DAY,), VatReturn: (DAY, DAY), FinancialStatements: (DAY, DAY)}
"""Questions that need a time."""

ASKED = (
    Due(without=("Acme", "Duo"), days_late=14, no_due_date=True, order="oldest", most=3),
    Owed("receivable", "Acme", ("Duo",)),
    Settled("T-1", "Telekom", "receivable", DAY, DAY, True, "in May"),
    Payments("receivable", DAY, DAY, "Acme", "bank", "in May"),
    Spend(DAY, DAY, by="person", person="Max", without=("Acme",), versus_since=DAY, versus_until=DAY, average=True),
    Income(DAY, DAY, "Globex", "month", 3),
    Profit(DAY, DAY, "in May"),
    VatReturn(DAY, DAY, "81", "in May"),
    FinancialStatements(DAY, DAY, "balance", True, "in May"),
    Forecast(DAY, afford="5000", currency="EUR", after_bills=True, runs_out=True),
    Find(person="Max", order="oldest", count=True, without=("Acme",)),
)


@pytest.mark.parametrize("question", [*ASKED, *(kind(*STRETCH.get(kind, ())) for kind in get_args(Question))])
def test_a_question_survives_being_kept(question: Any):
    kept = json.loads(json.dumps(to_record(Last(question, (1, 2), "de"))))
    assert from_record(kept) == Last(question, (1, 2), "de")
