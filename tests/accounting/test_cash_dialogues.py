"""Cash below zero is told; what rests on an account counted from zero says so in each currency."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from tests.fakes.books.desk import Desk, paper, play
from tests.fakes.books.small_company import ACME

BARE = {name: value for name, value in ACME.items() if name not in ("subtotal", "tax")}
PAPERS = {
    "acme": paper(**ACME),
    "dollars": paper(**{**BARE, "vendor": "Globex Inc", "number": "G-1", "currency": "USD", "total": "20.00"}),
}
DIALOGUES: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "cash below zero": [
        ("our cash balance was 100 on 1 March", ("Cash begins",)),
        ("<acme>", ()),
        ("confirm", ()),
        ("paid 80 from cash", ("Paid €80.00 from Cash", "no: less than nothing")),
        ("paid 50 from cash", ("Paid €50.00 from Cash", "⚠ There cannot be less than nothing in Cash (-€30.00).")),
        ("balance", ("Cash: -€30.00", "⚠ There cannot be less than nothing in Cash (-€30.00)")),
        ("transfer 5 from cash to bank", ("in Cash (-€35.00)",)),
        ("transfer 100 from bank to cash", ("no: less than nothing",)),
        ("Kontostand", ("no: Weniger als nichts",)),
    ],
    "counted from zero in each currency": [
        ("<acme>", ()),
        ("confirm", ()),
        ("forecast", ("Bank and cash will be -€1,249.50 (counted from zero)",)),
        ("<dollars>", ()),
        ("confirm", ()),
        ("paid", ("Paid US$20.00",)),
        ("forecast", ("-€1,249.50 (counted from zero)", "US$20.00 (counted from zero)")),
    ],
}


@pytest.mark.parametrize("name", DIALOGUES)
async def test_dialogue(database: Database, tmp_path: Path, name: str) -> None:
    await play(Desk(database, DocumentStore(tmp_path / "documents", b"0" * 32), PAPERS), DIALOGUES[name])
