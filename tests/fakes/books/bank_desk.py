"""A desk to which the bank's files are sent as they are; papers are known in advance, as at any desk."""

from __future__ import annotations

from collections.abc import Mapping

from extraction.evidence import Reading
from extraction.pipeline.extract import extract_documents
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.ledger import accounts
from storage.ledger.money import Money
from tests.fakes.books.desk import Desk, Papers, paper
from tests.fakes.books.small_company import ACME
from tests.fakes.documents.bank_statements import ACME_IBAN, line

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


class BankPapers(Papers):
    """Reads a known paper by its name, any other file by what is in it (no statement needs OCR)."""

    async def read(self, data: bytes, name: str = "") -> Reading:
        known = self.papers.get(data.decode(errors="replace"))
        return known or extract_documents(data, lambda picture, page: ())


class BankDesk(Desk):
    """A desk that reads the files which are handed in."""

    def __init__(self, database: Database, store: DocumentStore, papers: Mapping[str, Reading] | None = None) -> None:
        super().__init__(database, store, papers or {})
        self.read_by(BankPapers(papers or {}))


def held(desk: BankDesk) -> Money:
    """What the books say is in the bank."""
    with desk.database.reading() as session:
        return next((b.amount for b in accounts.balances(session, codes=["bank"])), Money(0, "EUR"))
