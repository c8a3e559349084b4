"""The VAT return against an independent computation, and its properties: its boxes are what was posted."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from storage.bills import amendments, lifecycle, setting_aside
from storage.db.database import Database
from storage.ledger import booking, double_entry, exchange_rates, vat_countries
from storage.ledger.exchange_rates import Rate
from storage.ledger.money import Money
from storage.models import Account, Bill, Entry, Posting
from storage.payments import bill_payments
from storage.people.company import describe
from storage.reports.spending import Period
from storage.reports.vat_return import VatReturn, vat_return
from tests.fakes.books.small_company import NOW, invoice, owner

QUARTER = Period(date(2025, 1, 1), date(2025, 3, 31))
CENT = Decimal("0.01")
_numbers = count(1)


@dataclasses.dataclass(frozen=True)
class Fact:
    """A bill as a person would tell it: who sells, what it comes to without VAT, and how it is taxed."""

    ours: bool
    net: Decimal
    rate: int  # per cent that the seller charges
    kind: str = "S"
    country: str | None = None
    on: date = date(2025, 2, 10)
    credit: bool = False
    paid: Decimal = Decimal(0)  # which part of it was paid in the quarter


def book(session: Session, person: int, fact: Fact) -> int:
    tax = (fact.net * fact.rate / 100).quantize(CENT, ROUND_HALF_UP)
    number, who = next(_numbers), {"person_id": person, "now": NOW}
    values: dict[str, Any] = {
        "number": f"N{number}", "issue_date": fact.on.isoformat(), "total": str(fact.net + tax),
        "subtotal": str(fact.net),
        "tax": str(tax), "vendor": f"Party {number}", "buyer": f"Buyer {number}",
        "side": "receivable" if fact.ours else None,
    }  # fmt: skip
    bill = invoice(session, person, kind="credit_note" if fact.credit else "invoice", **values)
    told = {"tax_category": fact.kind if fact.kind != "S" else None, "party_country": fact.country}
    amendments.amend(session, bill.id, told, message_key=f"m{number}", **who)
    lifecycle.confirm(session, bill.id, key=f"c{number}", **who)
    if fact.paid:
        amount = Money.of(str(((fact.net + tax) * fact.paid).quantize(CENT)), "EUR")
        bill_payments.pay(session, bill.id, key=f"p{number}", on=date(2025, 3, 20), amount=amount, **who)
    return bill.id


def expected(facts: list[Fact], *, cash: bool = False) -> dict[str, tuple[Decimal, Decimal]]:
    """The German boxes, by what the law says of each fact: base and tax. Written without the product's tables."""
    boxes: dict[str, tuple[Decimal, Decimal]] = defaultdict(lambda: (Decimal(0), Decimal(0)))

    def add(box: str, base: Decimal, tax: Decimal) -> None:
        boxes[box] = (boxes[box][0] + base, boxes[box][1] + tax)

    for fact in facts:
        sign = -1 if fact.credit else 1
        tax = (fact.net * fact.rate / 100).quantize(CENT, ROUND_HALF_UP) * sign
        own = (fact.net * 19 / 100).quantize(CENT, ROUND_HALF_UP) * sign
        net = fact.net * sign
        part = fact.paid if cash and fact.ours and fact.kind in ("S", "E") else Decimal(1)
        if fact.ours and fact.kind == "S":
            add({19: "81", 7: "86"}[fact.rate], net * part, tax * part)
        elif fact.ours:
            place = "DE" if fact.country == "DE" else "EU" if fact.country == "FR" else "XX"
            box = {"E": "48", "K": "41", "G": "43"}.get(fact.kind) or {"DE": "60", "EU": "21", "XX": "45"}[place]
            add(box, net * part, Decimal(0))
        elif fact.kind == "K":
            add("89", net, own)
            add("61", Decimal(0), own)
        elif fact.kind == "AE":
            add("46" if fact.country == "FR" else "84", net, own)
            add("67", Decimal(0), own)
        elif fact.kind == "S" and fact.country in (None, "DE"):
            add("66", Decimal(0), tax)
    return {box: amounts for box, amounts in boxes.items() if any(amounts)}


