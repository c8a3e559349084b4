"""Money between two accounts of ours, told of by both their banks: one transfer, or one exchange."""

from __future__ import annotations

from datetime import date

import pytest

from extraction.bank_statement import StatementLine
from storage.bank import bank_accounts
from storage.ledger import accounts, exchange_rates
from storage.ledger.exchange_rates import Rate
from tests.fakes.books.bank_desk import BankDesk
from tests.fakes.documents import bank_statements as banks
from tests.fakes.documents.bank_statements import ACME_IBAN, IBAN, line

WISE = "DE75512108001245126199"
EXCHANGED = {
    ("bank", "EUR"): "-5000.00",
    ("bank-2", "USD"): "5400.00",
    ("exchange", "EUR"): "4976.96",  # 5,400 USD at 1.085
    ("exchange", "USD"): "-5400.00",
    ("exchange_loss", "EUR"): "23.04",
}
OUT = line(5, "-5000.00", "Umbuchung", counterparty="Wir", iban=WISE)
INTO = line(6, "5400.00", "Umbuchung", counterparty="Wir", iban=IBAN)


@pytest.fixture
def dollars(desk: BankDesk) -> BankDesk:
    """Somebody with an account in dollars, too."""
    with desk.database.transaction() as session:
        bank_accounts.add_bank(session, "Wise", number=WISE, currency="USD")
        exchange_rates.add(session, [Rate("USD", date(2025, 3, 5), "1.0850")])
    return desk


def sums(desk: BankDesk) -> dict[tuple[str, str], str]:
    with desk.database.reading() as session:
        found = accounts.balances(session)
        assert all(both.debit == both.credit for both in accounts.trial_balance(session).values())
    return {(b.code, b.amount.currency): str(b.amount.decimal) for b in found if b.amount.minor}


async def test_money_between_two_accounts_of_ours_is_one_transfer(desk: BankDesk):
    with desk.database.transaction() as session:
        bank_accounts.add_bank(session, "Savings", number="DE75512108001245126199", currency="EUR")
    out = line(5, "-300.00", "Ruecklage", counterparty="Wir", iban="DE75512108001245126199")
    into = line(6, "300.00", "Ruecklage", counterparty="Wir", iban=IBAN)
    assert "1 booked" in await desk.send(banks.camt053([out]))
    assert "1 booked" in await desk.send(banks.camt053([into], iban="DE75512108001245126199"))
    with desk.database.reading() as session:
        held = {b.code: b.amount.minor for b in accounts.balances(session, codes=["bank", "bank-2"])}
    assert held == {"bank": -30000, "bank-2": 30000}


@pytest.mark.parametrize("arriving_first", [False, True])
@pytest.mark.parametrize("into", [INTO, line(6, "5400.00", "Incoming")], ids=["names us", "names nobody"])
async def test_money_into_another_currency_is_one_transfer_once_both_banks_told_of_it(
    dollars: BankDesk, arriving_first: bool, into: StatementLine
):
    files = [(banks.camt053([OUT]), "EUR"), (banks.camt053([into], iban=WISE, currency="USD"), "USD")]
    (first, _), (second, _) = reversed(files) if arriving_first else files
    assert "1 without a bill" in await dollars.send(first)
    assert sums(dollars) == {}
    await dollars.send(second)
    assert "Every movement of the bank is booked" in await dollars.say("movements")
    assert sums(dollars) == EXCHANGED
    assert "It is open again" in await dollars.say("movement 2 is wrong")
    assert sums(dollars) == {}
    assert "2 movements of the bank are not booked yet" in await dollars.say("movements")


async def test_an_exchange_that_was_noted_is_found_on_both_statements(dollars: BankDesk):
    await dollars.say("moved 5000 EUR from the bank to Wise on 5 March, got 5400 USD")
    assert "1 booked" in await dollars.send(banks.camt053([OUT]))
    assert "1 booked" in await dollars.send(banks.camt053([INTO], iban=WISE, currency="USD"))
    assert sums(dollars) == EXCHANGED
    assert "cannot be taken back" in await dollars.say("undo"), "a statement came in last"
    assert "I took back the transfer" in await dollars.say("[Undo]")
    assert sums(dollars) == {}
    assert "2 movements of the bank are not booked yet" in await dollars.say("movements")
    await dollars.say("moved 5000 EUR from the bank to Wise on 5 March, got 5400 USD")
    assert "Every movement of the bank is booked" in await dollars.say("movements")


@pytest.mark.parametrize(
    "arrived",
    [
        [line(6, "400.00", "Incoming")],  # far from the rate
        [line(6, "5400.00", "Incoming"), line(7, "5401.00", "Incoming")],  # either could be it
        [line(6, "5400.00", "Globex", iban=ACME_IBAN)],  # somebody else's
        [line(6, "-5400.00", "Outgoing")],
        [line(25, "5400.00", "Weeks later")],
    ],
)
async def test_what_may_not_be_the_other_side_of_an_exchange_stays_open(
    dollars: BankDesk, arrived: list[StatementLine]
):
    await dollars.send(banks.camt053([OUT]))
    await dollars.send(banks.camt053(arrived, iban=WISE, currency="USD"))
    assert "not booked yet" in await dollars.say("movements")
    assert sums(dollars) == {}
