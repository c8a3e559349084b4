"""What is left of a bill is written off with a reason, its tax with it, on both sides, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from tests.fakes.books.desk import Desk, paper, play
from tests.fakes.books.small_company import ACME

PAPERS = {
    "acme": paper(**ACME),
    "sale": paper(
        vendor="Billify UG", buyer="Globex Ltd", number="R-1", issue_date="2025-03-10", due_date="2025-04-10",
        subtotal="1000.00", tax="190.00", total="1190.00", currency="EUR",
    ),
}  # fmt: skip
SOLD = [("<sale>", ()), ("it is our invoice", ()), ("confirm", ("posted",)), ("got 595 from Globex", ("€595.00",))]
DIALOGUES: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "a customer who pays no more": [
        *SOLD,
        ("write off the rest of Globex R-1", ("Say why, like “write off the rest of Globex Ltd R-1",)),
        (
            "write off the rest of Globex R-1: customer insolvent",
            ("Written off: €595.00 (customer insolvent).", "[Undo]"),
        ),
        ("trial balance", ("Remainders written off: €500.00 debit", "Output VAT 19%: €95.00 credit", "no: receivable")),
        ("VAT return for March", ("• A · Taxed sales: 500.00 EUR · VAT €95.00",)),
        ("write off the rest of Globex R-1: still insolvent", ("there is nothing to write off",)),
        ("history of R-1", ("wrote off what was left of it",)),
        ("undo", ("€595.00",)),
        ("trial balance", ("Accounts receivable: €595.00 debit", "no: written off")),
    ],
    "on cash basis what nobody pays is no turnover": [
        ("we pay VAT when we are paid", ()),
        *SOLD,
        ("write off the rest of Globex R-1 because they are insolvent", ("Written off: €595.00",)),
        ("VAT return for March", ("• A · Taxed sales: 500.00 EUR · VAT €95.00",)),
    ],
    "what we need not pay, in German": [
        ("<acme>", ()),
        ("confirm", ()),
        ("paid 1000", ()),
        ("buche den Rest von Acme aus, Kulanz", ("Ausgebucht: 249,50 € (Kulanz).",)),
        ("Saldenliste", ("no: Verbindlichkeiten",)),
    ],
}  # fmt: skip


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, DocumentStore(tmp_path / "documents", b"0" * 32), PAPERS)


@pytest.mark.parametrize("name", DIALOGUES)
async def test_dialogue(desk: Desk, name: str) -> None:
    await play(desk, DIALOGUES[name])
