"""What leans on the last answer, and several requests in one message. Today is Friday 21 March 2025."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handlers.requests import (
    Ageing,
    Amend,
    Approve,
    Balance,
    Confirm,
    Due,
    FieldChange,
    Find,
    Forecast,
    History,
    HowToPay,
    OnBill,
    Owed,
    Pay,
    PaymentCode,
    Payments,
    Profit,
    Remind,
    Settled,
    SeveralRequests,
    ShowBill,
    ShowOriginal,
    Spend,
    Unclear,
    Unknown,
    Why,
)
from handlers.understand.interpreter import understand
from tests.fakes.books.grammar_scene import SCENE, after

THIS_WEEK = Due(since=date(2025, 3, 17), until=date(2025, 3, 23), label="this week")
FEBRUARY = Spend(since=date(2025, 2, 1), until=date(2025, 2, 28), label="last month")
OVER_500 = Find(at_least="500.00", label="of €500.00 or more")
NEXT_MONTH = {"since": date(2025, 4, 1), "until": date(2025, 4, 30), "label": "next month"}
NEXT_WEEK = {"since": date(2025, 3, 24), "until": date(2025, 3, 30), "label": "next week"}
OVERDUE = Due(overdue=True, label="overdue")
A, B, C = 11, 12, 13
"""The bills that the last answer listed."""

AFTER = [
    # the same for another time, vendor, amount
    (THIS_WEEK, "and next month?", replace(THIS_WEEK, **NEXT_MONTH)),
    (THIS_WEEK, "und nächste Woche?", replace(THIS_WEEK, **NEXT_WEEK)),
    (THIS_WEEK, "what about next week?", replace(THIS_WEEK, **NEXT_WEEK)),
    (THIS_WEEK, "and overdue?", OVERDUE),
    (THIS_WEEK, "und überfällig?", OVERDUE),
    (THIS_WEEK, "only Acme", replace(THIS_WEEK, vendor="Acme GmbH", label="this week, to Acme GmbH")),
    (THIS_WEEK, "nur Acme", replace(THIS_WEEK, vendor="Acme GmbH", label="this week, to Acme GmbH")),
    (THIS_WEEK, "Acme?", replace(THIS_WEEK, vendor="Acme GmbH", label="this week, to Acme GmbH")),
    (THIS_WEEK, "what about globx?", replace(THIS_WEEK, vendor="Globex Ltd", label="this week, to Globex Ltd")),
    (THIS_WEEK, "only over 500", replace(THIS_WEEK, above="500.00", label="this week, of €500.00 or more")),
    (THIS_WEEK, "nur über 500", replace(THIS_WEEK, above="500.00", label="this week, of €500.00 or more")),
    (OVERDUE, "only Acme", replace(OVERDUE, vendor="Acme GmbH", label="overdue, to Acme GmbH")),
    (THIS_WEEK, "what about customers?", replace(THIS_WEEK, side="receivable")),
    (THIS_WEEK, "by vendor?", Owed()),
    (FEBRUARY, "and this year?", Spend(since=date(2025, 1, 1), until=date(2025, 12, 31), label="this year")),
    (FEBRUARY, "und im Januar?", Spend(since=date(2025, 1, 1), until=date(2025, 1, 31), label="in January 2025")),
    (FEBRUARY, "and the month before?", Spend(date(2025, 1, 1), date(2025, 1, 31), label="in January 2025")),
    (FEBRUARY, "by vendor?", replace(FEBRUARY, by="vendor")),
    (FEBRUARY, "nach Lieferant", replace(FEBRUARY, by="vendor")),
    (FEBRUARY, "by month", replace(FEBRUARY, by="month")),
    (FEBRUARY, "as a chart", replace(FEBRUARY, chart=True)),
    (FEBRUARY, "als Diagramm", replace(FEBRUARY, chart=True)),
    (FEBRUARY, "compared to the month before", replace(FEBRUARY, compare=True)),
    (FEBRUARY, "im Vergleich zum Vormonat", replace(FEBRUARY, compare=True)),
    (FEBRUARY, "only travel", replace(FEBRUARY, category="travel", label="last month, on Travel")),
    (FEBRUARY, "nur Reisen", replace(FEBRUARY, category="travel", label="last month, on Travel")),
    (FEBRUARY, "with Acme?", replace(FEBRUARY, vendor="Acme GmbH", label="last month, with Acme GmbH")),
    (OVER_500, "only Acme", replace(OVER_500, vendor="Acme GmbH", label="from Acme GmbH, of €500.00 or more")),
    (OVER_500, "and over 1000?", replace(OVER_500, at_least="1000.00", label="of €1,000.00 or more")),
    (Balance(), "and the cash?", Balance("cash")),
    (Balance(), "and at the end of last month?", Balance(on=date(2025, 2, 28))),
    (Balance(), "and in two weeks?", Forecast(date(2025, 4, 4), "in the next 14 days")),
    (Forecast(date(2025, 4, 20)), "and in 90 days?", Forecast(date(2025, 6, 19), "in the next 90 days")),
    (Owed(), "and overdue?", OVERDUE),
    (Owed(), "only Acme", Owed(party="Acme GmbH")),
    (Ageing(), "and receivables?", Ageing("receivable")),
    # a question of its own leans on nothing
    (Owed("receivable"), "what's due this week?", THIS_WEEK),
    (replace(THIS_WEEK, vendor="Acme GmbH"), "what is overdue?", OVERDUE),
    (THIS_WEEK, "and who owes us?", Owed("receivable")),
    (THIS_WEEK, "and the balance?", Balance()),
    (None, "and next month?", Due(**NEXT_MONTH)),
    # bills by their place in the list
    (THIS_WEEK, "pay the second", OnBill(B, HowToPay())),
    (THIS_WEEK, "bezahl die zweite", OnBill(B, HowToPay())),
    (THIS_WEEK, "paid the second yesterday", OnBill(B, Pay(on=date(2025, 3, 20)))),
    (THIS_WEEK, "the first one", OnBill(A, ShowBill())),
    (THIS_WEEK, "die zweite", OnBill(B, ShowBill())),
    (THIS_WEEK, "zeig die erste", OnBill(A, ShowBill())),
    (THIS_WEEK, "show me the last", OnBill(C, ShowBill())),
    (THIS_WEEK, "number 2", OnBill(B, ShowBill())),
    (THIS_WEEK, "confirm the 3rd", OnBill(C, Confirm())),
    (THIS_WEEK, "why is the second overdue?", OnBill(B, Why("overdue"))),
    (THIS_WEEK, "what happened to the second?", OnBill(B, History())),
    (THIS_WEEK, "qr for the first", OnBill(A, PaymentCode())),
    (THIS_WEEK, "remind me of the second on Friday", OnBill(B, Remind(date(2025, 3, 28)))),
    (THIS_WEEK, "paid the first and the third", SeveralRequests((OnBill(A, Pay()), OnBill(C, Pay())))),
    (THIS_WEEK, "approve the first two", SeveralRequests((OnBill(A, Approve()), OnBill(B, Approve())))),
    (THIS_WEEK, "due 1st of May", Amend((FieldChange("due_date", "2025-05-01"),))),
    # what needs no list
    (THIS_WEEK, "why?", Why()),
    (THIS_WEEK, "show it", ShowBill()),
]


@pytest.mark.parametrize(("question", "said", "understood"), AFTER)
def test_a_follow_up_leans_on_the_last_answer(question, said, understood):
    assert understand(said, after(question, A, B, C)) == understood


@pytest.mark.parametrize("said", ["pay the fourth", "pay both", "only Müller"])
def test_a_follow_up_that_could_be_two_is_asked_about(said):
    assert isinstance(understand(said, after(THIS_WEEK, A, B, C)), Unclear)


@pytest.mark.parametrize("said", ["pay the second", "the first one", "only Acme", "as a chart"])
def test_without_a_last_answer_there_is_nothing_to_lean_on(said):
    assert isinstance(understand(said, SCENE), Unclear | Unknown)


GLOBEX_MONDAY = Remind(date(2025, 3, 24), bill_hint="Globex Ltd")
ACME_PAID = Pay("500.00", vendor="Acme GmbH", side="payable")
CORRECTION = Amend((FieldChange("total", "50.00"), FieldChange("due_date", "2025-05-15")))
SEVERAL = [
    ("confirm and remind me Friday", Confirm(), Remind(date(2025, 3, 28))),
    ("what's due and what's the balance?", Due(), Balance()),
    ("was ist fällig und wie hoch ist der Kontostand?", Due(), Balance("bank")),
    ("what's overdue? what's due next week?", OVERDUE, Due(**NEXT_WEEK)),
    ("paid Acme 500 and remind me about Globex on Monday", ACME_PAID, GLOBEX_MONDAY),
    ("confirm, then show me the Acme invoice", Confirm(), ShowOriginal("Acme")),
    ("total is 50, due 15 May and confirm", CORRECTION, Confirm()),
    ("bestätige und erinnere mich am Freitag", Confirm(), Remind(date(2025, 3, 28))),
]  # fmt: skip


@pytest.mark.parametrize(("said", "first", "second"), SEVERAL)
def test_several_requests_in_one_message(said, first, second):
    assert understand(said, SCENE) == SeveralRequests((first, second))


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        ("ok, what's due?", Due()),
        ("hi, remind me on Friday to call Ben", Remind(date(2025, 3, 28), text="call Ben")),
        ("vendor is Smith and Sons", Amend((FieldChange("vendor", "Smith and Sons"),))),
        ("no, the total is 50", Amend((FieldChange("total", "50.00"),))),
    ],
)
def test_a_courtesy_or_a_name_with_and_is_not_two_requests(said, understood):
    assert understand(said, SCENE) == understood


@pytest.mark.parametrize(
    ("asked", "said", "changed"),
    [
        (
            Spend(date(2025, 3, 1), date(2025, 3, 31), person="Ben", without=("Acme GmbH",), by="vendor", most=3),
            "and in February?",
            {
                "since": date(2025, 2, 1),
                "until": date(2025, 2, 28),
                "person": "Ben",
                "without": ("Acme GmbH",),
                "most": 3,
            },
        ),
        (
            Due(without=("Acme GmbH",), order="largest"),
            "and next month?",
            {"without": ("Acme GmbH",), "order": "largest"},
        ),
        (Payments(vendor="Acme GmbH"), "and in February?", {"since": date(2025, 2, 1), "vendor": "Acme GmbH"}),
        (Settled(vendor="Acme GmbH"), "and in February?", {"until": date(2025, 2, 28), "vendor": "Acme GmbH"}),
        (Profit(), "and in February?", {"since": date(2025, 2, 1), "until": date(2025, 2, 28)}),
    ],
)
def test_a_follow_up_keeps_what_it_does_not_change(asked, said, changed):
    found = understand(said, after(asked))
    assert type(found) is type(asked)
    assert {name: getattr(found, name) for name in changed} == changed
