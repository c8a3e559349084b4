"""A desk to which the bank's files are sent as they are; papers are known in advance, as at any desk."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from typing import Any

from extraction.evidence import Reading
from extraction.pipeline import read
from handlers.messages import Attachment, Message
from storage.database import Database
from storage.documents import DocumentStore
from tests.fakes.desk import NOW, Desk, Papers


class BankPapers(Papers):
    """Reads a known paper by its name, any other file by what is in it (no statement needs OCR)."""

    async def read(self, data: bytes, name: str = "") -> Reading:
        known = self.papers.get(data.decode(errors="replace"))
        return known or read(data, lambda picture, page: ())


class BankDesk(Desk):
    """`send` hands in a file and returns what was answered."""

    def __init__(self, database: Database, store: DocumentStore, papers: Mapping[str, Reading] | None = None) -> None:
        super().__init__(database, store, papers or {})
        self.read_by(BankPapers(papers or {}))
        self._sent = count(1)

    async def send(self, data: bytes, name: str = "statement", **values: Any) -> str:
        message = Message(
            key=f"terminal:file-{next(self._sent)}",
            channel="terminal",
            conversation="owner",
            sender="owner",
            sent_at=NOW,
            sender_name="Owner",
            attachments=(Attachment(name, "application/octet-stream", await self.store.put(data)),),
        )
        return await self.hear(Message(**{**vars(message), **values}))
