"""What the fictional shops and restaurants put on their receipts: one function for each."""

from __future__ import annotations

from datetime import date, timedelta

from extraction.samples.content import businesses as company
from extraction.samples.content.bill import Bill, make_item


def copper_pot(today: date) -> Bill:
    """An American restaurant's receipt with tax added and a tip."""
    return Bill(
        kind="receipt",
        vendor=company.COPPER_POT,
        number="003172",
        issue_date=today - timedelta(days=3),
        currency="USD",
        locale="en_US",
        tip=1400,
        note="Table 12   Guests 2   Server: Dana",
        items=(
            make_item("Clam Chowder", "2", "8.50", "8"),
            make_item("Lobster Roll", "1", "27.00", "8"),
            make_item("Grilled Haddock", "1", "22.50", "8"),
            make_item("Iced Tea", "2", "3.25", "8"),
        ),
    )


def korb(today: date) -> Bill:
    """A German supermarket's receipt: prices include tax, at two rates."""
    return Bill(
        kind="receipt",
        vendor=company.KORB,
        number="4711-0820",
        issue_date=today - timedelta(days=4),
        currency="EUR",
        locale="de_DE",
        gross_prices=True,
        note="Es bediente Sie Frau Yilmaz   Kasse 3",
        items=(
            make_item("Bio Vollmilch 3,8%", "4", "1.29", "7"),
            make_item("Roggenmischbrot 750g", "1", "3.49", "7"),
            make_item("Äpfel Elstar 1,284 kg", "1", "3.84", "7"),
            make_item("Kaffee Crema ganze Bohne", "2", "11.99", "7"),
            make_item("Haferkekse", "3", "1.79", "7"),
            make_item("Mineralwasser 12x0,7", "2", "5.49", "19"),
            make_item("Spülmittel Zitrone", "1", "2.25", "19"),
            make_item("Küchenrolle 4er", "1", "3.29", "19"),
        ),
    )


_SHELF = (
    ("Linsenkopfschraube M4x20 A2", "0.19"),
    ("Sechskantmutter M4 A2", "0.09"),
    ("Unterlegscheibe M4", "0.06"),
    ("Spanplattenschraube 4x40", "0.12"),
    ("Dübel 8 mm grau", "0.14"),
    ("Schleifpapier Korn 120", "1.29"),
    ("Malerkrepp 30 mm", "3.49"),
    ("Pinsel flach 50 mm", "4.95"),
    ("Winkel verzinkt 60x60", "1.15"),
    ("Kabelbinder 200 mm", "0.08"),
)


def nordwerk(today: date) -> Bill:
    """A German builder's merchant's receipt, as long as a morning's list: more than half a metre of paper."""
    sizes = ("klein", "mittel", "groß", "Vorrat")
    return Bill(
        kind="receipt",
        vendor=company.NORDWERK,
        number="88-204417",
        issue_date=today - timedelta(days=6),
        currency="EUR",
        locale="de_DE",
        gross_prices=True,
        note="Kasse 2   Es bediente Sie Herr Petersen",
        items=tuple(
            make_item(f"{name} {size}", str(2 + (7 * n + 3 * m) % 11), price, "19")
            for m, size in enumerate(sizes)
            for n, (name, price) in enumerate(_SHELF)
        ),
    )
