"""Reminders, confirmations, credit notes and final invoices: each is what it is, and stands beside the bill it speaks
of; a duplicate takes the place of nothing that means something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.ledger import accounts
from tests.fakes.books.desk import Desk, of_type, paper, play
from tests.fakes.books.small_company import ACME

REMINDER = {**ACME, "number": "M-1", "issue_date": "2025-04-20", "total": "1254.50"}
FINAL = {
    **ACME,
    "number": "2025-9",
    "issue_date": "2025-03-20",
    "subtotal": "2000.00",
    "tax": "380.00",
    "total": "2380.00",
}
CREDIT = {"vendor": "Acme GmbH", "number": "2024-117", "issue_date": "2025-03-18", "currency": "EUR", "total": "119.00"}
PAPERS = {
    "acme": paper(**ACME),
    "again": paper(**ACME, iban="DE89370400440532013000"),
    "reminder": of_type(paper("other", **REMINDER), "reminder", "2024-117"),
    "delivery": of_type(paper("other", vendor="Acme GmbH", number="L-3", currency="EUR"), "delivery_note", "2024-117"),
    "proforma": of_type(paper("other", **{**ACME, "number": "P-1"}), "proforma_invoice"),
    "contract": of_type(paper("other", vendor="Acme GmbH", number="V-1"), "contract"),
    "statement": of_type(paper("other", vendor="Acme GmbH", currency="EUR", total="1300.00"), "statement_of_account"),
    "credit": of_type(paper("credit_note", **CREDIT), "credit_note"),
    "final": of_type(paper(**FINAL), "invoice", "2024-117"),
}

DIALOGUES: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "a reminder is put to its bill, and says that it is paid": [
        ("<acme>", ()),
        ("confirm", ()),
        ("paid 1249.50 from cash on 3 March", ()),
        ("<reminder>", ("This is a reminder of Acme GmbH's 2024-117", "paid on 3 Mar 2025", "from Cash", "Belongs to")),
        ("show Acme 2024-117", ("With it Reminder M-1",)),
        ("history of 2024-117", ("Olga put a paper to it.",)),
    ],
    "a reminder of what is open asks for more": [
        ("<acme>", ()),
        ("confirm", ()),
        ("<reminder>", ("That bill is here", "Confirmed", "It asks for €5.00 more than is open: fees or interest.")),
        ("what's due?", ("1 open bill, €1,249.50",)),
    ],
    "papers that come before their bill": [
        ("<delivery>", ("This is the delivery note for Acme GmbH's 2024-117", "That bill is not here yet.")),
        ("<acme>", ("1 paper that was here before belongs to it.", "With it Delivery note L-3")),
    ],
    "papers that somebody puts to a bill": [
        ("<acme>", ()),
        ("<contract>", ("This is a contract",)),
        ("attach it to 2024-117", ("Put to it.", "With it Contract V-1")),
        ("undo", ("Taken back: putting a paper to Acme GmbH 2024-117.", "no: With it Contract")),
        ("<proforma>", ("This is a pro forma invoice: the real one is still to come.", "no: duplicate")),
        ("das gehört zur Rechnung 2024-117", ("Dazugelegt.", "Dabei Proforma")),
    ],
    "what is a bill is put to none": [
        ("<acme>", ()),
        ("<final>", ()),
        ("attach it to 2024-117", ("Acme GmbH 2025-9 · €2,380.00 is a bill itself.",)),
        ("it is a delivery note", ("Delivery note 2025-9",)),
        ("attach it to 2024-117", ("Put to it.",)),
    ],
    "a statement of account is compared": [
        ("<acme>", ()),
        ("confirm", ()),
        (
            "<statement>",
            (
                "This is a statement of account",
                "Here 1 bill of theirs is open, €1,249.50.",
                "It says €1,300.00: €50.50 apart.",
            ),
        ),
    ],
    "a credit note with the invoice's number is no duplicate": [
        ("<acme>", ()),
        ("confirm", ()),
        (
            "<credit>",
            ("This is a credit note for Acme GmbH 2024-117", "no: looks like the bill", "no: [Keep this one]"),
        ),
        ("confirm", ("Confirmed",)),
        ("apply the credit note", ("Set off: €119.00",)),
    ],
    "a final invoice counts in what was invoiced before": [
        ("<acme>", ()),
        ("confirm", ()),
        (
            "<final>",
            (
                "This looks like a final invoice: it counts in Acme GmbH 2024-117",
                "Of its €2,380.00, €1,130.50 is left",
                "[Total is 1,130.50, VAT is 180.50 and subtotal is 950.00]",
                "no: duplicate",
            ),
        ),
        ("[Total is 1,130.50, VAT is 180.50 and subtotal is 950.00]", ("€1,130.50",)),
        ("confirm", ("Confirmed",)),
    ],
    "keep this one says what happens to both": [
        ("<acme>", ()),
        ("confirm", ()),
        (
            "<again>",
            (
                "“Keep this one” sets Acme GmbH 2024-117 · €1,249.50 aside and takes its booking back",
                "[Keep both] [Keep this one] [Discard]",
            ),
        ),
        ("[Keep this one]", ("Acme GmbH 2024-117 · €1,249.50 is set aside and no longer counts.",)),
        ("undo", ("Looks like a duplicate",)),
        ("what's due?", ("1 open bill, €1,249.50",)),
    ],
    "nothing takes the place of what is paid": [
        ("<acme>", ()),
        ("paid 1249.50 from bank on 5 March", ()),
        (
            "<again>",
            (
                "Paid on 5 Mar 2025, €1,249.50 from Bank.",
                "It is paid, so this one cannot take its place",
                "no: [Keep this one]",
            ),
        ),
        ("keep this one", ("Take the payment back first",)),
        ("[Discard]", ("Discarded.", "Paid")),
    ],
}


@pytest.mark.parametrize("name", DIALOGUES)
async def test_dialogue(name: str, database: Database, tmp_path: Path) -> None:
    desk = Desk(database, DocumentStore(tmp_path, bytes(32)), PAPERS)
    await play(desk, DIALOGUES[name])


async def test_of_a_final_invoice_only_the_rest_is_booked(database: Database, tmp_path: Path) -> None:
    desk = Desk(database, DocumentStore(tmp_path, bytes(32)), PAPERS)
    await play(desk, DIALOGUES["a final invoice counts in what was invoiced before"])
    with database.transaction() as session:
        booked = {balance.code: balance.amount.minor for balance in accounts.balances(session)}
    assert booked["payable"] == -238000 and booked["input_vat:19"] == 38000, "together, what the final invoice says"
