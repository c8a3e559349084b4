"""The same dialogues on every channel, in English and German: what the person sees at the end is the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.db.database import Database
from tests.fakes.books.bank_desk import BankPapers
from tests.fakes.books.desk import NOW, paper
from tests.fakes.books.small_company import ACME
from tests.fakes.documents import bank_statements as banks
from tests.fakes.documents.bank_statements import ACME_IBAN, line
from tests.fakes.platforms.everywhere import CHANNELS, Everywhere, in_web, words
from tests.fakes.platforms.two_chats import two_chats

PAID = line(12, "-1249.50", "Rechnung 2024-117", counterparty="Acme GmbH", iban=ACME_IBAN)
PAPERS = {
    "acme": paper(doubtful={"due_date": 'from "30 days net"'}, **ACME, iban=ACME_IBAN),
}
STATEMENT = banks.camt053([PAID], opening="3000.00")
Step = tuple[str, str, tuple[str, ...]]
DIALOGUES: dict[str, list[Step]] = {
    "questions": [
        ("max", "<acme>", ("Acme GmbH", "€1,249.50", "Please check", "[Confirm]")),
        ("max", "[Confirm]", ("Confirmed by Max",)),
        ("max", "what's due?", ("1 open bill", "€1,249.50")),
        ("max", "who owes us?", ("Nobody owes us",)),
        ("olga", "balance", ("Bank",)),
        ("max", "forecast 30 days", ("1,249.50", "20 Apr 2025")),
    ],
    "fragen": [
        ("max", "<acme> Hier ist die Rechnung", ("Acme GmbH", "1.249,50", "Bitte prüfen", "[Bestätigen]")),
        ("max", "[Bestätigen]", ("Bestätigt von Max",)),
        ("max", "was ist fällig?", ("1 offene Rechnung", "1.249,50")),
        ("olga", "Kontostand", ("Bank",)),
        ("max", "Prognose 30 Tage", ("1.249,50", "20. Apr. 2025")),
    ],
    "corrections": [
        ("max", "<acme>", ("[Edit]",)),
        ("max", "total is 1,294.50", ("Corrected.", "1,249.50", "1,294.50")),
        ("max", "vendor is Acme Industries and due 15 May", ("Corrected 2 values.", "Acme Industries", "15 May 2025")),
        ("max", "undo", ("Taken back", "Acme GmbH")),
    ],
    "korrekturen": [
        ("max", "<acme> Hier ist die Rechnung", ("[Ändern]",)),
        ("max", "der Betrag ist 1.294,50", ("Korrigiert.", "1.249,50", "1.294,50")),
        ("max", "fällig am 15. Mai", ("15. Mai 2025",)),
        ("max", "rückgängig", ("Zurückgenommen",)),
    ],
    "approvals": [
        ("olga", "bills over 1000 EUR need approval by an approver", ("approv",)),
        ("max", "<acme>", ("Acme GmbH",)),
        ("max", "[Confirm]", ("Confirmed",)),
        ("ada", "approve the Acme bill", ("Approved",)),
    ],
    "freigaben": [
        ("olga", "Rechnungen über 1000 EUR brauchen eine Freigabe", ("muss freigeben", "1.000,00")),
        ("max", "<acme> Hier ist die Rechnung", ("Acme GmbH",)),
        ("max", "[Bestätigen]", ("Bestätigt",)),
        ("olga", "gib die Acme-Rechnung frei", ("reigegeben",)),
    ],
    "statements": [
        ("olga", "<acme>", ("Acme GmbH",)),
        ("olga", "[Confirm]", ("Confirmed",)),
        ("olga", "<bank>", ("Which account is it?", "[Bank]")),
        ("olga", "[Bank]", ("Imported", "1 booked")),
        ("olga", "what's due?", ("Nothing is due",)),
    ],
    "kontoauszüge": [
        ("olga", "<acme> Hier ist die Rechnung", ("Acme GmbH",)),
        ("olga", "[Bestätigen]", ("Bestätigt",)),
        ("olga", "<bank>", ("Welches Konto ist das?", "[Bank]")),
        ("olga", "[Bank]", ("1 gebucht",)),
        ("olga", "was ist fällig?", ("Nichts ist fällig",)),
    ],
    "reminders": [
        ("olga", "<acme>", ("Acme GmbH",)),
        ("olga", "[Confirm]", ("Confirmed",)),
        ("olga", "clock:reminder", ("Acme GmbH", "€1,249.50", "[Paid]")),
        ("olga", "[Paid]", ("Paid €1,249.50",)),
    ],
    "erinnerungen": [
        ("olga", "antworte auf Deutsch", ("Deutsch",)),
        ("olga", "<acme>", ("Acme GmbH",)),
        ("olga", "[Bestätigen]", ("Bestätigt",)),
        ("olga", "clock:reminder", ("Acme GmbH", "1.249,50", "[Bezahlt]")),
        ("olga", "[Bezahlt]", ("bezahlt",)),
    ],
}


@pytest.mark.parametrize("kind", DIALOGUES)
@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_a_dialogue_reads_the_same(database: Database, tmp_path: Path, kind: str, channel: str) -> None:
    async with two_chats(database, tmp_path, PAPERS) as chats:
        chats.desk.read_by(BankPapers(PAPERS))
        chats.contents["bank"] = STATEMENT
        everywhere = Everywhere(chats, channel, tmp_path)
        for who, said, expected in DIALOGUES[kind]:
            if said.startswith("clock:"):
                chats.desk.now = NOW.replace(month=4, day=2)
            seen = (await everywhere.say(who, said)).replace("\xa0", " ")
            missing = [each for each in expected if (each.strip("[]") if channel == "mail" else each) not in seen]
            assert not missing, f"after “{said}” on {channel}, {missing} is not seen:\n{seen}"
            told = "\n".join(in_web(reply) for reply in everywhere.replies if not reply.quiet)
            lost = words(told) - words(seen) - everywhere.files_sent()
            assert not lost, f"after “{said}” on {channel}, {lost} is not seen:\n{seen}\n--- but told ---\n{told}"
        await everywhere.mail.close()
