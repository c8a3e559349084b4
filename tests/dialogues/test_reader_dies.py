"""A document that kills the reader: tried once more, then answered with what to do; the original stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import select

from extraction.errors import ReaderDied
from extraction.evidence import ReadDocument, Reading
from handlers.errors import ReaderUnavailable
from handlers.messages import Message
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.models import Bill, Document
from tests.fakes.books.desk import NOW, Desk, Papers, paper

ACME = {"acme": paper(vendor="Acme GmbH", number="1", currency="EUR", total="10.00", issue_date="2025-03-03")}


class Deadly(Papers):
    """Dies at the first so many calls, as a process does that runs out of memory."""

    def __init__(self, reading: int = 0, drawing: int = 0) -> None:
        super().__init__(ACME)
        self.reading, self.drawing = reading, drawing

    async def read(self, data: bytes, name: str = "") -> Reading:
        self.reading -= 1
        if self.reading >= 0:
            raise ReaderDied("out of memory")
        return await super().read(data, name)

    async def picture(self, data: bytes, document: ReadDocument) -> bytes:
        self.drawing -= 1
        if self.drawing >= 0:
            raise ReaderDied("out of memory")
        return await super().picture(data, document)


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, DocumentStore(tmp_path / "documents", bytes(32)), ACME)


async def test_it_dies_once(desk: Desk) -> None:
    desk.read_by(Deadly(reading=1))
    assert "Acme GmbH · €10.00" in await desk.say("<acme>")


async def test_it_dies_twice(desk: Desk) -> None:
    desk.read_by(Deadly(reading=2))
    with pytest.raises(ReaderUnavailable) as died:
        await desk.say("<acme>")
    message = Message("terminal:x", "terminal", "owner", "owner", NOW)
    (apology,) = desk.conversation.apologise(message, died.value)
    assert "acme.jpg" in apology.text and "type the values" in apology.text
    with desk.database.reading() as session:
        assert [document.name for document in session.exec(select(Document))] == ["acme.jpg"]
        assert not session.exec(select(Bill)).all()


async def test_it_dies_drawing(desk: Desk) -> None:
    desk.read_by(Deadly(drawing=1))
    assert "Acme GmbH · €10.00" in await desk.say("<acme>")
    card = desk.replies[0].card
    assert card and card.picture is None


def test_a_fault_of_ours_is_not_explained_to_people(desk: Desk) -> None:
    message = Message("terminal:x", "terminal", "owner", "owner", NOW)
    (apology,) = desk.conversation.apologise(message, KeyError("secret detail"))
    assert "secret" not in apology.text and "once more" in apology.text
