"""Finding bills again, what happened to them, and why things are as they are."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.errors import NotFound, WhichOne
from handlers.requests import Ageing, Balance, Due, Find, Forecast, History, Owed, ShowOriginal, Spend, Why
from storage.bills import amendments, lifecycle
from storage.models import Bill
from tests.fakes.books.company_quarter import Company
from tests.fakes.books.small_company import NOW


@pytest.fixture
def three(company: Company) -> tuple[Company, dict[str, int]]:
    ids = {
        "acme": company.acme(),
        "müller": company.bill(vendor="Müller & Söhne", number="RE 77", issue_date="2025-02-01", total="80.00"),
        "bolt": company.bill(vendor="Bolt Inc", number="B-1", issue_date="2025-01-05", currency="JPY", total="5000"),
    }
    return company, ids


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Find(), ["acme", "müller", "bolt"]),
        (Find(order="largest", at_least="80"), ["acme", "müller", "bolt"]),  # by minor units: 124950, 8000, 5000
        (Find(most=1), ["acme"]),
        (Find(text="117"), ["acme"]),
        (Find(text="muller"), ["müller"]),
        (Find(text="Söhne"), ["müller"]),
        (Find(vendor="acm"), ["acme"]),
        (Find(at_least="1000"), ["acme", "bolt"]),  # 5,000 yen have no decimals
        (Find(at_most="80"), ["müller"]),
        (Find(since=date(2025, 2, 1), until=date(2025, 2, 28)), ["müller"]),
        (Find(text="100%_"), []),
    ],
)
def test_bills_are_found_by_what_is_remembered(three, asked: Find, found: list[str]):
    company, ids = three
    assert company.ask(asked).listed == tuple(ids[name] for name in found)


def test_found_bills_say_where_they_stand(three):
    company, ids = three
    company.pay(ids["acme"])
    assert company.ask(Find(text="acme")).text == "1 bill:\n• Acme GmbH 2024-117 · €1,249.50 · 3 Mar 2025 · Paid"
    assert company.ask(Find(text="zzz", label="about zzz")).text.startswith("I found no bill about zzz.")
    assert company.ask(Find(most=1)).bill == ids["acme"]


def test_the_history_tells_who_did_what_and_when(company: Company):
    bill = company.bill(draft=True)
    with company.database.transaction() as session:
        amendments.amend(session, bill, {"total": "1300.00"}, message_key="m", person_id=company.owner, now=NOW)
        lifecycle.confirm(session, bill, key="c", person_id=company.owner, now=NOW)
    company.pay(bill, "500", on=date(2025, 3, 20))
    reply = company.ask(History(), bill=bill)
    at = "• 21 Mar 2025, 10:30 · Olga"  # 9:30 UTC in Berlin
    assert reply.text.splitlines() == [
        f"{at} sent it.",
        f"{at} corrected: total €1,249.50 → €1,300.00.",
        f"{at} confirmed it.",
        f"{at} noted that €500.00 was paid from Bank on 20 Mar 2025.",
    ]
    assert reply.card is not None and reply.card.state == "Part-paid, €800.00 open"
    assert "am 20. März 2025 bezahlt (Bank)" in company.ask(History(), bill=bill, language="de").text


def test_why_a_field_is_doubted(company: Company):
    bill = company.bill(draft=True)
    with company.database.transaction() as session:
        made = session.get_one(Bill, bill)
        doubted = made.evidence["due_date"] | {"confidence": 0.629, "source": "derived", "reason": 'from "30 days net"'}
        made.evidence = {**made.evidence, "due_date": doubted}
        made.picture_sha256 = "f" * 64
    reply = company.ask(Why("due date"), bill=bill)
    assert reply.text == (
        'Due date is 2 Apr 2025: I worked it out (from "30 days net"). I am only 62% sure, so please check it.'
    )
    assert [file.name for file in reply.attachments] == ["page.png"]
    assert company.ask(Why(), bill=bill).text == reply.text
    assert company.ask(Why("fälligkeit"), bill=bill, language="de").text.startswith(
        "Fälligkeit: 2. Apr. 2025; das habe ich errechnet (aus „30 days net“)."
    )
    assert company.ask(Why("total"), bill=bill).text == "Total is €1,249.50: I read it on page 1. I am 90% sure."
    assert "nobody has said it" in company.ask(Why("iban"), bill=bill).text


def test_why_a_field_that_somebody_corrected(company: Company):
    bill = company.bill(draft=True)
    with company.database.transaction() as session:
        amendments.amend(session, bill, {"total": "1300.00"}, message_key="m", person_id=company.owner, now=NOW)
    assert company.ask(Why("total"), bill=bill).text == (
        "Total is €1,300.00: Olga said so on 21 Mar 2025, 10:30; before, it was €1,249.50."
    )


def test_why_a_bill_is_overdue(company: Company):
    bill = company.bill(number="O-1", due_date="2025-03-11", total="80.00")
    said = company.ask(Why("overdue"), bill=bill).text
    assert said.startswith("It was due on 11 Mar 2025, 10 days ago, and €80.00 of it is still open. Due date is")
    company.pay(bill)
    assert company.ask(Why("overdue"), bill=bill).text == "It is not overdue: nothing is open on it."
    assert "it is due on 2 Apr 2025" in company.ask(Why("overdue"), bill=company.acme()).text


@pytest.mark.parametrize("question", [Due(), Owed(), Ageing(chart=False)])
def test_why_of_a_sum_shows_what_each_bill_is_made_of(company: Company, question):
    bill = company.acme()
    company.pay(bill, "500", on=date(2025, 3, 20))
    company.ask(question)
    reply = company.ask(Why())
    assert reply.text.splitlines()[1] == (
        "• Acme GmbH 2024-117 · €1,249.50 booked on 3 Mar 2025, €500.00 settled on 20 Mar 2025 = €749.50"
    )
    assert reply.listed == (bill,)


def test_why_of_a_balance_shows_its_postings(company: Company):
    company.pay(company.acme(), on=date(2025, 3, 20))
    company.ask(Balance("bank"))
    assert company.ask(Why()).text.splitlines() == [
        "A balance is the sum of all that was posted, here 2 postings. The latest:",
        "• 20 Mar 2025 · Payment: Acme GmbH 2024-117 · -€1,249.50",
        "• 1 Jan 2025 · Opening balance of bank · €12,400.00",
    ]


def test_why_of_what_was_spent_and_of_a_forecast(company: Company):
    company.bill(category="travel", total="80.00")
    company.ask(Spend())
    assert "• Acme GmbH 2024-117 · €80.00" in company.ask(Why()).text
    company.ask(Forecast(date(2025, 4, 20)))
    assert "• 2 Apr 2025: €12,320.00" in company.ask(Why()).text


def test_an_original_is_of_the_vendor_and_the_time_that_were_named(company: Company):
    may = company.bill(vendor="Hotel Adler", number="H-1", issue_date="2024-05-10")
    company.pay(may)
    first = company.bill(vendor="Hotel Adler", number="H-2", issue_date="2025-02-10")
    second = company.bill(vendor="Hotel Adler", number="H-3", issue_date="2025-02-20")
    acme = company.acme()
    in_may = {"since": date(2024, 5, 1), "until": date(2024, 5, 31)}
    in_february = {"since": date(2025, 2, 1), "until": date(2025, 2, 28)}
    reply = company.ask(ShowOriginal("hotel", **in_may))
    assert reply.bill == may and len(reply.attachments) == 1
    with pytest.raises(NotFound, match="no bill from acme, from 1 May 2024 to 31 May 2024"):
        company.ask(ShowOriginal("acme", **in_may))
    with pytest.raises(NotFound, match="no bill from eom"):
        company.ask(ShowOriginal("eom", **in_may))
    with pytest.raises(WhichOne) as asked:
        company.ask(ShowOriginal("hotel", **in_february))
    assert {bill for bill, _ in asked.value.choices} == {first, second}
    assert company.ask(ShowOriginal(**in_february), bill=first).bill == first
    assert company.ask(ShowOriginal(**in_may), bill=acme).bill == may


def test_why_a_bill_is_not_paid(company: Company):
    company.acme()
    assert company.ask(Why("not paid", "acme")).text == "No: €1,249.50 is open, due 2 Apr 2025 (in 12 days)."
