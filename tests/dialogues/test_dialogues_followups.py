"""Dialogues whose messages lean on what was said before, or ask for several things at once: tables of (said, parts of
what is answered), over a fixed clock and a ledger of five bills. It is Friday 21 March 2025."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.ledger import accounts
from tests.fakes.books.desk import Desk, paper, play
from tests.fakes.books.small_company import ACME

PAPERS = {
    "acme": paper(**ACME),
    "acme-2": paper(
        **{**ACME, "number": "2025-004", "issue_date": "2025-02-10", "due_date": "2025-03-24", "total": "300.00"}
        | {"subtotal": "252.10", "tax": "47.90"}
    ),
    "globex": paper(
        vendor="Globex Ltd", number="G-9", issue_date="2025-03-10", due_date="2025-03-20", currency="EUR", total="80.00"
    ),
    "bau": paper(
        vendor="Müller Bau GmbH", number="M-1", issue_date="2025-03-11", due_date="2025-03-25", currency="EUR",
        total="700.00",
    ),
    "it": paper(
        vendor="Müller IT", number="MI-1", issue_date="2025-03-12", due_date="2025-04-10", currency="EUR", total="90.00"
    ),
}  # fmt: skip

DIALOGUES: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "the same for another time, another vendor, a larger amount": [
        ("what's due this week?", ("1 open bill this week", "Globex Ltd G-9")),
        ("and next week?", ("2 open bills next week, €1,000.00", "1. Acme GmbH 2025-004", "2. Müller Bau GmbH M-1")),
        ("only over 500", ("1 open bill next week", "€700.00", "Müller Bau GmbH M-1")),
        ("und im April?", ("1 offene Rechnung im April 2025, ab 500,00 €", "1.249,50 €")),
        ("nur Acme", ("1 offene Rechnung", "Acme GmbH 2024-117")),
        ("and overdue?", ("Nothing is overdue to Acme GmbH",)),
    ],
    "bills by their place in the list": [
        ("what's due?", ("5 open bills, €2,419.50", "2. Acme GmbH 2025-004", "3. Müller Bau GmbH M-1")),
        ("show the second", ("Acme GmbH · €300.00 · Invoice 2025-004",)),
        ("pay the second", ("Nothing has been paid", "€300.00 is to go to Acme GmbH", "[I paid it today]")),
        ("[I paid it today]", ("Paid €300.00", "Acme GmbH · €300.00 · Invoice 2025-004")),
        ("what's due?", ("4 open bills, €2,119.50", "2. Müller Bau GmbH M-1")),
        ("paid the first and the second", ("Paid €80.00", "Paid €700.00")),
        ("pay the ninth", ("The last list has",)),
        ("what's due?", ("2 open bills, €1,339.50",)),
        ("bezahl die zweite", ("Bezahlt ist nichts", "90,00 €", "Müller IT")),
        ("what's due?", ("2 open bills, €1,339.50",)),
    ],
    "a name that could be two": [
        ("what do we owe Müller?", ("Müller Bau GmbH or Müller IT", "[What do we owe Müller IT?]")),
        ("[What do we owe Müller IT?]", ("1 open bill to Müller IT, €90.00",)),
        ("what's due?", ("5 open bills",)),
        ("only Müller", ("[Only Müller Bau GmbH]",)),
        ("[Only Müller Bau GmbH]", ("1 open bill to Müller Bau GmbH, €700.00",)),
        ("confirm the Müller bill", ("Which one do you mean?", "M-1", "MI-1")),
        ("the second", ("confirmed already",)),
        ("show me the details of Müller", ("Which one do you mean?",)),
        ("M-1", ("Müller Bau GmbH · €700.00",)),
        ("confirm the Müller bill", ("Which one do you mean?",)),
        ("export", ("Which time should I export?",)),
        ("confirm the Müller bill", ("Which one do you mean?",)),
        ("blubber", ("didn't understand",)),
    ],
    "what was missing is said in the next message": [
        ("export", ("Which time should I export?", "[Export last month]")),
        ("february as csv", ("1 Feb 2025 to 28 Feb 2025",)),
        ("remind me about Globex", ("When should I remind you?",)),
        ("on Friday at 9", ("28 Mar 2025, 09:00", "Globex Ltd G-9")),
    ],
    "spending, asked on": [
        ("what did we spend in March?", ("Spent €1,920.00 in March 2025",)),
        ("by vendor?", ("Acme GmbH · €1,050.00", "Globex Ltd · €80.00")),
        ("why?", ("put on expense accounts",)),
        ("only Globex", ("Spent €80.00 this month, with Globex Ltd",)),
        ("and the month before?", ("Nothing was spent last month, with Globex Ltd",)),
    ],
    "several at once, all or none": [
        ("what's due and what's the balance?", ("5 open bills", "Bank: ")),
        ("paid Globex 80 and remind me about Acme on Monday", ("Which one do you mean?",)),
        ("was ist überfällig?", ("Globex Ltd G-9",)),
        ("paid Globex 80 and remind me about Acme on Monday", ("[Acme GmbH 2024-117 · €1,249.50]",)),
        ("[Acme GmbH 2024-117 · €1,249.50]", ("Paid €80.00", "24 Mar 2025, 09:00: Acme GmbH 2024-117")),
        ("what's overdue?", ("Nothing is overdue",)),
    ],
    "what is no order": [
        ("don't pay Globex", ("On hold: no payment file",)),
        ("undo", ()),
        ("should I pay Globex?", ("Nothing has been paid", "€80.00 is to go to Globex Ltd", "[I paid it today]")),
        ("pay Globex", ("Nothing has been paid", "€80.00 is to go to Globex Ltd", "[I paid it today]")),
        ("if Globex pays, confirm", ("didn't understand",)),
        ("what's due?", ("5 open bills",)),
    ],
    "in the language of the writer, unless they chose one": [
        ("was ist fällig?", ("5 offene Rechnungen, 2.419,50 €",)),
        ("what's due?", ("5 open bills, €2,419.50",)),
        ("sprich Deutsch", ("Ich spreche jetzt Deutsch",)),
        ("what's due?", ("5 offene Rechnungen",)),
        ("bla blub", ("nicht verstanden", "[Was ist fällig?]")),
        ("[Was ist fällig?]", ("5 offene Rechnungen",)),
        ("wie ich schreibe", ()),
        ("speak as I write", ()),
        ("and overdue?", ("1 open bill overdue",)),
    ],
}


@pytest.fixture
async def desk(database: Database, tmp_path: Path) -> Desk:
    desk = Desk(database, DocumentStore(tmp_path / "documents", bytes(32)), PAPERS)
    for name in PAPERS:
        await desk.say(f"<{name}>")
        await desk.say("confirm")
    return desk


@pytest.mark.parametrize("name", DIALOGUES)
async def test_dialogue_that_leans_on_what_was_said(desk: Desk, name: str) -> None:
    await play(desk, DIALOGUES[name])
    with desk.database.reading() as session:
        assert all(sums.debit == sums.credit for sums in accounts.trial_balance(session).values())


async def test_several_requests_are_all_refused_where_one_is(desk: Desk) -> None:
    heard = await desk.say("paid Globex 80 and confirm the Nobody bill")
    assert "Paid" not in heard
    assert "Globex Ltd G-9 · €80.00" in await desk.say("what's overdue?")
