"""What people's corrections taught of a vendor, for the next document from it."""

from __future__ import annotations

from dataclasses import astuple

from sqlmodel import Session

from extraction.corrections.printed_values import PrintedValue
from extraction.corrections.vendor_hints import DocumentSnapshot, Example, VendorHints, VendorName, learn
from extraction.fields.layout.value_location import alphanumeric_key
from storage.bills import vendor_memory
from storage.people import company


def hints_for(session: Session, imprint: DocumentSnapshot) -> VendorHints:
    """What is known of the vendor of a document that looks like this; empty for a vendor never corrected."""
    number = imprint.vat_id
    if number and alphanumeric_key(number) == alphanumeric_key(company.company(session).vat_id or ""):
        number = None  # ours, as the buyer
    behind = vendor_memory.recognise_vendor(session, imprint.vendor, number, imprint.iban)
    if behind is None:
        return VendorHints()
    examples = [
        Example(earlier.values, earlier.said, earlier.issued, tuple(PrintedValue(*row) for row in earlier.sightings))
        for earlier in vendor_memory.earlier(session, behind.vendor_id)
    ]
    return learn(
        examples,
        VendorName(behind.name, behind.sure, behind.misread, behind.numbered) if behind.name else None,
    )


def keep_imprint(session: Session, bill_id: int, imprint: DocumentSnapshot) -> None:
    """Keeps what the bill's document looked like, so that a correction of it can be looked up."""
    vendor_memory.keep(
        session,
        bill_id,
        vendor=imprint.vendor,
        vat_id=imprint.vat_id,
        iban=imprint.iban,
        sightings=[list(astuple(sighting)) for sighting in imprint.sightings],
    )
