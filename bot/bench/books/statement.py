"""How long a bank's CSV of many movements takes, and how long others wait for it meanwhile."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from sqlmodel import Session

from bot.bench.books.filling import DAYS, NOW, TODAY, Size
from bot.bench.books.names import vendor_name
from extraction.evidence import Reading
from extraction.files.media_type import detect_media_type
from extraction.statements.read_statements import read_statements
from extraction.statements.tables.column_mapping import guess_columns
from handlers.banking import long_import
from handlers.banking.statement_drafts import draft_of
from storage import audit
from storage.bank import bank_accounts, statements
from storage.bills.outstanding import open_bills
from storage.db.database import Database
from storage.models import Statement
from storage.reconciliation import reconciling

_KEY = "bench/statement"


@dataclass(frozen=True)
class Took:
    """Seconds: `read` in the reader's process, `judged` for its columns alone, `imported` for all batches, and the
    longest that one who books something meanwhile waited."""

    rows: int
    open_bills: int
    read: float
    judged: float
    imported: float
    waited: float

    def __str__(self) -> str:
        return (
            f"A CSV statement of {self.rows:,} movements beside {self.open_bills:,} open bills: read in "
            f"{self.read:.1f} s ({self.judged:.1f} s of it to know its columns), imported in {self.imported:.0f} s, "
            f"{self.imported / self.rows * 1000:.1f} ms a movement; whoever booked meanwhile waited for "
            f"{self.waited:.2f} s at most."
        )


def bench_statement(database: Database, person_id: int, rows: int) -> Took:
    """Reads and imports one; every hundredth movement pays an open bill."""
    with database.reading() as session:
        owed = [(bill.number or "", bill.open_minor) for bill in open_bills(session) if bill.currency == "EUR"]
        number = len(open_bills(session))
    data = _csv(rows, owed)
    began = time.perf_counter()
    reading = read_statements(data, detect_media_type(data))
    read = time.perf_counter() - began
    assert reading.table is not None
    began = time.perf_counter()
    guess_columns(reading.table)
    judged = time.perf_counter() - began
    imported, waited = asyncio.run(_import(database, person_id, reading))
    return Took(rows, number, read, judged, imported, waited)


def _csv(rows: int, owed: list[tuple[str, int]]) -> bytes:
    random = Random(rows)
    lines = ["Buchungstag;Empfänger;Verwendungszweck;Betrag;Währung"]
    for n in range(rows):
        day = TODAY - timedelta(days=DAYS - n * DAYS // rows)
        name, cents = f"{random.getrandbits(32):08x}", random.randrange(100, 200_000)
        if owed and n % 100 == 0:
            name, cents = owed[n // 100 % len(owed)]
        vendor = vendor_name(random.randrange(Size().vendors))
        amount = f"-{cents // 100},{cents % 100:02}"
        lines.append(f"{day:%d.%m.%Y};{vendor};Rechnung {name} vom {day:%d.%m.};{amount};EUR")
    return "\n".join(lines).encode()


async def _import(database: Database, person_id: int, reading: Reading) -> tuple[float, float]:
    """Seconds that all batches took, as `bot.background.imports` does them, and the longest that others waited."""
    ready = await database.run(_begin, person_id, reading)
    waits, done = [0.0], asyncio.Event()

    async def others() -> None:
        while not done.is_set():
            began = time.perf_counter()
            await database.run(_book, person_id)
            waits.append(time.perf_counter() - began)
            await asyncio.sleep(0.1)

    beside = asyncio.create_task(others())
    began = time.perf_counter()
    for batch in long_import.batches(ready.missing):
        await database.run(ready.add, batch)
        await asyncio.sleep(0.02)
    took = time.perf_counter() - began
    done.set()
    await beside
    return took, max(waits)


@dataclass(frozen=True)
class _Ready:
    missing: list[Any]
    add: Callable[[Session, Any], None]


def _begin(session: Session, person_id: int, reading: Reading) -> _Ready:
    account = next(iter(bank_accounts.banks(session)))
    draft = draft_of(reading.statements[0], "EUR", sha256="1" * 64, part=0)
    begun = statements.begin_statement(session, account.id, draft, person_id=person_id, now=NOW)
    number = begun.statement.id

    def add(session: Session, batch: Any) -> None:
        new = statements.add_movements(session, session.get_one(Statement, number), batch)
        reconciling.reconcile_movements(session, new, key=_KEY, person_id=person_id, now=NOW)

    return _Ready(statements.unknown_movements(session, account.id, draft), add)


def _book(session: Session, person_id: int) -> None:
    audit.record(session, "measured", person_id=person_id, now=NOW)
