"""What the fictional companies bill: one function for each document.

Each takes the day around which its dates lie; one has fixed dates, because the first five minutes of the README
speak of it.
"""

from __future__ import annotations

from datetime import date, timedelta

from extraction.samples.content import businesses as company
from extraction.samples.content.bill import Bill, Meter, make_item


def acme() -> Bill:
    """The README's example: its dates are fixed and its due date stands only in its terms."""
    issued = date(2025, 3, 3)
    return Bill(
        kind="invoice",
        vendor=company.ACME,
        buyer=company.STUDIO_BERLIN,
        number="2024-117",
        issue_date=issued,
        due_date=issued + timedelta(days=30),
        terms="Payment terms: 30 days net.",
        states_due=False,
        currency="EUR",
        locale="en_GB",
        items=(
            make_item("Concept and CAD model of a desk stand", "8", "85.00", "19", "h"),
            make_item("Prototype, laser-cut acrylic, 3 mm", "2", "145.00", "19", "pcs"),
            make_item("Express courier to Berlin", "1", "80.00", "19", "pcs"),
        ),
    )


def holzmann(today: date) -> Bill:
    """A joiner's invoice in German; for three days more it is 2 % less."""
    issued = today - timedelta(days=11)
    return Bill(
        kind="invoice",
        vendor=company.HOLZMANN,
        buyer=company.STUDIO_BERLIN,
        number=f"RE-{issued.year}-0482",
        issue_date=issued,
        due_date=issued + timedelta(days=30),
        terms="2 % Skonto bei Zahlung innerhalb von 14 Tagen ab Rechnungsdatum, innerhalb von 30 Tagen ohne Abzug.",
        currency="EUR",
        locale="de_DE",
        purchase_order="B-20931",
        items=(
            make_item("Besprechungstisch Eiche massiv, geölt, 240 × 100 cm", "1", "2480.00", "19", "Stk."),
            make_item("Sitzbank Eiche, 200 cm", "2", "640.00", "19", "Stk."),
            make_item("Lieferung und Montage", "3.5", "62.00", "19", "Std."),
        ),
    )


def harrow(today: date) -> Bill:
    """A British printer's invoice with an order number, due in nine days."""
    due = today + timedelta(days=9)
    return Bill(
        kind="invoice",
        vendor=company.HARROW,
        buyer=company.STUDIO_BRISTOL,
        number="INV-20418",
        issue_date=due - timedelta(days=21),
        due_date=due,
        terms="Please pay within 21 days of the date of issue.",
        currency="GBP",
        locale="en_GB",
        purchase_order="PO-7731",
        items=(
            make_item("Exhibition panels, 3 mm Dibond, 1200 × 2400 mm", "6", "148.00", "20"),
            make_item("Window vinyl, cut and weeded", "14.5", "32.40", "20", "m²"),
            make_item("A2 posters, 170 gsm silk, full colour", "250", "0.86", "20"),
            make_item("Installation, out of hours", "5", "55.00", "20", "h"),
        ),
    )


def harrow_credit(today: date) -> Bill:
    """What Harrow & Finch gives back on their invoice."""
    return Bill(
        kind="credit_note",
        vendor=company.HARROW,
        buyer=company.STUDIO_BRISTOL,
        number="CN-0093",
        issue_date=today - timedelta(days=2),
        terms="Credited against invoice INV-20418. No payment is needed.",
        currency="GBP",
        locale="en_GB",
        items=(
            make_item("Exhibition panel, returned damaged", "1", "148.00", "20"),
            make_item("A2 posters, short delivery", "30", "0.86", "20"),
        ),
    )


def beaumont(today: date) -> Bill:
    """A French caterer's invoice at two rates of tax, six days overdue."""
    due = today - timedelta(days=6)
    issued = due - timedelta(days=30)
    return Bill(
        kind="invoice",
        vendor=company.BEAUMONT,
        buyer=company.STUDIO_PARIS,
        number=f"F{issued.year}-0311",
        issue_date=issued,
        due_date=due,
        terms="Paiement à 30 jours par virement.",
        note="Pénalités de retard : trois fois le taux d'intérêt légal. Indemnité forfaitaire pour frais de "
        "recouvrement : 40 € (art. L441-10 du Code de commerce). Pas d'escompte pour paiement anticipé.",
        currency="EUR",
        locale="fr_FR",
        items=(
            make_item("Cocktail dînatoire, par personne", "45", "28.50", "10"),
            make_item("Vins de Bourgogne, sélection", "18", "16.90", "20", "btl"),
            make_item("Service, 3 personnes, 5 heures", "15", "34.00", "20", "h"),
        ),
    )


def cascade(today: date) -> Bill:
    """An American invoice by usage, with prices finer than a cent, due in five days."""
    due = today + timedelta(days=5)
    issued = due - timedelta(days=30)
    return Bill(
        kind="invoice",
        vendor=company.CASCADE,
        buyer=company.STUDIO_SEATTLE,
        number="C7D2-00119",
        issue_date=issued,
        due_date=due,
        terms="Net 30. Late payments accrue 1.5% interest per month.",
        currency="USD",
        locale="en_US",
        items=(
            make_item("Business plan, 12 seats", "12", "24.00", "10.35"),
            make_item("Object storage, GB-month", "3420", "0.021", "10.35"),
            make_item("Data transfer out, GB", "1185", "0.085", "10.35"),
            make_item("Priority support", "1", "150.00", "10.35"),
        ),
    )


