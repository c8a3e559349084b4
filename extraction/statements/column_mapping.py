"""Which column of a bank's CSV is what: guessed from headers and cells, then a matter for a person to confirm."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from extraction.bank_statement import BankStatement, CsvTable, StatementLine
from extraction.errors import Unreadable
from extraction.evidence import Problem
from extraction.standards.check_digits import iban_in
from extraction.statements.csv_values import DateOrder, amount_in, date_in, date_order, decimal_mark

_UNKNOWN = Problem(
    "csv_columns",
    "I found no columns with dates and amounts in this table, so I can't read it as a bank statement. Please export it "
    "with its header line, or better as CAMT or MT940.",
)
_MOSTLY = 0.6
"""A column is what its cells say if at least so many of them do; banks print totals and notes below."""

_IBAN = re.compile(r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}")
_CURRENCY = re.compile(r"\b[A-Z]{3}\b|€")

OPTIONAL = (
    "value",
    "sign",
    "counterparty",
    "iban",
    "reference",
    "bank_reference",
    "currency",
    "balance",
    "account",
    "status",
)


@dataclass(frozen=True)
class ColumnMapping:
    """Columns by their index, None for one that is not there. Either `amount` is given, or `debit` or `credit`.

    `sign` says in words which way the money went ("Soll"). `order` and `mark` tell how dates and decimals are written.
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


@dataclass(frozen=True)
class Guess:
    """The likeliest mapping, and what else it could be: other columns of amounts, the order of dates if uncertain."""

    mapping: ColumnMapping
    other_amounts: tuple[int, ...] = ()
    order_uncertain: bool = False

    def alternatives(self) -> tuple[ColumnMapping, ...]:
        """The mappings that differ from the likeliest in one respect."""
        mapping = self.mapping
        swapped = replace(mapping, order="dmy" if mapping.order == "mdy" else "mdy")
        others = (replace(mapping, amount=column, debit=None, credit=None) for column in self.other_amounts)
        return (*([swapped] if self.order_uncertain else []), *others)


def guess_columns(table: CsvTable) -> Guess:
    """How the table is to be read. Raises: Unreadable when it has no column of dates or none of amounts."""
    named = {role: column for role in _words() if (column := _named(table, role)) is not None}
    dates = [column for column in range(len(table.header)) if _share(table, column, "date") >= _MOSTLY]
    numbers = [column for column in range(len(table.header)) if _share(table, column, "amount") >= _MOSTLY]
    day = next((named[role] for role in ("date", "value") if named.get(role) in dates), next(iter(dates), None))
    sides = {role: named[role] for role in ("debit", "credit") if role in named and _holds_amounts(table, named[role])}
    taken = {column for role, column in named.items() if role != "amount"} | {day}
    free = [column for column in numbers if column not in taken]
    amount = named.get("amount") if named.get("amount") in numbers else (None if sides else next(iter(free), None))
    if day is None or (amount is None and not sides):
        raise Unreadable(_UNKNOWN)
    money = [amount] if amount is not None else list(sides.values())
    order, certain = date_order(table.column(day))
    return Guess(
        ColumnMapping(
            date=day,
            order=order,
            mark=decimal_mark([cell for column in money for cell in table.column(column)]),
            amount=amount,
            debit=sides.get("debit") if amount is None else None,
            credit=sides.get("credit") if amount is None else None,
            text=tuple(_texts(table, {day, amount, *sides.values()})),
            **{role: named[role] for role in OPTIONAL if role in named and named[role] not in (day, amount)},
        ),
        other_amounts=tuple(column for column in free if column not in (amount, *sides.values())),
        order_uncertain=not certain,
    )


def statement_of(table: CsvTable, mapping: ColumnMapping) -> BankStatement:
    """The table as a statement, the oldest movement first. Rows without a date and an amount are left out.

    Where there is a column of balances, it starts and ends with theirs. Raises: Unreadable when no row is a movement.
    """
    rows = [(row, line) for row in table.rows if (line := _line(row, mapping))]
    if not rows:
        raise Unreadable(_UNKNOWN)
    if rows[0][1].booked_on > rows[-1][1].booked_on:
        rows.reverse()
    lines = tuple(line for _, line in rows)
    balances = [
        (line, balance) for row, line in rows if (balance := _amount(row, mapping.balance, mapping.mark)) is not None
    ]
    first, last = (balances[0], balances[-1]) if len(balances) == len(rows) else (None, None)
    currencies = [cell for row, _ in rows if (cell := _cell(row, mapping.currency).upper())]
    currency = max(set(currencies), key=currencies.count, default=_headed_currency(table, mapping))
    return BankStatement(
        format="CSV",
        lines=tuple(
            replace(line, currency=_foreign(_cell(row, mapping.currency).upper(), currency)) for row, line in rows
        ),
        account=_own_account(table, mapping),
        currency=currency,
        opening=first[1] - first[0].amount if first else None,
        closing=last[1] if last else None,
        since=lines[0].booked_on,
        until=lines[-1].booked_on,
        strange=tuple(sorted(set(currencies) - {currency})),
    )


