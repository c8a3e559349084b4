"""What takes long and only reads holds up nobody who writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.messages import housekeeping
from tests.fakes.books.desk import NOW, Desk, paper


class BusyStore(DocumentStore):
    """While a file is kept, somebody else writes to the ledger."""

    writer: Database | None = None
    wrote = 0

    def keep(self, data: bytes) -> str:
        if self.writer:
            with self.writer.transaction() as session:  # which waits for half a minute, and fails, behind a writer
                housekeeping.finish(session, "another writer", NOW)
            self.wrote += 1
        return super().keep(data)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("export March", "The books from 1 Mar 2025 to 31 Mar 2025: 1 entry."),
        ("export March as csv", "1 entry."),
        ("exportiere März als DATEV", "1 Buchung"),
        ("export the audit trail", "The audit trail:"),
    ],
)
async def test_others_write_while_an_export_is_made(database: Database, tmp_path: Path, said: str, told: str) -> None:
    store, other = BusyStore(tmp_path / "documents", bytes(32)), Database(database.url)
    read = paper(vendor="Acme", number="A-1", total="119.00", currency="EUR", issue_date="2025-03-03")
    desk = Desk(database, store, {"acme": read})
    await desk.say("<acme>")
    await desk.say("confirm")
    store.writer = other
    answer = await desk.say(said)
    other.close()
    assert told in answer.replace("\xa0", " ") and "📎" in answer
    assert store.wrote > 0
    assert desk.statuses[-1] in ("Making the files…", "Ich stelle die Dateien zusammen…")
