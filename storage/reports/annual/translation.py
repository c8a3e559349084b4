"""The books in the company's currency, at days: what each account cost there, and what it is worth at the closing rate.

Each posting of another currency counts at its day's rate (IAS 21.21); what lessens an asset or a debt, at what that
cost on average, an open bill by itself. What an entry leaves over then is a realised difference; what is there on a day
is worth its closing rate (IAS 21.23, § 256a HGB), and what that is beside its cost is unrealised: it is counted anew
for each day and never carried on.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.ledger import accounts, booking, double_entry, exchange_rates
from storage.ledger.money import exponent
from storage.models import Account, AccountType, Entry, Posting

ON_SHEET = (AccountType.ASSET, AccountType.LIABILITY)
VALUATION = (double_entry.VALUATION, double_entry.UNREALISED_GAIN, double_entry.UNREALISED_LOSS)
"""What a valuation books: it is counted anew here."""


_Through = tuple[int, int | None]
"""An entry, and the bill for which something passed through the exchange account in it."""


@dataclass
class BooksAt:
    """The books on a day, in minor units of one currency, debit positive: what each account (by code) cost, what of
    that is worth more or less by now, and the realised differences until then, a gain positive."""

    cost: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    unrealised: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    realised: int = 0

    @property
    def gain(self) -> int:
        """All that is unrealised, a gain positive."""
        return sum(self.unrealised.values())


@dataclass(frozen=True)
class Translated:
    """The books at each of the days that were asked for. `apart` are the currencies of which a rate is missing: nothing
    of theirs is in it."""

    currency: str
    at: Mapping[date, BooksAt]
    apart: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Leg:
    entry: int
    on: date
    rate_of: date
    code: str
    type: AccountType
    bill: int | None
    currency: str
    minor: int


def translate(session: Session, currency: str, days: Sequence[date]) -> Translated:
    """The books at the ends of these days in a currency."""
    wanted = sorted(set(days))
    books = {at: _of_own(session, currency, at) for at in wanted}
    legs = list(_foreign(session, currency, wanted[-1]))
    rates = _Rates(session, currency)
    needed = {(leg.currency, leg.rate_of) for leg in legs} | {(held, at) for at in wanted for held in _held(legs, at)}
    missing = {other for other, on in needed if rates.of(other, on) is None}
    passed = _passed_through(session, currency, wanted[-1])
    _Walk(rates, passed, [leg for leg in legs if leg.currency not in missing]).note(books)
    return Translated(currency, books, tuple(sorted(missing)))


def in_own(session: Session, currency: str, days: Sequence[date]) -> Translated:
    """The books of one currency by themselves, as they were booked."""
    return Translated(currency, {at: _of_own(session, currency, at) for at in days}, ())


class _Rates:
    """What one unit of another currency is worth on a day, in minor units; each is looked up once."""

    def __init__(self, session: Session, currency: str) -> None:
        self._session, self._currency = session, currency
        self._known: dict[tuple[str, date], Decimal | None] = {}

    def of(self, currency: str, on: date) -> Fraction | None:
        """Minor units of ours for a minor unit of theirs; None where no rate is known."""
        theirs, ours = self._per_euro(currency, on), self._per_euro(self._currency, on)
        if theirs is None or ours is None:
            return None
        digits = exponent(self._currency) - exponent(currency)
        return Fraction(ours) / Fraction(theirs) * Fraction(10) ** digits

    def _per_euro(self, currency: str, on: date) -> Decimal | None:
        if (currency, on) not in self._known:
            self._known[currency, on] = exchange_rates.per_euro(self._session, currency, on)
        return self._known[currency, on]


class _Walk:
    """Goes over the postings of other currencies in their order and notes what each account holds and cost."""

    def __init__(self, rates: _Rates, passed: Mapping[_Through, int], legs: Sequence[_Leg]) -> None:
        self._rates, self._passed, self._legs = rates, passed, legs
        through = ((leg.entry, leg.bill) for leg in legs if leg.code == double_entry.EXCHANGE)
        self._through = Counter(through)
        self._held: dict[tuple[str, int | None, str], tuple[int, Fraction]] = {}
        self._sums: dict[str, Fraction] = defaultdict(Fraction)

    def note(self, books: Mapping[date, BooksAt]) -> None:
        """Adds what there was of them on each of the days."""
        days = sorted(books)
        for leg in self._legs:
            while days and days[0] < leg.on:
                self._note(books[days[0]], days.pop(0))
            self._take(leg)
        for at in days:
            self._note(books[at], at)

    def _take(self, leg: _Leg) -> None:
        if leg.code == double_entry.EXCHANGE:
            self._sums[leg.code] += self._exchanged(leg)
        elif leg.type not in ON_SHEET:
            self._sums[leg.code] += leg.minor * self._rate(leg)
        else:
            place = leg.code, leg.bill if leg.code in booking.CONTROL_ACCOUNTS else None, leg.currency
            held, cost = self._held.get(place, (0, Fraction()))
            self._held[place] = held + leg.minor, cost + _added(held, cost, leg.minor, self._rate(leg))

    def _exchanged(self, leg: _Leg) -> Fraction:
        """Where a currency becomes ours it is worth what it became; where it becomes a third one, its day's rate."""
        place = leg.entry, leg.bill
        if place in self._passed and self._through[place] == 1:
            return Fraction(-self._passed[place])
        return leg.minor * self._rate(leg)

    def _rate(self, leg: _Leg) -> Fraction:
        rate = self._rates.of(leg.currency, leg.rate_of)
        assert rate is not None, "currencies without a rate are left apart"
        return rate

    def _note(self, books: BooksAt, at: date) -> None:
        """Sums are rounded as wholes; what they leave over, rounding too, is realised."""
        costs: dict[str, Fraction] = defaultdict(Fraction, self._sums)
        more: dict[str, Fraction] = defaultdict(Fraction)
        for (code, _, currency), (held, cost) in self._held.items():
            costs[code] += cost
            if held and (rate := self._rates.of(currency, at)) is not None:
                more[code] += held * rate - cost
        for code, cost in costs.items():
            books.cost[code] += round(cost)
            books.realised += round(cost)
        for code, gain in more.items():
            books.unrealised[code] += round(gain)


