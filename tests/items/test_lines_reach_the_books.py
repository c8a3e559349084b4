"""What a document says of its tax rates reaches the bill, unless it is doubtful."""

from __future__ import annotations

from pathlib import Path

from sqlmodel import select

from extraction.evidence import Evidence, LineItem, ReadDocument, Reading, TaxLine
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.models import Bill
from tests.fakes.books.desk import Desk
from tests.fakes.books.small_company import ACME

READ = ReadDocument(
    "invoice",
    (1,),
    {name: Evidence(value, 0.97, "text") for name, value in ACME.items()},
    (LineItem("Bohrmaschine", "2", "525.00", "1050.00"),),
    (TaxLine("7", None, "3.00", "text", 0.5), TaxLine("19", "1050.00", "199.50", "text", 0.98)),
)


async def test_rates_that_are_certain_are_kept_with_the_bill(database: Database, tmp_path: Path) -> None:
    desk = Desk(database, DocumentStore(tmp_path / "documents", b"k" * 32), {"acme": Reading((READ,))})
    await desk.say("<acme>")
    with database.reading() as session:
        bill = session.exec(select(Bill)).one()
    assert [(line["rate"], line["net"], line["tax"]) for line in bill.taxes] == [("19", "1050.00", "199.50")]
