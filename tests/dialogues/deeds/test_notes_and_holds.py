"""Notes on bills, and bills whose payment is held: left out of payment files and reminders, with why."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.models import Person, Role
from storage.people import people
from tests.fakes.books.desk import NOW, Desk, paper, play
from tests.fakes.books.small_company import ACME

IBAN = "DE02120300000000202051"
TELEKOM = {**ACME, "vendor": "Telekom GmbH", "number": "T-5", "total": "80.00", "subtotal": "67.23", "tax": "12.77"}
PAPERS = {"acme": paper(**ACME, iban="DE89370400440532013000"), "telekom": paper(**TELEKOM, iban=IBAN)}

NOTES: list[tuple[str, tuple[str, ...]]] = [
    ("<acme>", ()),
    ("<telekom>", ()),
    (
        "note on the Acme bill: ask for the missing page",
        ("Noted.", "Note ask for the missing page (Olga, 21 Mar 2025)"),
    ),
    ("notes on Telekom", ("There is no note on it.",)),
    ("note: second reminder came", ("Noted.", "Telekom GmbH", "second reminder came")),
    ("history of Telekom", ("Olga noted: second reminder came.",)),
    ("undo", ("no: Note second reminder",)),
    ("Notiz zur Acme-Rechnung: Seite 2 fehlt noch", ("Notiert.", "Seite 2 fehlt noch", "ask for the missing page")),
    ("notes on Globex: x", ("no: Noted.",)),
]

HOLDS: list[tuple[str, tuple[str, ...]]] = [
    ("<acme>", ()),
    ("confirm", ()),
    ("<telekom>", ()),
    ("confirm", ()),
    ("our name is Olga Bau", ()),
    ("our IBAN is DE75512108001245126199", ()),
    (
        "don't pay Acme yet, work not finished",
        ("On hold: no payment file and no reminder has it", "On hold work not finished (Olga)"),
    ),
    ("what's on hold?", ("On hold, not to be paid:", "Acme GmbH 2024-117 · €1,249.50: work not finished (Olga)")),
    (
        "payment file",
        ("Telekom GmbH T-5", "Not in it:", "Acme GmbH 2024-117", "is on hold by Olga: work not finished"),
    ),
    ("pay Acme", ("Nothing was paid.",)),
    ("hold Telekom", ("It is in the payment file of 21 Mar 2025 already",)),
    ("undo", ("Telekom GmbH", "no: On hold Olga")),
    ("release the hold on Acme", ("Released: it may be paid again.", "no: On hold work")),
    ("undo", ("On hold work not finished",)),
    ("history of Acme", ("Olga put its payment on hold: work not finished.", "Olga took the release back")),
    ("release the hold on Acme", ("Released",)),
    (
        "put Acme on hold until 5 April because the goods are broken",
        ("On hold until 5 Apr 2025", "the goods are broken"),
    ),
    ("wir zahlen Acme noch nicht", ("Gesperrt",)),
    ("Sperre von Acme aufheben", ("Freigegeben: Sie darf wieder bezahlt werden.",)),
    ("Sperre von Acme aufheben", ("ist nicht gesperrt",)),
    ("Acme bitte vorerst nicht überweisen, da reklamieren wir noch", ("Gesperrt", "reklamieren wir noch")),
    ("welche Rechnungen sind gesperrt?", ("Gesperrt, nicht zu bezahlen:", "Acme GmbH 2024-117")),
]


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, DocumentStore(tmp_path / "documents", bytes(32)), PAPERS)


@pytest.mark.parametrize("dialogue", [NOTES, HOLDS], ids=["notes", "holds"])
async def test_notes_and_holds(desk: Desk, dialogue: list[tuple[str, tuple[str, ...]]]) -> None:
    await play(desk, dialogue)


async def test_a_hold_ends_by_itself_on_its_day(desk: Desk) -> None:
    await play(desk, HOLDS[:6])
    await play(desk, [("put Acme on hold until 5 April", ()), ("payment file for Acme", ("There is no bill to pay",))])
    desk.now = NOW.replace(month=4, day=6)
    await play(desk, [("what's on hold?", ("No bill is on hold.",)), ("payment file for Acme", ("1 transfer",))])


async def test_a_member_ends_no_hold_of_another(desk: Desk) -> None:
    await play(desk, [("<acme>", ()), ("confirm", ()), ("don't pay it, work not finished", ())])
    with desk.database.transaction() as session:
        owner = people.everybody(session)[0]
        mia = Person(name="Mia", role=Role.ACCOUNTANT, created_at=NOW, invited_by=owner.id)
        session.add(mia)
        session.flush()
        people.link_address(session, mia.id, "terminal", "mia", by=owner.id, now=NOW)
    assert "Only the owner or an approver may" in await desk.say("release the hold on Acme", sender="mia")
    assert "Released" in await desk.say("release the hold on Acme")
    assert "On hold" in await desk.say("don't pay Acme yet", sender="mia")
    assert "Released" in await desk.say("release the hold on Acme", sender="mia")