_TOWNS = (
    *("Utrecht", "Breda", "Gent", "Antwerpen", "Eindhoven", "Arnhem", "Venlo"),
    *("Groningen", "Zwolle", "Brugge", "Tilburg", "Delft", "Leiden"),
)


def vermeer(today: date) -> Bill:
    """A Dutch haulier's invoice over two pages, due in 17 days."""
    due = today + timedelta(days=17)
    issued = due - timedelta(days=30)
    runs = (
        make_item(
            f"Rit {issued - timedelta(days=40 - 3 * n):%d-%m} Rotterdam – {town}\nZending {58210 + 37 * n}, pallets",
            str(2 + n * 5 % 7),
            f"{38 + n * 17 % 29}.50",
            "21",
        )
        for n, town in enumerate(_TOWNS)
    )
    return Bill(
        kind="invoice",
        vendor=company.VERMEER,
        buyer=company.STUDIO_AMSTERDAM,
        number=f"{issued.year}.00874",
        issue_date=issued,
        due_date=due,
        terms="Betaling binnen 30 dagen onder vermelding van het betalingskenmerk.",
        currency="EUR",
        locale="nl_NL",
        reference=f"7{issued.year}00874",
        items=(
            *runs,
            make_item("Dieseltoeslag", "1", "86.40", "21"),
            make_item("Opslag, palletweken", "64", "2.35", "21"),
        ),
    )


def corrib(today: date) -> Bill:
    """An Irish electricity bill with meter readings, due in twelve days."""
    due = today + timedelta(days=12)
    return Bill(
        kind="invoice",
        vendor=company.CORRIB,
        buyer=company.STUDIO_DUBLIN,
        number="10448273",
        issue_date=due - timedelta(days=14),
        due_date=due,
        terms="Please pay by the due date. Quote the payment reference with your transfer.",
        currency="EUR",
        locale="en_IE",
        reference="9921-0448273",
        meter=Meter("E44-90217", 48213, 49871, (1490, 1555, 1610, 1385, 1240, 1105, 980, 1012, 1130, 1298, 1502, 1658)),
        items=(
            make_item("Day units, kWh", "1216", "0.3184", "9"),
            make_item("Night units, kWh", "442", "0.1877", "9"),
            make_item("Standing charge, days", "61", "0.92", "9"),
            make_item("Public service obligation levy", "2", "11.46", "9"),
        ),
    )


def sowa(today: date) -> Bill:
    """A Polish invoice in złoty, due tomorrow."""
    due = today + timedelta(days=1)
    issued = due - timedelta(days=7)
    return Bill(
        kind="invoice",
        vendor=company.SOWA,
        buyer=company.STUDIO_WARSAW,
        number=f"FV/{issued:%m/%Y}/218",
        issue_date=issued,
        due_date=due,
        terms="Forma zapłaty: przelew, 7 dni.",
        currency="PLN",
        locale="pl_PL",
        digits="dd.MM.yyyy",
        items=(
            make_item("Druk katalogu, 48 str., papier kredowy", "500", "7.40", "23"),
            make_item("Druk ulotek DL, dwustronny", "2000", "0.38", "23"),
            make_item("Projekt okładki", "1", "650.00", "23"),
        ),
    )


def aoi(today: date) -> Bill:
    """A Japanese invoice in yen, which has no minor unit, due in 24 days."""
    due = today + timedelta(days=24)
    issued = due - timedelta(days=30)
    return Bill(
        kind="invoice",
        vendor=company.AOI,
        buyer=company.STUDIO_TOKYO,
        number=f"AOI-{issued:%y%m}-06",
        issue_date=issued,
        due_date=due,
        terms="Please transfer by the due date. Bank charges are borne by the sender.",
        currency="JPY",
        locale="en_US",
        items=(
            make_item("Brand guidelines, Japanese edition", "1", "185000", "10"),
            make_item("Packaging artwork, per variant", "3", "42000", "10"),
            make_item("Proofreading, pages", "26", "1250", "10"),
        ),
    )


def buerowelt(today: date) -> Bill:
    """A German order confirmation: it looks like an invoice and says that it is none."""
    issued = today - timedelta(days=1)
    return Bill(
        kind="other",
        vendor=company.BUEROWELT,
        buyer=company.STUDIO_BERLIN,
        number="AB-558120",
        issue_date=issued,
        terms="Dies ist keine Rechnung. Sie erhalten die Rechnung mit der Lieferung in etwa fünf Werktagen.",
        currency="EUR",
        locale="de_DE",
        purchase_order="B-20957",
        items=(
            make_item("Bürodrehstuhl „Modell 7“, schwarz", "4", "289.00", "19", "Stk."),
            make_item("Kopierpapier A4, 80 g/m², 5 × 500 Blatt", "12", "21.95", "19", "Krt."),
            make_item("Whiteboard 180 × 120 cm, magnetisch", "1", "174.50", "19", "Stk."),
        ),
    )
