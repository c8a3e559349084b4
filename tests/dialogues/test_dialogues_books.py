"""Keeping the books by talking: accounts, categories, discounts, set-offs, closing, and taking each of them back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.ledger import exchange_rates
from storage.ledger.exchange_rates import Rate
from tests.fakes.books.desk import Desk, paper, play
from tests.fakes.books.small_company import ACME

PAPERS = {
    "acme": paper(**ACME),
    "train": paper(
        vendor="Deutsche Bahn",
        number="7",
        issue_date="2025-03-20",
        currency="EUR",
        due_date="2025-04-20",
        total="59.80",
    ),
    "train2": paper(
        vendor="Deutsche Bahn",
        number="8",
        issue_date="2025-03-21",
        currency="EUR",
        due_date="2025-04-21",
        total="11.00",
    ),
    "credit": paper(
        "credit_note", vendor="Acme GmbH", number="C-1", issue_date="2025-03-04", currency="EUR", total="49.50"
    ),
    "ours": paper(
        vendor="Billify UG",
        buyer="Globex Ltd",
        number="R-1",
        issue_date="2025-03-10",
        due_date="2025-03-30",
        currency="EUR",
        subtotal="100.00",
        tax="19.00",
        total="119.00",
    ),
}

DIALOGUES: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "accounts, money between them, and Undo": [
        ("opening balance of the bank is 12,400 on 1 January", ("Bank begins 1 Jan 2025 with €12,400.00", "[Undo]")),
        ("transfer 500 from bank to cash", ("€500.00 from Bank to Cash on 21 Mar 2025",)),
        ("balance", ("Bank: €11,900.00", "Cash: €500.00")),
        ("undo", ("I took back the transfer",)),
        ("balance", ("Bank: €12,400.00",)),
        ("[Undo]", ("taken back already",)),
        ("add bank account Qonto DE89 3704 0044 0532 0130 00", ("New account: Qonto",)),
        ("transfer 100 from bank to Qonto", ("€100.00 from Bank to Qonto",)),
    ],
    "money into another currency, and Undo": [
        ("our bank balance was 10,000 EUR on 1 March", ("€10,000.00",)),
        ("add bank account Wise USD", ("New account: Wise",)),
        ("our Wise balance was 0 on 1 March", ("Wise begins 1 Mar 2025 with US$0.00",)),
        ("transfer 5000 EUR from bank to Wise", ("Wise is kept in USD. Say how much arrived there, like",)),
        (
            "transfer 5,000.00 EUR from Bank to Wise, got 5,425.00 USD",  # the sentence of the answer
            ("Booked: €5,000.00 from Bank as US$5,425.00 to Wise on 21 Mar 2025.", "no: exchange", "[Undo]"),
        ),
        ("undo", ("I took back the transfer",)),
        (
            "we moved 5000 EUR to the USD account, got 5400 USD",
            # 5,400 USD at 1.085 are €4,976.96
            ("€5,000.00 from Bank as US$5,400.00 to Wise", "that is an exchange loss of €23.04", "[Undo]"),
        ),
        ("balance", ("Bank: €5,000.00", "Wise: US$5,400.00")),
        ("trial balance", ("Exchange losses: €23.04 debit", "they are equal", "Wise: US$5,400.00 debit")),
        ("undo", ("I took back the transfer",)),
        ("balance", ("Bank: €10,000.00", "Wise: US$0.00")),
        ("wir haben 5000 EUR auf das USD-Konto überwiesen, 5460 USD erhalten", ("Kursgewinn von 32,26 €",)),
        ("undo", ("I took back the transfer",)),
        ("transfer 500 EUR from bank to Wise, got 5000 USD", ("far from what the exchange rate says",)),
        ("transfer 500 EUR from bank to cash, got 490 EUR", ("€500.00 left, but €490.00 arrived",)),
        ("we exchanged 500 EUR for 400 GBP", ("There is no account in GBP. Say “add bank account GBP” first.",)),
        ("add bank account GBP", ("New account: GBP.",)),
        ("we exchanged 500 EUR for 400 GBP", ("I know no exchange rate between",)),
        ("balance", ("Bank: €10,000.00", "Wise: US$0.00")),
    ],
    "nobody told what is at the bank": [
        ("<acme>", ("€1,249.50",)),
        ("confirm", ("Confirmed",)),
        ("balance", ("Bank: nothing booked yet", "no: counted from zero")),
        (
            "forecast",
            (
                "Bank and cash will be -€1,249.50 (counted from zero)",
                "Today: €0.00 (counted from zero)",
                "⚠ Bank is counted from zero: nobody told me its balance. "
                "Tell me, like “the balance of Bank was 12,400 on 1 Mar 2025”.",
            ),
        ),
        ("paid 500", ("Paid €500.00",)),
        ("balance", ("Bank: -€500.00 (counted from zero)", "“the balance of Bank was 12,400 on 1 Mar 2025”")),
        ("paid 1 from cash", ("Which one do you mean?", "[Acme GmbH 2024-117 · €1,249.50]")),
        ("[Acme GmbH 2024-117 · €1,249.50]", ("Paid €1.00 from Cash",)),
        ("balance", ("Cash: -€1.00 (counted", "Together: -€501.00 (counted from zero)", "⚠ Bank and Cash are counted")),
        ("cash balance", ("⚠ Cash is counted from zero", "“the balance of Cash was 12,400 on 1 Mar 2025”")),
        ("why?", ("the sum of all that was posted", "⚠ Cash is counted from zero")),
        ("trial balance", ("⚠ Bank and Cash are counted from zero",)),
        ("export March", ("⚠ Bank and Cash are counted from zero",)),
        ("the balance of Bank was 12,400 on 1 Mar 2025", ("Bank begins 1 Mar 2025 with €12,400.00", "€11,900.00")),
        ("balance", ("Bank: €11,900.00\n", "Cash: -€1.00 (counted from zero)", "no: ⚠ Bank")),
        ("our cash balance was 0 on 1 March", ("Cash begins 1 Mar 2025 with €0.00",)),
        ("balance", ("Bank: €11,900.00", "Together: €11,899.00", "no: counted from zero")),
        ("forecast", ("no: counted from zero",)),
        ("export March", ("no: counted from zero",)),
        ("bank balance on 28 February", ("nothing booked yet",)),
        ("we had 10,000 in the bank on 1 January", ("Bank begins 1 Jan 2025 with €10,000.00", "holds €11,900.00")),
        ("bank balance on 28 February", ("Bank: €10,000.00", "no: counted")),
        ("undo", ("I took back the opening balance",)),
        ("bank balance", ("Bank: €11,900.00", "no: counted")),
        ("undo", ("Shall I take this back?", "Olga · the opening balance")),
        ("[Take it back]", ("I took back the opening balance",)),
        ("undo", ("Shall I take this back?",)),
        ("yes", ("I took back the opening balance",)),
        ("balance", ("⚠ Bank and Cash are counted from zero",)),
    ],
    "nobody told what is at the bank, in German": [
        ("<acme>", ("€1,249.50",)),
        ("bestätigen", ("Bestätigt",)),
        ("500 bezahlt", ("500,00 €",)),
        (
            "Kontostand",
            (
                "Bank: -500,00 € (ab null gezählt)",
                "⚠ Bank ist ab null gezählt: Niemand hat mir den Bestand gesagt. "
                "Sag mir zum Beispiel „der Saldo von Bank war 12.400 am 1. März 2025“.",
            ),
        ),
        ("der Saldo von Bank war 12.400 am 1. März 2025", ("Bank beginnt am 1. März 2025 mit 12.400,00 €",)),
        ("wie war unser Kontostand am 5. März", ("Bank: 12.400,00 €", "no: ab null gezählt")),
        ("Prognose", ("no: ab null gezählt",)),
        ("wir hatten am 1. März 200 in der Kasse", ("Kasse beginnt am 1. März 2025 mit 200,00 €",)),
    ],
    "a category is suggested, corrected and remembered": [
        ("<train>", ("Category Travel",)),
        ("book it as vehicles", ("Category: Travel → Vehicles and fuel", "Category Vehicles and fuel")),
        ("<train2>", ("Category Vehicles and fuel",)),
        ("undo", ("was to send Deutsche Bahn 8, which cannot be taken back",)),
        ("new category Trade fairs", ("New category: Trade fairs",)),
        ("book it as trade fairs", ("Which one do you mean?",)),
        ("8", ("Vehicles and fuel → Trade fairs",)),
        ("categories", ("• Travel", "• Trade fairs")),
    ],
    "a discount for paying early": [
        ("<acme>", ("€1,249.50",)),
        (
            "2% discount until 25 March",
            ("Discount: — → 2%", "Discount 2% if paid by 25 Mar 2025: pay €1,224.51"),
        ),
        ("[Confirm]", ("Confirmed by Olga", "[Paid €1,224.51 with discount]")),
        ("[Paid €1,224.51 with discount]", ("Paid €1,224.51 from Bank", "The discount of €24.99 settles the rest")),
        ("undo", ("Taken back", "Confirmed by Olga")),
        ("paid 1224.51", ("Paid €1,224.51 from Bank", "The discount of €24.99 settles the rest")),
    ],
    "more was paid than is open": [
        ("<acme>", ("€1,249.50",)),
        (
            "paid 1300",
            ("€1,300.00 is €50.50 more than the €1,249.50", "[Keep it for later bills]", "[It's a bank fee]"),
        ),
        ("balance", ("Bank",)),
        ("[Keep it for later bills]", ("Paid €1,300.00 from Bank",)),
        ("<credit>", ("Credit note C-1",)),
        ("confirm", ("Confirmed",)),
    ],
    "a credit note is set off": [
        ("<acme>", ("€1,249.50",)),
        ("confirm", ("Confirmed",)),
        ("<credit>", ("€49.50",)),
        ("confirm", ("Confirmed",)),
        ("set it off", ("Set off: €49.50 of Acme GmbH C-1", "against €49.50 of Acme GmbH 2024-117")),
        ("what's due?", ("€1,200.00",)),
        ("undo", ("Taken back",)),
        ("what's due?", ("€1,249.50",)),
    ],
    "our own invoice is money to come in": [
        ("our company name is Billify UG", ("The company is called Billify UG",)),
        ("<ours>", ("Globex Ltd · €119.00 · Our invoice R-1", "You are owed €119.00")),
        ("confirm", ("Confirmed",)),
        ("who owes us?", ("Globex Ltd",)),
        ("paid", ("Which one do you mean?",)),
        ("[Globex Ltd R-1 · €119.00]", ("Received €119.00 on Bank",)),
    ],
    "the books are closed": [
        ("<acme>", ("€1,249.50",)),
        ("close the books until 15 March", ("closed until 15 Mar 2025", "1 document of that time still waits")),
        ("confirm", ("Which one do you mean?",)),
        ("[Acme GmbH 2024-117 · €1,249.50]", ("closed until 15 Mar 2025", "[Book on 16 Mar 2025]")),
        ("[Book on 16 Mar 2025]", ("Confirmed by Olga",)),
        ("paid on 10 March", ("closed until 15 Mar 2025",)),
        ("reopen the books", ("The books are open",)),
        ("paid on 10 March", ("Which one do you mean?",)),
        ("[Acme GmbH 2024-117 · €1,249.50]", ("Paid €1,249.50",)),
        ("trial balance", ("Debit €1,249.50, credit €1,249.50: they are equal",)),
    ],
    "paid ahead": [
        ("prepaid Acme 500", ("€500.00 paid ahead to Acme from Bank", "Their next bills can use €500.00")),
        ("<acme>", ("Acme GmbH",)),
        ("confirm", ("Confirmed",)),
        ("use the prepayment", ("Set off: €500.00 of prepayments against €500.00 of Acme GmbH 2024-117",)),
        ("what's due?", ("€749.50",)),
    ],
    "in German": [
        ("<train>", ("Deutsche Bahn",)),
        ("buche es als Bürobedarf", ("Kategorie: Reisekosten → Bürobedarf",)),
        ("Kategorien", ("• Reisekosten",)),
        ("schließe die Bücher bis 28. Februar", ("bis 28. Feb. 2025 abgeschlossen",)),
        ("rückgängig", ("Ich habe den Abschluss zurückgenommen",)),
    ],
}


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    with database.transaction() as session:
        exchange_rates.add(session, [Rate("USD", date(2025, 3, 21), "1.0850")])
    return Desk(database, DocumentStore(tmp_path / "documents", b"0" * 32), PAPERS)


@pytest.mark.parametrize("name", DIALOGUES)
async def test_dialogue(desk: Desk, name: str) -> None:
    await play(desk, DIALOGUES[name])
