"""A discount that a document offers is shown with what is to be paid, taken in time, doubted and corrected."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from tests.fakes.books.desk import Desk, offering, paper, play
from tests.fakes.books.small_company import ACME

WORDS = 'from "2% Skonto innerhalb 10 Tagen"'
PAPERS = {
    "plain": paper(**ACME),
    "two": offering(paper(**ACME), ("3%", "2025-03-24"), ("2%", "2025-03-31")),
    "amount": offering(paper(**ACME), ("20.00", "2025-03-24")),
    "doubted": offering(paper(**ACME), ("2%", "2025-03-24"), sure=0.75, reason=WORDS),
    "over": offering(paper(**ACME), ("2%", "2025-03-13")),
    "absurd": offering(paper(**ACME), ("5000.00", "2025-03-24")),
    "credit": offering(paper("credit_note", **ACME), ("2%", "2025-03-24")),
}

DIALOGUES: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "both steps stand on the card, and the first is taken": [
        (
            "<two>",
            (
                "Discount 3% if paid by 24 Mar 2025: pay €1,212.01",  # 37.485 less
                "Later discount 2% if paid by 31 Mar 2025: pay €1,224.51",
                "no: Please check",
            ),
        ),
        ("[Confirm]", ("[Paid €1,212.01 with discount]",)),
        ("[Paid €1,212.01 with discount]", ("Paid €1,212.01 from Bank", "The discount of €37.49 settles the rest")),
    ],
    "a discount in money is shown as such": [
        ("<amount>", ("Discount €20.00 if paid by 24 Mar 2025: pay €1,229.50",)),
    ],
    "a doubt says where it comes from, and is gone once somebody said it": [
        ("<doubted>", (f"Please check: discount until ({WORDS})",)),
        ("2% discount until 25 March", ("Discount 2% if paid by 25 Mar 2025: pay €1,224.51", "no: Please check")),
    ],
    "what is corrected takes the place of both steps": [
        ("<two>", ("Later discount",)),
        ("1% discount until 28 March", ("Discount: 3% → 1%", "Discount 1% if paid by 28 Mar 2025", "no: Later")),
        ("undo", ("Discount 3% if paid by 24 Mar 2025", "Later discount 2%")),
        ("no discount", ("Discount: 3% → none", "no: if paid by")),
    ],
    "a discount whose day has passed asks for nothing": [
        ("<over>", ("Discount €24.99 until 13 Mar 2025", "no: if paid by")),
        ("[Confirm]", ("Confirmed by Olga", "no: with discount")),
    ],
    "what is more than the bill, or on a credit note, is none": [
        ("<absurd>", ("€1,249.50", "no: if paid by")),
        ("<credit>", ("Credit note", "no: if paid by")),
    ],
    "in German": [
        ("<two>", ("if paid by",)),
        ("sprich Deutsch", ()),
        (
            "2,25 % Skonto bis 25. März",
            ("Skonto: 3 % → 2,25 %", "Skonto 2,25 % bei Zahlung bis 25. März 2025: 1.221,39 € zahlen"),
        ),
        ("kein Skonto", ("no: bei Zahlung",)),
    ],
}


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, DocumentStore(tmp_path / "documents", bytes(32)), PAPERS)


@pytest.mark.parametrize("dialogue", DIALOGUES.values(), ids=DIALOGUES)
async def test_dialogue(desk: Desk, dialogue: list[tuple[str, tuple[str, ...]]]):
    await play(desk, dialogue)


async def test_after_the_first_step_the_later_one_is_offered(desk: Desk):
    await play(desk, [("<two>", ()), ("[Confirm]", ("[Paid €1,212.01 with discount]",))])
    desk.now = datetime(2025, 3, 26, 9, 30, tzinfo=UTC)
    offered = ("[Paid €1,224.51 with discount]", "Discount €37.49 until 24 Mar 2025", "2% if paid by 31 Mar 2025")
    await play(desk, [("confirm", offered), ("paid 1224.51", ("The discount of €24.99 settles the rest",))])
