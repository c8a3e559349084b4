"""The words that people read."""

from __future__ import annotations

import inspect
from datetime import date
from decimal import Decimal

import pytest

from handlers.language.formats import day, listed, money, relative
from handlers.wording import bill_texts, clarifying_questions, greetings, refusals
from handlers.wording.books import books_questions
from storage.errors import LedgerError
from storage.ledger.money import Money

TODAY = date(2025, 3, 21)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2025, 3, 21), "today"),
        (date(2025, 3, 22), "tomorrow"),
        (date(2025, 4, 2), "in 12 days"),
        (date(2025, 3, 20), "1 day overdue"),
        (date(2025, 3, 18), "3 days overdue"),
    ],
)
def test_a_due_date_says_how_far_it_is(on, said):
    assert relative(on, TODAY) == said


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [
        (124950, "EUR", "€1,249.50"),
        (-5, "GBP", "-£0.05"),
        (2000, "USD", "US$20.00"),
        (124950, "KWD", "KWD\u00a0124.950"),
    ],
)
def test_money_is_written_with_its_decimals(minor, currency, written):
    assert money(Money(minor, currency)) == written


def test_small_words():
    assert day(date(2025, 4, 2)) == "2 Apr 2025"
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"], "or")] == [
        "",
        "a",
        "a and b",
        "a, b or c",
    ]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            bill_texts.duplicate("Acme GmbH", Money(124950, "EUR"), date(2025, 3, 3)),
            "This looks like the bill from Acme GmbH of 3 Mar 2025 over €1,249.50 that is already here. "
            "What should I do with it?",
        ),
        (
            bill_texts.duplicate(None, None, None),
            "This looks like the bill that is already here. What should I do with it?",
        ),
        (
            bill_texts.paid(Money(50000, "EUR"), "cash", date(2025, 3, 20), Money(74950, "EUR")),
            "Paid €500.00 from cash on 20 Mar 2025. That is a part: €749.50 is still open.",
        ),
        (bill_texts.paid(Money(50000, "EUR"), "bank", TODAY, None), "Paid €500.00 from bank on 21 Mar 2025."),
        (
            bill_texts.missing_to_confirm(("vendor", "currency")),
            "Before I can confirm this bill I need the vendor and currency. Tell me, like “vendor is Acme GmbH”.",
        ),
    ],
)
def test_sentences(said, sentence):
    assert said == sentence


def test_a_reader_that_gave_up_says_what_to_do():
    said = bill_texts.reader_gave_up("bill.jpg")
    assert all(part in said for part in ("bill.jpg", "better light", "PDF", "type the values"))


SAMPLES = {
    "str": "Anna", "date": TODAY, "int": 1, "Money": Money(100, "EUR"), "Sequence[str]": ("vendor",),
    "Sequence[Decimal]": (Decimal(1), Decimal("2.5")),
    "LedgerError": LedgerError("{a} of it", a=Money(5, "EUR")),
    "str | None": "Acme", "Money | None": None, "date | None": TODAY,
}  # fmt: skip
SENTENCES = [
    function
    for module in (bill_texts, greetings, refusals, clarifying_questions, books_questions)
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__ and not name.startswith("_")
    if inspect.signature(function).return_annotation == "str"
]


@pytest.mark.parametrize("function", SENTENCES, ids=lambda function: function.__name__)
def test_every_sentence_is_calm_and_complete(function):
    arguments = {
        name: "total" if name == "field" else "month" if name == "unit" else SAMPLES[parameter.annotation]
        for name, parameter in inspect.signature(function).parameters.items()
    }
    said = function(**arguments)
    assert said == said.strip()
    assert "!" not in said
    assert "{" not in said and "None" not in said
