"""An import that was not meant so is taken back: its movements, what was booked for them, and how its table is read."""

from __future__ import annotations

from sqlmodel import select

from storage.ledger.money import Money
from storage.models import CsvMapping, Movement, Statement
from storage.trail.verification import verify
from tests.fakes.books.bank_desk import RENT, BankDesk, held
from tests.fakes.documents import bank_statements as banks
from tests.fakes.documents.bank_statements import ACME_IBAN, line

PAID = line(12, "-1249.50", "Rechnung 2024-117", counterparty="Acme GmbH", iban=ACME_IBAN)


async def test_a_table_is_asked_about_anew(desk: BankDesk):
    await desk.send(banks.csv([RENT]))
    await desk.say("[That's right]")
    assert "its movement is gone. Send the file again" in await desk.say("[Take the import back]")
    with desk.database.reading() as session:
        assert not session.exec(select(Movement)).all() and not session.exec(select(Statement)).all()
        assert not session.exec(select(CsvMapping)).all()
        assert verify(session).fault == ""
    assert "I read it like this" in await desk.send(banks.csv([RENT]))
    assert "Imported 1 movement" in await desk.say("ok")


async def test_what_is_booked_is_asked_about_and_reversed(desk: BankDesk):
    await desk.say("<acme>")
    await desk.say("[Confirm]")
    await desk.send(banks.camt053([PAID, RENT]))
    await desk.say("movement 2 is rent")
    assert held(desk) == Money(-214950, "EUR")
    said = await desk.say("undo the import")
    assert "2 of the 2 movements of this statement are booked." in said
    assert held(desk) == Money(-214950, "EUR")
    assert "its 2 movements are gone. 2 bookings were reversed." in await desk.say("[Take the import back]")
    assert held(desk) == Money(0, "EUR")
    assert "1 booked, 1 without a bill" in await desk.send(banks.camt053([PAID, RENT])), "the bill is open again"


async def test_what_an_earlier_file_brought_stays(desk: BankDesk):
    await desk.send(banks.camt053([RENT]))
    await desk.send(banks.camt053([RENT, line(11, "-5.00", "Kaffee")]))
    assert "its movement is gone" in await desk.say("take the import back")
    with desk.database.reading() as session:
        (movement,) = session.exec(select(Movement)).all()
        assert movement.amount_minor == -90000


async def test_there_is_nothing_to_take_back_twice(desk: BankDesk):
    await desk.send(banks.camt053([RENT]))
    await desk.say("take back the import")
    assert "no statement that could be taken back" in await desk.say("undo the import")


async def test_the_button_of_an_import_that_is_gone_does_nothing(desk: BankDesk):
    await desk.send(banks.camt053([RENT]))
    await desk.say("take back the import")
    said = await desk.say("[Take the import back]")
    assert "its movement is gone" not in said
