"""A ledger as it is after years of business, written at once: only for measuring, for it goes past the use cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import func, insert, text
from sqlmodel import Session, SQLModel, select

from storage.bills.vendors import match_key
from storage.ledger import accounts, booking, double_entry
from storage.ledger.booking import Turnovers
from storage.models import Bill, BillState, Document, Entry, EntryKind, Posting, Side, Vendor

TODAY = date(2025, 12, 15)
NOW = datetime(2025, 12, 15, 9, tzinfo=UTC)
DAYS = 5 * 365
"""How long the company has been in business: the longer ago, the more of its bills are paid."""

PAID_AFTER = 20
VENDORS = 400
POSTINGS_OF_BILL = 5
"""Three of its confirmation and two of its payment."""

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


def begin(session: Session, person_id: int) -> None:
    """The vendors, and the one document that all bills were read from."""
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
    names = [vendor_name(n) for n in range(VENDORS)]
    session.add_all(Vendor(name=name, match_key=match_key(name)) for name in names)
    session.flush()


def vendor_name(n: int) -> str:
    """The n-th vendor's name."""
    return f"Vendor {n:03} GmbH"


def grow(session: Session, bills: int, person_id: int, seed: int) -> None:
    """Adds so many bills with their entries, spread over all the years; most of them are paid."""
    ids = accounts.ids(
        session, (*CATEGORIES, double_entry.PAYABLE, double_entry.BANK, double_entry.vat_account(Side.PAYABLE, "19"))
    )
    after = {table: session.exec(select(func.coalesce(func.max(table.id), 0))).one() for table in TABLES}  # type: ignore[attr-defined]
    turnovers: Turnovers = {}
    rows: dict[type[SQLModel], list[dict[str, Any]]] = {table: [] for table in TABLES}
    for n, made in enumerate(_bills(Random(seed), bills, person_id), start=1):
        made["id"] = after[Bill] + n
        _write_entries(made, ids, rows, after, turnovers)
        if n % AT_ONCE == 0 or n == bills:
            for table in TABLES:
                session.connection().execute(insert(table), rows[table])
                rows[table].clear()
    booking.turn_over(session, turnovers)
    _go_on_counting(session)


def _bills(random: Random, number: int, person_id: int) -> Iterator[dict[str, Any]]:
    for n in range(number):
        issued = TODAY - timedelta(days=DAYS - (n + 1) * DAYS // number)
        net = random.randrange(1_000, 200_000)
        vendor = random.randrange(VENDORS)
        unpaid = (TODAY - issued).days < PAID_AFTER or random.random() < 0.001
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
            "evidence": {"total": {"value": str(net), "confidence": 0.99, "page": 1, "box": None, "source": "text"}},
            "created_by": person_id,
            "created_at": NOW,
            "confirmed_by": person_id,
            "confirmed_at": NOW,
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
    for table in TABLES:
        name = str(table.__tablename__)
        counter = f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"  # noqa: S608
        session.connection().execute(text(counter))
        session.connection().execute(text(f"ANALYZE {name}"))