def _added(held: int, cost: Fraction, minor: int, rate: Fraction) -> Fraction:
    """What a posting adds to the cost of what is held: what lessens it takes its average with it."""
    if held == 0 or (held > 0) == (minor > 0):
        return minor * rate
    if abs(minor) <= abs(held):
        return cost * minor / held
    return -cost + (held + minor) * rate


def _of_own(session: Session, currency: str, at: date) -> BooksAt:
    books = BooksAt()
    for balance in accounts.balances(session, at=at):
        if balance.amount.currency == currency and balance.code not in VALUATION:
            books.cost[balance.code] += balance.amount.minor
    return books


def _foreign(session: Session, currency: str, until: date) -> Iterator[_Leg]:
    """Every posting of another currency, by its day; what takes another back counts at the rate that that had."""
    undone = aliased(Entry)
    query = (
        sa_select(
            col(Entry.id), col(Entry.booked_on), func.coalesce(undone.booked_on, Entry.booked_on),
            col(Account.code), col(Account.type), col(Posting.bill_id), col(Posting.currency),
            col(Posting.amount_minor),
        )
        .select_from(Posting)
        .join(Entry, col(Entry.id) == col(Posting.entry_id))
        .join(undone, col(undone.id) == col(Entry.reverses), isouter=True)
        .join(Account, col(Account.id) == col(Posting.account_id))
        .where(col(Posting.currency) != currency, col(Posting.booked_on) <= until)
        .order_by(col(Entry.booked_on), col(Entry.id), col(Posting.id))
    )  # fmt: skip
    for row in session.execute(query):
        yield _Leg(*row)


def _passed_through(session: Session, currency: str, until: date) -> dict[_Through, int]:
    """What passed through the exchange account in our currency, by entry and bill."""
    where: list[ColumnElement[bool]] = [col(Account.code) == double_entry.EXCHANGE, col(Posting.currency) == currency]
    query = (
        select(Posting.entry_id, Posting.bill_id, func.sum(Posting.amount_minor))
        .join(Account, col(Account.id) == col(Posting.account_id))
        .where(*where, col(Posting.booked_on) <= until)
        .group_by(col(Posting.entry_id), col(Posting.bill_id))
    )
    return {(entry, bill): int(minor) for entry, bill, minor in session.exec(query).all()}


def _held(legs: Iterable[_Leg], at: date) -> set[str]:
    """The currencies of which something is on the balance sheet on a day, so that it has to be valued."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for leg in legs:
        if leg.type in ON_SHEET and leg.on <= at:
            sums[leg.code, leg.currency] += leg.minor
    return {currency for (_, currency), minor in sums.items() if minor}
