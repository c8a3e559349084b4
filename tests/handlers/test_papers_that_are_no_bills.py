"""Reminders, orders and the like are kept and told apart; whose invoice a document is can be turned in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.people import company
from tests.fakes.books.desk import Desk, of_type, paper, play
from tests.fakes.books.small_company import ACME

REMINDER = {**ACME, "number": "M-1", "issue_date": "2025-04-20", "total": "1254.50"}
PAPERS = {
    "acme": paper(**ACME),
    "reminder": of_type(paper("other", **REMINDER), "reminder", "2024-117"),
    "order": of_type(
        paper("other", vendor="Initech", number="A1", total="10.00", currency="EUR"), "order_confirmation"
    ),
    "blurred": of_type(paper(**ACME), "invoice", sure=0.6),
    "thrice": of_type(paper(**ACME), "invoice", copies=3),
    "swapped": paper(
        vendor="Lindenhof", buyer="Globex Ltd", number="R-1", issue_date="2025-03-10", currency="EUR", total="119.00"
    ),
}

DIALOGUES: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "a reminder names its bill and is not booked": [
        ("<reminder>", ("This is a reminder of Acme GmbH's 2024-117", "That bill is not here yet", "Kept, not booked")),
        ("what's due?", ("no: waits to be confirmed",)),
        ("<acme>", ("Invoice 2024-117", "no: duplicate")),
        ("[Confirm]", ("Confirmed by Olga",)),
        (
            "<reminder>",
            ("This very file is already here",),
        ),
    ],
    "a reminder of a bill that is here": [
        ("<acme>", ("[Confirm]",)),
        ("[Confirm]", ("Confirmed by Olga",)),
        (
            "<reminder>",
            (
                "That bill is here: Acme GmbH 2024-117 · €1,249.50, Confirmed",
                "Reminder M-1",
                "[Record as a bill anyway] [Edit] [Not an invoice]",
                "no: [Confirm]",
            ),
        ),
        ("confirm", ("This is a reminder", "Shall I record it as a bill?")),
        ("balance", ("1,249.50",)),
    ],
    "a paper that is a bill after all": [
        ("<order>", ("This is an order confirmation, not a bill.", "Order confirmation A1")),
        ("paid", ("is no bill by what it says",)),
        ("record it as a bill anyway", ("Kind of document: Order confirmation → Invoice", "[Confirm]")),
        ("undo", ("Taken back", "Kept, not booked")),
        ("[Record as a bill anyway]", ("[Confirm]",)),
        ("[Confirm]", ("Confirmed by Olga",)),
        ("das ist nur ein Angebot", ("Angebot",)),
    ],
    "what is not certain is asked about": [
        ("<blurred>", ("Please check: whether this is an invoice",)),
        ("it is an invoice", ("no: whether this is an invoice",)),
    ],
    "prints are one": [("<thrice>", ("Prints 3 of the same document, kept as one", "[Confirm]"))],
    "it is not our invoice, and the vendor stays": [
        ("<swapped>", ("Globex Ltd · €119.00 · Our invoice R-1", "You are owed €119.00")),
        ("it is not our invoice", ("Globex Ltd · €119.00 · Invoice R-1", "owed to us → owed by us")),
        ("undo", ("Our invoice R-1", "You are owed €119.00")),
        ("das ist nicht unsere Rechnung", ("Globex Ltd", "no: Unsere Rechnung")),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", DIALOGUES)
async def test_dialogue(name: str, database: Database, tmp_path: Path) -> None:
    desk = Desk(database, DocumentStore(tmp_path, bytes(32)), PAPERS)
    with database.transaction() as session:
        company.describe(session, name="Lindenhof GmbH")
    await play(desk, DIALOGUES[name])
