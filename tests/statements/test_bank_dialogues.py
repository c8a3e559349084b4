"""What people see when they send statements: imported once, matched, asked about, booked, taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from extraction.bank_statement import StatementLine
from storage.bank import bank_accounts
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.ledger import accounts, exchange_rates
from storage.ledger.exchange_rates import Rate
from storage.ledger.money import Money
from storage.models import Bill, BillState, Entry, Movement
from tests.fakes.books.bank_desk import BankDesk
from tests.fakes.books.desk import paper
from tests.fakes.books.small_company import ACME
from tests.fakes.documents import bank_statements as banks
from tests.fakes.documents.bank_statements import ACME_IBAN, IBAN, line

PAPERS = {
    "acme": paper(**ACME, iban=ACME_IBAN),
    "globex": paper(
        vendor="Globex Ltd",
        number="4711",
        issue_date="2025-03-01",
        due_date="2025-03-20",
        currency="EUR",
        total="80.00",
    ),
}
RENT = line(10, "-900.00", "Miete Maerz", counterparty="Hausverwaltung Nord")


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> BankDesk:
    """Somebody whose bank account is known by its IBAN."""
    made = BankDesk(database, DocumentStore(tmp_path / "documents", bytes(32)), PAPERS)
    with database.transaction() as session:
        bank_accounts.name_account(session, accounts.account(session, "bank"), IBAN, "EUR")
    return made


def held(desk: BankDesk) -> Money:
    with desk.database.reading() as session:
        return next((b.amount for b in accounts.balances(session, codes=["bank"])), Money(0, "EUR"))


async def test_a_payment_with_the_bills_number_is_booked_at_once(desk: BankDesk):
    await desk.say("<acme>")
    await desk.say("[Confirm]")
    paid = line(12, "-1249.50", "Rechnung 2024-117", counterparty="Acme GmbH", iban=ACME_IBAN)
    said = await desk.send(banks.camt053([paid, RENT], opening="3000.00"))
    assert "Imported 2 movements of Bank, 10 Mar 2025 – 12 Mar 2025: 1 booked, 1 without a bill." in said
    assert "Statement balance on 10 Mar 2025 €850.50" in said
    assert held(desk) == Money(-124950, "EUR")
    with desk.database.reading() as session:
        entry = session.exec(select(Entry).where(Entry.key.contains("movement"))).one()
        assert entry.booked_on == date(2025, 3, 12), "the bank's day, not today"


async def test_twice_the_same_file_adds_nothing(desk: BankDesk):
    data = banks.mt940([RENT])
    await desk.send(data)
    before = held(desk)
    assert "Nothing new: the movement of Bank is here already." in await desk.send(data)
    assert held(desk) == before
    with desk.database.reading() as session:
        assert len(session.exec(select(Movement)).all()) == 1


async def test_a_likely_bill_is_asked_about_with_one_button(desk: BankDesk):
    await desk.say("<globex>")
    await desk.say("[Confirm]")
    said = await desk.send(banks.camt053([line(19, "-80.00", "danke", counterparty="GLOBEX LIMITED")]))
    assert "1 to check" in said
    assert "€80.00 to GLOBEX LIMITED on 19 Mar 2025" in said
    assert "(name, date and amount)" in said
    assert "Booked: €80.00" in await desk.say("[Globex Ltd 4711 · €80.00]")
    assert "Every movement of the bank is booked" in await desk.say("movements")
    assert "It is open again" in await desk.say("[Undo]")
    with desk.database.reading() as session:
        assert session.exec(select(Bill)).one().state is BillState.CONFIRMED
    assert held(desk).minor == 0


async def test_none_of_these_leaves_it_open_to_be_booked_without_a_bill(desk: BankDesk):
    await desk.say("<globex>")
    await desk.say("[Confirm]")
    await desk.send(banks.camt053([line(19, "-80.00", "danke", counterparty="Globex Ltd")]))
    assert "stays open" in await desk.say("[None of these]")
    assert "Booked on Bank fees" in await desk.say("movement 1 is bank fees")
    assert held(desk) == Money(-8000, "EUR")
    assert "open again" in await desk.say("movement 1 is wrong")
    assert held(desk) == Money(0, "EUR")


async def test_undo_takes_the_last_booking_of_a_movement_back(desk: BankDesk):
    await desk.say("<globex>")
    await desk.say("[Confirm]")
    await desk.send(banks.camt053([line(19, "-80.00", "danke", counterparty="Globex Ltd"), RENT]))
    await desk.say("[Globex Ltd 4711 · €80.00]")
    await desk.say("movement 2 is rent")
    assert "I took back the booking of the bank's movement." in await desk.say("undo")
    assert held(desk) == Money(-8000, "EUR")
    await desk.say("undo")
    assert held(desk) == Money(0, "EUR")


async def test_the_only_open_movement_needs_no_number(desk: BankDesk):
    await desk.send(banks.camt053([RENT]))
    assert "Booked on Rent: €900.00 to Hausverwaltung Nord" in await desk.say("that's rent")
    assert held(desk) == Money(-90000, "EUR")


async def test_a_payment_that_was_noted_before_is_not_booked_twice(desk: BankDesk):
    await desk.say("<acme>")
    await desk.say("[Confirm]")
    await desk.say("paid Acme 500 on 11 March")
    said = await desk.send(banks.camt053([line(12, "-500.00", "Abschlag", counterparty="Acme GmbH")]))
    assert "1 booked" in said
    assert held(desk) == Money(-50000, "EUR")
    with desk.database.reading() as session:
        assert session.exec(select(Bill)).one().open_minor == 74950


async def test_undoing_a_payment_opens_its_movement_and_it_is_not_booked_so_again(desk: BankDesk):
    await desk.say("<acme>")
    await desk.say("[Confirm]")
    data = banks.camt053([line(12, "-1249.50", "Rechnung 2024-117", counterparty="Acme GmbH")])
    assert "1 booked" in await desk.send(data)
    await desk.say("details of Acme")
    assert "Taken back" in await desk.say("undo")
    assert "1 movement of the bank is not booked yet" in await desk.say("movements")
    await desk.send(data)
    assert held(desk).minor == 0
    assert "Paid" in await desk.say("paid Acme on 12 March")
    assert "Every movement of the bank is booked" in await desk.say("movements"), "what is noted now explains it"
    assert held(desk) == Money(-124950, "EUR")


async def test_an_unknown_account_is_asked_about(desk: BankDesk):
    data = banks.camt053([RENT], iban="DE75512108001245126199")
    said = await desk.send(data)
    assert "This is a statement of Sparkasse DE75 5121 0800 1245 1261 99, which I don't know yet." in said
    assert "[Bank] [A new bank account]" in said
    assert "Imported 1 movement of Sparkasse" in await desk.say("[A new bank account]")
    assert "Nothing new" in await desk.send(data)
    with desk.database.reading() as session:
        found = bank_accounts.find_bank(session, "DE75512108001245126199")
        assert found is not None
        assert (found.code, found.currency) == ("bank-2", "EUR")


async def test_how_a_table_is_read_is_asked_once(desk: BankDesk):
    said = await desk.send(banks.csv([RENT]))
    assert "I haven't seen this kind of CSV before" in said
    assert "date: “Buchungstag”, amount: “Betrag”" in said
    assert "Hausverwaltung Nord" in said
    assert "Imported 1 movement of Bank" in await desk.say("[That's right]")
    assert "Imported 1 movement of Bank" in await desk.send(banks.csv([line(11, "-5.00", "Kaffee")]))


async def test_a_table_with_american_dates_after_all(desk: BankDesk):
    said = await desk.send(b"Date,Payee,Amount\n03/04/2025,A,-1.00\n05/04/2025,B,-2.00\n")
    assert "[The first date is 4 Mar 2025]" in said
    assert "4 Mar 2025 – 4 May 2025" in await desk.say("[The first date is 4 Mar 2025]")


async def test_what_does_not_add_up_is_imported_and_said(desk: BankDesk):
    said = await desk.send(banks.camt053([RENT], opening="1000.00", closing="110.00"))
    assert "Opening balance and movements make €100.00, but the statement closes with €110.00: off by €10.00" in said


async def test_a_missing_statement_between_two_is_noticed(desk: BankDesk):
    await desk.send(banks.camt053([RENT], opening="1000.00"))
    said = await desk.send(banks.camt053([line(20, "-5.00", "Kaffee")], opening="90.00"))
    assert "The statement before closed with €100.00, this one opens with €90.00" in said


async def test_the_banks_balance_stands_beside_the_ledgers(desk: BankDesk):
    await desk.say("opening balance of the bank is 1000 on 1 March")
    await desk.send(banks.camt053([RENT], opening="1000.00"))
    said = await desk.say("reconcile")
    assert "Statement balance on 10 Mar 2025 €100.00, ledger €1,000.00: differs by -€900.00" in said
    assert "-€900.00 is one movement that is not booked yet." in said
    await desk.say("movement 1 is rent")
    assert "equal" in await desk.say("reconcile")


async def test_a_statement_tells_what_the_account_began_with(desk: BankDesk):
    said = await desk.send(banks.camt053([RENT], opening="1000.00"))
    sentence = "the balance of Bank was €1,000.00 on 10 Mar 2025"
    assert f"The other €1,000.00 is what it began with: say “{sentence}”." in said
    await desk.say("movement 1 is rent")
    said = await desk.say("balance")
    assert "Bank: -€900.00 (counted from zero)" in said and f"you can say “{sentence}”" in said
    assert "With what is booked since, it holds €100.00" in await desk.say(sentence)
    assert "Bank: €100.00\n" in await desk.say("balance")
    assert "€100.00: equal" in await desk.say("reconcile")


async def test_a_statement_that_agrees_needs_nobodys_word(desk: BankDesk):
    await desk.send(banks.camt053([RENT], opening="0.00"))
    await desk.say("movement 1 is rent")
    said = await desk.say("balance")
    assert "Bank: -€900.00\n" in said and "counted from zero" not in said


async def test_by_a_mail_that_anybody_could_have_sent_nothing_is_imported_unasked(desk: BankDesk):
    data = banks.camt053([RENT])
    said = await desk.send(data, proven=False)
    assert "This is a bank statement with 1 movement. Shall I import it?" in said
    with desk.database.reading() as session:
        assert not session.exec(select(Movement)).all()
    assert "Imported 1 movement of Bank" in await desk.say("[Import]")


async def test_a_statement_in_another_currency_is_refused(desk: BankDesk):
    said = await desk.send(banks.camt053([RENT], currency="CHF"))
    assert "This statement is in CHF, but Bank is kept in EUR" in said


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


WISE = "DE75512108001245126199"


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


EXCHANGED = {
    ("bank", "EUR"): "-5000.00",
    ("bank-2", "USD"): "5400.00",
    ("exchange", "EUR"): "4976.96",  # 5,400 USD at 1.085
    ("exchange", "USD"): "-5400.00",
    ("exchange_loss", "EUR"): "23.04",
}
OUT = line(5, "-5000.00", "Umbuchung", counterparty="Wir", iban=WISE)
INTO = line(6, "5400.00", "Umbuchung", counterparty="Wir", iban=IBAN)


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
    assert "I took back the transfer" in await dollars.say("undo")
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
