"""What people ask and order in German, also with slips and English words between. Today is Friday 21 March 2025."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.language.translation import speaking
from handlers.requests import (
    AddAccount,
    Ageing,
    Allocate,
    Amend,
    Approve,
    AssignRole,
    Balance,
    Categories,
    Categorise,
    ClosePeriod,
    Confirm,
    Digest,
    Due,
    Export,
    FieldChange,
    Find,
    Forecast,
    History,
    Movements,
    Owed,
    Pay,
    PaymentCode,
    PaymentFile,
    Payments,
    Prepay,
    Reconcile,
    Refuse,
    Remind,
    Reminders,
    RenameAccount,
    ReopenPeriod,
    RequireApproval,
    SendNoticesHere,
    SetCompanyProfile,
    SetLanguage,
    SetOpeningBalance,
    SetQuietHours,
    SetReminderDays,
    SetTimeZone,
    Settled,
    SeveralRequests,
    ShowApprovalRules,
    SnoozeBill,
    Spend,
    Transfer,
    TrialBalance,
    Waiting,
    Why,
)
from handlers.understand.interpreter import understand
from handlers.understand.text.language_of_text import language_of
from tests.fakes.books.grammar_scene import BOOKED, SCENE

SAID = [
    ("was ist fällig?", Due()),
    ("was schulden wir über 500 Euro?", Due(label="ab 500,00\xa0€", above="500.00", currency="EUR")),
    (
        "was müssen wir nächste Woche zahlen?",
        Due(until=date(2025, 3, 30), since=date(2025, 3, 24), label="nächste Woche"),
    ),
    (
        "Rechnungen über 1.000 €, die diesen Monat fällig sind",
        Due(
            until=date(2025, 3, 31),
            since=date(2025, 3, 1),
            label="diesen Monat, ab 1.000,00\xa0€",
            above="1000.00",
            currency="EUR",
        ),
    ),
    ("was ist bis Ende des Monats fällig?", Due(until=date(2025, 3, 31), label="bis Mo. 31. März 2025")),
    ("was ist in zwei Wochen fällig?", Due(until=date(2025, 4, 4), label="in den nächsten 14 Tagen")),
    ("was ist seit 1. März offen?", Due(since=date(2025, 3, 1), label="seit 1. März 2025")),
    ("was schulden wir der Telekom?", Due(vendor="Deutsche Telekom AG", label="an Deutsche Telekom AG")),
    ("offene Rechnungen nach Lieferant", Owed()),
    ("Kontostand der Sparkasse", Balance("bank-2")),
    ("Kontostand am 28. Februar", Balance(account="bank", on=date(2025, 2, 28))),
    ("Kontostand Ende letzten Monats", Balance(account="bank", on=date(2025, 2, 28))),
    ("wie viel ist in der Kasse?", Balance("cash")),
    ("wem schulden wir Geld?", Owed()),
    ("wer schuldet uns noch Geld?", Owed(side="receivable")),
    ("was schuldet uns Globex?", Owed(side="receivable", party="Globex Ltd")),
    (
        "welche Zahlungen erwarten wir nächste Woche?",
        Due(until=date(2025, 3, 30), since=date(2025, 3, 24), label="nächste Woche", side="receivable"),
    ),
    (
        "was haben wir letzten Monat ausgegeben?",
        Spend(since=date(2025, 2, 1), until=date(2025, 2, 28), label="letzten Monat"),
    ),
    (
        "wie viel haben wir im Januar für Reisen ausgegeben?",
        Spend(since=date(2025, 1, 1), until=date(2025, 1, 31), category="travel", label="im Januar 2025, für Travel"),
    ),
    (
        "Ausgaben für Software im ersten Quartal",
        Spend(since=date(2025, 1, 1), until=date(2025, 3, 31), category="software", label="in Q1 2025, für Software"),
    ),
    (
        "Ausgaben pro Lieferant dieses Jahr",
        Spend(since=date(2025, 1, 1), until=date(2025, 12, 31), by="vendor", label="dieses Jahr"),
    ),
    (
        "Ausgaben im Februar im Vergleich zum Vormonat",
        Spend(since=date(2025, 2, 1), until=date(2025, 2, 28), compare=True, label="im Februar 2025"),
    ),
    (
        "was haben wir bei Acme dieses Jahr bezahlt?",
        Payments(since=date(2025, 1, 1), until=date(2025, 12, 31), vendor="Acme GmbH", label="dieses Jahr"),
    ),
    (
        "Ausgaben nach Monat als Diagramm",
        Spend(
            since=date(2025, 1, 1),
            until=date(2025, 3, 21),
            by="month",
            chart=True,
            label="vom 1. Jan. 2025 bis 21. März 2025",
        ),
    ),
    (
        "was kostet uns Hosting Nord",
        Spend(
            since=date(2025, 1, 1),
            until=date(2025, 3, 21),
            vendor="Hosting Nord",
            label="vom 1. Jan. 2025 bis 21. März 2025, bei Hosting Nord",
        ),
    ),
    (
        "wofür geben wir unser Geld aus?",
        Spend(since=date(2025, 1, 1), until=date(2025, 3, 21), label="vom 1. Jan. 2025 bis 21. März 2025"),
    ),
    ("Kosten seit Jahresanfang", Spend(since=date(2025, 1, 1), label="seit 1. Jan. 2025")),
    ("Ausgaben seit Ostern", Spend(since=date(2024, 3, 31), label="seit 31. März 2024")),
    ("Prognose", Forecast(until=date(2025, 4, 20), label="in den nächsten 30 Tagen")),
    ("Prognose für 60 Tage", Forecast(until=date(2025, 5, 20), label="in den nächsten 60 Tagen")),
    (
        "Liquiditätsvorschau für die nächsten 90 Tage",
        Forecast(until=date(2025, 6, 19), label="in den nächsten 90 Tagen"),
    ),
    ("wie viel Geld haben wir Ende des Monats?", Forecast(until=date(2025, 3, 31), label="am Mo. 31. März 2025")),
    ("reicht unser Geld bis Juni?", Forecast(until=date(2025, 6, 30), label="bis Mo. 30. Juni 2025", after_bills=True)),
    ("Altersstruktur", Ageing()),
    ("OP-Liste der Forderungen", Ageing(side="receivable")),
    ("suche 2024-117", Find(text="2024-117", label="mit „2024-117“")),
    ("finde Rechnungen über 500", Find(at_least="500.00", label="ab 500,00\xa0€")),
    (
        "zeig mir die Rechnungen von Acme im März",
        Find(vendor="Acme GmbH", since=date(2025, 3, 1), until=date(2025, 3, 31), label="von Acme GmbH, im März 2025"),
    ),
    (
        "die größten Rechnungen dieses Jahr",
        Find(since=date(2025, 1, 1), until=date(2025, 12, 31), order="largest", most=5, label="dieses Jahr"),
    ),
    ("die letzten 5 Rechnungen", Find(most=5)),
    ("neueste Rechnung von Acme", Find(vendor="Acme GmbH", most=1, label="von Acme GmbH")),
    ("suche nach Hosting", Find(vendor="Hosting Nord", label="von Hosting Nord")),
    ("warum?", Why()),
    ("warum ist sie überfällig?", Why("overdue")),
    ("Verlauf", History()),
    ("was ist mit der Acme Rechnung passiert?", History("Acme GmbH")),
    ("haben wir Acme schon bezahlt?", Settled(vendor="Acme GmbH", side="payable")),
    ("wer hat die Acme-Rechnung bestätigt?", History("Acme GmbH", "confirmed")),
    ("was wartet auf mich?", Waiting()),
    ("was muss ich bestätigen?", Waiting()),
    ("gib die Acme-Rechnung frei", Approve(bill_hint="Acme GmbH")),
    ("Kategorien", Categories()),
    ("Zahlungsdatei erstellen", PaymentFile()),
    ("Zahlungsdatei für alles, was diese Woche fällig ist", PaymentFile(until=date(2025, 3, 23))),
    ("bezahle alle freigegebenen Rechnungen", PaymentFile()),
    ("QR-Code für Acme", PaymentCode("Acme GmbH")),
    ("offene Umsätze", Movements()),
    ("Abgleich", Reconcile()),
    ("stimmt der Kontostand?", Reconcile()),
    ("500 Euro vom Konto in die Kasse", Transfer(amount="500.00", source="bank", target="cash", currency="EUR")),
    (
        "wir haben 5000 EUR auf das USD-Konto überwiesen, 5400 USD erhalten",
        Transfer("5000.00", None, "bank-2", None, "EUR", "5400.00", "USD"),
    ),
    (
        "5000 EUR von der Bank auf das Dollarkonto umgebucht, angekommen sind 5400 USD",
        Transfer("5000.00", "bank", "bank-2", None, "EUR", "5400.00", "USD"),
    ),
    (
        "wir haben 5000 EUR in 5400 USD getauscht",
        Transfer("5000.00", None, None, None, "EUR", "5400.00", "USD"),
    ),
    ("200 abgehoben", Transfer(amount="200.00", source="bank", target="cash")),
    ("habe gestern 300 eingezahlt", Transfer(amount="300.00", source="cash", target="bank", on=date(2025, 3, 20))),
    ("Gutschrift verrechnen", Allocate()),
    ("Anzahlung 500 an Acme", Prepay(vendor="Acme GmbH", amount="500.00")),
    ("unser Kontostand war 12.400 am 1. Januar", SetOpeningBalance(amount="12400.00", on=date(2025, 1, 1))),
    (
        "unser Kontostand am 1. Januar war 12.400 €",
        SetOpeningBalance(amount="12400.00", on=date(2025, 1, 1), currency="EUR"),
    ),
    ("auf der Bank waren am 1. Januar 12.400", SetOpeningBalance(amount="12400.00", on=date(2025, 1, 1))),
    (
        "wir hatten 200 in der Kasse am 1. Januar",
        SetOpeningBalance(amount="200.00", account="cash", on=date(2025, 1, 1)),
    ),
    ("der Kassenbestand ist 200", SetOpeningBalance(amount="200.00", account="cash")),
    ("Anfangsbestand der Bank ist 12.400 am 1. Januar", SetOpeningBalance(amount="12400.00", on=date(2025, 1, 1))),
    (
        "neues Bankkonto Sparkasse DE89 3704 0044 0532 0130 00",
        AddAccount(name="Sparkasse", kind="bank", iban="DE89370400440532013000"),
    ),
    ("Kategorie Messen anlegen", AddAccount(name="Messen", kind="expense")),
    ("benenne Reisen in Dienstreisen um", RenameAccount(name="travel", new="Dienstreisen")),
    ("Februar abschließen", ClosePeriod(date(2025, 2, 28))),
    ("Monatsabschluss", ClosePeriod(date(2025, 2, 28))),
    ("wieder öffnen", ReopenPeriod()),
    ("Saldenliste zum 28. Februar", TrialBalance(on=date(2025, 2, 28))),
    ("Export Februar", Export(since=date(2025, 2, 1), until=date(2025, 2, 28), label="im Februar 2025")),
    (
        "exportiere das letzte Quartal als CSV",
        Export(since=date(2024, 10, 1), until=date(2024, 12, 31), format="csv", label="letztes Quartal"),
    ),
    (
        "DATEV-Export für Februar",
        Export(since=date(2025, 2, 1), until=date(2025, 2, 28), format="datev", label="im Februar 2025"),
    ),
    ("unsere IBAN ist DE89 3704 0044 0532 0130 00", SetCompanyProfile(field="iban", value="DE89370400440532013000")),
    ("unsere Firma heißt Muster GmbH", SetCompanyProfile(field="name", value="Muster GmbH")),
    ("Rechnungen über 1000 brauchen eine Freigabe", RequireApproval(amount="1000.00")),
    ("Freigaberegeln", ShowApprovalRules()),
    ("mach Anna zur Freigeberin", AssignRole(name="Anna Schmidt", role="approver")),
    ("erinnere mich am Freitag an die Acme-Rechnung", Remind(on=date(2025, 3, 28), bill_hint="Acme GmbH")),
    ("erinnere mich morgen um 9 Uhr an den Steuerberater", Remind(on=date(2025, 3, 22), hour=9, text="Steuerberater")),
    ("erinner mich in zwei Wochen", Remind(on=date(2025, 4, 4))),
    ("erinnere mich nicht mehr", Reminders(on=False)),
    ("erinnere mich nicht mehr an Acme", SnoozeBill(until=None, bill_hint="Acme GmbH")),
    ("Erinnerungen aus", Reminders(on=False)),
    ("erinnere mich 3 Tage vorher", SetReminderDays(before=(3,))),
    ("Wochenübersicht montags um 8", Digest(weekday=0, hour=8)),
    ("keine Wochenübersicht", Digest(on=False)),
    ("Ruhe von 20 bis 8 Uhr", SetQuietHours(start=20, end=8)),
    ("auf Deutsch bitte", SetLanguage("de")),
    ("sprich Englisch", SetLanguage("en")),
    ("meine Zeitzone ist Europe/Vienna", SetTimeZone("Europe/Vienna")),
    ("schick Erinnerungen hierher", SendNoticesHere()),
    ("bestätige und erinnere mich am Freitag", SeveralRequests((Confirm(), Remind(on=date(2025, 3, 28))))),
    ("was ist fällig und wie hoch ist der Kontostand?", SeveralRequests((Due(), Balance("bank")))),
    ("habe Acme 500 bezahlt", Pay(amount="500.00", vendor="Acme GmbH", side="payable")),
    ("wurde Acme bezahlt?", Settled(vendor="Acme GmbH", side="payable")),
    ("was ist überfälig?", Due(overdue=True, label="überfällig")),
    (
        "wieviel haben wir lezten Monat ausgegben",
        Spend(since=date(2025, 2, 1), until=date(2025, 2, 28), label="letzten Monat"),
    ),
    ("Acme mit Skonto bezahlt", Pay(vendor="Acme GmbH", discounted=True, side="payable")),
    ("what is due nächste Woche?", Due(until=date(2025, 3, 30), since=date(2025, 3, 24), label="nächste Woche")),
    ("zeig mir die bills von Acme", Find(vendor="Acme GmbH", label="von Acme GmbH")),
    ("Überblick montags um 9", Digest(weekday=0, hour=9)),
    ("Wochenüberblick freitags um 16 Uhr", Digest(weekday=4, hour=16)),
    ("kein Überblick mehr", Digest(on=False)),
    ("wie hoch ist der kontostand ende des monats", Forecast(until=date(2025, 3, 31), label="am Mo. 31. März 2025")),
    ("fälligkeiten nächste woche", Due(until=date(2025, 3, 30), since=date(2025, 3, 24), label="nächste Woche")),
]

OF_A_BILL = [
    ("freigeben", Approve()),
    ("lehne sie ab, weil der Betrag falsch ist", Refuse(reason="der Betrag falsch ist")),
    ("buche sie auf Reisen", Categorise("travel")),
    ("das sind Bankgebühren", Categorise("bank_fees")),
    ("2 % Skonto bis 5. Mai", Amend((FieldChange("discount", "2%"), FieldChange("discount_until", "2025-05-05")))),
]
"""With a confirmed bill of Acme's in focus."""


@pytest.mark.parametrize(("said", "understood"), SAID)
def test_a_person_asks_and_orders_in_german(said, understood):
    with speaking("de"):
        assert understand(said, SCENE) == understood


@pytest.mark.parametrize(("said", "understood"), OF_A_BILL)
def test_a_person_has_something_done_with_the_bill_in_focus_in_german(said, understood):
    with speaking("de"):
        assert understand(said, BOOKED) == understood


@pytest.mark.parametrize("said", [said for said, _ in (*SAID, *OF_A_BILL) if "what is" not in said])
def test_german_is_recognised(said):
    assert language_of(said) == "de"
