"""Terms of payment become a due date."""

from __future__ import annotations

from datetime import date

import pytest

from extraction.fields.patterns.payment_terms import due_date_under, find_payment_terms


@pytest.mark.parametrize(
    ("text", "days", "words"),
    [
        ("30 days net", 30, "30 days net"),
        ("Terms: Net 30", 30, "Net 30"),
        ("2/10, n/30", 30, "n/30"),
        ("Payment Terms 30 Days", 30, "Payment Terms 30 Days"),
        ("payable within 14 days", 14, "payable within 14 days"),
        ("30 days after date of invoice", 30, "30 days after date of invoice"),
        ("within 14 days of receipt of the invoice", 14, "14 days of receipt of the invoice"),
        ("Due on receipt", 0, "Due on receipt"),
        ("Zahlbar innerhalb von 30 Tagen", 30, "Zahlbar innerhalb von 30 Tagen"),
        ("zahlbar innerhalb 14 Tagen", 14, "zahlbar innerhalb 14 Tagen"),
        ("zahlbar binnen 10 Tagen ohne Abzug", 10, "10 Tagen ohne Abzug"),
        ("zahlbar in 14 Tg.", 14, "zahlbar in 14 Tg"),
        ("Bitte begleichen Sie den Betrag innerhalb von 14 Werktagen", 14, "14 Werktagen"),
        ("30 Tage ab Rechnungsdatum", 30, "30 Tage ab Rechnungsdatum"),
        ("Innerhalb von 14 Tagen 2% Skonto, 60 Tage ohne Abzug", 60, "60 Tage ohne Abzug"),
        ("sofort zahlbar", 0, "sofort zahlbar"),
        ("Zahlbar sofort ohne Abzug", 0, "Zahlbar sofort"),
        ("Conditions de paiement 30% d'acompte, solde à 30 j", 30, "solde à 30 j"),
        ("paiement à 30 jours", 30, "paiement à 30 jours"),
        ("À régler sous 45 jours", 45, "régler sous 45 jours"),
        ("30 jours date de facture", 30, "30 jours date de facture"),
        ("pago a 30 días", 30, "pago a 30 días"),
        ("Forma de pago: transferencia bancaria 30 días", 30, "30 días"),
        ("60 días fecha factura", 60, "60 días fecha factura"),
        ("Pago al contado", 0, "al contado"),
        ("30 giorni data fattura", 30, "30 giorni data fattura"),
        ("Bonifico bancario 30 gg d.f.", 30, "30 gg d.f"),
        ("Rimessa diretta a vista", 0, "a vista"),
        ("betaling binnen 14 dagen", 14, "betaling binnen 14 dagen"),
        ("te voldoen binnen 30 dagen", 30, "voldoen binnen 30 dagen"),
        ("Betaaltermijn: 30 dagen", 30, "Betaaltermijn: 30 dagen"),
        ("30 dagen na factuurdatum", 30, "30 dagen na factuurdatum"),
    ],
)
def test_terms_are_found_with_their_words(text: str, days: int, words: str) -> None:
    terms = find_payment_terms(text)
    assert terms is not None
    assert (terms.days, terms.month_end) == (days, False)
    assert words.lower() in terms.words.lower() or terms.words.lower() in words.lower()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("30 days end of month", 30),
        ("Net 30 EOM", 30),
        ("à 30 jours fin de mois", 30),
        ("45 jours fin de mois", 45),
        ("a 60 días fin de mes", 60),
        ("30 giorni fine mese", 30),
        ("30 gg. f.m.", 30),
        ("Pagamento: R.B. 60 gg. D.F.F.M.", 60),
        ("30 dagen einde maand", 30),
        ("Zahlbar innerhalb von 30 Tagen zum Monatsende", 30),
    ],
)
def test_terms_may_run_to_the_end_of_a_month(text: str, days: int) -> None:
    terms = find_payment_terms(text)
    assert terms is not None
    assert (terms.days, terms.month_end) == (days, True)


@pytest.mark.parametrize(
    "text",
    [
        "Bei Zahlung innerhalb 14 Tagen gewähren wir 2,0% Skonto.",  # a discount, not a deadline
        "2% betalingskorting bij betaling binnen 10 dagen",
        "sconto 2% per pagamento entro 10 giorni",
        "Return within 7 days with receipt",
        "Retour binnen 14 dagen",
        "Net total 30.00",
        "Guarantee 365 days",
    ],
)
def test_other_days_are_no_terms(text: str) -> None:
    assert find_payment_terms(text) is None


@pytest.mark.parametrize("text", ["14 Tage", "a 14 días", "binnen 14 dagen", "à 14 jours"])
def test_days_alone_are_terms_only_where_terms_are_expected(text: str) -> None:
    stated = find_payment_terms(text, labelled=True)
    assert stated is not None and stated.days == 14
    assert find_payment_terms(text) is None


def test_days_count_from_the_date_of_issue_or_from_the_end_of_its_month() -> None:
    plain, ending = find_payment_terms("30 days net"), find_payment_terms("30 jours net fin de mois")
    assert plain is not None
    assert ending is not None
    assert due_date_under(date(2025, 3, 3), plain) == date(2025, 4, 2)
    assert due_date_under(date(2025, 3, 3), ending) == date(2025, 4, 30)
