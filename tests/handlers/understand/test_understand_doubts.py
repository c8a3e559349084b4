"""What is asked back instead of guessed, what is refused, and what is not taken for something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import iso4217
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.language.formats import day, money
from handlers.requests import (
    Amend,
    Due,
    FieldChange,
    NotOffered,
    Pay,
    Proposed,
    Request,
    SeveralRequests,
    Unclear,
    Unknown,
)
from handlers.understand.interpreter import understand
from handlers.understand.readers import commands, corrections, due_and_balance, payments
from handlers.understand.text.sentence import repaired
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.values import dates, field_values, periods
from storage.ledger.money import Money, exponent

TODAY = date(2025, 3, 21)
CURRENCIES = sorted(unit.code for unit in iso4217.Currency if unit.exponent is not None)

ASKED_BACK = [
    ("total is abc", "EUR", "“abc” as an amount"),
    ("total is", "EUR", "What should the total be?"),
    ("the total is wrong", "EUR", "What should the total be?"),
    ("total is -50", "EUR", "without a minus"),
    ("total is 1.29.4", "EUR", "isn't an amount"),
    ("total is 12.345", "KWD", "12,345 (a whole number) or 12.345"),
    ("total is 1,294", None, "1,294 (a whole number) or 1.294"),
    ("total is 0.123", "EUR", "isn't an amount with the decimals that EUR has"),
    ("total is 50.5", "JPY", "isn't an amount with the decimals that JPY has"),
    ("total is 99999999999999999", "EUR", "too many digits"),
    ("total is 19%", "EUR", "as an amount"),
    ("total is $20", "EUR", "USD, CAD or AUD"),
    ("currency is dollars", "EUR", "USD, CAD or AUD"),
    ("currency is shells", "EUR", "“shells” as a currency"),
    ("due 31 February", "EUR", "no such day"),
    ("due 31.04.2025", "EUR", "no such day"),
    ("due 29 Feb", "EUR", "no such day"),
    ("due 15 May 3025", "EUR", "The year"),
    ("due whenever", "EUR", "“whenever” as a day"),
    ("due net 30", "EUR", "which I don't know"),
    ("iban DE00 1234", "EUR", "isn't a valid IBAN"),
    ("total 50, total 60", "EUR", "two different values"),
    ("total 50, due 31 Feb", "EUR", "I have changed nothing yet"),
    ("1294.50", "EUR", "What is “1294.50”?"),
    ("15 May", "EUR", "What is “15 May”?"),
    ("invite", "EUR", "Who should I invite?"),
    ("invite anna@example.com and bob@example.com", "EUR", "one person at a time"),
    ("it's in dollars", "EUR", "USD, CAD or AUD"),
    ("paid 500 on 3 May 2025", "EUR", "still to come"),
    ("balance of PayPal", "EUR", "an account called “PayPal”"),
    ("what's due next blursday?", "EUR", "“next blursday”"),
    ("what is due by 31 April?", "EUR", "no such day"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "currency", "asked"), ASKED_BACK)
def test_a_doubtful_part_is_asked_about(said, currency, asked):
    answer = understand(said, SentenceContext(TODAY, currency))
    assert isinstance(answer, Unclear)
    assert asked in answer.question


@pytest.mark.parametrize(("said", "currency"), [row[:2] for row in ASKED_BACK])
def test_each_suggested_answer_is_understood_or_narrower(said, currency):
    answer = understand(said, SentenceContext(TODAY, currency))
    for suggestion in answer.suggestions:
        assert isinstance(understand(suggestion, SentenceContext(TODAY, currency)), Request), suggestion


@pytest.mark.parametrize(
    ("said", "value", "currency"),
    [
        ("total is 1,294", "1294", "JPY"),
        ("total is 1,294.00", "1294", "JPY"),
        ("total is 1.294,500", "1294.500", "KWD"),
        ("total is 12.3450", "12.345", "KWD"),
        ("total is $20", "20.00", "CAD"),
        ("total is 20", "20", None),
    ],
)
def test_the_currency_decides_what_an_amount_means(said, value, currency):
    changes = understand(said, SentenceContext(TODAY, currency)).changes
    assert changes[0] == FieldChange("total", value)


@pytest.mark.parametrize(("day_first", "due"), [(True, "2025-05-04"), (False, "2025-04-05")])
def test_a_date_in_digits_is_read_as_the_company_writes_it(day_first, due):
    assert understand("due 04/05/2025", SentenceContext(TODAY, "EUR", day_first)).changes == (
        FieldChange("due_date", due),
    )


@pytest.mark.parametrize("said", ["due by Friday", "due in May"])
def test_due_with_a_limit_asks_where_no_bill_is_in_focus(said):
    assert isinstance(understand(said, SentenceContext(TODAY, "EUR")), Due)


@pytest.mark.parametrize(
    "said",
    [
        "not paid",
        "I haven't paid it",
        "have we paid Acme?",
        "paid?",
        "who paid this?",
        "it was never paid",
        "unpaid",
        "paid half",
        "yes confirm and mark as paid",
    ],
)
def test_talk_about_payment_is_no_payment(said):
    assert not isinstance(understand(said, SentenceContext(TODAY, "EUR")), Pay)


@pytest.mark.parametrize(
    "said", ["what's the weather?", "lorem ipsum dolor", "the quick brown fox", "🙂", "", "???", "a" * 5000, "x " * 500]
)
def test_other_talk_is_answered_with_what_can_be_said(said):
    answer = understand(said, SentenceContext(TODAY, "EUR"))
    assert isinstance(answer, Unknown)
    assert answer.suggestions
    for suggestion in answer.suggestions:
        assert isinstance(understand(suggestion, SentenceContext(TODAY, "EUR")), Request), suggestion


@given(st.integers(0, 10**14), st.sampled_from(CURRENCIES))
@example(124950, "EUR")
@example(1294, "KWD")
@example(1000, "KWD")
def test_an_amount_as_we_write_it_is_understood_as_the_same(minor, code):
    amount = Money(minor, code)
    answer = understand(f"total is {money(amount)}", SentenceContext(TODAY, code))
    if isinstance(answer, Unclear):  # three decimals and no more than 999.999 could be thousands: one has to choose
        assert exponent(code) == 3
        answer = understand(answer.suggestions[1], SentenceContext(TODAY, code))
    assert Decimal(answer.changes[0].value) == amount.decimal
    assert [change.field for change in answer.changes] == ["total", "currency"]
    assert answer.changes[1].value == code


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_a_date_as_we_write_it_is_understood_as_the_same(on):
    assert understand(f"due {day(on)}", SentenceContext(TODAY, "EUR")) == Amend(
        (FieldChange("due_date", on.isoformat()),)
    )


FRAGMENTS = (
    "total is due 1,294.50 15 may vendor acme , not and no vat paid from cash yesterday what's ? owe next week in by "
    "friday end of month 31.02. € $ USD currency number iban invite balance - % 0 99999 it's the show me invoice for "
    "bill to 30 days net fällig am bis"
)
WORDS = st.sampled_from(FRAGMENTS.split(" "))


@given(st.one_of(st.text(), st.lists(WORDS, max_size=14).map(" ".join)), st.sampled_from([None, "EUR", "JPY", "KWD"]))
def test_no_text_makes_it_stumble(said, currency):
    assert isinstance(
        understand(said, SentenceContext(TODAY, currency, known={"issue_date": "2025-03-03"})),
        (Request, SeveralRequests, NotOffered, Proposed, Unclear, Unknown),
    )


def phrases(table: object) -> Iterator[str]:
    """Every text in a table of words or patterns."""
    if isinstance(table, str):
        yield table
    elif isinstance(table, re.Pattern):
        yield table.pattern
    elif isinstance(table, (tuple, frozenset)):
        for row in table:
            yield from phrases(row)
    elif isinstance(table, dict):
        yield from phrases((*table.keys(), *table.values()))


@pytest.mark.parametrize("reader", [commands, corrections, dates, payments, periods, due_and_balance, field_values])
def test_no_word_of_the_grammar_is_taken_for_a_slip(reader):
    tables = [table for name, table in vars(reader).items() if name.lstrip("_").isupper()]
    plain = " ".join(re.sub(r"\?P<\w+>", "", phrase) for phrase in phrases(tuple(tables)))
    words = set(re.findall(r"(?<![a-z_])[a-z]{3,}(?![a-z?_\[])", plain))
    assert words
    assert sorted(word for word in words if repaired(word) != word) == []