def told(made: VatReturn) -> dict[str, tuple[Decimal, Decimal]]:
    return {
        one.box.number: (one.base.decimal, one.tax.decimal) for one in made.figures if one.base.minor or one.tax.minor
    }


FACTS = [
    Fact(True, Decimal("1000.00"), 19, paid=Decimal(1)),
    Fact(True, Decimal("333.33"), 19, on=date(2025, 1, 31)),
    Fact(True, Decimal("500.00"), 7, paid=Decimal("0.5")),
    Fact(True, Decimal("100.00"), 19, credit=True),
    Fact(True, Decimal("800.00"), 0, "K", "FR"),
    Fact(True, Decimal("900.00"), 0, "G", "US"),
    Fact(True, Decimal("70.00"), 0, "E", "DE", paid=Decimal(1)),
    Fact(True, Decimal("600.00"), 0, "AE", "FR"),
    Fact(True, Decimal("610.00"), 0, "AE", "DE"),
    Fact(True, Decimal("620.00"), 0, "AE", "CH"),
    Fact(False, Decimal("200.00"), 19, paid=Decimal(1)),
    Fact(False, Decimal("49.99"), 7),
    Fact(False, Decimal("1234.57"), 0, "K", "FR"),
    Fact(False, Decimal("99.95"), 0, "AE", "FR"),
    Fact(False, Decimal("45.00"), 0, "AE", "US"),
    Fact(False, Decimal("46.00"), 0, "AE", "DE", credit=True),
    Fact(False, Decimal("80.00"), 20, "S", "FR"),  # French VAT is a cost
    Fact(False, Decimal("55.00"), 0, "E", "DE"),
    Fact(False, Decimal("300.00"), 19, on=date(2025, 4, 1)),  # after the quarter
]


@pytest.mark.parametrize("basis", ["accrual", "cash"])
def test_a_quarter_is_as_an_independent_computation_has_it(database: Database, basis: str) -> None:
    person = owner(database)
    with database.transaction() as session:
        describe(session, country="DE")
        for fact in FACTS:
            book(session, person, fact)
        made = vat_return(session, QUARTER, vat_countries.form_of("DE"), basis, "EUR")
        wanted = expected([fact for fact in FACTS if fact.on <= QUARTER.until], cash=basis == "cash")
        assert told(made) == wanted
        assert made.doubtful == ()
        owed = sum(tax for box, (_, tax) in wanted.items() if box in ("81", "86", "89", "46", "84"))
        assert made.result.decimal == owed - sum(tax for box, (_, tax) in wanted.items() if box in ("66", "61", "67"))


KINDS = [
    (True, 19, "S", None), (True, 7, "S", None), (True, 0, "K", "FR"), (True, 0, "AE", "FR"), (False, 19, "S", None),
    (False, 7, "S", "DE"), (False, 0, "K", "FR"), (False, 0, "AE", "FR"), (False, 0, "AE", "US"), (False, 20, "S",
    "FR"),
]  # fmt: skip
SOME = st.lists(
    st.builds(
        lambda kind, cents, credit, paid: Fact(
            kind[0],
            Decimal(cents) / 100,
            kind[1],
            kind[2],
            kind[3],
            credit=credit,
            paid=Decimal(paid) / 4 * (not credit),
        ),
        st.sampled_from(KINDS),
        st.integers(1000, 5_000_000),
        st.booleans(),
        st.integers(0, 4),
    ),
    max_size=6,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SOME)
