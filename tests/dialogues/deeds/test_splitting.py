"""Bills that are split in words, over categories, projects and people, and what of them is private."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import col, select

from storage.bills.splitting import cost_objects
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.ledger import accounts
from storage.models import Account, Bill, Posting
from tests.fakes.books.desk import Desk, paper, play
from tests.fakes.books.small_company import ACME

HETZNER = {
    "vendor": "Hetzner Online GmbH",
    "number": "R-7",
    "issue_date": "2025-03-10",
    "due_date": "2025-03-24",
    "currency": "EUR",
    "subtotal": "100.00",
    "tax": "19.00",
    "total": "119.00",
}
PAPERS = {
    "acme": paper(**ACME),
    "phone": paper(**HETZNER),
    "again": paper(**{**HETZNER, "number": "R-8", "issue_date": "2025-03-11"}),
}

OVER_CATEGORIES: list[tuple[str, tuple[str, ...]]] = [
    ("<acme>", ("Acme GmbH · €1,249.50",)),
    (
        "300 to travel, rest software",
        (
            "Split, VAT included: €300.00 Travel and €949.50 Software",
            "Of it €300.00 · Travel · Of it €949.50 · Software",
        ),
    ),
    ("confirm", ("Confirmed and posted to the ledger.",)),
    ("split it: 900 travel, 600 software", ("The parts are €250.50 more than the total of €1,249.50.",)),
    ("split it: 900 travel", ("€900.00 Travel and €349.50",)),
    ("undo", ("Taken back.", "€300.00 · Travel")),
    ("history", ("Olga corrected: split none → €300.00 Travel and the rest Software",)),
    ("no split", ("No longer split: all of it is on its category.",)),
    ("undo", ("€300.00 · Travel",)),
    ("total is 250 and VAT is 39.92", ("do not add up", "no split")),
]

OVER_PROJECTS: list[tuple[str, tuple[str, ...]]] = [
    ("<phone>", ("Hetzner Online GmbH · €119.00",)),
    ("60% project Town Hall, 40% for Olga", ("There is no project “Town Hall” yet.", "[Add project Town Hall]")),
    ("[Add project Town Hall]", ("Added the project Town Hall.",)),
    ("60% project town hall, 40% for Olga", ("for Town Hall", "for Olga", "€71.40", "€47.60")),
    ("add project Town Hall", ("“Town Hall” is here already.",)),
    ("new cost centre Berlin", ("Added the cost centre Berlin.",)),
    ("undo", ("I took back the new project or cost centre Berlin.",)),
    ("projects", ("Projects:", "• Town Hall")),
    ("split Hetzner equally between travel and project Town Hall", ("€59.50 Travel", "€59.50", "for Town Hall")),
    ("split it somehow", ("How is it split?",)),
]

PRIVATE: list[tuple[str, tuple[str, ...]]] = [
    ("our name is Olga Meyer", ("Olga Meyer",)),
    ("<phone>", ("Hetzner Online GmbH",)),
    (
        "half private",
        ("no cost and no input VAT", "Is it a drawing", "[Split it: 1/2 private drawing, rest ]"),
    ),
]

GERMAN: list[tuple[str, tuple[str, ...]]] = [
    ("Hallo", ("Hallo",)),
    ("<phone>", ("Hetzner Online GmbH · 119,00 €",)),
    ("zur hälfte privat", ("keine Ausgabe und keine Vorsteuer", "Privatentnahme")),
    ("50% Privatentnahme", ("Der private Anteil von 59,50 €", "9,50 € darin wird nicht als Vorsteuer abgezogen")),
    ("bestätigen", ("Bestätigt und gebucht.",)),
    ("<again>", ("R-8",)),
    ("ein drittel privat", ("Der private Anteil von 39,67 €",)),
    ("keine aufteilung", ("Nicht mehr aufgeteilt",)),
    ("rückgängig", ("39,67 €",)),
    ("neues Projekt Rathaus", ("Projekt Rathaus angelegt",)),
    ("teile die Hetzner R-8 auf: 40 auf Reisekosten, Rest Projekt Rathaus", ("40,00 € Reisekosten", "für Rathaus")),
]


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, DocumentStore(tmp_path / "documents", bytes(32)), PAPERS)


@pytest.mark.parametrize("dialogue", [OVER_CATEGORIES, OVER_PROJECTS, GERMAN], ids=["categories", "projects", "German"])
async def test_a_split_in_words(desk: Desk, dialogue: list[tuple[str, tuple[str, ...]]]) -> None:
    await play(desk, dialogue)


def booked(desk: Desk) -> dict[str, int]:
    with desk.database.transaction() as session:
        found = {balance.code: balance.amount.minor for balance in accounts.balances(session)}
    return {code: minor for code, minor in found.items() if minor}


async def test_what_is_private_is_neither_cost_nor_input_vat(desk: Desk) -> None:
    await play(desk, [("<phone>", ()), ("half private drawing, rest software", ()), ("confirm", ())])
    assert booked(desk) == {"software": 5000, "input_vat:19": 950, "drawings": 5950, "payable": -11900}


async def test_of_a_company_nothing_is_drawn(desk: Desk) -> None:
    await play(
        desk,
        [
            ("our name is Meyer GmbH", ("Meyer GmbH",)),
            ("<phone>", ()),
            ("it is all private", ("Meyer GmbH is a company of its own, so nothing of it is drawn",)),
            ("[Split it: rest owed back]", ("It is owed back to the company by whom it served.",)),
            ("confirm", ("Confirmed",)),
        ],
    )
    assert booked(desk) == {"owed_back": 11900, "payable": -11900}


async def test_a_discount_lessens_what_was_drawn(desk: Desk) -> None:
    await play(
        desk,
        [
            ("<phone>", ()),
            ("half private drawing, rest software", ()),
            ("2% discount until 24 March", ()),
            ("confirm", ()),
            ("[Paid €116.62 with discount]", ()),
        ],
    )
    found = booked(desk)
    assert found["drawings"] == 5950 - 119 and found["input_vat:19"] == 950 - 19
    assert found["discount_received"] == -100 and sum(found.values()) == 0


async def test_projects_stand_on_postings(desk: Desk) -> None:
    await play(
        desk,
        [
            ("add project Town Hall", ()),
            ("<phone>", ()),
            ("40 for project Town Hall, rest travel", ()),
            ("confirm", ()),
        ],
    )
    with desk.database.transaction() as session:
        (project,) = cost_objects.in_use(session)
        query = select(Account.code, Posting.amount_minor).join(Account)
        about = session.exec(query.where(col(Posting.cost_object) == cost_objects.key_of(project))).all()
        bill = session.exec(select(Bill)).one()
        assert bill.open_minor == 11900
    assert [(code, minor) for code, minor in about] == [("software", 3361)] or about == [("expense", 3361)]
