"""What was spent, compared with the period before. Today is Friday 21 March 2025."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.errors import NotFound
from handlers.requests import Spend
from storage.ledger import booking
from storage.ledger.double_entry import EntryDraft, Leg
from storage.ledger.money import Money
from storage.models import EntryKind
from storage.reports import spending
from storage.reports.spending import Period
from tests.fakes.books.company_quarter import Company
from tests.fakes.books.small_company import NOW

MARCH = {"since": date(2025, 3, 1), "until": date(2025, 3, 31), "label": "in March 2025"}


@pytest.fixture
def spent(company: Company) -> Company:
    """Hotel 200 in March, 160 in February; paper 50 in March; 119 with 19 of VAT."""
    company.bill(vendor="Hotel", number="H1", issue_date="2025-02-10", total="160.00", category="travel")
    company.bill(vendor="Hotel", number="H2", issue_date="2025-03-10", total="200.00", category="travel")
    company.bill(vendor="Paper Ltd", number="P1", issue_date="2025-03-11", total="50.00", category="office")
    company.bill(
        vendor="Paper Ltd", number="P2", issue_date="2025-03-12", subtotal="100.00", tax="19.00", total="119.00",
        category="office",
    )  # fmt: skip
    return company


def test_spending_is_told_by_category_without_vat_with_its_bills(spent: Company):
    reply = spent.ask(Spend(**MARCH))
    assert reply.text.splitlines() == [
        "Spent €350.00 in March 2025, without VAT:",
        "• Travel · €200.00",
        "• Office supplies · €150.00",
        "The largest bills (without VAT):",
        "1. Hotel H2 · €200.00",
        "2. Paper Ltd P2 · €100.00",
        "3. Paper Ltd P1 · €50.00",
    ]
    assert len(reply.listed) == 3 and not reply.attachments


@pytest.mark.parametrize(
    ("asked", "offered"),
    [({}, ["say:as a chart"]), ({"chart": True}, []), ({"by": "bill"}, []), ({"category": "travel"}, [])],
)
def test_a_picture_is_offered_where_there_is_something_to_compare(spent: Company, asked: dict, offered: list[str]):
    reply = spent.ask(Spend(**MARCH, **asked))
    assert [choice.id for choice in reply.choices] == offered


def test_spending_is_compared_with_the_period_before(spent: Company):
    lines = spent.ask(Spend(**MARCH, compare=True)).text.splitlines()
    # 350 / 160 = 2.1875; 200 / 160 = 1.25
    assert lines[0] == "Spent €350.00 in March 2025, without VAT (+119% from €160.00 in the period before):"
    assert lines[1:3] == ["• Travel · €200.00 (+25% from €160.00)", "• Office supplies · €150.00 (from €0.00)"]


def test_spending_on_a_category_with_a_vendor_or_by_month(spent: Company):
    assert spent.ask(Spend(**MARCH, category="travel")).text.startswith("Spent €200.00 in March 2025")
    assert spent.ask(Spend(**MARCH, category="Reisekosten"), language="de").text.startswith(
        "Ausgegeben in March 2025, ohne MwSt.: 200,00\xa0€"
    )
    assert spent.ask(Spend(**MARCH, vendor="paper")).text.startswith("Spent €150.00")
    assert spent.ask(Spend(**MARCH, by="vendor")).text.splitlines()[1:3] == [
        "• Hotel · €200.00",
        "• Paper Ltd · €150.00",
    ]
    months = spent.ask(Spend(by="month")).text.splitlines()
    assert months[0] == "Spent €510.00 from 1 Jan 2025 to 21 Mar 2025, without VAT:"
    assert months[1:3] == ["• February 2025 · €160.00", "• March 2025 · €350.00"]


def test_a_category_or_vendor_that_there_is_not(spent: Company):
    with pytest.raises(NotFound, match="no category “yachts”"):
        spent.ask(Spend(category="yachts"))
    with pytest.raises(NotFound, match="no vendor called “Zyx”"):
        spent.ask(Spend(vendor="Zyx"))


def test_nothing_spent_says_so(company: Company):
    assert company.ask(Spend(**MARCH)).text == "Nothing was spent in March 2025."


def test_a_picture_is_drawn_for_each_currency(spent: Company):
    spent.bill(vendor="Bolt", number="B", issue_date="2025-03-13", currency="USD", total="70.00", category="travel")
    reply = spent.ask(Spend(**MARCH, chart=True))
    assert [file.name for file in reply.attachments] == ["spend-EUR.png", "spend-USD.png"]
    assert all(spent.kept[file.sha256].startswith(b"\x89PNG") for file in reply.attachments)


@pytest.mark.parametrize(
    ("since", "until", "before"),
    [
        ("2025-03-01", "2025-03-31", ("2025-02-01", "2025-02-28")),
        ("2025-01-01", "2025-03-31", ("2024-10-01", "2024-12-31")),
        ("2025-01-01", "2025-12-31", ("2024-01-01", "2024-12-31")),
        ("2025-03-10", "2025-03-16", ("2025-03-03", "2025-03-09")),  # a week
        ("2025-03-05", "2025-03-05", ("2025-03-04", "2025-03-04")),
        ("2025-01-01", "2025-03-21", ("2024-10-13", "2024-12-31")),  # 80 days
    ],
)
def test_the_period_before_is_as_long(since: str, until: str, before: tuple[str, str]):
    span = Period(date.fromisoformat(since), date.fromisoformat(until))
    assert span.before() == Period(*map(date.fromisoformat, before))


DAYS = st.dates(date(2024, 11, 20), date(2025, 2, 10))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(DAYS, st.integers(1, 9999)), max_size=8), DAYS, st.integers(0, 70))
def test_any_period_sums_what_was_posted_in_it(company: Company, posted, since, length):
    """Turnovers of whole months and postings of the edges make the same sum as every posting by itself."""
    span = Period(since, since + timedelta(days=length))
    expected: dict[str, int] = defaultdict(int)
    with company.database.transaction() as session:
        for n, (on, minor) in enumerate(posted):
            amount = Money(minor, "EUR")
            legs = (Leg("travel", amount), Leg("bank", -amount))
            booking.post(session, EntryDraft(f"{n}", EntryKind.FEE, on, "x", legs), person_id=None, now=NOW)
            if span.since <= on <= span.until:
                expected[f"{on:%Y-%m}"] += minor
        accounts = spending.expense_accounts(session)
        by_month = {spent.name: spent.amount.minor for spent in spending.by_month(session, span, accounts)}
        total = sum(spent.amount.minor for spent in spending.by_category(session, span, accounts))
        session.rollback()
    assert {month: minor for month, minor in by_month.items() if minor} == expected
    assert total == sum(expected.values())
