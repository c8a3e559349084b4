"""Cards that offer ways to pay, a choice among several bills, and a proposal that is agreed to."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.processing import message_to_request
from handlers.requests import HowToPay, NotOffered, Pay, Proposed, Settled
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from tests.fakes.books.desk import Desk, paper, play
from tests.fakes.books.small_company import ACME

PAPERS = {
    "acme": paper(**ACME | {"iban": "DE89370400440532013000"}),
    "second": paper(**ACME | {"number": "2024-118", "total": "80.00", "subtotal": "80.00", "tax": "0.00"}),
}
WORDS = {
    "how do i pay it": HowToPay(),
    "is it paid": Settled(),
    "was acme paid": Settled(vendor="Acme GmbH"),
    "acme maybe 80": Proposed(Pay("80", "cash", None, "EUR", "Acme GmbH"), "paid Acme GmbH 80 EUR from cash today"),
    "no fees": NotOffered("fees"),
}
"""What these words are understood as here, whatever the reader of words makes of them."""

DIALOGUE: list[tuple[str, tuple[str, ...]]] = [
    ("<acme>", ()),
    ("how do i pay it", ("waits to be confirmed", "[Confirm]")),
    ("[Confirm]", ()),
    ("how do i pay it", ("Nothing has been paid", "[Payment file] [QR code] [I paid it today]")),
    ("[QR code]", ("Scan this with your banking app to pay €1,249.50", "📎 pay.png")),
    ("is it paid", ("No: €1,249.50 is open",)),
    ("<second>", ()),
    ("[Confirm]", ()),
    ("acme maybe 80", ("Book €80.00 paid to Acme GmbH today from Cash?", "[Yes] [Change]")),
    ("was acme paid", ("No: 2 of 2 bills from Acme GmbH are not paid in full, €1,329.50 is open.",)),
    ("[Yes]", ("Paid €80.00 from Cash on 21 Mar 2025.", "Invoice 2024-118")),
    ("was acme paid", ("No: €1,249.50 is open, due 2 Apr 2025",)),
    ("[I paid it today]", ("Paid €1,249.50 from Bank on 21 Mar 2025.", "Invoice 2024-117")),
    ("was acme paid", ("Yes: paid on 21 Mar 2025, €",)),
    ("no fees", ("I can't work out interest or late fees yet.", "[What's overdue?]")),
    ("[What's overdue?]", ("overdue",)),
]


async def test_ways_to_pay(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    understand = message_to_request.understand
    monkeypatch.setattr(
        message_to_request, "understand", lambda text, scene: WORDS.get(text) or understand(text, scene)
    )
    desk = Desk(database, DocumentStore(tmp_path / "documents", bytes(32)), PAPERS)
    await play(desk, DIALOGUE)