def _line(row: tuple[str, ...], mapping: ColumnMapping) -> StatementLine | None:
    booked_on, amount = date_in(row[mapping.date], mapping.order), _moved(row, mapping)
    if booked_on is None or amount is None:
        return None
    counterparty = _cell(row, mapping.counterparty)
    return StatementLine(
        booked_on=booked_on,
        amount=amount,
        text=" ".join(filter(None, (row[column] for column in mapping.text))) or counterparty,
        counterparty=counterparty,
        iban=iban_in(_cell(row, mapping.iban)) or "",
        reference=_cell(row, mapping.reference),
        bank_reference=_cell(row, mapping.bank_reference),
        value_on=_value_on(row, mapping),
        pending=_cell(row, mapping.status).casefold() in _words()["pending"],
    )


def _moved(row: tuple[str, ...], mapping: ColumnMapping) -> Decimal | None:
    """The signed amount of a row, None where it has none."""
    if mapping.amount is not None:
        amount = _amount(row, mapping.amount, mapping.mark)
        out = _cell(row, mapping.sign).casefold() in _words()["outgoing"]
        return -abs(amount) if amount is not None and out else amount
    debit, credit = _amount(row, mapping.debit, mapping.mark), _amount(row, mapping.credit, mapping.mark)
    if debit:
        return -abs(debit)
    return abs(credit) if credit else None


def _value_on(row: tuple[str, ...], mapping: ColumnMapping) -> date | None:
    return date_in(row[mapping.value], mapping.order) if mapping.value is not None else None


def _own_account(table: CsvTable, mapping: ColumnMapping) -> str:
    """The account that the table is of: from its own column or what stands above; "" where nothing says."""
    cells = (
        {row[mapping.account] for row in table.rows if row[mapping.account]} if mapping.account is not None else set()
    )
    number = cells.pop() if len(cells) == 1 else ""
    if any(character.isdigit() for character in number):
        return iban_in(number) or number
    return next(filter(None, (iban_in(found[0]) for found in _IBAN.finditer(table.above))), "")


def _headed_currency(table: CsvTable, mapping: ColumnMapping) -> str:
    """The currency in the header of the amounts, as in "Betrag (EUR)"; "" where there is none."""
    columns = (mapping.amount, mapping.debit, mapping.credit)
    found = _CURRENCY.search(" ".join(table.header[column] for column in columns if column is not None))
    return ("EUR" if found[0] == "€" else found[0]) if found else ""


def _texts(table: CsvTable, taken: set[int | None]) -> Iterator[int]:
    """The columns of text: those that are headed so, else the one with the longest cells."""
    headed = [n for n, head in enumerate(table.header) if n not in taken and _is_called(head, "text")]
    others = [n for n in range(len(table.header)) if n not in taken]
    longest = max(others, key=lambda n: sum(map(len, table.column(n))), default=None)
    yield from headed or ([longest] if longest is not None else [])


def _named(table: CsvTable, role: str) -> int | None:
    """The column whose whole header is the first known word of the role, else one that contains a longer word."""
    heads = [head.casefold().strip(' "*#') for head in table.header]
    for word in _words()[role]:
        if word in heads:
            return heads.index(word)
    return next(
        (n for word in _words()[role] if len(word) > 4 for n, head in enumerate(heads) if head.startswith(word)), None
    )


def _is_called(head: str, role: str) -> bool:
    return any(head.casefold().startswith(word) for word in _words()[role])


def _share(table: CsvTable, column: int, kind: str) -> float:
    """How many of a column's cells that say something are dates, or amounts with decimals or a sign."""
    cells = [cell for cell in table.column(column) if cell]
    if len(cells) < max(1, len(table.rows) // 2):
        return 0.0
    if kind == "date":
        return sum(any(date_in(cell, order) for order in ("dmy", "mdy")) for cell in cells) / len(cells)
    return sum(amount_in(cell, decimal_mark([cell])) is not None and not date_in(cell, "dmy") for cell in cells) / len(
        cells
    )


def _holds_amounts(table: CsvTable, column: int) -> bool:
    cells = [cell for cell in table.column(column) if cell]
    return bool(cells) and all(amount_in(cell, decimal_mark([cell])) is not None for cell in cells[:-1] or cells)


def _amount(row: tuple[str, ...], column: int | None, mark: str) -> Decimal | None:
    return amount_in(row[column], mark) if column is not None else None


def _foreign(cell: str, currency: str) -> str:
    return "" if cell in ("", currency) else cell


def _cell(row: tuple[str, ...], column: int | None) -> str:
    return "" if column is None else row[column]


@cache
def _words() -> dict[str, tuple[str, ...]]:
    known = tomllib.loads(files("extraction.statements").joinpath("columns.toml").read_text("utf-8"))
    return {role: tuple(words) for role, words in known.items()}
