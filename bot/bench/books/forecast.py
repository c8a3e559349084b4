"""`billify bench forecast`: how far forecasts of the balance are from what then was, on years that are played.

A small company's days are played one after the other through the ledger's own functions: its customers pay each in
their way, early, late or very late; it pays its vendors when they are due. At each month's end of the later half it is
asked what will be there in 14, 30 and 60 days, once with what was learnt of how customers pay and once naively, by due
dates; the books say later what was right. Nothing is known ahead to either.
"""

from __future__ import annotations

import calendar
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from random import Random
from statistics import mean

from rich.console import Console
from rich.table import Table
from sqlmodel import Session

from storage.bank import opening_balances
from storage.bills import lifecycle
from storage.bills.bill_drafts import draft
from storage.db.database import Database
from storage.documents import document_register
from storage.ledger import accounts, double_entry
from storage.ledger.money import Money
from storage.migrations.upgrade import migrate
from storage.models import Document, Side
from storage.payments import bill_payments
from storage.people import people
from storage.reports.cash_flow_forecast import Basis, forecast

YEARS = 2
BEGAN = date(2023, 1, 2)
HORIZONS = (14, 30, 60)
OPENING = 60_000_00
TERMS = 14
"""Days in which our invoices are due."""

CUSTOMERS: tuple[tuple[str, float, float], ...] = (
    ("Stadtwerke Nord", -3, 1), ("Autohaus Berger", 2, 2), ("Klinik am Park", 28, 6), ("Bau Lehmann", 41, 12),
    ("Bäckerei Sonntag", 0, 1), ("Verlag Herbst", 16, 4), ("Hotel Seeblick", 9, 5), ("Schule am Markt", 33, 8),
)  # fmt: skip
"""Customers with the days by which they usually pay late, and how much that varies."""
RECURRING: tuple[tuple[str, int, int], ...] = (
    ("Immobilien Krause", 1, 2_400_00), ("Leasing Süd", 5, 890_00), ("Strom GmbH", 12, 410_00),
    ("Telefon AG", 20, 95_00),
)  # fmt: skip
"""Vendors with the day of the month on which their bill comes, and over how much."""
OTHERS = ("Großhandel Maas", "Werkzeug Thiel", "Papier Jansen")


@dataclass
class Errors:
    """How far off forecasts were, in minor units: of the balance, and of what open invoices bring in."""

    balance: list[int]
    coming_in: list[int]


@dataclass(frozen=True)
class _Asked:
    """What was forecast on a day: of the balance, and which of the bills then open were to be paid by then."""

    on: date
    balance: int
    bills: dict[int, int]


def bench_forecast(years: int, seed: int) -> None:
    """Plays so many companies' years, each from a seed of its own, and prints the mean absolute error of both."""
    found: dict[tuple[str, int], Errors] = defaultdict(lambda: Errors([], []))
    for n in range(years):
        for key, errors in played(seed + n).items():
            found[key].balance.extend(errors.balance)
            found[key].coming_in.extend(errors.coming_in)
    _print(found, years)


