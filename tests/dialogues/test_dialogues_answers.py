"""Questions that lean on one another: lists one can act on, "why?", pictures. Today is Friday 21 March 2025."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from tests.fakes.books.desk import Desk, paper, play
from tests.fakes.books.small_company import ACME

PAPERS = {
    "acme": paper(**ACME),
    "globex": paper(
        vendor="Globex Ltd", number="G-9", issue_date="2025-03-10", due_date="2025-03-20", currency="GBP", total="80.00"
    ),
}

DIALOGUE: list[tuple[str, tuple[str, ...]]] = [
    ("<acme>", ()),
    ("confirm", ("Confirmed and posted",)),
    ("<globex>", ()),
    ("confirm", ("Confirmed and posted",)),
    (
        "what's due?",
        ("2 open bills, €1,249.50 and £80.00:", "1. Globex Ltd G-9 · £80.00", "2. Acme GmbH 2024-117 · €1,249.50"),
    ),
    ("why?", ("still open on these bills", "1. Globex Ltd G-9 · £80.00 booked on 10 Mar 2025 = £80.00")),
    ("pay the second", ("Nothing has been paid: I can't move money. €1,249.50 is to go to Acme GmbH.",)),
    ("paid", ("Paid €1,249.50 from Bank on 21 Mar 2025.", "Acme GmbH")),
    ("who do we owe?", ("We owe £80.00:", "• Globex Ltd · £80.00 · 1 bill, £80.00 overdue")),
    ("what did we spend this month?", ("Spent €1,050.00 and £80.00 this month, without VAT:", "• Other expenses")),
    ("by vendor?", ("• Acme GmbH · €1,050.00",)),
    ("as a chart", ("📎 spend-EUR.png\n📎 spend-GBP.png",)),
    (
        "forecast for 90 days",
        ("Bank and cash will be -€1,249.50 (counted from zero) on 19 Jun 2025 (in 90 days).", "📎 forecast-GBP.png"),
    ),
    ("ageing", ("• 1–30 days overdue: £80.00 (1 bill)", "📎 ageing-GBP.png")),
    ("what happened to the globex bill?", ("• 21 Mar 2025, 10:30 · Olga confirmed it.", "Globex Ltd · £80.00")),
    ("why is it overdue?", ("It was due on 20 Mar 2025, 1 day ago, and £80.00 of it is still open.",)),
    ("why is the total 80?", ("Total is £80.00: I read it on page 1. I am 97% sure.", "📎 page.png")),
    ("find 2024-117", ("Acme GmbH 2024-117 · €1,249.50 · 3 Mar 2025 · Paid",)),
    ("largest bills", ("2 bills:\n1. Acme GmbH 2024-117",)),
    ("balance at the end of February", ("At the end of 28 Feb 2025:", "Bank: nothing booked yet")),
    ("what's the balance in the bank and what is overdue?", ("Bank: -€1,249.50", "• Globex Ltd G-9 · £80.00")),
]


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, DocumentStore(tmp_path / "documents", bytes(32)), PAPERS)


async def test_questions_lean_on_one_another(desk: Desk) -> None:
    await play(desk, DIALOGUE)


async def test_a_chart_is_a_picture_that_is_kept(desk: Desk) -> None:
    await desk.say("<acme>")
    await desk.say("confirm")
    await desk.say("forecast for 90 days")
    (chart,) = desk.replies[0].attachments
    assert (await desk.store.get(chart.sha256)).startswith(b"\x89PNG")
