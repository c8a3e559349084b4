"""Accounts of every type and what they began with, by talking; a balance that differs from the books is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from tests.fakes.books.desk import Desk, play

DIALOGUES: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "a loan": [
        ("add a loan account at the Sparkasse", ("New account: Loan Sparkasse (what we owe).", "[Undo]")),
        (
            "opening balance of Loan Sparkasse is 50,000 on 1 January",
            ("Loan Sparkasse begins 1 Jan 2025 with €50,000.00",),
        ),
        ("opening balance of the bank is 60,000 on 1 January", ("Bank begins",)),
        ("balance sheet at 28 February", ("• Loan Sparkasse: €50,000.00", "• Equity and opening balances: €10,000.00")),
        ("add a loan account at the Sparkasse", ("There is an account “Loan Sparkasse” already.",)),
        ("undo", ("I took back the opening balance",)),
        ("balance of Loan Sparkasse", ("Loan Sparkasse: €50,000.00",)),
        ("opening balance of accounts payable is 500 on 1 January", ("no: begins",)),
    ],
    "every other type": [
        ("create a tax account", ("New account: Taxes owed (what we owe).",)),
        ("add a private account for Olga", ("New account: Private account Olga (equity).",)),
        ("add a salaries account", ("New account: Salaries (expense).", "no: began")),
        ("add a fixed asset account for the van", ("New account: Assets van (what we own).",)),
        ("opening balance of Assets van is 8,000 on 1 January", ("Assets van begins 1 Jan 2025 with €8,000.00",)),
        ("add a capital account", ("New account: Capital (equity).",)),
        ("add an income account for rent", ("New account: Income from rent (income).",)),
        ("undo", ("I took back the new account",)),
    ],
    "in German": [
        ("lege ein Darlehenskonto bei der Sparkasse an", ("Neues Konto: Darlehen Sparkasse (was wir schulden).",)),
        (
            "Anfangsbestand von Darlehen Sparkasse ist 50.000 am 1. Januar",
            ("Darlehen Sparkasse beginnt am 1. Jan. 2025 mit 50.000,00 €",),
        ),
        ("privatkonto anlegen", ("Neues Konto: Privatkonto (Eigenkapital).",)),
        ("leg bitte ein Steuerkonto an", ("Neues Konto: Steuerschuld (was wir schulden).",)),
        ("Bilanz zum 28.02.2025", ("• Darlehen Sparkasse: 50.000,00 €",)),
    ],
    "a balance in mid-year is held against what is booked": [
        ("opening balance of the bank is 12,400 on 1 January", ("Bank begins",)),
        ("transfer 500 from bank to cash on 3 February", ("€500.00 from Bank to Cash",)),
        (
            "our bank balance was 11,860 on 1 March",
            (
                "By you Bank held €11,860.00 when 1 Mar 2025 began; €11,900.00 are booked, which is -€40.00 off.",
                "I have booked nothing.",
                "[The balance of Bank was 11,860.00 EUR on 1 Mar 2025 with 40.00 EUR less booked as bank fees]",
                "no: begins",
            ),
        ),
        ("trial balance", ("Bank: €11,900.00 debit", "no: Bank fees")),
        (
            "[The balance of Bank was 11,860.00 EUR on 1 Mar 2025 with 40.00 EUR less booked as bank fees]",
            ("Bank begins 1 Mar 2025 with €11,860.00.", "[Undo]"),
        ),
        ("trial balance", ("Bank fees: €40.00 debit", "Equity and opening balances: €12,400.00 credit")),
        ("undo", ("I took back the opening balance",)),
        ("trial balance", ("no: Bank fees",)),
        ("transfer 60 from bank to cash on 4 February", ()),
        (
            "[The balance of Bank was 11,860.00 EUR on 1 Mar 2025 with 40.00 EUR less booked as bank fees]",
            ("€11,840.00 are booked, which is €20.00 off", "I have booked nothing", "as income]"),
        ),
        (
            "the balance of Bank was 11,860.00 EUR on 1 Mar 2025 with 20.00 EUR more booked as opening balance",
            ("Bank begins 1 Mar 2025 with €11,860.00.",),
        ),
        ("trial balance", ("Equity and opening balances: €12,420.00 credit",)),
        ("our bank balance was 11,860 on 1 March", ("begins that day with €11,860.00 already",)),
    ],
    "nobody told the balance, and money moved": [
        ("transfer 500 from bank to cash on 3 February", ()),
        (
            "der Kontostand war am 1. März 11.900",
            ("gebucht sind -500,00 €", "als Anfangsbestand]", "Ich habe nichts gebucht"),
        ),
        ("[Der Saldo von Bank war 11.900,00 EUR am 1. März 2025 mit 12.400,00 EUR mehr gebucht als Anfangsbestand]",
         ("Bank beginnt am 1. März 2025 mit 11.900,00 €",)),
        ("wir hatten am 1. Januar 200 in der Kasse", ("Kasse beginnt am 1. Jan. 2025 mit 200,00 €",)),
    ],
}  # fmt: skip


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(database, DocumentStore(tmp_path / "documents", b"0" * 32), {})


@pytest.mark.parametrize("name", DIALOGUES)
async def test_dialogue(desk: Desk, name: str) -> None:
    await play(desk, DIALOGUES[name])
