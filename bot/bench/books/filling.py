"""A ledger as it is after years of business, written at once: only for measuring, for it goes past the use cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import func, insert, text
from sqlmodel import Session, SQLModel, select

from bot.bench.books.names import person_name, vendor_name
from storage.bills.vendors import match_key
from storage.db.tenancy import company_of
from storage.ledger import accounts, booking, double_entry
from storage.ledger.booking import Turnovers
from storage.models import (
    Bill,
    BillState,
    Document,
    Entry,
    EntryKind,
    Identity,
    Inbound,
    Person,
    Posting,
    Role,
    Side,
    Vendor,
)

TODAY = date(2025, 12, 15)
NOW = datetime(2025, 12, 15, 9, tzinfo=UTC)
DAYS = 5 * 365
BEGAN = NOW - timedelta(days=DAYS)
"""How long the company has been in business: the longer ago, the more of its bills are paid."""

PAID_AFTER = 20
POSTINGS_OF_BILL = 5
"""Three of its confirmation and two of its payment."""


@dataclass(frozen=True)
class Size:
    """How large the company is. `open_share` of its older bills was never paid; each colleague wrote `messages`."""

    vendors: int = 400
    people: int = 1
    open_share: float = 0.001
    messages: int = 0

    @classmethod
    def of(cls, postings: int) -> Size:
        """As large as a company with so many postings: with a million, 20,000 vendors and 300 people who wrote 100
        messages each, and some 10,000 open bills."""
        return cls(min(20_000, max(400, postings // 50)), min(300, max(2, postings // 3_000)), 0.04, postings // 10_000)


CATEGORIES = (
    "goods",
    "office",
    "software",
    "travel",
    "meals",
    "vehicles",
    "rent",
    "telecom",
    "marketing",
    "consulting",
)
AT_ONCE = 2_000  # bills written by one statement a table
TABLES: tuple[type[SQLModel], ...] = (Bill, Entry, Posting)


def begin(session: Session, person_id: int, size: Size = Size()) -> None:
    """Vendors, colleagues with what they wrote, and the one document that all bills were read from."""
    session.add(
        Document(
            sha256="0" * 64,
            name="scan.pdf",
            media_type="application/pdf",
            sent_by=person_id,
            message_key="bench",
            received_at=NOW,
        )
    )
    names = [vendor_name(n) for n in range(size.vendors)]
    session.add_all(Vendor(name=name, match_key=match_key(name)) for name in names)
    colleagues = [
        Person(name=person_name(n), role=Role.APPROVER if n % 30 else Role.ACCOUNTANT, created_at=BEGAN)
        for n in range(1, size.people)
    ]
    session.add_all(colleagues)
    session.flush()
    session.add_all(
        Identity(person_id=one.id, channel="web", address=f"person-{one.id}", linked_at=BEGAN) for one in colleagues
    )
    session.flush()
    for n in range(size.messages):
        session.add_all(
            Inbound(
                key=f"bench:{one.id}:{n}",
                channel="web",
                conversation=f"person-{one.id}",
                person_id=one.id,
                served_at=NOW - timedelta(hours=size.messages - n),
                replies="[]",
            )
            for one in colleagues
        )
        session.flush()


def grow(session: Session, bills: int, person_id: int, seed: int, size: Size = Size()) -> None:
    """Adds so many bills with their entries, spread over all the years; most of them are paid."""
    ids = accounts.ids(
        session, (*CATEGORIES, double_entry.PAYABLE, double_entry.BANK, double_entry.vat_account(Side.PAYABLE, "19"))
    )
    after = {table: session.exec(select(func.coalesce(func.max(table.id), 0))).one() for table in TABLES}  # type: ignore[attr-defined]
    turnovers: Turnovers = {}
    rows: dict[type[SQLModel], list[dict[str, Any]]] = {table: [] for table in TABLES}
    for n, made in enumerate(_bills(Random(seed), bills, person_id, size), start=1):
        made["id"] = after[Bill] + n
        _write_entries(made, ids, rows, after, turnovers)
        if n % AT_ONCE == 0 or n == bills:
            for table in TABLES:
                ours = [{**row, "company_id": company_of(session)} for row in rows[table]]
                session.connection().execute(insert(table), ours)
                rows[table].clear()
    booking.turn_over(session, turnovers)
    _go_on_counting(session)


def _bills(random: Random, number: int, person_id: int, size: Size) -> Iterator[dict[str, Any]]:
    for n in range(number):
        issued = TODAY - timedelta(days=DAYS - (n + 1) * DAYS // number)
        net = random.randrange(1_000, 200_000)
        vendor = random.randrange(size.vendors)
        unpaid = (TODAY - issued).days < PAID_AFTER or random.random() < size.open_share
        key = f"bench:{random.getrandbits(64):016x}"
        yield {
            "key": key,
            "document_id": 1,
            "part": n,
            "kind": "invoice",
            "state": BillState.CONFIRMED if unpaid else BillState.PAID,
            "vendor_id": vendor + 1,
            "vendor": vendor_name(vendor),
            "number": key[6:14],
            "number_key": key[6:14],
            "issue_date": issued,
            "due_date": issued + timedelta(days=30),
            "currency": "EUR" if random.random() < 0.9 else "USD",
            "subtotal_minor": net,
            "tax_minor": net * 19 // 100,
            "total_minor": net + net * 19 // 100,
            "open_minor": net + net * 19 // 100 if unpaid else 0,
            "side": Side.PAYABLE,
            "category": random.choice(CATEGORIES),
            "taxes": [],
            "evidence": _evidence(vendor_name(vendor), key[6:14], net + net * 19 // 100),
            "created_by": person_id,
            "created_at": NOW,
            "confirmed_by": person_id,
            "confirmed_at": NOW,
        }


def _evidence(vendor: str, number: str, total: int) -> dict[str, Any]:
    values = {"vendor": vendor, "number": number, "total": f"{total / 100:.2f}"}
    return {
        name: {"value": value, "confidence": 0.99, "page": 1, "box": None, "source": "text"}
        for name, value in values.items()
    }


def _write_entries(
    bill: dict[str, Any],
    ids: dict[str, int],
    rows: dict[type[SQLModel], list[dict[str, Any]]],
    after: dict[type[SQLModel], int],
    turnovers: Turnovers,
) -> None:
    rows[Bill].append(bill)
    net, tax, total = bill["subtotal_minor"], bill["tax_minor"], bill["total_minor"]
    vat = double_entry.vat_account(Side.PAYABLE, "19")
    booked = {bill["category"]: net, vat: tax, double_entry.PAYABLE: -total}
    entries = [(EntryKind.CONFIRMATION, bill["issue_date"], booked)]
    if bill["state"] is BillState.PAID:
        paid_on = bill["issue_date"] + timedelta(days=PAID_AFTER)
        entries.append((EntryKind.PAYMENT, paid_on, {double_entry.PAYABLE: total, double_entry.BANK: -total}))
    for kind, on, legs in entries:
        after[Entry] += 1
        rows[Entry].append(
            {
                "id": after[Entry],
                "key": f"{bill['key']}/{kind}",
                "kind": kind,
                "booked_on": on,
                "recorded_at": NOW,
                "description": f"{bill['vendor']} {bill['number']}",
                "bill_id": bill["id"],
                "person_id": bill["created_by"],
            }
        )
        for code, minor in legs.items():
            after[Posting] += 1
            rows[Posting].append(
                {
                    "id": after[Posting],
                    "entry_id": after[Entry],
                    "account_id": ids[code],
                    "amount_minor": minor,
                    "currency": bill["currency"],
                    "booked_on": on,
                    "bill_id": bill["id"],
                    "party_id": bill["vendor_id"],
                }
            )
            place = ids[code], bill["currency"], on.replace(day=1)
            debit, credit = turnovers.get(place, (0, 0))
            turnovers[place] = (debit + max(minor, 0), credit + max(-minor, 0))


def _go_on_counting(session: Session) -> None:
    """PostgreSQL is told where its counters stand now that rows came with ids, and what the tables look like."""
    if session.get_bind().dialect.name != "postgresql":
        return
    tables: tuple[type[SQLModel], ...] = (*TABLES, Vendor)
    for table in tables:
        name = str(table.__tablename__)
        counter = f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"  # noqa: S608
        session.connection().execute(text(counter))
        session.connection().execute(text(f"ANALYZE {name}"))
