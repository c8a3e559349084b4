"""A desk with several chats and a language model: a bill is booked, another came in, and somebody talks elsewhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import func, select

from bot.processing.conversation import Conversation
from bot.processing.language_model import LanguageModel
from handlers.messages import Message
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.models import Audit
from tests.fakes.books.desk import Desk, Papers, paper
from tests.fakes.books.small_company import ACME
from tests.fakes.servers.language_model import Model

GLOBEX = {**ACME, "vendor": "Globex Ltd", "number": "881", "total": "595.00", "subtotal": "500.00", "tax": "95.00"}
PAPERS = {"acme": paper(**ACME), "globex": paper(**GLOBEX)}

ODD = "gimme the lowdown on acme and the moolah in march"
"""Words that nobody here knows."""
MARCH = {"since": "2025-03-01", "until": "2025-03-31"}
NOT_UNDERSTOOD = "didn't understand"


class Office(Desk):
    """`where` is the chat that is spoken in: "bills", where they came in, or one in which nothing was shown yet."""

    where = "bills"

    def _message(self, sender: str, **values: Any) -> Message:
        return replace(super()._message(sender, **values), conversation=self.where)

    def changes(self) -> int:
        """How often anything in the books was changed so far."""
        with self.database.transaction() as session:
            return session.exec(select(func.count()).select_from(Audit)).one()


async def open_office(database: Database, folder: Path, model: Model) -> Office:
    """Acme's bill is booked, Globex's waits, and the talk goes on in another chat."""
    store = DocumentStore(folder / "documents", bytes(32))
    office = Office(database, store, PAPERS)
    office.conversation = Conversation(
        database,
        store,
        Papers(PAPERS),
        office._status,
        ZoneInfo("Europe/Berlin"),
        "EUR",
        lambda: office.now,
        LanguageModel(model.url, "small", "secret", seconds=20).ask,
    )
    for said in ("<acme>", "confirm", "<globex>"):
        await office.say(said)
    office.where = "elsewhere"
    return office
