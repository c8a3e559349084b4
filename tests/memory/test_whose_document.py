"""Whose document it is, by whose documents of that look were before: misread names, other names, shared accounts."""

from __future__ import annotations

import time
from itertools import count

from sqlmodel import Session

from extraction.corrections.apply_hints import apply_hints
from extraction.corrections.vendor_hints import DocumentSnapshot, VendorHints, VendorName
from extraction.evidence import Evidence, ReadDocument
from handlers.documents.vendor_memory import hints_for
from storage.bills import amendments, lifecycle, vendor_memory
from storage.bills.vendor_memory import RecognisedVendor
from storage.db.database import Database
from storage.models import Bill, Imprint, Vendor
from storage.people import company
from tests.fakes.books.small_company import NOW, invoice, owner
from tests.fakes.documents.drawn_pages import page_of

_messages = count(1)


def received(
    session: Session, person: int, read_as: str, *, vat_id: str | None = None, iban: str | None = None
) -> Bill:
    """A draft of an invoice on which this vendor was read."""
    bill = invoice(session, person, vendor=read_as, number=f"N{next(_messages)}")
    vendor_memory.keep(session, bill.id, vendor=read_as, vat_id=vat_id, iban=iban, sightings=[])
    return bill


def corrected(session: Session, person: int, bill: Bill, vendor: str) -> Bill:
    """The bill, of which somebody says that this is its vendor."""
    key = f"terminal:said-{next(_messages)}"
    amendments.amend(session, bill.id, {"vendor": vendor}, message_key=key, person_id=person, now=NOW)
    return bill


def behind(
    session: Session, vendor: str | None, vat_id: str | None = None, iban: str | None = None
) -> RecognisedVendor | None:
    return vendor_memory.recognise_vendor(session, vendor, vat_id, iban)


def test_a_vendor_never_seen_is_nobody(database: Database) -> None:
    with database.transaction() as session:
        assert behind(session, "Acme GmbH") is None
        assert behind(session, None) is None


def test_what_was_read_right_needs_no_other_name(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        bill = received(session, person, "Acme GmbH")
        found = behind(session, "ACME G.m.b.H.")
        assert found is not None
        assert (found.vendor_id, found.name) == (bill.vendor_id, None)


def test_a_name_misread_the_same_way_again(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        bill = corrected(session, person, received(session, person, "ACNE GmbH"), "Acme GmbH")
        assert behind(session, "ACNE GmbH") == RecognisedVendor(bill.vendor_id, "Acme GmbH", sure=False, misread=True)
        corrected(session, person, received(session, person, "ACNE GmbH"), "Acme GmbH")
        assert behind(session, "ACNE GmbH") == RecognisedVendor(bill.vendor_id, "Acme GmbH", sure=True, misread=True)


def test_a_name_misread_another_way_is_known_by_the_vat_id(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        bill = received(session, person, "ACNE WERKZEUGE GMBH", vat_id="DE136695976")
        corrected(session, person, bill, "Acme Werkzeuge GmbH")
        assert behind(session, "ACNIE WFRKZEUGE") is None
        found = behind(session, "ACNIE WFRKZEUGE", "DE136695976")
        assert found is not None
        assert (found.name, found.misread, found.numbered) == ("Acme Werkzeuge GmbH", True, True)


def test_an_account_that_several_vendors_share_tells_nothing(database: Database) -> None:
    """A factor collects for both."""
    person = owner(database)
    with database.transaction() as session:
        for name in ("Acme GmbH", "Globex AG"):
            bill = received(session, person, name, iban="DE02120300000000202051")
            lifecycle.confirm(session, bill.id, key=f"terminal:ok-{name}", person_id=person, now=NOW)
        assert behind(session, "Initech", None, "DE02120300000000202051") is None


def test_two_vendors_behind_one_name_are_no_sure_thing(database: Database) -> None:
    """The reader took the buyer, who is on everybody's invoices, for the vendor."""
    person = owner(database)
    with database.transaction() as session:
        for vendor in ("Acme GmbH", "Globex AG"):
            corrected(session, person, received(session, person, "Our Company Ltd"), vendor)
        found = behind(session, "Our Company Ltd")
        assert found is not None
        assert (found.name, found.sure, found.misread) == ("Globex AG", False, False)


def document(vendor: str, confidence: float = 0.9) -> ReadDocument:
    return ReadDocument("invoice", (1,), {"vendor": Evidence(vendor, confidence, "text")})


def test_a_name_that_is_printed_nowhere_is_known_by_the_vat_number_and_doubted() -> None:
    """The name is a logo that cannot be read; a name beyond doubt stays, since a shop prints its company's number."""
    hints = VendorHints(VendorName("Globex AG", sure=False, misread=False, numbered=True))
    page = page_of("DRESS FOR LESS\nVAT no. DE136695976\nTotal   10.00")
    found = apply_hints(document("DRESS FOR LESS", 0.5), [page], hints).fields["vendor"]
    assert (found.value, found.confidence < 0.85, found.reason) == ("Globex AG", True, "by its VAT number")
    assert apply_hints(document("Acme Shop", 0.95), [page], hints).value("vendor") == "Acme Shop"
    twice = VendorHints(VendorName("Globex AG", sure=True, misread=False, numbered=True))
    assert apply_hints(ReadDocument("invoice", (1,), {}), [page], twice).fields["vendor"].confidence >= 0.85


def test_our_own_vat_number_tells_no_vendor(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        company.change(session, "vat_id", "DE 136695976", person_id=person, now=NOW)
        bill = received(session, person, "ACNE WERKZEUGE GMBH", vat_id="DE136695976")
        corrected(session, person, bill, "Acme Werkzeuge GmbH")
        assert hints_for(session, DocumentSnapshot("Initech", "DE136695976")).vendor is None
        assert hints_for(session, DocumentSnapshot("ACNE WERKZEUGE GMBH", "DE136695976")).vendor is not None


def test_another_name_is_taken_only_where_it_is_printed() -> None:
    hints = VendorHints(VendorName("Globex AG", sure=True, misread=False))
    elsewhere = page_of("Our Company Ltd\nInvoice of Initech SE\nTotal   10.00")
    assert apply_hints(document("Our Company Ltd"), [elsewhere], hints).value("vendor") == "Our Company Ltd"
    printed = page_of("Our Company Ltd\nInvoice of GLOBEX AG\nTotal   10.00")
    assert apply_hints(document("Our Company Ltd"), [printed], hints).value("vendor") == "Globex AG"


def test_it_stays_quick_with_a_thousand_vendors(database: Database) -> None:
    """Looking a vendor up takes a few indexed queries, however many there are."""
    person = owner(database)
    with database.transaction() as session:
        first = received(session, person, "Vendor 0 GmbH", vat_id="DE136695976")
        session.add_all(Vendor(name=f"Vendor {n}", match_key=f"vendor{n}x") for n in range(1000))
        session.flush()
        shown = {"document_id": first.document_id, "kind": "invoice", "state": first.state, "created_by": person}
        made = [
            Bill(key=f"k{n}", vendor_id=first.vendor_id, vendor="Other", created_at=NOW, part=n, **shown)
            for n in range(1, 1001)
        ]
        session.add_all(made)
        session.flush()
        session.add_all(Imprint(bill_id=bill.id, vendor_key=f"vendor{n}x") for n, bill in enumerate(made))
    with database.reading() as session:
        began = time.process_time()
        found = behind(session, "Vendor 0 GmbH", "DE136695976")
        assert found is not None
        vendor_memory.earlier(session, found.vendor_id)
        assert time.process_time() - began < 1.0
