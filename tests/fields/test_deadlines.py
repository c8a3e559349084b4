"""Terms of payment become a due date."""

from __future__ import annotations

from datetime import date

import pytest

from extraction.fields.deadlines import due_by, find_terms


@pytest.mark.parametrize(
    ("text", "days", "words"),
    [
        ("30 days net", 30, "30 days net"),
        ("Terms: Net 30", 30, "Net 30"),
        ("Payment Terms 30 Days", 30, "Payment Terms 30 Days"),
        ("payable within 14 days", 14, "payable within 14 days"),
        ("Zahlbar innerhalb von 30 Tagen", 30, "Zahlbar innerhalb von 30 Tagen"),
        ("zahlbar binnen 10 Tagen ohne Abzug", 10, "10 Tagen ohne Abzug"),
        ("Innerhalb von 14 Tagen 2% Skonto, 60 Tage ohne Abzug", 60, "60 Tage ohne Abzug"),
        ("Conditions de paiement 30% d'acompte, solde à 30 j", 30, "solde à 30 j"),
        ("Due on receipt", 0, "Due on receipt"),
        ("sofort zahlbar", 0, "sofort zahlbar"),
    ],
)
def test_terms_are_found_with_their_words(text: str, days: int, words: str) -> None:
    terms = find_terms(text)
    assert terms is not None
    assert terms.days == days
    assert words.lower() in terms.words.lower() or terms.words.lower() in words.lower()


@pytest.mark.parametrize(
    "text",
    [
        "Bei Zahlung innerhalb 14 Tagen gewähren wir 2,0% Skonto.",  # a discount, not a deadline
        "Return within 7 days with receipt",
        "Net total 30.00",
        "Guarantee 365 days",
    ],
)
def test_other_days_are_no_terms(text: str) -> None:
    assert find_terms(text) is None


def test_days_count_from_the_date_of_issue_or_from_the_end_of_its_month() -> None:
    plain, ending = find_terms("30 days net"), find_terms("30 jours net fin de mois")
    assert plain is not None
    assert ending is not None
    assert due_by(date(2025, 3, 3), plain) == date(2025, 4, 2)
    assert due_by(date(2025, 3, 3), ending) == date(2025, 4, 30)
