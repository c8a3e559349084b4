"""What people say in German, and what is understood. Today is Friday 21 March 2025; the company's currency is EUR."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.requests import (
    Balance,
    Confirm,
    Due,
    Edit,
    Greeting,
    Help,
    Invite,
    NotAnInvoice,
    Pay,
    ShowOriginal,
    Thanks,
    Undo,
)
from handlers.understand.interpreter import understand
from handlers.understand.text.sentence_context import SentenceContext
from tests.fakes.books.grammar_bill import MONDAY, SUNDAY, TODAY, amend

SAID = [
    ("Summe ist 1.294,50", amend(total="1294.50")),
    ("der Gesamtbetrag ist 1.294,50 €", amend(total="1294.50", currency="EUR")),
    ("die Summe sollte 1294,50 sein", amend(total="1294.50")),
    ("Gesamtbtrag 50", amend(total="50.00")),
    ("MwSt 19,90", amend(tax="19.90")),
    ("keine Mehrwertsteuer", amend(tax="0.00")),
    ("fällig am 15. Mai", amend(due_date="2025-05-15")),
    ("faellig am 15. Mai 2025", amend(due_date="2025-05-15")),
    ("fällig 15.05.2025", amend(due_date="2025-05-15")),
    ("fällig in 30 Tagen", amend(due_date="2025-04-20")),
    ("fällig übermorgen", amend(due_date="2025-03-23")),
    ("fällig nächsten Montag", amend(due_date="2025-03-24")),
    ("zahlbar bis Monatsende", amend(due_date="2025-03-31")),
    ("Rechnungsdatum 3. März", amend(issue_date="2025-03-03")),
    ("ausgestellt am 28. Dezember", amend(issue_date="2024-12-28")),
    ("Lieferant ist Müller & Söhne GmbH", amend(vendor="Müller & Söhne GmbH")),
    ("Rechnungsnummer ist 2024-118", amend(number="2024-118")),
    ("Währung USD", amend(currency="USD")),
    ("die Währung ist Schweizer Franken", amend(currency="CHF")),
    ("Nein, die Summe ist 50", amend(total="50.00")),
    ("Summe 50, fällig 15. Mai und Lieferant Acme", amend(total="50.00", due_date="2025-05-15", vendor="Acme")),
    ("was ist fällig?", Due()),
    ("Was ist diese Woche fällig?", Due(SUNDAY, MONDAY, label="this week")),
    ("was ist nächste Woche fällig", Due(date(2025, 3, 30), date(2025, 3, 24), label="next week")),
    ("welche Rechnungen sind im Mai fällig?", Due(date(2025, 5, 31), date(2025, 5, 1), label="in May 2025")),
    ("offene Rechnungen", Due()),
    ("was schulden wir Acme?", Due(vendor="Acme", label="to Acme")),
    ("was müssen wir bis Freitag bezahlen?", Due(date(2025, 3, 28), label="by Fri 28 Mar 2025")),
    ("überfällig", Due(overdue=True, label="overdue")),
    ("welche Rechnungen sind überfällig?", Due(overdue=True, label="overdue")),
    ("Kontostand", Balance("bank")),
    ("wie hoch ist der Kontostand?", Balance("bank")),
    ("Wie viel Geld haben wir?", Balance()),
    ("Kassenstand", Balance("cash")),
    ("ja", Confirm()),
    ("passt", Confirm()),
    ("das stimmt", Confirm()),
    ("rückgängig", Undo()),
    ("das ist keine Rechnung", NotAnInvoice()),
    ("das stimmt nicht", Edit()),
    ("bezahlt", Pay()),
    ("habe ich gestern bar bezahlt", Pay(account="cash", on=date(2025, 3, 20))),
    ("500 Euro am 3. März überwiesen", Pay("500.00", None, date(2025, 3, 3), "EUR")),
    ("Hilfe", Help()),
    ("wer bist du?", Help()),
    ("Guten Tag", Greeting()),
    ("danke", Thanks()),
    ("zeig mir die Rechnung", ShowOriginal()),
    ("lade anna@example.com ein", Invite("anna@example.com")),
    ("Anna einladen", Invite("Anna")),
]


@pytest.mark.parametrize(("said", "understood"), SAID)
def test_a_person_speaks_german(said, understood):
    assert understand(said, SentenceContext(TODAY, "EUR")) == understood
