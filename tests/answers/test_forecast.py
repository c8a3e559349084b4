"""What there will be, and what recurs. Today is Friday 21 March 2025."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.requests import Forecast
from storage.models import Side
from storage.reports.recurring_bills import INTERVALS, Sample, series_of
from tests.fakes.books.company_quarter import Company

IN_60_DAYS = Forecast(date(2025, 5, 20))


@pytest.fixture
def hosting(company: Company) -> Company:
    """Hosting of about 100 euros on the 1st of each month, to be paid within 14 days."""
    for number, month, total in (("H-1", 1, "99.00"), ("H-2", 2, "100.00"), ("H-3", 3, "101.00")):
        bill = company.bill(
            vendor="Hosting AG",
            number=number,
            issue_date=f"2025-0{month}-01",
            due_date=f"2025-0{month}-15",
            total=total,
        )
        company.pay(bill, on=date(2025, month, 14))
    return company


def test_the_balance_to_come_is_made_of_bills_and_says_which(hosting: Company):
    acme = hosting.acme()
    late = hosting.bill(vendor="Globex", number="G-9", due_date="2025-03-11", total="80.00")
    theirs = hosting.ours("Kunde AG", number="R-1", due_date="2025-04-30", total="500.00")
    hosting.bill(vendor="Draft Ltd", number="D-1", draft=True, total="7.00")
    hosting.bill(vendor="Nodate", number="N-1", due_date=None, total="9.00")
    reply = hosting.ask(IN_60_DAYS)
    # 12,400 - 300 paid = 12,100; - 80 - 1,249.50 + 500 - 2 x 100 (due 15 April and 15 May)
    assert reply.text.splitlines() == [
        "Bank and cash will be €11,070.50 on 20 May 2025 (in 60 days).",
        "• Today: €12,100.00",
        "• -€80.00 overdue, assumed paid today",
        "• -€1,249.50 to pay",
        "• €500.00 to come in",
        "• -€200.00 expected, as such bills came regularly",
        "• Lowest: €10,670.50 on 15 Apr 2025",
        "1. Globex G-9 · -€80.00 · 21 Mar, overdue",
        "2. Acme GmbH 2024-117 · -€1,249.50 · 2 Apr",
        "• Hosting AG · about -€100.00 · 15 Apr (expected after H-1, H-2 and H-3)",
        "3. Kunde AG R-1 · €500.00 · 30 Apr",
        "• Hosting AG · about -€100.00 · 15 May (expected after H-1, H-2 and H-3)",
        "Not counted: 1 document that waits to be confirmed (Draft Ltd D-1).",
        "Not counted: 1 open bill without a due date (Nodate N-1).",
    ]
    assert reply.listed == (late, acme, theirs)
    assert hosting.kept[reply.attachments[0].sha256].startswith(b"\x89PNG")


def test_the_forecast_in_german(hosting: Company):
    text = hosting.ask(Forecast(date(2025, 4, 20), chart=False), language="de").text
    assert text.startswith("Bank und Kasse: 12.000,00\xa0€ am 20. Apr. 2025 (in 30 Tagen).")
    assert "etwa -100,00\xa0€ · 15. Apr. (erwartet nach H-1, H-2 und H-3)" in text


def test_each_currency_has_a_forecast_of_its_own(company: Company):
    company.bill(vendor="Bolt Inc", number="B1", currency="USD", total="20.00")
    company.acme()
    first, second = company.ask_all(Forecast(date(2025, 4, 20)))
    assert first.text.startswith("Bank and cash will be €11,150.50")
    assert second.text.startswith("Bank and cash will be -US$20.00")
    assert "1. Acme GmbH" in first.text and "2. Bolt Inc" in second.text  # "the second" is one


def test_a_bill_that_stopped_coming_is_not_expected(company: Company):
    for number, month in (("H-1", 9), ("H-2", 10), ("H-3", 11)):
        company.bill(vendor="Hosting AG", number=number, issue_date=f"2024-{month:02}-01", due_date=None, total="99.00")
    assert "expected" not in company.ask(IN_60_DAYS).text


def test_nothing_to_forecast_says_so(company: Company):
    assert "€12,400.00" in company.ask(IN_60_DAYS).text


def samples(days: list[int], minor: int = 10000) -> list[Sample]:
    return [Sample(n, "Acme", date(2025, 1, 1) + timedelta(days=day), 14, minor) for n, day in enumerate(days)]


@pytest.mark.parametrize(
    ("days", "every"),
    [
        ([0, 31, 59], 30),
        ([0, 30, 60, 92, 120], 30),
        ([0, 7, 14, 22], 7),
        ([0, 14, 28], 14),
        ([0, 90, 182], 91),
        ([0, 31], None),  # two are a chance
        ([0, 10, 59], None),
        ([0, 31, 32, 60], None),
    ],
)
def test_a_rhythm_is_known_from_three_bills(days: list[int], every: int | None):
    found = series_of(samples(days), Side.PAYABLE, "EUR")
    assert (found.rhythm.days if found else None) == every


@given(st.sampled_from(INTERVALS), st.dates(date(2025, 1, 1), date(2025, 3, 21)), st.integers(3, 6))
def test_what_is_expected_goes_on_in_the_same_rhythm(rhythm, first, number):
    days = [(rhythm.after(first, n) - date(2025, 1, 1)).days for n in range(number)]
    found = series_of(samples(days), Side.PAYABLE, "EUR")
    assert found is not None and found.rhythm == rhythm
    latest = found.samples[-1].issued
    expected = list(found.expected(latest, latest + timedelta(days=400)))
    assert expected and all(amount.minor == 10000 for _, amount in expected)
    assert all(
        abs((later - earlier).days - rhythm.days) <= rhythm.slack for (earlier, _), (later, _) in pairwise(expected)
    )
