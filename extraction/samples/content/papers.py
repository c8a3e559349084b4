"""Documents that look like invoices and are none: a pro forma invoice, a reminder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from extraction.samples.content import invoices
from extraction.samples.content.bill import Bill, make_item


def holzmann_reminder(today: date) -> Bill:
    """A German reminder of the joiner's invoice, with a fee."""
    owed = invoices.holzmann(today)
    return replace(
        owed,
        kind="other",
        document_type="reminder",
        number="M-0077",
        issue_date=owed.issue_date + timedelta(days=44),
        due_date=owed.issue_date + timedelta(days=54),
        purchase_order="",
        terms=f"Unsere Rechnung {owed.number} ist noch offen. Bitte zahlen Sie den Betrag in den nächsten zehn Tagen.",
        items=(
            make_item(f"Rechnung {owed.number}", "1", "3977.00", "19"),
            make_item("Mahngebühr", "1", "5.00", "19"),
        ),
    )


def cascade_proforma(today: date) -> Bill:
    """An American pro forma invoice, to be paid in advance."""
    return replace(
        invoices.cascade(today),
        kind="other",
        document_type="proforma_invoice",
        number="PF-0119",
        issue_date=today,
        due_date=None,
        terms="This is not an invoice. We send it once your payment has arrived.",
    )
