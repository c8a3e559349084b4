"""What people see when they send statements: whose account, how a table is read, what does not add up."""

from __future__ import annotations

from sqlmodel import select

from storage.bank import bank_accounts
from storage.models import Movement
from tests.fakes.books.bank_desk import RENT, BankDesk
from tests.fakes.documents import bank_statements as banks
from tests.fakes.documents.bank_statements import line


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
    assert "I haven't seen this kind of table before" in said
    assert "date: “Buchungstag”, amount: “Betrag”" in said
    assert "Hausverwaltung Nord" in said
    assert "Imported 1 movement of Bank" in await desk.say("[That's right]")
    assert "Imported 1 movement of Bank" in await desk.send(banks.csv([line(11, "-5.00", "Kaffee")]))


async def test_a_table_with_american_dates_after_all(desk: BankDesk):
    said = await desk.send(b"Date,Payee,Amount\n03/04/2025,A,-1.00\n05/04/2025,B,-2.00\n")
    assert "[The first date is 4 Mar 2025]" in said
    said = await desk.say("[The first date is 4 Mar 2025]")
    assert "Now I read it like this" in said and "4 May 2025 · 2.00 out · B" in said
    assert "4 Mar 2025 – 4 May 2025" in await desk.say("[That's right]")


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


async def test_we_are_never_the_other_side(desk: BankDesk):
    await desk.say("our company is called Linden GmbH")
    await desk.send(banks.camt053([line(10, "-900.00", "Umbuchung Miete", counterparty="LINDEN GMBH")]))
    assert "€900.00 out on 10 Mar 2025: “Umbuchung Miete”" in await desk.say("movements")


async def test_a_statement_in_another_currency_is_refused(desk: BankDesk):
    said = await desk.send(banks.camt053([RENT], currency="CHF"))
    assert "This statement is in CHF, but Bank is kept in EUR" in said
