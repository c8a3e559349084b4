"""Words that turn a request round, end a value, or leave something out: none of them may be overheard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handlers.language.translation import speaking
from handlers.requests import (
    Amend,
    Confirm,
    Due,
    Find,
    HowToPay,
    NotAnInvoice,
    Owed,
    Pay,
    Payments,
    Remind,
    SeveralRequests,
    Spend,
    Transfer,
    Unclear,
    Undo,
)
from handlers.understand.interpreter import understand
from tests.fakes.books.grammar_scene import BOOKED, NAMES, SCENE

CUSTOMERS = replace(SCENE, names=replace(NAMES, customers=frozenset({"Globex Ltd"}), payees=frozenset({"Acme GmbH"})))

TIMES = [
    ("payments before may", Payments, date.min, date(2024, 4, 30)),
    ("payments before 1 March", Payments, date.min, date(2025, 2, 28)),
    ("due after 20 june", Due, date(2025, 6, 21), date.max),
    ("bills between 3 March and 15 March", Find, date(2025, 3, 3), date(2025, 3, 15)),
    ("de: zahlungen vor mai", Payments, date.min, date(2024, 4, 30)),
    ("de: was wird nach dem 20. fällig", Due, date(2025, 4, 21), date.max),
    ("de: was wird zwischen dem 25. und dem 30. fällig", Due, date(2025, 3, 25), date(2025, 3, 30)),
    ("what's due, not overdue yet", Due, date(2025, 3, 21), date.max),
    ("de: rechnungen die noch nicht überfällig sind", Due, date(2025, 3, 21), date.max),
]


@pytest.mark.parametrize(("said", "kind", "since", "until"), TIMES)
def test_a_time_ends_where_its_words_say(said: str, kind: type, since: date, until: date) -> None:
    request = _heard(said)
    assert isinstance(request, kind)
    ends = (getattr(request, "since", None) or date.min, getattr(request, "until", None) or date.max)
    assert ends == (since, until)
    assert not getattr(request, "overdue", False)


LATE = ["our bills that are more than 3 weeks late", "bills 21 days overdue", "de: was ist seit 3 Wochen überfällig"]


@pytest.mark.parametrize("said", LATE)
def test_how_late_is_kept(said: str) -> None:
    request = _heard(said)
    assert isinstance(request, Due)
    assert (request.overdue, request.days_late) == (True, 21)


@pytest.mark.parametrize(
    "said", ["paid Acme from the usd account on monday", "Acme was paid out of the dollar account on monday"]
)
def test_an_account_ends_where_the_day_begins(said: str) -> None:
    request = _heard(said)
    assert isinstance(request, Pay)
    assert (request.vendor, request.account, request.on) == ("Acme GmbH", "bank-2", date(2025, 3, 17))


@pytest.mark.parametrize(
    ("said", "source", "target"),
    [
        ("de: Kasse an Bank 250", "cash", "bank"),
        ("de: Bank an Kasse 250", "bank", "cash"),
        ("moved 250 from cash to bank", "cash", "bank"),
        ("250 into cash from bank", "bank", "cash"),
    ],
)
def test_money_goes_from_where_it_is_said_to_where(said: str, source: str, target: str) -> None:
    assert _heard(said) == Transfer("250.00", source, target)


@pytest.mark.parametrize(
    "said",
    ["how much do we owe everybody without Acme", "de: was schulden wir, Acme ausgenommen"],
)
def test_who_is_left_out_is_left_out(said: str) -> None:
    request = _heard(said)
    assert isinstance(request, Owed)
    assert (request.party, request.without) == (None, ("Acme GmbH",))


def test_a_second_time_is_compared_with_only_where_it_is_said() -> None:
    compared = _heard("de: Ausgaben im Mai im Vergleich zum Vormonat")
    assert isinstance(compared, Spend)
    assert (compared.compare, compared.versus_since) == (True, None)
    average = _heard("average spend on meals a month in 2024")
    assert not (isinstance(average, Spend) and average.versus_since)


def test_what_goes_on_about_a_payment_is_no_second_one() -> None:
    request = understand("Globex finally paid, it came last Thursday", CUSTOMERS)
    assert isinstance(request, Pay)
    assert (request.vendor, request.on, request.side) == ("Globex Ltd", date(2025, 3, 20), "receivable")
    assert understand("Acme is correct, book it", SCENE) in (Confirm("Acme GmbH"), Confirm("Acme"))


@pytest.mark.parametrize(
    "said",
    [
        "ok?",
        "undo?",
        "can I undo that?",
        "confirm?",
        "confirm it?",
        "undo that?",
        "mark it paid?",
        "delete it?",
        "please don't delete it",
    ],
)
def test_what_only_asks_or_denies_orders_nothing(said: str) -> None:
    assert not isinstance(understand(said, BOOKED), Confirm | Undo | NotAnInvoice | Amend | Pay | SeveralRequests)


@pytest.mark.parametrize(
    "said",
    [
        "paid Globex",
        "we paid Globex 80",
        "paid the Globex bill from cash yesterday",
        "yesterday we paid 80 to Globex in cash",
        "wir haben Globex gestern 80 bezahlt",
    ],
)
def test_whoever_pays_us_is_not_paid_without_a_question(said: str) -> None:
    request = understand(said, CUSTOMERS)
    assert isinstance(request, Unclear)
    assert "Globex Ltd is a customer" in request.question


@pytest.mark.parametrize("said", ["pay Acme 500", "transfer 300 to Acme", "de: zahl Acme aus der Kasse"])
def test_an_order_to_pay_says_what_can_be_done_instead(said: str) -> None:
    request = _heard(said)
    assert isinstance(request, Unclear)
    assert len(request.suggestions) == 3


def test_go_ahead_confirms_alone() -> None:
    assert understand("go ahead", BOOKED) == Confirm()
    assert understand("go ahead and pay Acme", BOOKED) == HowToPay("Acme GmbH")


@pytest.mark.parametrize("said", ["remind me tomorrow at 9:30", "remind me a week before Acme is due", "remind me"])
def test_a_reminder_that_cannot_be_kept_is_asked_about(said: str) -> None:
    assert not isinstance(_heard(said), Remind)


def test_a_day_with_a_full_stop_is_no_hour() -> None:
    request = _heard("hey could you nudge me about the Acme thing on 24.06 please")
    assert isinstance(request, Remind)
    assert (request.on, request.hour) == (date(2025, 6, 24), None)


def test_a_question_that_asks_for_it_orders() -> None:
    assert understand("could you confirm it?", BOOKED) == understand("confirm it, please?", BOOKED) == Confirm()


@pytest.mark.parametrize("said", ["paid by Globex", "Globex paid us 80", "Globex paid", "we got paid by Globex"])
def test_whoever_pays_us_pays_us(said: str) -> None:
    request = understand(said, CUSTOMERS)
    assert isinstance(request, Pay)
    assert request.side == "receivable"


def test_the_afternoon_is_after_noon() -> None:
    request = _heard("remind me about Acme tomorrow afternoon at 3")
    assert isinstance(request, Remind)
    assert request.hour == 15


def _heard(said: str) -> object:
    with speaking("de" if said.startswith("de: ") else "en"):
        return understand(said.removeprefix("de: "), SCENE)
