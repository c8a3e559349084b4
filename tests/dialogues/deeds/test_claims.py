"""What people paid for the company: claims, own cars, meals on trips, and the cash box without a receipt."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.ledger import accounts
from storage.people import company
from tests.fakes.books.desk import Desk, paper, play
from tests.fakes.books.small_company import ACME

PAPERS = {
    "acme": paper(**ACME, iban="DE89370400440532013000"),
    "again": paper(**{**ACME, "number": "2024-118", "issue_date": "2025-03-05"}),
}
OWN = "DE02120300000000202051"

CLAIM: list[tuple[str, tuple[str, ...]]] = [
    ("our IBAN is DE75512108001245126199", ()),
    ("<acme>", ()),
    (
        "I paid it myself",
        ("Paid by Olga, so it is owed to Olga, and not to the vendor.", "Olga says “pay me back to DE…”"),
    ),
    ("confirm", ("Confirmed", "Owed to Olga")),
    ("payment file", ("Olga has to tell where to be paid back",)),
    ("pay me back to DE00123", ("no: is paid back to DE00",)),
    (f"pay me back to {OWN}", ("What you lay out is paid back to DE02 1203 0000 0000 2020 51.",)),
    ("payment file", ("Acme GmbH 2024-117", "back to Olga, DE02 1203 0000 0000 2020 51")),
    ("history of Acme", ("paid by none → Olga",)),
    ("<again>", ()),
    ("paid from cash", ("Paid €1,249.50 from Cash",)),
    ("I paid it myself", ("It is noted as paid by us already.",)),
]

GERMAN: list[tuple[str, tuple[str, ...]]] = [
    ("Hallo", ()),
    ("<acme>", ()),
    ("hab ich ausgelegt", ("Von Olga bezahlt, also wird sie Olga geschuldet",)),
    ("rückgängig", ("no: Geschuldet Olga",)),
    ("ich habe die Acme-Rechnung privat bezahlt", ("Von Olga bezahlt",)),
    ("bin gestern 210 km zum Messegelände gefahren, privat-pkw", ("210 km × 0,30 € = 63,00 €", "Geschuldet Olga")),
    ("Portokasse 12,50 für Briefmarken, kein Beleg", ("12,50 €, aus der Kasse", "ohne Beleg")),
    ("3 Tage Verpflegungspauschale bis gestern", ("2 × 14,00 € + 1 × 28,00 € = 56,00 €",)),
]


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    with database.transaction() as session:
        company.describe(session, name="Olga Bau", country="DE")
    return Desk(database, DocumentStore(tmp_path / "documents", bytes(32)), PAPERS)


def booked(desk: Desk) -> dict[str, int]:
    with desk.database.transaction() as session:
        found = {balance.code: balance.amount.minor for balance in accounts.balances(session)}
    return {code: minor for code, minor in found.items() if minor}


@pytest.mark.parametrize("dialogue", [CLAIM, GERMAN], ids=["claim", "German"])
async def test_what_people_paid(desk: Desk, dialogue: list[tuple[str, tuple[str, ...]]]) -> None:
    await play(desk, dialogue)


async def test_a_claim_is_owed_to_staff_and_touches_no_cash_of_ours(desk: Desk) -> None:
    await play(desk, [("<acme>", ()), ("I paid it myself in cash", ("no: from Cash",))])
    await play(desk, [("I paid it myself", ()), ("confirm", ())])
    claimed = booked(desk)
    assert claimed["owed_to_staff"] == -124950 and not claimed.keys() & {"payable", "cash", "bank"}
    await play(desk, [("paid from bank", ("Paid €1,249.50 from Bank",))])
    paid = booked(desk)
    assert paid["bank"] == -124950 and "owed_to_staff" not in paid


async def test_a_way_and_a_claim_are_drafts_until_they_are_confirmed(desk: Desk) -> None:
    await play(
        desk,
        [
            ("drove 62 km to the site in Potsdam yesterday with my own car", ("62 km × €0.30 = €18.60", "[Confirm]")),
        ],
    )
    assert booked(desk) == {}
    await play(desk, [("confirm", ("Confirmed",))])
    assert booked(desk) == {"travel": 1860, "owed_to_staff": -1860}


async def test_without_a_receipt_no_vat_is_deducted(desk: Desk) -> None:
    await play(
        desk,
        [
            (
                "petty cash 12.50 for stamps, no receipt",
                ("stamps: €12.50, from cash on 21 Mar 2025, without a receipt",),
            ),
            ("paid 12.50 from cash", ("Paid €12.50 from Cash",)),
        ],
    )
    found = booked(desk)
    assert found["cash"] == -1250 and sum(found.values()) == 0 and not any("vat" in code for code in found)


async def test_no_rate_is_guessed(desk: Desk) -> None:
    with desk.database.transaction() as session:
        company.describe(session, country="FR")
    await play(desk, [("35 km monday client visit with my own car", ("I know no rate for that",))])
    with desk.database.transaction() as session:
        company.describe(session, country="GB")
    await play(desk, [("35 km monday client visit with my own car", ("Rates here are per mile",))])
    await play(desk, [("drove 40 miles yesterday with my own car", ("40 mi × £0.45 = £18.00",))])
