"""Dialogues as people have them: tables of (said, what the answer holds), on SQLite and PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import col, select

from extraction.evidence import Problem, Reading
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.ledger import accounts
from storage.models import Bill, Document, Entry, Invitation, Posting
from storage.people import people
from tests.fakes.books.desk import Desk, paper, play
from tests.fakes.books.small_company import ACME

PAPERS = {
    "acme": paper(doubtful={"due_date": 'from "30 days net"'}, **ACME),
    "acme-scan": paper(**{**ACME, "vendor": "ACME  GmbH."}),
    "globex": paper(
        vendor="Globex Ltd", number="G-9", issue_date="2025-03-10", due_date="2025-03-20", currency="GBP", total="80.00"
    ),
    "bistro": paper("receipt", vendor="Bistro Luna", issue_date="2025-03-20", total="23.50"),
    "order": paper("other", vendor="Initech", number="A1", issue_date="2025-03-01", currency="EUR", total="10.00"),
    "delivery": paper("other", vendor="Initech", purchase_order="26904065", issue_date="2025-03-01"),
    "credit": paper(
        "credit_note", vendor="Acme GmbH", number="C-1", issue_date="2025-03-04", currency="EUR", total="49.50"
    ),
    "blurred": Reading(),
    "song": Reading(problem=Problem("not_a_document", "This is a sound file. Send a photo or a PDF instead.")),
}

DIALOGUES: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "from a photo to the ledger": [
        (
            "<acme>",
            (
                "Acme GmbH · €1,249.50 · Invoice 2024-117",
                "Issued 3 Mar 2025 · Due 2 Apr 2025 (in 12 days) · Subtotal €1,050.00 · VAT €199.50",
                'Please check: due date (from "30 days net")',
                "[Confirm] [Edit] [Mark paid] [Not an invoice]",
            ),
        ),
        ("what's due?", ("Nothing is due", "1 more document waits to be confirmed")),
        ("[Confirm]", ("Confirmed by Olga",)),
    ],
    "a correction and Undo": [
        ("<acme>", ("€1,249.50",)),
        ("total is 1,294.50", ("Total: €1,249.50 → €1,294.50", "subtotal + VAT is €1,249.50, not the total", "[Undo]")),
        ("[Undo]", ("Taken back", "Total: €1,294.50 → €1,249.50", "Acme GmbH · €1,249.50")),
        ("due 15 May", ("Due date: 2 Apr 2025 → 15 May 2025", "(in 55 days)")),
        (
            "vendor is Acme Holding and number 2024-118",
            ("Vendor: Acme GmbH → Acme Holding", "Number: 2024-117 → 2024-118"),
        ),
        ("undo", ("Acme GmbH · €1,249.50 · Invoice 2024-117", "Due 15 May 2025")),
        (
            "undo",
            (
                "Shall I take this back?",
                "Olga · the correction of Acme GmbH 2024-117 (due date 2 Apr",
                "[Take it back]",
            ),
        ),
        ("[Take it back]", ("Due 2 Apr 2025",)),
        ("undo", ("nothing to take back",)),
    ],
    "due and balance answer from the ledger": [
        ("<acme>", ()),
        ("confirm", ("Confirmed and posted",)),
        ("<globex>", ("Globex Ltd · £80.00",)),
        ("ok", ("Confirmed by Olga",)),
        (
            "what's due?",
            ("2 open bills", "€1,249.50 and £80.00", "due 20 Mar 2025 (1 day overdue)", "2 Apr 2025 (in 12 days)"),
        ),
        ("what's overdue?", ("Globex Ltd G-9 · £80.00", "1 open bill")),
        ("what do we owe Acme?", ("Acme GmbH 2024-117 · €1,249.50",)),
        ("balance", ("Bank: nothing booked yet", "€1,249.50", "£80.00")),
        (
            "paid Acme 500 from cash yesterday",
            ("Paid €500.00 from Cash on 20 Mar 2025", "€749.50 is still open", "Part-paid"),
        ),
        ("balance", ("-€500.00", "€749.50")),
        ("undo", ("Taken back", "Confirmed by Olga")),
        ("paid", ("Paid €1,249.50 from Bank on 21 Mar 2025", "Paid")),
        ("what do we owe Acme?", ("Nothing is due",)),
    ],
    "the same invoice twice": [
        ("<acme>", ()),
        ("[Confirm]", ()),
        ("<acme>", ("This very file is already here", "[Keep both] [Keep this one] [Discard]")),
        ("[Discard]", ("Discarded", "Confirmed by Olga")),
        ("<acme-scan>", ("looks like the bill from Acme GmbH of 3 Mar 2025 over €1,249.50",)),
        ("confirm", ("Decide first",)),
        ("[Keep both]", ("Kept as a bill of its own",)),
    ],
    "a replacement": [
        ("<acme>", ()),
        ("[Confirm]", ()),
        ("<acme-scan>", ("[Keep this one]",)),
        ("[Keep this one]", ("is set aside and no longer counts", "Waiting for you")),
        ("what's due?", ("Nothing is due",)),
    ],
    "nothing is guessed": [
        ("<bistro>", ("Bistro Luna · 23.50", "currency (not printed)", "[Currency is EUR]")),
        ("confirm", ("I need the currency",)),
        ("[Currency is EUR]", ("€23.50", "[Confirm]")),
        ("paid", ("Paid €23.50",)),
        ("total is banana", ("as an amount",)),
    ],
    "what is no invoice": [
        ("<order>", ("not like an invoice", "[Not an invoice]")),
        ("[Not an invoice]", ("Set aside",)),
        ("<delivery>", ("not like an invoice", "Purchase order 26904065")),
        ("find 26904065", ("Initech",)),
        ("<blurred>", ("found no invoice",)),
        ("<song>", ("This is a sound file",)),
    ],
    "a correction in the caption": [
        ("<acme> due 15 May", ("Due date: 2 Apr 2025 → 15 May 2025",)),
        ("<globex> hi, this came today, can you take care of it please", ("Globex Ltd · £80.00",)),
    ],
    "a confirmed bill is corrected": [
        ("<acme>", ()),
        ("[Confirm]", ()),
        ("total is 1,294.50 and subtotal 1,095.00", ("Corrected 2 values", "€1,294.50")),
        ("what's due?", ("€1,294.50",)),
        ("undo", ("€1,249.50",)),
        ("undo", ("Shall I take this back?", "Olga · the confirmation of Acme GmbH 2024-117")),
        ("yes", ("Waiting for you",)),
        ("what's due?", ("Nothing is due",)),
    ],
    "several could be meant": [
        ("<acme>", ()),
        ("<acme-scan>", ()),
        ("[Keep both]", ()),
        ("confirm the Acme bill", ("Which one do you mean?", "[Acme GmbH 2024-117 · €1,249.50]")),
    ],
    "a credit note": [
        ("<credit>", ("Acme GmbH · €49.50 · Credit note C-1",)),
        ("[Confirm]", ("Confirmed",)),
        ("what's due?", ("-€49.50",)),
    ],
    "buttons outlive their moment": [
        ("<acme>", ()),
        ("[Confirm]", ("Confirmed by Olga",)),
        ("confirm", ("confirmed already",)),
        ("show me the invoice", ("acme.jpg",)),
        ("what is the meaning of life", ("I didn't understand", "[What's due?]")),
        ("[What's due?]", ("1 open bill",)),
    ],
    "small talk": [
        ("hello", ("Hello Olga",)),
        ("thanks", ("You're welcome",)),
        ("help", ("I read invoices",)),
        ("confirm", ("Which bill do you mean?",)),
    ],
}


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, DocumentStore(tmp_path / "documents", bytes(32)), PAPERS)


@pytest.mark.parametrize("name", DIALOGUES)
async def test_dialogue(desk: Desk, name: str) -> None:
    await play(desk, DIALOGUES[name])
    with desk.database.reading() as session:
        assert all(sums.debit == sums.credit for sums in accounts.trial_balance(session).values())


async def test_a_button_pressed_twice_books_once(desk: Desk) -> None:
    await desk.say("<acme>")
    await desk.say("[Confirm]")
    assert "confirmed already" in await desk.say("[Confirm]")
    with desk.database.reading() as session:
        assert len(session.exec(select(Entry)).all()) == 1


async def test_a_stranger_learns_nothing_and_leaves_nothing(desk: Desk) -> None:
    await desk.say("<acme>")
    await desk.say("[Confirm]")
    for said in ("what's due?", "balance", "<globex>", "confirm", "invite me", "help"):
        heard = await desk.say(said, sender="mallory")
        assert "people who have been invited" in heard
        assert not any(word in heard for word in ("Acme", "Olga", "1,249", "My company"))
    with desk.database.reading() as session:
        assert len(session.exec(select(Bill)).all()) == 1
        assert len(session.exec(select(Document)).all()) == 1


async def test_somebody_is_invited(desk: Desk) -> None:
    code = (await desk.say("invite anna@example.com")).split("anna@example.com: ")[1].split()[0]
    assert "doesn't work" in await desk.say("join AAAA-BBBB-CCCC", sender="anna")
    assert "Welcome, Anna" in await desk.say(f"Hello, my code is {code.lower()}, thanks", sender="anna")
    assert "Acme GmbH" in await desk.say("<acme>", sender="anna")
    assert "Confirmed by Anna" in await desk.say("[Confirm]", sender="anna")
    assert "Only the owner" in await desk.say("invite bob", sender="anna")
    assert "doesn't work" in await desk.say(f"join {code}", sender="bob")


async def test_who_is_here_already_is_not_invited_as_a_second_person(desk: Desk) -> None:
    code = (await desk.say("invite Anna")).split("Anna: ")[1].split()[0]
    await desk.say(f"join {code}", sender="anna")
    for again in ("invite anna", "lade Anna ein"):
        heard = await desk.say(again)
        assert "Anna is here already" in heard or "Anna ist schon hier" in heard
        assert "first page" in heard or "ersten Seite" in heard
    with desk.database.reading() as session:
        assert [person.name for person in people.everybody(session)] == ["Olga", "Anna"]
        assert not session.exec(select(Invitation).where(col(Invitation.redeemed_at).is_(None))).all()


async def test_no_posting_without_confirmation(desk: Desk) -> None:
    for name in PAPERS:
        await desk.say(f"<{name}>")
    with desk.database.reading() as session:
        assert not session.exec(select(Posting)).all()
