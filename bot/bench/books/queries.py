"""`billify bench ledger`: how long questions and bookings take as a ledger grows."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table
from sqlmodel import Session, func, select

from bot.bench.books.costs import SENDER, costs_table
from bot.bench.books.filling import NOW, POSTINGS_OF_BILL, TODAY, Size, begin, grow
from bot.bench.books.names import vendor_name
from bot.bench.books.statement import bench_statement
from handlers.answers.balance import balance
from handlers.answers.due_bills import due
from handlers.answers.results.spending import spend
from handlers.books.trial_balance import trial_balance
from handlers.context import Asker, Context
from handlers.errors import BillifyError
from handlers.requests import Balance, Due, Spend, TrialBalance
from storage import audit
from storage.bills import lifecycle
from storage.bills.bill_drafts import draft
from storage.bills.vendors import find_vendors
from storage.db.database import Database
from storage.ledger import accounts, double_entry
from storage.migrations.upgrade import migrate
from storage.models import Document, Entry, Posting, Role, Side
from storage.payments import bill_payments
from storage.people import people
from storage.reports import open_items, spending
from storage.reports.open_items import OpenItemFilter
from storage.reports.spending import Period
from storage.trail.verification import verify

MOST_ROWS = 60_000
"""Movements of the statement that is imported; a small ledger gets a tenth of its postings."""

QUERY_LIMIT, REPLY_LIMIT = 50.0, 150.0
"""Milliseconds that the queries behind an answer, and the answer with its words, may take at the median."""

TIMES = 15
BOOKINGS = 30
YEAR = Period(date(TODAY.year, 1, 1), TODAY)
VENDOR = vendor_name(17)


@dataclass(frozen=True)
class Asked:
    """A question: the queries that it rests on, and the use case that words the answer."""

    name: str
    query: Callable[[Session], object]
    reply: Callable[[Session, Context], object]


QUESTIONS = (
    Asked("what is due", lambda session: _open(session, None), lambda session, it: due(session, it, Due())),
    Asked(
        "a vendor's open bills",
        lambda session: _open(session, [vendor.id for vendor in find_vendors(session, VENDOR)]),
        lambda session, it: due(session, it, Due(vendor=VENDOR)),
    ),
    Asked(
        "balance",
        lambda session: accounts.balances(session, codes=[double_entry.BANK, double_entry.CASH, double_entry.PAYABLE]),
        lambda session, it: balance(session, it, Balance()),
    ),
    Asked(
        "balance at a date",
        lambda session: accounts.balances(session, at=date(2024, 5, 17), codes=[double_entry.BANK]),
        lambda session, it: balance(session, it, Balance("bank", date(2024, 5, 17))),
    ),
    Asked(
        "spend by category",
        lambda session: spending.by_category(session, YEAR, spending.expense_accounts(session)),
        lambda session, it: spend(session, it, Spend(YEAR.since, YEAR.until)),
    ),
    Asked(
        "trial balance",
        lambda session: accounts.trial_balance(session, at=date(2024, 5, 17)),
        lambda session, it: trial_balance(session, it, TrialBalance(date(2024, 5, 17))),
    ),
)


def bench_ledger(postings: int, url: str) -> None:
    """Prints all tables, for SQLite and, given the URL of an empty database, for PostgreSQL.

    Raises: BillifyError when the database has entries: it would be filled with what never happened.
    """
    console = Console()
    with tempfile.TemporaryDirectory(prefix="billify-bench-") as folder:
        urls = {"SQLite": f"sqlite:///{Path(folder) / 'ledger.db'}"} | ({"PostgreSQL": url} if url else {})
        for name, where in urls.items():
            database = Database(where)
            try:
                _measure(console, name, database, postings)
                console.print(costs_table(name, database, Path(folder)))
            finally:
                database.close()
    if not url:
        console.print("PostgreSQL is not measured: give an empty database with --database postgresql+psycopg://…")


def _measure(console: Console, name: str, database: Database, postings: int) -> None:
    migrate(database)
    with database.transaction() as session:
        if session.exec(select(Entry.id).limit(1)).first() is not None:
            raise BillifyError("This database has entries. The benchmark fills it, so give it an empty one.")
        accounts.ensure_chart(session)
        person = people.ensure_owner(session, "Bench", [("terminal", SENDER)], NOW).id
        size_of_company = Size.of(postings)
        begin(session, person, size_of_company)
    keys = count(1)
    inserts = Table("postings", "an entry takes", title=f"{name}: booking as the ledger grows")
    for size in _sizes(postings):
        with database.transaction() as session:
            missing = size - session.exec(select(func.count()).select_from(Posting)).one()
            grow(session, missing // POSTINGS_OF_BILL, person, seed=size, size=size_of_company)
        inserts.add_row(f"{size:,}", f"{_booking(database, person, keys):.1f} ms")
    console.print(inserts)
    with database.reading() as session:
        began, found = time.perf_counter(), verify(session)
        took = (time.perf_counter() - began) * 1000
    console.print(
        f"{name}: a step with its link in the audit's chain takes {_chaining(database, person):.1f} ms; verifying took "
        f"{took / max(found.links, 1):.3f} ms a row ({found.links:,} rows)."
    )
    console.print(_questions(name, database, person, postings))
    console.print(f"{name}: {bench_statement(database, person, min(MOST_ROWS, postings // 10))}")


def _sizes(postings: int) -> list[int]:
    """1,000, 10,000… up to the size asked for."""
    sizes = []
    size = 1_000
    while size < postings:
        sizes.append(size)
        size *= 10
    return [*sizes, postings]


def _booking(database: Database, person: int, keys: count[int]) -> float:
    """Milliseconds that one entry takes at the median: a draft is confirmed and paid, in a transaction each."""
    who: dict[str, Any] = {"person_id": person, "now": NOW}
    took = []
    for n in (next(keys) for _ in range(BOOKINGS)):
        with database.transaction() as session:
            evidence = {
                name: {"value": value, "confidence": 0.9}
                for name, value in {
                    "vendor": vendor_name(n % 50),
                    "number": f"N-{n}",
                    "issue_date": TODAY.isoformat(),
                    "currency": "EUR",
                    "total": f"{n}.19",
                }.items()
            }
            document = session.exec(select(Document)).first()
            assert document is not None
            bill = draft(session, key=f"new:{n}", document=document, kind="invoice", evidence=evidence, part=-n, **who)
        began = time.perf_counter()
        with database.transaction() as session:
            lifecycle.confirm(session, bill.id, key=f"c:{n}", **who)
        with database.transaction() as session:
            bill_payments.pay(session, bill.id, key=f"p:{n}", on=TODAY, **who)
        took.append((time.perf_counter() - began) / 2)
    return median(took) * 1000


def _chaining(database: Database, person: int) -> float:
    """Milliseconds at the median from a step's being recorded to its commit, less those of an empty transaction."""

    def took(steps: int) -> float:
        began = time.perf_counter()
        with database.transaction() as session:
            session.connection()
            for _ in range(steps):
                audit.record(session, "measured", person_id=person, now=NOW)
        return time.perf_counter() - began

    chained, empty = (median(took(steps) for _ in range(BOOKINGS)) for steps in (1, 0))
    return (chained - empty) * 1000


