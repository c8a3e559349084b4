"""Discounts for early payment are read from the words of terms, and nothing else is taken for one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from extraction.evidence import Page, Word
from extraction.fields.decision.read_documents import read_documents
from extraction.fields.patterns.cash_discounts import find_cash_discounts


def steps_of(text: str) -> list[tuple[str, int | str | None]]:
    """Each step as its rate and its days, or its day."""
    return [
        (str(step.percent), step.until.isoformat() if step.until else step.days) for step in find_cash_discounts(text)
    ]


@pytest.mark.parametrize(
    ("text", "rate", "deadline"),
    [
        ("2/10 net 30", "2", 10),
        ("2/10, n/30", "2", 10),
        ("Terms: 2%/10 Net 30", "2", 10),
        ("2% 10, net 30", "2", 10),
        ("2% 10 days, net 30 days", "2", 10),
        ("2% 10 days net 30", "2", 10),
        ("2 % discount if paid within 10 days", "2", 10),
        ("2 % discount if paid within 2 days Penalty percentage 10% from due date", "2", 2),
        ("A settlement discount of 2.5% is available for payment within 14 days", "2.5", 14),
        ("Early payment discount: 2% if received by 03/14/2026", "2", "2026-03-14"),
        ("Take 2% off if you pay by 14 March 2026", "2", "2026-03-14"),
        ("Payable within 30 days. Deduct 2% for payment within 7 days", "2", 7),
        ("3% Skonto bis 14.03.2026", "3", "2026-03-14"),
        ("Zahlbar mit 2% Skonto bis\t14.12.2025", "2", "2025-12-14"),
        ("Bei Zahlung innerhalb von 10 Tagen abzüglich 2% Skonto", "2", 10),
        ("Bei Zahlungen binnen 14 Tagen, 2% Skonto", "2", 14),
        ("10 Tage 3% Skonto, 30 Tage netto", "3", 10),
        ("30 Tage netto, 10 Tage 2% Skonto", "2", 10),
        ("30 Tage netto 10 Tage 2% Skonto", "2", 10),
        ("Innerhalb von 30 Tagen 2% Skonto, 60 Tage ohne Abzug", "2", 30),
        ("Zahlbar innerhalb 10 Tagen abzgl. 2,25 % Skonto", "2.25", 10),
        ("Skontovereinbarung: 2% bei Zahlung innerhalb 10 Tagen nach Rechnungsdatum", "2", 10),
        (
            "Zahlbar innerhalb 30 Tagen netto bis 04.04.2018, 3% Skonto innerhalb 10 Tagen bis 15.03.2018",
            "3",
            "2018-03-15",
        ),
        ("Skonto % 2,00 bis 14.03.2026", "2.00", "2026-03-14"),
        ("escompte 2 % sous 10 jours", "2", 10),
        ("Escompte de 2 % pour paiement sous 8 jours", "2", 8),
        ("Escompte pour paiement anticipé : 1,5 % à 10 jours", "1.5", 10),
        ("2% betalingskorting bij betaling binnen 10 dagen", "2", 10),
        ("Bij betaling binnen 8 dagen mag u 2% korting aftrekken", "2", 8),
        ("sconto 2% entro 10 giorni", "2", 10),
        ("Sconto cassa 3% per pagamento entro 8 giorni", "3", 8),
        ("descuento por pronto pago del 2% a 10 días", "2", 10),
        ("2% dto. por pago en 10 días", "2", 10),
    ],
)
def test_a_discount_is_read_with_its_deadline(text: str, rate: str, deadline: int | str) -> None:
    assert steps_of(text) == [(rate, deadline)]


@pytest.mark.parametrize(
    "text",
    [
        "8 Tage 3% Skonto, 14 Tage 2% Skonto, 30 Tage netto",
        "8 Tage 3%, 14 Tage 2%, 30 Tage netto",
        "8 Tage 3% 14 Tage 2% 30 Tage netto",
        "3 % in 8 days, 2 % in 14, net 30",
        "3/8, 2/14, net 30",
        "Bei Zahlung innerhalb 8 Tagen 3% Skonto, innerhalb 14 Tagen 2% Skonto",
    ],
)
def test_two_steps_are_both_read(text: str) -> None:
    assert steps_of(text) == [("3", 8), ("2", 14)]


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("2% Skonto auf 357,93 EUR bei Zahlung innerhalb 14 Tagen", "357.93"),
        ("Skonto 2,00 % bis zum 10.04.2026 auf 1.190,00 EUR", "1190.00"),
        ("2% discount on EUR 1,190.00 if paid within 10 days", "1190.00"),
    ],
)
def test_a_discount_may_be_on_a_part_of_the_total(text: str, base: str) -> None:
    assert [step.base for step in find_cash_discounts(text)] == [Decimal(base)]


@pytest.mark.parametrize(
    "text",
    [
        "Discount 5%\t-5.00",  # on a line
        "You saved 10% today, return within 30 days",
        "5% discount, payable within 30 days",
        "10% discount on your next purchase until 31.12.2026",
        "10% Rabatt, Lieferung in 14 Tagen",
        "Rabatt 5% Zahlung innerhalb 30 Tagen",
        "Remise 5% date 12.03.2026",
        "Kundenrabatt 3% bei Zahlung mit Karte",
        "2% Skonto bereits abgezogen",
        "abzüglich 2% Skonto -2,38",
        "Skonto sofort",
        "Kein Skonto. Bei Zahlungsverzug 9% nach 30 Tagen",
        "Zahlbar innerhalb 14 Tagen ohne Skonto, 9% Verzugszinsen",
        "Pas d'escompte pour paiement anticipé. Pénalités de retard 10 % à 30 jours",
        "Escompte pour paiement anticipé : néant",
        "Net 30. Late payments accrue 1.5% interest per month.",
        "Interest at 8% after 30 days, net 30",
        "10 dagar, dröjsmålsränta 12.3 %",
        "50% deposit within 10 days, net 30",
        "Conditions de paiement 30% d'acompte, solde à 30 j",
        "19% MwSt. zahlbar innerhalb 14 Tagen ohne Abzug",
        "Invoice 2/10 net 30.00",
        "#SKONTO#TAGE=30#PROZENT=0.00#",
    ],
)
def test_other_rates_are_no_terms_of_payment(text: str) -> None:
    assert find_cash_discounts(text) == ()


def invoice(*rows: str) -> Page:
    """An invoice of a German company of 4 March 2026 over 1190.00, with these rows below; a tab parts columns."""
    texts = [
        "Muster GmbH, Hauptstr. 1, 10115 Berlin",
        "Rechnung Nr. 4711",
        "Rechnungsdatum: 04.03.2026",
        "Nettobetrag\t1.000,00",
        "MwSt 19%\t190,00",
        "Gesamtbetrag EUR\t1.190,00",
        *rows,
    ]
    words = []
    for n, text in enumerate(texts):
        for column, cell in enumerate(text.split("\t")):
            x = 50.0 + 300 * column
            for piece in cell.split():
                words.append(Word(piece, (x, 50.0 + 14 * n, x + 6 * len(piece), 60.0 + 14 * n)))
                x += 6 * len(piece) + 4
    return Page(1, 595, 842, tuple(words), "text")


def discounts_on(*rows: str) -> list[tuple[str, str, str]]:
    (document,) = read_documents([invoice(*rows)])
    return [(step.amount.value, step.until.value, step.until.source) for step in document.discounts]


def test_days_count_from_the_date_of_issue() -> None:
    assert discounts_on("8 Tage 3% Skonto, 14 Tage 2% Skonto, 30 Tage netto") == [
        ("3%", "2026-03-12", "derived"),
        ("2%", "2026-03-18", "derived"),
    ]


def test_a_printed_day_needs_no_counting() -> None:
    assert discounts_on("Bei Zahlung bis 14.03.2026 gewähren wir 2% Skonto") == [("2%", "2026-03-14", "text")]


def test_a_sentence_may_run_over_lines_beside_another_column() -> None:
    rows = ("Bei Zahlung innerhalb von 10 Tagen\tSparkasse Berlin", "gewähren wir Ihnen 2% Skonto.\tBIC BELADEBEXXX")
    assert discounts_on(*rows) == [("2%", "2026-03-14", "derived")]


def test_an_amount_that_the_rate_is_on_makes_an_amount() -> None:
    # 2 % of 357.93
    assert discounts_on("2% Skonto auf 357,93 EUR bei Zahlung bis 14.03.2026") == [("7.16", "2026-03-14", "text")]


def test_a_day_before_the_date_of_issue_is_no_deadline() -> None:
    assert discounts_on("2% Skonto bis 14.03.2025") == []


@pytest.mark.parametrize(
    ("terms", "sure"),
    [
        ("2% Skonto bis 14.03.2026", True),
        ("2% Skonto innerhalb 10 Tagen nach Rechnungsdatum", True),
        ("2% Skonto innerhalb 10 Tagen", False),  # of delivery, perhaps, or of receipt
        ("2% Skonto innerhalb 10 Tagen bis 20.03.2026", False),  # the tenth day is another
    ],
)
def test_a_day_is_doubted_unless_it_is_said_from_when_it_counts(terms: str, sure: bool) -> None:
    (document,) = read_documents([invoice(terms)])
    assert (document.discounts[0].until.confidence >= 0.85) is sure


def test_a_discount_knows_where_it_stands_and_how_it_reads() -> None:
    (document,) = read_documents([invoice("Zahlbar bis 03.04.2026, 2% Skonto bis 14.03.2026")])
    (step,) = document.discounts
    assert step.amount.reason == 'from "2% Skonto bis 14.03.2026"'
    assert step.amount.box is not None
    assert step.amount.box[0] > 150  # behind the net terms


def test_days_after_the_end_of_the_calendar_are_none() -> None:
    (step,) = find_cash_discounts("2% discount if paid within 10 days")
    assert step.last_day(date.max) is None
    assert step.last_day(None) is None