def played(seed: int, days: int = 365 * YEARS) -> dict[tuple[str, int], Errors]:
    """The errors of one company's forecasts in the later half of its days, by "learnt" or "naive" and the days
    ahead."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'ledger.db'}"
        database = Database(url)
        migrate(database)
        try:
            with database.transaction() as session:
                accounts.ensure_chart(session)
                return _Company(session, seed).play(days)
        finally:
            database.close()


class _Company:
    """One company, day by day. What happens on a day is known on that day only."""

    def __init__(self, session: Session, seed: int) -> None:
        self.session, self.random, self.numbers = session, Random(seed), count(1)
        now = _at(BEGAN)
        self.owner = people.ensure_owner(session, "Olga", [("terminal", "owner")], now).id
        opening = Money(OPENING, "EUR")
        opening_balances.open_with(
            session, double_entry.BANK, opening, key="bench:opening", on=BEGAN, person_id=self.owner, now=now
        )
        self.document = self._document(now)
        self.to_do: dict[date, list[Callable[[], None]]] = defaultdict(list)
        self.asked: dict[tuple[str, int, date], _Asked] = {}
        self.paid: dict[int, tuple[date, int]] = {}

    def play(self, days: int) -> dict[tuple[str, int], Errors]:
        """All days; then what was forecast beside what was."""
        last = BEGAN + timedelta(days=days + max(HORIZONS))
        ask_from, balances = BEGAN + timedelta(days=days // 2), {}
        for day in _days(BEGAN, last):
            self._bills_of(day)
            for act in self.to_do.pop(day, []):
                act()
            balances[day] = self._balance()
            if ask_from <= day and day.day == calendar.monthrange(day.year, day.month)[1]:
                self._ask(day, last)
        return self._errors(balances)

    def _bills_of(self, day: date) -> None:
        for name, of_month, minor in RECURRING:
            if day.day == of_month:
                self._buys(name, day, minor)
        if day.weekday() < 5 and self.random.random() < 0.12:
            self._buys(self.random.choice(OTHERS), day, self.random.randrange(80_00, 900_00))
        if day.weekday() < 5 and self.random.random() < 0.30:
            self._sells(day)

    def _sells(self, day: date) -> None:
        name, late, spread = self.random.choice(CUSTOMERS)
        due = day + timedelta(days=TERMS)
        bill = self._bill(name, Side.RECEIVABLE, day, due, self.random.randrange(400_00, 4_000_00))
        pays = max(day + timedelta(days=1), due + timedelta(days=round(self.random.gauss(late, spread))))
        self.to_do[pays].append(lambda: self._pay(bill, pays))

    def _buys(self, name: str, day: date, minor: int) -> None:
        due = day + timedelta(days=TERMS)
        bill = self._bill(name, Side.PAYABLE, day, due, minor)
        self.to_do[due].append(lambda: self._pay(bill, due))

    def _bill(self, name: str, side: Side, day: date, due: date, minor: int) -> int:
        number = f"B-{next(self.numbers)}"
        total = Money(minor, "EUR")
        told = {
            "vendor": name if side is Side.PAYABLE else "Us",
            "buyer": name if side is Side.RECEIVABLE else "Us",
            "number": number,
            "issue_date": day.isoformat(),
            "due_date": due.isoformat(),
            "currency": "EUR",
            "total": f"{total.decimal:f}",
            "side": side.value,
        }
        evidence = {
            name: {"value": value, "confidence": 1.0, "page": 1, "box": None, "source": "text", "reason": ""}
            for name, value in told.items()
        }
        made = draft(
            self.session,
            key=f"bench:{number}",
            document=self.document,
            kind="invoice",
            evidence=evidence,
            person_id=self.owner,
            now=_at(day),
            part=int(number[2:]),
        )
        lifecycle.confirm(self.session, made.id, key=f"bench:{number}", person_id=self.owner, now=_at(day))
        return made.id

    def _pay(self, bill: int, day: date) -> None:
        paid = bill_payments.pay(
            self.session, bill, key=f"bench:pay-{bill}", on=day, person_id=self.owner, now=_at(day)
        )
        self.paid[bill] = (day, paid.moved.minor)

    def _ask(self, day: date, last: date) -> None:
        for days in HORIZONS:
            until = day + timedelta(days=days)
            if until > last:
                continue
            for name, learn in (("learnt", True), ("naive", False)):
                (ahead,) = forecast(self.session, day, until, learn=learn)
                bills = {
                    flow.bills[0]: flow.amount.minor
                    for flow in ahead.flows
                    if flow.basis is not Basis.EXPECTED and flow.amount.minor > 0
                }
                self.asked[name, days, day] = _Asked(until, ahead.closing.minor, bills)

    def _errors(self, balances: dict[date, int]) -> dict[tuple[str, int], Errors]:
        """Of each forecast; what came in counts of the bills that either forecast could know."""
        found: dict[tuple[str, int], Errors] = defaultdict(lambda: Errors([], []))
        for (name, days, day), asked in self.asked.items():
            known = {bill for (_, _, on), one in self.asked.items() if on == day for bill in one.bills}
            came = sum(minor for bill, (on, minor) in self.paid.items() if bill in known and day < on <= asked.on)
            found[name, days].balance.append(abs(asked.balance - balances[asked.on]))
            found[name, days].coming_in.append(abs(sum(asked.bills.values()) - came))
        return found

    def _balance(self) -> int:
        held = accounts.balances(self.session, codes=[double_entry.BANK])
        return sum(one.amount.minor for one in held)

    def _document(self, now: datetime) -> Document:
        return document_register.register(
            self.session,
            sha256="0" * 64,
            name="scan.pdf",
            media_type="application/pdf",
            sent_by=self.owner,
            message_key="bench",
            now=now,
        )


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)


def _print(found: dict[tuple[str, int], Errors], years: int) -> None:
    """A row for each horizon, of the balance and of what invoices that were open then brought in."""
    table = Table(title=f"Mean absolute error of forecasts, {years} companies, the later of {YEARS} years, EUR")
    for head in ("ahead", "of what", "by due dates", "learnt", "less by"):
        table.add_column(head, justify="left" if head in ("ahead", "of what") else "right")
    for days in HORIZONS:
        for of in ("balance", "open invoices"):
            off = [found[name, days] for name in ("naive", "learnt")]
            naive, learnt = (mean(one.balance if of == "balance" else one.coming_in) / 100 for one in off)
            table.add_row(f"{days} days", of, f"{naive:,.0f}", f"{learnt:,.0f}", f"{1 - learnt / naive:.0%}")
    Console().print(table)
