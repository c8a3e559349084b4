"""Closing a period names what of it is not booked: documents, movements of the bank, other currencies."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.ledger import exchange_rates
from storage.ledger.exchange_rates import Rate
from tests.fakes.books.bank_desk import BankDesk
from tests.fakes.books.desk import paper
from tests.fakes.books.small_company import ACME
from tests.fakes.documents import bank_statements as banks
from tests.fakes.documents.bank_statements import line

DOLLARS = {**ACME, "number": "D-1", "currency": "USD", "total": "110.00", "issue_date": "2025-03-04"}
PAPERS = {
    "acme": paper(**ACME),
    "dollars": paper(**{name: value for name, value in DOLLARS.items() if name not in ("subtotal", "tax")}),
}


async def test_what_is_not_booked_is_named(database: Database, tmp_path: Path) -> None:
    desk = BankDesk(database, DocumentStore(tmp_path / "documents", bytes(32)), PAPERS)
    with database.transaction() as session:
        rates = {date(2025, 3, 4): "1.00", date(2025, 3, 19): "1.10"}
        exchange_rates.add(session, [Rate("USD", day, rate) for day, rate in rates.items()])
    for said in ("<dollars>", "confirm", "<acme>"):
        await desk.say(said)
    await desk.send(banks.camt053([line(18, "-9.90", "Entgelt"), line(19, "-80.00", "danke", counterparty="GLOBEX")]))
    await desk.say("[Bank]")
    heard = (await desk.say("close the books until 18 March")).replace("\xa0", " ")
    assert "1 document of that time still waits to be confirmed:\n• Acme GmbH 2024-117" in heard
    assert "1 movement of the bank of that time is not booked:\n• " in heard and "Entgelt" in heard
    assert "GLOBEX" not in heard, "it is of a later day"
    assert "Other currencies" not in heard, "their rates are those of the bill's day"
    await desk.say("reopen the books")
    heard = (await desk.say("close the books until 19 March")).replace("\xa0", " ")
    assert "2 movements of the bank of that time are not booked:" in heard
    assert "€10.00 are unrealised and not booked" in heard
    for said in ("reopen the books", "value other currencies at 19 March 2025"):
        await desk.say(said)
    assert "Other currencies" not in await desk.say("close the books until 19 March")
