"""Bills that come twice, and vendors whose name is spelled in many ways."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from storage.bills import amendments, duplicates, lifecycle, setting_aside
from storage.bills.bill_fields import number_key
from storage.bills.names.named_on_bills import PartiesOnBills, numbers_among
from storage.bills.vendors import alike, ensure_vendor, find_vendors, match_key
from storage.documents import document_register
from storage.errors import WrongState
from storage.models import BillState, Side
from storage.payments import bill_payments
from tests.fakes.books.small_company import NOW, TODAY, document, invoice

OTHER = {"number": "other", "issue_date": "2025-01-01", "total": "7.00", "tax": None, "subtotal": None}
"""Values of a quite different bill."""


@pytest.mark.parametrize(
    "spelling",
    [
        "Acme GmbH",
        "ACME",
        "acme g.m.b.h.",
        "AcmeGmbH",
        "Acme, Inc.",
        "Ácme Ltd",
        "  ACME\tGmbH & Co. KG ",
        "Acme S. A.",
    ],
)
def test_a_vendor_is_found_again_however_it_is_spelled(spelling: str) -> None:
    assert match_key(spelling) == "acme"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Müller & Söhne SARL", "mullersohne"),
        ("Muller und Sohne S.à r.l.", "mullersohne"),
        ("Smith and Sons Ltd.", "smithsons"),
        ("O’Neill's", "oneills"),
        ("Foo Sp. z o.o.", "foo"),
        ("GmbH", "gmbh"),
        ("3M Company", "3m"),
        ("株式会社東京", "株式会社東京"),
        ("— . —", ""),
    ],
)
def test_match_keys(name: str, key: str) -> None:
    assert match_key(name) == key


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Acme GmbH", "Acrne GmbH", False),  # too short to tell
        ("Stadtwerke München", "Stadtwerke Munchen GmbH", True),
        ("Office 101 Ltd", "Office lOl Ltd", True),
        ("Deutsche Telekom AG", "Deutsche Te1ekom", True),
        ("Deutsche Bahn", "Deutsche Bank", True),  # a question too many is better than a bill paid twice
        ("Acme", "Zenith", False),
        ("Łódź", "Lodz", True),  # as the recogniser writes what it has no letter for
        ("Ørsø", "Orso", True),
    ],
)
def test_names_that_a_recogniser_may_have_read_differently(one: str, other: str, same: bool) -> None:
    assert alike(match_key(one), match_key(other)) is same


@pytest.mark.parametrize(("one", "other"), [("INV-2024/001", "inv 2O24 OO1"), ("RE 5518", "re-SS1B"), ("№ 12", "no12")])
def test_numbers_are_compared_without_marks_and_look_alikes(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)


def test_a_vendor_is_added_once_and_half_a_name_finds_it(session: Session) -> None:
    acme = ensure_vendor(session, "Acme GmbH")
    assert ensure_vendor(session, "ACME G.m.b.H.").id == acme.id
    tools, paper = ensure_vendor(session, "Acme Tools Ltd"), ensure_vendor(session, "Paper & Pens")
    assert [one.id for one in find_vendors(session, "acme")] == [acme.id]
    assert [one.id for one in find_vendors(session, "tools")] == [tools.id]
    assert [one.id for one in find_vendors(session, "papr pens")] == [paper.id]
    assert find_vendors(session, "nobody") == find_vendors(session, "…") == []


@pytest.mark.parametrize(
    "values",
    [
        {"number": "2024 117", "vendor": "ACME", "issue_date": None, "total": "1.00", "tax": None},  # vendor + number
        {"number": None, "vendor": "Acme Gmbh."},  # vendor + date + total
        {"vendor": None, "issue_date": None},  # number + total
    ],
)
def test_a_bill_that_looks_like_another_is_held(session: Session, anna: int, values: dict[str, str | None]) -> None:
    first = invoice(session, anna)
    second = invoice(session, anna, **values)
    assert (first.state, second.state) == (BillState.DRAFT, BillState.HELD)
    assert second.duplicate_of == first.id
    with pytest.raises(WrongState, match="duplicate"):
        lifecycle.confirm(session, second.id, key="m", person_id=anna, now=NOW)
    with pytest.raises(WrongState, match="duplicate"):
        bill_payments.pay(session, second.id, key="m", on=TODAY, person_id=anna, now=NOW)


@pytest.mark.parametrize(
    "values",
    [
        {"vendor": "Zenith"},
        {"number": "2024-118", "issue_date": "2025-03-04"},
        {"number": "2024-118", "currency": "USD"},
        {"number": None, "issue_date": None},
        {"number": None, "vendor": None},
    ],
)
def test_a_bill_of_its_own_is_not_held(session: Session, anna: int, values: dict[str, str | None]) -> None:
    invoice(session, anna)
    assert invoice(session, anna, **values).state is BillState.DRAFT


def test_bills_of_which_nothing_is_known_are_no_duplicates(session: Session, anna: int) -> None:
    nothing = dict.fromkeys(("vendor", "number", "issue_date", "total", "subtotal", "tax", "currency", "due_date"))
    assert [invoice(session, anna, **nothing).state for _ in range(2)] == [BillState.DRAFT] * 2


def test_the_same_file_again_is_held_whatever_was_read(session: Session, anna: int) -> None:
    file = document(session, anna)
    first = invoice(session, anna, file=file)
    assert (
        invoice(session, anna, file=document(session, anna, file.sha256), **OTHER, vendor="X1").duplicate_of == first.id
    )
    assert document_register.bills_of(session, file.sha256)[0] == first


def test_a_void_bill_has_no_duplicates(session: Session, anna: int) -> None:
    setting_aside.void(session, invoice(session, anna).id, person_id=anna, now=NOW)
    assert invoice(session, anna).state is BillState.DRAFT


def test_keep_both(session: Session, anna: int) -> None:
    first, second = invoice(session, anna), invoice(session, anna)
    duplicates.keep_both(session, second.id, person_id=anna, now=NOW)
    assert (first.state, second.state) == (BillState.DRAFT, BillState.DRAFT)
    # A later correction does not ask the same question again.
    amendments.amend(session, second.id, {"due_date": "2025-05-01"}, message_key="m", person_id=anna, now=NOW)
    assert second.state is BillState.DRAFT
    with pytest.raises(WrongState, match="decided already"):
        duplicates.keep_existing(session, second.id, person_id=anna, now=NOW)


def test_keep_the_existing_one(session: Session, anna: int) -> None:
    first, second = invoice(session, anna), invoice(session, anna)
    duplicates.keep_existing(session, second.id, person_id=anna, now=NOW)
    assert (first.state, second.state) == (BillState.DRAFT, BillState.VOID)


def test_keep_the_new_one_unless_the_other_is_paid(session: Session, anna: int) -> None:
    first, second = invoice(session, anna), invoice(session, anna)
    bill_payments.pay(session, first.id, key="p", on=TODAY, person_id=anna, now=NOW)
    with pytest.raises(WrongState, match="Take the payment back"):
        duplicates.replace_existing(session, second.id, person_id=anna, now=NOW)
    bill_payments.unpay(session, first.id, key="u", person_id=anna, now=NOW)
    duplicates.replace_existing(session, second.id, person_id=anna, now=NOW)
    assert (first.state, second.state) == (BillState.VOID, BillState.DRAFT)


def test_a_correction_can_reveal_a_duplicate_and_undoing_it_frees_the_bill(session: Session, anna: int) -> None:
    first, second = invoice(session, anna), invoice(session, anna, **OTHER)
    amendments.amend(session, second.id, {"number": "2024-117"}, message_key="m", person_id=anna, now=NOW)
    assert second.state is BillState.HELD and second.duplicate_of == first.id
    amendments.undo(session, "m", person_id=anna, now=NOW)
    assert second.state is BillState.DRAFT and second.duplicate_of is None


def test_who_is_named_on_bills_of_late_is_known_with_side_and_number(session: Session, anna: int) -> None:
    invoice(session, anna, number="A-1")
    invoice(session, anna, **{**OTHER, "vendor": "Globex AG"}, due_date=None).side = Side.RECEIVABLE
    session.flush()
    late, long_ago = TODAY.replace(month=2), TODAY.replace(year=2023)
    assert numbers_among(session, late, ("a 1", "OTHER", "B-1")) == {"A-1"}
    assert numbers_among(session, long_ago, ("a 1", "OTHER", "B-1")) == {"A-1", "other"}
    assert "Acme GmbH" in PartiesOnBills(session, Side.PAYABLE, late)
    assert "Acme GmbH" not in PartiesOnBills(session, Side.RECEIVABLE, late)
    assert "Globex AG" not in PartiesOnBills(session, Side.RECEIVABLE, late)
    assert "Globex AG" in PartiesOnBills(session, Side.RECEIVABLE, long_ago)
