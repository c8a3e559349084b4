"""VAT by talking: how a bill is treated, the return by boxes with the bills behind them, and what no longer adds up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.ledger import exchange_rates
from storage.ledger.exchange_rates import Rate
from storage.people.company import describe
from tests.fakes.books.desk import Desk, paper, play

MARCH = {"issue_date": "2025-03-10", "due_date": "2025-04-10"}

PAPERS = {
    "acme": paper(vendor="Acme GmbH", number="A-1", subtotal="200.00", tax="38.00", total="238.00", currency="EUR",
    **MARCH),
    "office": paper(vendor="Viking", number="V-1", subtotal="100.00", tax="19.00", total="119.00", currency="EUR",
    **MARCH),
    "stripe": paper(
        vendor="Stripe Ltd", number="S-1", total="100.00", currency="EUR", vat_id="IE6388047V", **MARCH
    ),
    "goods": paper(vendor="Molen BV", number="M-1", total="200.00", currency="EUR", vat_id="NL854502130B01", **MARCH),
    "rent": paper(vendor="Haus und Hof", number="H-1", total="500.00", currency="EUR", **MARCH),
    "staples": paper(
        vendor="Staples Inc", number="ST-1", subtotal="100.00", tax="8.88", total="108.88", currency="USD", **MARCH
    ),
    "sale": paper(
        vendor="Billify UG", buyer="Globex Ltd", number="R-1", subtotal="1000.00", tax="190.00", total="1190.00",
        currency="EUR", **MARCH,
    ),
}  # fmt: skip

DIALOGUES: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "a return by boxes, with the bills behind a figure": [
        ("<acme>", ("€238.00",)),
        ("confirm", ("posted",)),
        ("<sale>", ()),
        ("it is our invoice", ("Globex Ltd",)),
        ("confirm", ("posted",)),
        (
            "VAT return for March",
            (
                "Umsatzsteuer-Voranmeldung (German VAT return) in March 2025, by invoices (accrual basis):",
                "• 81 · Sales at 19%: 1,000 EUR · VAT €190.00",
                "• 66 · Input VAT from invoices: €38.00",
                "• 83 · to pay (below zero: to be refunded): €152.00",
                "no: Not in these figures",
            ),
        ),
        ("which bills are in box 81?", ("Globex Ltd R-1 · €1,000.00 · VAT €190.00", "Together: €1,000.00")),
        ("box 66 for March", ("Acme GmbH A-1 · €38.00", "Together: €38.00.")),
        ("and for February?", ("Nothing stands in box 66 (Input VAT from invoices) in February 2025.",)),
        ("VAT for March", ("• 81",)),
        (
            "why?",
            (
                "Box 81 (Sales at 19%) in March 2025:",
                "Box 66 (Input VAT from invoices) in March 2025:",
                "Acme GmbH A-1",
            ),
        ),
        ("box 99", ("The form has no box 99. It has 81,",)),
        ("VAT for February", ("83 · to pay (below zero: to be refunded): €0.00", "no: • 81")),
        ("VAT return", ("For which time?", "[VAT return last month]")),
        ("we pay VAT when we are paid", ("VAT is due by payments (cash basis).", "[Undo]")),
        (
            "VAT return for March",
            ("by payments (cash basis)", "no: • 81", "83 · to pay (below zero: to be refunded): -€38.00"),
        ),
        ("got 595 from Globex", ("€595.00",)),
        ("VAT return for March", ("• 81 · Sales at 19%: 500 EUR · VAT €95.00", "€57.00")),
    ],
    "asked for in any words": [
        ("<acme>", ()),
        ("confirm", ("posted",)),
        ("how much VAT do we have to pay for March", ("• 66 · Input VAT from invoices: €38.00",)),
        (
            "kriegen wir im März Vorsteuer zurück?",
            ("• 66 · Vorsteuerbeträge aus Rechnungen von anderen Unternehmern: 38,00 €",),
        ),
        ("wie hoch ist die Zahllast im ersten Quartal", ("in Q1 2025", "38,00 €")),
        ("do we get any vat back from the tax office", ("For which time?", "[VAT return last month]")),
        ("tax burden in March", ("other than of VAT", "[VAT return last month]", "no: • 66")),
    ],
    "kinds of VAT are told, and what nobody told is listed": [
        ("<stripe>", ("€100.00",)),
        ("confirm", ("posted",)),
        (
            "VAT for March",
            ("Not in these figures, or not wholly: 1 bill.", "Stripe Ltd S-1 · €100.00 · perhaps reverse charge"),
        ),
        ("it is reverse charge", ("VAT treatment: — → reverse charge",)),
        (
            "VAT for March",
            (
                "• 46 · Services from businesses in other EU countries (§ 13b (1) UStG): 100 EUR · VAT (47) €19.00",
                "• 67 · Input VAT on supplies for which we owe the VAT (§ 13b UStG): €19.00",
                "refunded): €0.00",
                "no: Not in these figures",
            ),
        ),
        ("<goods>", ("€200.00",)),
        ("it is an intra-community acquisition", ("intra-community",)),
        ("confirm", ("posted",)),
        (
            "VAT for March",
            ("• 89 · Intra-community acquisitions at 19%: 200 EUR · VAT €38.00", "• 61", "no: Not in these"),
        ),
        ("trial balance", ("VAT 19% owed on reverse charge", "Input VAT 19% on intra-community acquisitions")),
        ("undo", ("Taken back: the confirmation of Molen BV M-1",)),
        ("trial balance", ("VAT 19% owed on reverse charge", "no: Input VAT 19% on intra-community acquisitions")),
    ],
    "tax of another country is a cost": [
        ("<staples>", ("US$108.88",)),
        ("confirm", ("posted",)),
        ("VAT for March", ("Staples Inc ST-1", "its VAT is of no rate that I know here", "no: • 66")),
        ("the vendor is in the USA", ("Country: — → United States",)),
        ("VAT for March", ("no: Not in these figures", "no: • 66")),
        ("trial balance", ("US$108.88", "no: Input VAT")),
    ],
    "what no longer adds up is asked about before it is booked": [
        ("<acme>", ("€238.00",)),
        ("confirm", ("posted",)),
        (
            "total is 119.00",
            (
                "VAT of €38.00 was of a total of €238.00. How much VAT is in €119.00?",
                "[Total is 119.00 and VAT is 19.00]",
                "[Total is 119.00 and VAT is 38.00]",
                "[Total is 119.00 and no VAT]",
            ),
        ),
        ("show the bill", ("€238.00", "VAT €38.00")),
        ("[Total is 119.00 and VAT is 19.00]", ("Total: €238.00 → €119.00", "VAT: €38.00 → €19.00")),
        ("box 66 for March", ("Acme GmbH A-1 · €19.00",)),
        ("VAT is 7%", ("VAT of €19.00 is not 7% of €100.00. What is right?", "[VAT is 7.79 and VAT rate is 7%]")),
        (
            "[Total is 107.00 and VAT is 7.00 and VAT rate is 7%]",
            ("Total: €119.00 → €107.00", "VAT: €19.00 → €7.00", "VAT rate: — → 7%"),
        ),
        ("trial balance", ("Input VAT 7%", "€7.00", "no: Input VAT 19%")),
        ("what about the Acme bill", ("€107.00",)),
        ("it is reverse charge", ("The bill has VAT of €7.00, but reverse charge has none.",)),
        ("[Reverse charge, no VAT and total is 100.00]", ("VAT: €7.00 → €0.00", "reverse charge")),
        ("trial balance", ("no: Input VAT 7%",)),
    ],
    "a rate of what has no VAT yet is worked out": [
        ("<rent>", ("€500.00",)),
        ("confirm", ("posted",)),
        ("VAT for March", ("Haus und Hof H-1 · €500.00 · nothing says how it is treated",)),
        ("it is exempt", ("VAT treatment: — → exempt from VAT",)),
        ("it has normal VAT", ("The bill has no VAT yet.", "[Normal VAT, VAT is 79.83 and VAT rate is 19%]")),
        ("[Normal VAT, VAT is 79.83 and VAT rate is 19%]", ("VAT: — → €79.83", "exempt from VAT → normal VAT")),
    ],
    "auf Deutsch": [
        ("Hallo, sprich Deutsch", ()),
        ("<acme>", ("238,00 €",)),
        ("passt", ()),
        (
            "Betrag ist 119,00",
            ("38,00 € Umsatzsteuer gehörten zu einem Betrag von 238,00 €.", "[Betrag ist 119,00 und MwSt ist 19,00]"),
        ),
        ("[Betrag ist 119,00 und MwSt ist 19,00]", ("238,00 € → 119,00 €", "38,00 € → 19,00 €")),
        ("MwSt ist 7 %", ("[MwSt ist 7,79 und Steuersatz ist 7 %]",)),
        ("[Betrag ist 107,00 und MwSt ist 7,00 und Steuersatz ist 7\xa0%]", ("119,00 € → 107,00 €",)),
        ("das ist Reverse Charge", ("Die Rechnung weist 7,00 € Umsatzsteuer aus",)),
        ("[Reverse Charge, keine MwSt und Betrag ist 100,00]", ("Reverse Charge",)),
        ("<stripe>", ("100,00 €",)),
        ("das ist ein innergemeinschaftlicher Erwerb", ("innergemeinschaftlicher Erwerb",)),
        ("passt", ()),
        ("<rent>", ()),
        ("passt", ()),
        (
            "Umsatzsteuervoranmeldung für März",
            (
                "Umsatzsteuer-Voranmeldung im März 2025, nach Rechnungen (Soll-Versteuerung):",
                "• 89 · Innergemeinschaftliche Erwerbe zu 19 %: 100 EUR · Steuer 19,00 €",
                "Nicht oder nicht ganz in diesen Zahlen: 2 Rechnungen.",
            ),
        ),
        ("Kennzahl 61", ("Stripe Ltd S-1 · 19,00 €",)),
        ("Ist-Versteuerung", ("Die Umsatzsteuer ist nach Zahlungen (Ist-Versteuerung) fällig.",)),
        ("Rechnungen in Kennzahl 66 für März", ("In Kennzahl 66",)),
    ],
}


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    with database.transaction() as session:
        exchange_rates.add(session, [Rate("USD", date(2025, 3, 10), "1.0850")])
        describe(session, country="DE")
    return Desk(database, DocumentStore(tmp_path / "documents", b"0" * 32), PAPERS)


@pytest.mark.parametrize("name", DIALOGUES)
async def test_dialogue(desk: Desk, name: str) -> None:
    await play(desk, DIALOGUES[name])