def _questions(name: str, database: Database, person: int, postings: int) -> Table:
    table = Table("question", "queries", "limit", "reply", "limit", title=f"{name}: {postings:,} postings, medians")
    context = Context(
        Asker(person, "Bench", Role.OWNER),
        "bench:1",
        "bench",
        "bench",
        NOW,
        TODAY,
        UTC,
        "EUR",
        _keep_nothing,
        _fetch_none,
    )
    for asked in QUESTIONS:
        queries = _median(database, asked.query)
        reply = _median(database, partial(_reply, asked, context))
        table.add_row(
            asked.name,
            _shown(queries, QUERY_LIMIT),
            f"{QUERY_LIMIT:.0f} ms",
            _shown(reply, REPLY_LIMIT),
            f"{REPLY_LIMIT:.0f} ms",
        )
    return table


def _reply(asked: Asked, context: Context, session: Session) -> object:
    return asked.reply(session, context)


def _median(database: Database, work: Callable[[Session], object]) -> float:
    """Milliseconds, in a new session each time, as messages are served."""
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        with database.reading() as session:
            work(session)
        took.append(time.perf_counter() - began)
    return median(took) * 1000


def _open(session: Session, vendors: list[int] | None) -> object:
    wanted = OpenItemFilter(Side.PAYABLE, vendors=vendors)
    return open_items.sums(session, wanted), open_items.first(session, wanted, 20)


def _shown(took: float, limit: float) -> str:
    return f"{took:.1f} ms" if took < limit else f"[red]{took:.1f} ms[/red]"


def _keep_nothing(data: bytes) -> str:
    return ""


def _fetch_none(sha256: str) -> bytes:
    return b""
