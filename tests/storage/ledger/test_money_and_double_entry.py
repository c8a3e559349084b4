"""Money and double entry, pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.ledger import double_entry
from storage.ledger.double_entry import (
    EntryDraft,
    Leg,
    TaxedPart,
    confirmation,
    reversal,
    sum_by_currency,
    validation_problems,
)
from storage.ledger.money import LARGEST, CurrencyMismatch, Money, UnknownCurrency
from storage.models import EntryKind, Side

DAY = date(2025, 3, 21)
CURRENCIES = st.sampled_from(["EUR", "USD", "JPY", "KWD", "CHF"])
MINOR = st.integers(min_value=1, max_value=LARGEST - 1)


def part(net: int, tax: int, account: str) -> TaxedPart:
    """Of a bill in euros."""
    return TaxedPart(Money(net, "EUR"), Money(tax, "EUR"), account)


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("1249.50", "EUR", 124950),
        ("1249.5", "EUR", 124950),
        ("-3", "EUR", -300),
        ("1500", "JPY", 1500),
        ("1500.00", "JPY", 1500),  # nothing is lost
        ("1.234", "KWD", 1234),
        ("0", "EUR", 0),
    ],
)
def test_an_amount_becomes_minor_units(amount: str, currency: str, minor: int) -> None:
    assert Money.of(amount, currency).minor == minor


@pytest.mark.parametrize(
    ("amount", "currency", "reason"),
    [
        ("12.345", "EUR", "more decimals than EUR allows"),
        ("0.5", "JPY", "more decimals than JPY allows"),
        ("abc", "EUR", "not an amount"),
        ("NaN", "EUR", "not an amount"),
        ("Infinity", "EUR", "not an amount"),
        ("1e30", "EUR", "not an amount that can be booked"),
        ("1e999999", "EUR", "not an amount"),
        ("1", "EURO", "not a currency"),
        ("1", "eur", "not a currency"),
        ("1", "XAU", "no minor unit"),
    ],
)
def test_what_is_no_amount_is_refused_with_a_reason(amount: str, currency: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Money.of(amount, currency)


@given(st.integers(-LARGEST + 1, LARGEST - 1), CURRENCIES)
def test_an_amount_survives_being_written_as_decimal(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert Money.of(str(money.decimal), currency) == money
    assert Money.of(Decimal(str(money).split()[0]), currency) == money


def test_currencies_never_mix_and_the_message_shows_both() -> None:
    with pytest.raises(CurrencyMismatch, match=r"1\.00 EUR and 2\.00 USD"):
        _ = Money(100, "EUR") + Money(200, "USD")
    assert sum_by_currency([Money(1, "USD"), Money(5, "EUR"), Money(2, "USD")]) == [Money(5, "EUR"), Money(3, "USD")]
    with pytest.raises(UnknownCurrency):
        Money(1, "???")


@pytest.mark.parametrize(
    ("legs", "problem"),
    [
        ([], "at least two postings"),
        ([("bank", 0, "EUR"), ("cash", 0, "EUR")], "posting on bank is zero"),
        ([("bank", 100, "EUR"), ("cash", -99, "EUR")], "do not sum to zero but to 0.01 EUR"),
        ([("bank", 100, "EUR"), ("cash", -100, "USD")], "postings in USD do not sum to zero"),
        ([("bank", 100, "EUR")], "at least two postings"),
    ],
)
def test_an_entry_that_does_not_hold_says_why(legs: list[tuple[str, int, str]], problem: str) -> None:
    draft = _draft([Leg(account, Money(minor, currency)) for account, minor, currency in legs])
    assert any(problem in found for found in validation_problems(draft))


def test_an_entry_in_two_currencies_holds_if_each_sums_to_zero() -> None:
    one, other = Money(100, "EUR"), Money(110, "USD")
    legs = [Leg("bank", one), Leg("equity", -one), Leg("bank", -other), Leg("equity", other)]
    assert validation_problems(_draft(legs)) == []


def test_a_confirmed_bill_is_net_expense_and_input_vat_by_rate_against_payable() -> None:
    parts = [part(100000, 19000, "input_vat:19"), part(10000, 700, "input_vat:7")]
    entry = confirmation("k", DAY, "Acme", total=Money(129700, "EUR"), parts=parts, category="travel")
    # 1,297.00 gross = 1,100.00 net + 190.00 VAT of 19 % + 7.00 of 7 %
    assert _minors(entry) == {"travel": 110000, "input_vat:19": 19000, "input_vat:7": 700, "payable": -129700}


@pytest.mark.parametrize("parts", [(), (part(500, 0, ""),), (part(0, 0, "input_vat"),)])
def test_without_vat_all_of_it_is_expense(parts: tuple[TaxedPart, ...]) -> None:
    entry = confirmation("k", DAY, "Acme", total=Money(500, "EUR"), parts=parts)
    assert _minors(entry) == {"expense": 500, "payable": -500}


def test_tax_that_we_owe_ourselves_stands_on_both_its_accounts() -> None:
    owed = Money(19000, "EUR")
    accounts = ("input_vat_reverse:19", "output_vat_reverse:19")
    reverse = TaxedPart(Money(100000, "EUR"), Money(0, "EUR"), "", "payable AE 19 eu", owed, accounts)
    entry = confirmation("k", DAY, "Stripe", total=Money(100000, "EUR"), parts=[reverse])
    assert _minors(entry) == {"expense": 100000, accounts[0]: 19000, accounts[1]: -19000, "payable": -100000}
    assert {leg.tax for leg in entry.legs} == {"payable AE 19 eu", None}


def test_what_we_issue_is_income_and_output_vat_and_a_credit_note_is_the_opposite() -> None:
    bought, sold = [part(420, 80, "input_vat")], [part(420, 80, "output_vat")]
    credit = confirmation("k", DAY, "Acme", total=Money(500, "EUR"), parts=bought, credit_note=True)
    assert _minors(credit) == {"expense": -420, "input_vat": -80, "payable": 500}
    issued = {"total": Money(500, "EUR"), "parts": sold, "category": "income", "side": Side.RECEIVABLE}
    ours = confirmation("k", DAY, "Globex", **issued)
    assert _minors(ours) == {"income": -420, "output_vat": -80, "receivable": 500}
    assert _minors(confirmation("k", DAY, "Globex", credit_note=True, **issued)) == {
        "income": 420,
        "output_vat": 80,
        "receivable": -500,
    }


@given(MINOR, st.integers(0, LARGEST), CURRENCIES, st.booleans(), st.sampled_from(list(Side)))
def test_every_entry_sums_to_zero_and_its_reversal_undoes_it(
    total: int, tax: int, currency: str, credit_note: bool, side: Side
) -> None:
    charged, amount = Money(min(tax, total), currency), Money(total, currency)
    owed = Money(tax, currency) if tax else None
    codes = ("input_vat_reverse:19", "output_vat_reverse:19")
    parts = [TaxedPart(amount - charged, charged, "input_vat:19", "payable S 19 domestic", owed, codes)]
    drafts = [
        confirmation("c", DAY, "d", total=amount, parts=parts, credit_note=credit_note, side=side, bill=7, party=3),
        double_entry.transfer("t", DAY, source=double_entry.BANK, target=double_entry.CASH, amount=amount),
        double_entry.opening("o", DAY, account=double_entry.BANK, balance=amount),
    ]
    for draft in drafts:
        undone = reversal("r", draft, 1)
        assert validation_problems(draft) == validation_problems(undone) == []
        both = (*draft.legs, *undone.legs)
        for account in {leg.account for leg in both}:
            assert sum_by_currency(leg.amount for leg in both if leg.account == account) == [Money(0, currency)]
        assert [(leg.bill, leg.party) for leg in draft.legs] == [(leg.bill, leg.party) for leg in undone.legs]


def _draft(legs: list[Leg]) -> EntryDraft:
    return EntryDraft("k", EntryKind.OPENING, DAY, "d", tuple(legs))


def _minors(draft: EntryDraft) -> dict[str, int]:
    assert validation_problems(draft) == []
    sums: dict[str, int] = {}
    for leg in draft.legs:
        sums[leg.account] = sums.get(leg.account, 0) + leg.amount.minor
    return sums
