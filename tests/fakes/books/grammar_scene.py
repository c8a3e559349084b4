"""A small company as the grammar sees it: Friday 21 March 2025, its vendors, accounts, categories and people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from handlers.last_answer import Last
from handlers.understand.text.sentence_context import KnownNames, SentenceContext
from storage.bills.names.vendor_index import VendorIndex
from storage.bills.vendors import match_key

TODAY = date(2025, 3, 21)

VENDORS = (
    "Acme GmbH", "Globex Ltd", "Bistro Luna", "Müller Bau GmbH", "Müller IT", "Deutsche Telekom AG", "Initech",
    "Stadtwerke München", "Amazon Web Services", "Hosting Nord",
)  # fmt: skip
CATEGORIES = {
    "travel": ("Travel", "Reisen"), "software": ("Software", "Software"), "office": ("Office supplies", "Bürobedarf"),
    "bank_fees": ("Bank fees", "Bankgebühren"), "rent": ("Rent", "Miete"),
    "meals": ("Meals and entertainment", "Bewirtung"),
    "marketing": ("Marketing", "Marketing"), "expense": ("Other expenses", "Sonstige Ausgaben"),
}  # fmt: skip

NAMES = KnownNames(
    vendors=VendorIndex({match_key(name): name for name in VENDORS}),
    accounts={"bank": "bank", "Bank": "bank", "cash": "cash", "Cash": "cash", "Kasse": "cash", "Sparkasse": "bank-2"},
    categories={name: code for code, names in CATEGORIES.items() for name in (code, *names)},
    titles={code: names[0] for code, names in CATEGORIES.items()},
    kept={"bank-2": "USD"},
    people=("Olga", "Anna Schmidt", "Ben"),
)

SCENE = SentenceContext(TODAY, "EUR", names=NAMES)
"""No bill is in focus and nothing was said before."""

ACME = {"vendor": "Acme GmbH", "number": "2024-117", "issue_date": "2025-03-03", "currency": "EUR", "total": "1249.50"}

BOOKED = replace(SCENE, known=ACME, booked=True)
"""A confirmed bill of Acme's is in focus."""


def after(question: Any, *bills: int) -> SentenceContext:
    """The scene once this question was answered with these bills."""
    return replace(SCENE, last=Last(question, bills, "en"))
