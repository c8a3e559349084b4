"""Which column of a bank's table is what: guessed from headings and cells, then a matter for a person to confirm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import permutations

from extraction.bank_statement import StatementTable
from extraction.errors import Unreadable
from extraction.evidence import Problem
from extraction.statements.tables.column_profiles import Columns, columns_of
from extraction.statements.tables.column_words import strength
from extraction.statements.tables.money_columns import Money, amounts_of, readings
from extraction.statements.tables.printed_dates import DateOrder, date_order

UNKNOWN_COLUMNS = Problem(
    "csv_columns",
    "I found no columns with dates and amounts in this table, so I can't read it as a bank statement. Please export it "
    "once more with its header line, or better as CAMT or MT940.",
)


_MOST_NAMES = 12
_MOSTLY = 0.6
"""A column names a side of the movements if it does of so many."""


@dataclass(frozen=True)
class ColumnMapping:
    """Columns by their index, None for one that is not there. Either `amount` is given, or `debit` or `credit`.

    `sign` says in words which way the money went ("Soll"); `turned` says that what is printed without a sign went out;
    `fee` is taken off. `counterparty` is the other side; `payer` and `payee` are both sides. `order` and `mark` tell
    how dates and decimals are written.
    """

    date: int
    order: DateOrder
    mark: str
    amount: int | None = None
    debit: int | None = None
    credit: int | None = None
    text: tuple[int, ...] = ()
    value: int | None = None
    sign: int | None = None
    counterparty: int | None = None
    iban: int | None = None
    reference: int | None = None
    bank_reference: int | None = None
    currency: int | None = None
    balance: int | None = None
    account: int | None = None
    status: int | None = None
    payer: int | None = None
    payee: int | None = None
    fee: int | None = None
    turned: bool = False

    @property
    def money(self) -> Money:
        """Its columns of money."""
        return Money(self.amount, self.debit, self.credit, self.sign, self.fee, self.balance, self.turned)

    def with_money(self, money: Money) -> ColumnMapping:
        """The same with other columns of money."""
        return replace(
            self,
            amount=money.amount,
            debit=money.debit,
            credit=money.credit,
            sign=money.sign,
            fee=money.fee,
            balance=money.balance,
            turned=money.turned,
            text=tuple(n for n in self.text if n not in (*money.columns, money.sign)),
        )


@dataclass(frozen=True)
class Guess:
    """The likeliest mapping, and what nothing in the table tells: the order of day and month, which way money went.

    `others` are the columns of money that it could be instead; `dates` other columns of days.
    """

    mapping: ColumnMapping
    others: tuple[Money, ...] = ()
    dates: tuple[int, ...] = ()
    order_uncertain: bool = False
    signs_uncertain: bool = False


def guess_columns(table: StatementTable) -> Guess:
    """How the table is to be read. Raises: Unreadable when it has no column of dates or none of amounts."""
    columns = columns_of(table)
    found = readings(columns)
    if not columns.dates or not found:
        raise Unreadable(UNKNOWN_COLUMNS)
    money, day = found[0], _day(columns)
    order, certain = date_order(columns.cells(day))
    if not certain and columns.mark == ",":  # who writes months first writes points
        order, certain = "dmy", True
    roles = _roles(columns, money, day)
    texts = _texts(columns, {day, *money.columns, *roles.values()})
    mapping = replace(ColumnMapping(day, order, columns.mark, text=texts), **roles)  # type: ignore[arg-type]
    return Guess(
        mapping.with_money(money),
        others=_others(columns, found),
        dates=tuple(n for n in columns.dates if n != day),
        order_uncertain=not certain,
        signs_uncertain=not money.proved and not money.told,
    )


def _day(columns: Columns) -> int:
    """The column of the days of booking: the best headed; of several the fullest, then the first."""
    return max(
        columns.dates,
        key=lambda n: (strength(columns.table.header[n], "date"), columns.share(n), -n),
    )


def _others(columns: Columns, found: Iterable[Money]) -> tuple[Money, ...]:
    """What else could be the amount, once for each column; none that is headed as something else."""
    first, *rest = found
    kept: list[Money] = []
    for money in rest:
        heads = [columns.table.header[n] for n in money.columns]
        otherwise = any(
            strength(head, role)[0] > 1 for head in heads for role in ("balance", "account", "bank_reference")
        )
        if not otherwise and not any(set(money.columns) & set(each.columns) for each in (first, *kept)):
            kept.append(money)
    return tuple(kept)


def _roles(columns: Columns, money: Money, day: int) -> dict[str, int]:
    """The column of each other role that has one; each column has one role."""
    taken = {day, *money.columns, *filter(None, (money.sign, money.fee, money.balance))}
    roles: dict[str, int] = {}

    def give(role: str, among: Iterable[int], *, least: int = 2) -> None:
        free = [(strength(columns.table.header[n], role), n) for n in among if n not in taken]
        best = max(free, key=lambda one: (one[0], -one[1]), default=None)
        if best and best[0][0] >= least:
            roles[role] = best[1]
            taken.add(best[1])

    give("value", columns.dates)
    if (near := _nearest_currency(columns, money, taken)) is not None:
        roles["currency"] = near
        taken.add(near)
    everywhere = range(columns.width)
    constant = [n for n in everywhere if columns.is_constant(n) and any(map(str.isdigit, columns.cells(n)[0]))]
    give("account", constant)
    give("iban", [n for n in everywhere if columns.ibans(n)])
    if not columns.table.headed:
        _by_content(columns, roles, taken)
    words = [n for n in everywhere if columns.is_text(n) and not columns.ibans(n)]
    sides = _both_sides(columns, money, [n for n in words if n not in taken])
    if sides:
        roles["payer"], roles["payee"] = sides
        taken.update(sides)
    for role in ("payer", "payee") if not sides else ():
        give(role, words)
    give("counterparty", [n for n in words if not columns.is_constant(n)], least=1)
    for role in ("bank_reference", "reference", "status"):
        give(role, everywhere)
    return roles


def _nearest_currency(columns: Columns, money: Money, taken: set[int]) -> int | None:
    """The column of currencies that is nearest to the amount, a headed one before others; None where there is none."""
    at = money.columns[-1]
    free = [n for n in columns.currencies() if n not in taken and not strength(columns.table.header[n], "no_amount")[0]]
    headed = [n for n in free if strength(columns.table.header[n], "currency")[0] > 1] or free
    return min(headed, key=lambda n: (abs(n - at), n < at), default=None)


def _both_sides(columns: Columns, money: Money, words: Iterable[int]) -> tuple[int, int] | None:
    """The columns of who paid and who was paid: of each movement one names the same, who is the owner; None without."""
    ways = [(amount or 0) > 0 for amount in amounts_of(columns, money)]
    if len(set(ways)) < 2:
        return None
    named = [n for n in words if columns.share(n) > _MOSTLY and not any("@" in cell for cell in columns.cells(n))]
    for payer, payee in permutations(named[:_MOST_NAMES], 2):
        ours = {row[payee if came else payer].casefold() for row, came in zip(columns.records, ways, strict=True)}
        theirs = {row[payer if came else payee].casefold() for row, came in zip(columns.records, ways, strict=True)}
        if len(ours) == 1 and "" not in ours and not ours & theirs:
            return payer, payee
    return None


def _by_content(columns: Columns, roles: dict[str, int], taken: set[int]) -> None:
    """Without headings: a number that never changes is our account, IBANs that do are the other side's."""
    for n in range(columns.width):
        number = columns.is_constant(n) and len(columns.cells(n)[0]) > 6 and columns.cells(n)[0].isdigit()
        if n not in taken and (number or columns.ibans(n)):
            roles.setdefault("account" if columns.is_constant(n) else "iban", n)
            taken.add(n)


def _texts(columns: Columns, taken: set[int]) -> tuple[int, ...]:
    """The columns of text: those that are headed so, in the order in which the table has them, else all words; at
    least the longest."""
    free = [n for n in range(columns.width) if n not in taken and columns.is_text(n)]
    telling = [n for n in free if not columns.is_constant(n)] or free
    if columns.table.headed:
        headed = [n for n in telling if strength(columns.table.header[n], "text")[0] > 1]
        unnamed = [n for n in telling if not columns.table.header[n]]
        if headed:
            return (*headed, *unnamed)
    else:
        return tuple(telling)
    longest = max(telling, key=lambda n: sum(map(len, columns.cells(n))), default=None)
    return () if longest is None else (longest,)
