"""Dialogues about the audit trail: who changed this, what somebody did, the trail as files; and whom it is told."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.models import Role
from storage.people import people
from tests.fakes.books.desk import NOW, Desk, paper

DATES = {"issue_date": "2025-03-03", "due_date": "2025-04-02"}
PAPERS = {
    "acme": paper(vendor="Acme GmbH", number="A-1", total="119.00", currency="EUR", **DATES),
    "beta": paper(vendor="Beta KG", number="B-2", total="50.00", currency="EUR", **DATES),
}


@pytest.fixture
async def desk(database: Database, tmp_path: Path) -> Desk:
    """Max Moritz sent and corrected a bill yesterday, Olga another today."""
    desk = Desk(database, DocumentStore(tmp_path / "documents", bytes(32)), PAPERS)
    with database.transaction() as session:
        for name, role in (("Max Moritz", Role.MEMBER), ("Udo", Role.AUDITOR)):
            code = people.invite(session, name, invited_by=1, now=NOW, role=role)
            people.redeem(session, code, "terminal", name.split()[0].lower(), NOW - timedelta(days=9))
    desk.now = NOW - timedelta(days=1)
    for said in ("<acme>", "total is 129"):
        await desk.say(said, sender="max")
    desk.now = NOW
    for said in ("<beta>", "confirm", "due 15 May", "our company is called Linden GmbH"):
        await desk.say(said)
    return desk


TOLD = [
    ("who changed the total of the acme bill?", ("20 Mar 2025", "Max Moritz · Terminal · corrected", "€119.00 → €129"),
     ("Olga ·", "sent Acme")),
    ("wer hat den Betrag von Acme geändert?", ("20. März 2025", "Max Moritz · Terminal · korrigiert", "119,00 €"), ()),
    ("who changed the acme bill?", ("sent Acme GmbH A-1", "corrected Acme GmbH A-1: total"), ("Beta",)),
    ("wer hat Acme geändert?", ("geschickt Acme GmbH A-1",), ()),
    ("who changed the beta bill?", ("sent Beta KG B-2", "confirmed Beta KG B-2"), ("Acme",)),
    ("who changed this?", ("Olga · Terminal · corrected Beta KG B-2: due date 2 Apr 2025 → 15 May 2025",), ("Acme",)),
    ("wer hat das geändert?", ("Olga · Terminal · korrigiert Beta KG B-2: Fälligkeit",), ()),
    ("who changed the IBAN?", ("Nobody changed its IBAN.",), ()),
    ("what did Max do yesterday?", ("What Max Moritz did", "corrected Acme GmbH A-1"), ("Olga ·", "Beta")),
    ("what did Max do today?", ("Max Moritz changed nothing today",), ("Acme",)),
    ("was hat Max Moritz gestern gemacht?", ("korrigiert Acme GmbH A-1", "119,00 € → 129,00 €"), ("Beta",)),
    ("was hat Max diese Woche gemacht?", ("korrigiert Acme GmbH A-1",), ("Beta",)),
    ("what did I do today?", ("confirmed Beta KG B-2", "changed the company's profile", "→ Linden GmbH"), ("Acme",)),
    ("was habe ich heute gemacht?", ("bestätigt Beta KG B-2",), ("Acme",)),
    ("who did what this week?", ("Max Moritz · Terminal · corrected Acme", "Olga · Terminal · confirmed Beta"), ()),
    ("wer hat heute was gemacht?", ("Olga · Terminal · bestätigt Beta",), ("Acme",)),
]  # fmt: skip


async def test_who_did_what_is_told_with_time_person_channel_old_and_new(desk: Desk) -> None:
    for said, words, not_words in TOLD:
        heard = (await desk.say(said)).replace("\xa0", " ").replace(" ", " ")
        told = [line for line in heard.splitlines() if " · " in line] or [heard]
        assert all(any(word in line for line in heard.splitlines()) for word in words), f"{said}\n{heard}"
        assert not any(word in line for word in not_words for line in told if line.startswith("•")), f"{said}\n{heard}"


async def test_members_are_told_of_their_own_alone(desk: Desk) -> None:
    for said in ("what did I do this week?", "what did Max do this week?"):
        heard = await desk.say(said, sender="max")
        assert "corrected Acme GmbH A-1" in heard and "Beta" not in heard
    assert "corrected" in await desk.say("who changed the acme bill?", sender="max")
    for said in ("what did Olga do today?", "who did what today?", "export the audit trail", "Prüfprotokoll senden",
                 "who changed the beta bill?"):  # fmt: skip
        heard = await desk.say(said, sender="max")
        assert "Beta KG" not in heard and not any(reply.attachments for reply in desk.replies), heard
    assert "confirmed Beta" in await desk.say("what did Olga do today?", sender="udo")


@pytest.mark.parametrize(
    ("said", "has_yesterday"),
    [
        ("export the audit trail", True),
        ("Prüfprotokoll exportieren", True),
        ("export the audit trail for today", False),
    ],
)
async def test_the_trail_is_handed_out_as_files(desk: Desk, said: str, has_yesterday: bool) -> None:
    heard = await desk.say(said, sender="udo")
    sheet, workbook = desk.replies[0].attachments
    assert (sheet.name, workbook.name) == ("audit.csv", "audit.xlsx") and ":" in heard
    assert sheet.sha256 is not None
    rows = list(csv.DictReader(io.StringIO(desk.store.fetch(sheet.sha256).decode("utf-8-sig"))))
    values = [list(row.values()) for row in rows]
    assert any("total_minor" in row and "11900" in row and "12900" in row for row in values) == has_yesterday
    named = next(row for row in values if "Linden GmbH" in row)
    assert {"Olga", "terminal", "described", "name"} <= {str(cell) for cell in named}
