"""What people see when the bank's movements are matched with bills: booked, asked about, taken back."""

from __future__ import annotations

from datetime import date

from sqlmodel import select

from storage.ledger.money import Money
from storage.models import Bill, BillState, Entry, Movement
from tests.fakes.books.bank_desk import RENT, BankDesk, held
from tests.fakes.documents import bank_statements as banks
from tests.fakes.documents.bank_statements import ACME_IBAN, line


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
    assert "the payment of €80.00 for Globex Ltd 4711" in await desk.say("undo")
    assert held(desk) == Money(-8000, "EUR")
    await desk.say("[Take it back]")
    assert held(desk) == Money(0, "EUR")


async def test_the_only_open_movement_needs_no_number(desk: BankDesk):
    await desk.send(banks.camt053([RENT]))
    assert "Booked on Rent: €900.00 to Hausverwaltung Nord" in await desk.say("that's rent")
    assert held(desk) == Money(-90000, "EUR")


async def test_a_movement_that_was_not_shown_here_is_not_meant(desk: BankDesk):
    await desk.send(banks.camt053([RENT]))
    await desk.say("balance")
    assert "Which movement do you mean?" in await desk.say("that's rent")
    await desk.say("book it as rent")
    assert held(desk) == Money(0, "EUR")
    await desk.say("movements")
    assert "Booked on Rent" in await desk.say("that's rent")


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
