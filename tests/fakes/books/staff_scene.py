"""A company with names that are alike, as the grammar sees it on Wednesday 10 June 2026."""

from __future__ import annotations

from datetime import date

from handlers.understand.text.sentence_context import KnownNames, SentenceContext
from storage.bills.names.vendor_index import VendorIndex
from storage.bills.vendors import match_key
from tests.fakes.books.grammar_scene import CATEGORIES

TODAY = date(2026, 6, 10)

ACMES = ("Acme GmbH", "Acme Logistics GmbH", "Acme Tools Ltd")
SOEHNE = "Müller & Söhne Bau GmbH"
MUELLERS = ("Bäckerei Müller", SOEHNE, "Müller Büromöbel GmbH")
TELEKOM, HETZNER, KRAUSE = "Telekom Deutschland GmbH", "Hetzner Online GmbH", "Steuerberatung Krause"
PRINT24, ADLER, GLOBEX = "Print24 GmbH", "Hotel Adler", "Globex AG"

VENDORS = (
    *ACMES, *MUELLERS, TELEKOM, HETZNER, KRAUSE, PRINT24, ADLER, GLOBEX, "Hausverwaltung Schmidt", "Staples",
    "Deutsche Bahn", "DHL", "Stadtwerke Berlin", "Amazon Web Services", "GitHub", "Adobe", "Initech GmbH",
    "Umbrella SE", "Mai & Partner", "Bank Verlag",
)  # fmt: skip

SCENE = SentenceContext(
    TODAY,
    "EUR",
    names=KnownNames(
        vendors=VendorIndex({match_key(name): name for name in VENDORS}),
        accounts={"bank": "bank", "Bank": "bank", "cash": "cash", "Kasse": "cash", "Sparkasse": "bank-2"},
        categories={name: code for code, names in CATEGORIES.items() for name in (code, *names)},
        titles={code: names[0] for code, names in CATEGORIES.items()},
        people=("Olga", "Anna Weber", "Max"),
        numbers=frozenset({"K-26-1", "2026-071", "4410", "H-1"}),
        customers=frozenset({GLOBEX, "Initech GmbH"}),
        payees=frozenset({*ACMES, TELEKOM}),
    ),
)
