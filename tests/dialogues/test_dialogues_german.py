"""A conversation in German: words, cards, buttons, amounts, dates and refusals."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from tests.fakes.books.desk import Desk, paper, play
from tests.fakes.books.small_company import ACME

PAPERS = {
    "acme": paper(doubtful={"due_date": 'from "30 days net"'}, **ACME),
    "globex": paper(
        vendor="Globex Ltd", number="G-9", issue_date="2025-03-10", due_date="2025-03-20", currency="GBP", total="80.00"
    ),
}

DIALOGUE: list[tuple[str, tuple[str, ...]]] = [
    ("Hallo", ("Hallo Olga",)),
    (
        "<acme>",
        (
            "Acme GmbH · 1.249,50 € · Rechnung 2024-117",
            "Ausgestellt 3. März 2025 · Fällig 2. Apr. 2025 (in 12 Tagen) · Nettobetrag 1.050,00 € · MwSt. 199,50 €",
            "Fälligkeit (aus „30 days net“)",
            "[Bestätigen] [Ändern] [Als bezahlt markieren] [Keine Rechnung]",
        ),
    ),
    ("warum ist die Fälligkeit unsicher?", ("Fälligkeit: 2. Apr. 2025", "bitte prüf es")),
    ("fällig am 15. Mai", ("Korrigiert.", "Fälligkeit: 2. Apr. 2025 → 15. Mai 2025")),
    ("rückgängig", ("Zurückgenommen.", "[Bestätigen]")),
    ("[Bestätigen]", ("Bestätigt und gebucht.", "Bestätigt von Olga")),
    ("<globex>", ("Globex Ltd · 80,00 £",)),
    ("was ist fällig?", ("1 offene Rechnung, 1.249,50 €", "1 weiteres Dokument wartet auf Bestätigung")),
    ("was wartet?", ("1 Dokument zu bestätigen:", "Globex Ltd G-9 · 80,00 £ · Wartet auf dich")),
    ("bestätige die Globex-Rechnung", ("Bestätigt und gebucht.",)),
    ("was ist überfällig?", ("Globex Ltd G-9 · 80,00 £ · fällig am 20. März 2025 (1 Tag überfällig)",)),
    ("und nächsten Monat?", ("Acme GmbH 2024-117 · 1.249,50 €",)),
    ("wem schulden wir Geld?", ("Wir schulden 1.249,50 € und 80,00 £:", "80,00 £ überfällig")),
    (
        "gestern 500 bar an Acme bezahlt",
        ("500,00 € am 20. März 2025 bezahlt", "Das ist ein Teil: 749,50 € sind noch offen."),
    ),
    ("Historie der Acme-Rechnung", ("749,50 € offen",)),
    ("Kontostand", ("Bank: noch nichts gebucht",)),
    (
        "Prognose 30 Tage",
        ("Bank und Kasse: -1.249,50 € (ab null gezählt) am 20. Apr. 2025 (in 30 Tagen).", "📎 forecast-EUR.png"),
    ),
    ("Altersstruktur", ("Noch nicht fällig: 749,50 € (1 Rechnung)", "1–30 Tage überfällig: 80,00 £ (1 Rechnung)")),
    ("bestätige sie noch einmal, xyzzy?", ("nicht verstanden",)),
]


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, DocumentStore(tmp_path / "documents", bytes(32)), PAPERS)


async def test_a_conversation_in_german(desk: Desk) -> None:
    await play(desk, DIALOGUE)