def test_boxes_are_what_was_posted(blank: tuple[Database, int], facts: list[Fact]) -> None:
    """Boxes equal the facts and the accounts of VAT, whatever was booked and taken back; entries sum to zero."""
    database, person = blank
    with database.transaction() as session:
        bills = [book(session, person, fact) for fact in facts]
        for bill in bills[::3]:
            if session.get_one(Bill, bill).state == "confirmed":
                setting_aside.void(session, bill, person_id=person, now=NOW)
        standing = [
            fact for fact, bill in zip(facts, bills, strict=True) if session.get_one(Bill, bill).state != "void"
        ]
        made = vat_return(session, QUARTER, vat_countries.form_of("DE"), "accrual", "EUR")
        assert told(made) == expected(standing)
        assert made.result.minor == -sum(
            posting.amount_minor
            for posting, code in session.exec(select(Posting, Account.code).join(Account)).all()
            if double_entry.is_vat(code)
        )
        for entry in session.exec(select(Entry)).all():
            assert sum(leg.amount.minor for leg in booking.draft_of(session, entry).legs) == 0
        paid = vat_return(session, QUARTER, vat_countries.form_of("DE"), "cash", "EUR")
        assert {one.box.number for one in paid.figures if one.bills} <= {
            one.box.number for one in made.figures if one.bills
        }
        session.rollback()


@pytest.fixture
def blank(tmp_path: Any, blank_sqlite: Any) -> tuple[Database, int]:
    import shutil

    database = Database(f"sqlite:///{shutil.copy(blank_sqlite, tmp_path)}")
    person = owner(database)
    with database.transaction() as session:
        describe(session, country="DE")
    return database, person


def test_a_british_return_has_nine_boxes(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        describe(session, country="GB", currency="GBP")
        exchange_rates.add(session, [Rate("GBP", date(2025, 2, 10), "1.0000")])
        book(session, person, Fact(True, Decimal("1000.00"), 20))
        book(session, person, Fact(False, Decimal("400.00"), 20))
        book(session, person, Fact(False, Decimal("100.00"), 0, "AE", "US"))
        made = vat_return(session, QUARTER, vat_countries.form_of("GB"), "accrual", "GBP")
    assert told(made) == {
        "1": (Decimal(0), Decimal(220)),
        "3": (Decimal(0), Decimal(220)),
        "4": (Decimal(0), Decimal(100)),
        "6": (Decimal(1100), Decimal(0)),
        "7": (Decimal(500), Decimal(0)),
    }
    assert made.result == Money(12000, "GBP")


def test_what_was_booked_before_treatments_counts_where_its_amounts_tell(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        describe(session, country="DE")
        for n, fact in enumerate((Fact(True, Decimal(1000), 19), Fact(False, Decimal(55), 0, "E", "DE"))):
            bill = session.get_one(Bill, book(session, person, fact))
            entry = lifecycle.confirmation_in_force(session, bill)
            draft = booking.draft_of(session, entry)  # as an earlier version booked it
            legs = tuple(dataclasses.replace(leg, tax=None) for leg in draft.legs)
            who: dict[str, Any] = {"person_id": person, "now": NOW}
            booking.reverse(session, entry, key=f"r{n}", **who)
            booking.post(session, dataclasses.replace(draft, key=f"o{n}", legs=legs), bill_id=bill.id, **who)
        made = vat_return(session, QUARTER, vat_countries.form_of("DE"), "accrual", "EUR")
        assert told(made) == {"81": (Decimal(1000), Decimal(190))}
        assert [(one.reason, one.amount) for one in made.doubtful] == [("old", Money(5500, "EUR"))]


def test_a_discount_lessens_what_was_declared_where_it_stands(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        describe(session, country="DE")
        bill = book(session, person, Fact(True, Decimal("1000.00"), 19))
        who: dict[str, Any] = {"person_id": person, "now": NOW}
        amendments.amend(session, bill, {"discount": "2%", "discount_until": "2025-03-30"}, message_key="d", **who)
        bill_payments.pay(session, bill, key="p", on=date(2025, 3, 20), amount=Money.of("1166.20", "EUR"), **who)
        for basis in ("accrual", "cash"):
            made = vat_return(session, QUARTER, vat_countries.form_of("DE"), basis, "EUR")
            assert told(made) == {"81": (Decimal("980.00"), Decimal("186.20"))}, basis
