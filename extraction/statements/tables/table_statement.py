"""A table as a statement, once it is known which column is what. No row that may tell of money is passed over: what is
no movement is kept with the reason why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from extraction.bank_statement import BankStatement, LeftOut, StatementLine, StatementTable
from extraction.errors import Unreadable
from extraction.standards.check_digits import iban_in
from extraction.statements.tables.column_mapping import UNKNOWN_COLUMNS, ColumnMapping
from extraction.statements.tables.column_words import aside, direction, is_pending
from extraction.statements.tables.money_columns import sided
from extraction.statements.tables.printed_amounts import (
    amount_in,
    code_of,
    currency_in,
    decimal_mark,
    headed_currency,
    symbol_in,
)
from extraction.statements.tables.printed_dates import date_in, date_order
from extraction.statements.tables.running_balance import Held, ends_of, is_oldest_first

_SAMPLE = 50
"""Rows by which a currency is told."""
_MOST_SHOWN = 120
"""Characters of a row that was left out."""


@dataclass(frozen=True)
class _Row:
    """A movement, with what was on the account then and the currency that its row states ("" for none)."""

    line: StatementLine
    held: Decimal | None
    currency: str


def statement_of(table: StatementTable, mapping: ColumnMapping, format_: str = "CSV") -> BankStatement:
    """The table as a statement, the oldest movement first; `format_` is what its file is called.

    Where there is a column of balances, or where rows tell them, it starts and ends with theirs. Raises: Unreadable
    when no row is a movement.
    """
    mapping = _as_written(table, mapping)
    read = [_read(row, mapping, table.begins + n) for n, row in enumerate(table.rows)]
    rows = [each for each in read if isinstance(each, _Row)]
    left_out = tuple(each for each in read if isinstance(each, LeftOut))
    if not rows:
        raise Unreadable(UNKNOWN_COLUMNS)
    booked = [Held(each.line.booked_on, each.line.amount, each.held) for each in rows if not each.line.pending]
    if not is_oldest_first(booked):
        rows.reverse()
        booked.reverse()
    currencies = Counter(each.currency for each in rows if each.currency)
    currency = max(currencies, key=currencies.__getitem__, default="") or _printed_currency(table, mapping)
    opening, closing = ends_of(booked) or _told_ends(table, mapping)
    lines = _without_ourselves(table, mapping, [each.line for each in rows])
    return BankStatement(
        format=format_,
        lines=tuple(
            replace(line, currency="" if each.currency in ("", currency) else each.currency)
            for line, each in zip(lines, rows, strict=True)
        ),
        account=_own_account(table, mapping),
        currency=currency,
        symbol="" if currency else _symbol(table, mapping),
        opening=opening,
        closing=closing,
        since=rows[0].line.booked_on,
        until=rows[-1].line.booked_on,
        strange=tuple(sorted(set(currencies) - {currency})),
        left_out=left_out,
    )


def _as_written(table: StatementTable, mapping: ColumnMapping) -> ColumnMapping:
    """The mapping with the order of dates and the decimal mark of this very table, where it tells: what was seen in
    another export of its kind may have been a guess."""
    order, certain = date_order([row[mapping.date] for row in table.rows if len(row) > mapping.date])
    cells = [row[n] for row in table.rows for n in mapping.money.columns if len(row) > n]
    return replace(mapping, order=order if certain else mapping.order, mark=decimal_mark(cells, mapping.mark))


def _read(row: tuple[str, ...], mapping: ColumnMapping, number: int) -> _Row | LeftOut | None:
    """The movement of a row, or why it is none; None for a row that tells of no money, such as a note below."""
    if not any(row):
        return None
    shown = " · ".join(filter(None, row))[:_MOST_SHOWN]
    day, (amount, why) = date_in(_cell(row, mapping.date), mapping.order), _moved(row, mapping)
    if kind := aside(row):
        return LeftOut(number, shown, "total" if kind == "total" else "balance", kind, _last_amount(row, mapping))
    if day is None and any(map(is_pending, row)):
        return LeftOut(number, shown, "pending")
    if day is None:
        return LeftOut(number, shown, "date") if _speaks_of_money(row, mapping) else None
    if amount is None:
        return LeftOut(number, shown, why)
    return _Row(
        _line(row, mapping, amount), _amount(row, mapping.balance, mapping.mark), code_of(_cell(row, mapping.currency))
    )


def _line(row: tuple[str, ...], mapping: ColumnMapping, amount: Decimal) -> StatementLine:
    day = date_in(row[mapping.date], mapping.order)
    assert day is not None
    sides = [_cell(row, mapping.payer), _cell(row, mapping.payee)]
    other = next(filter(None, (sides[amount < 0], _cell(row, mapping.counterparty), sides[amount > 0])), "")
    return StatementLine(
        booked_on=day,
        amount=amount,
        text=" ".join(dict.fromkeys(filter(None, (row[n] for n in mapping.text if n < len(row))))) or other,
        counterparty=other,
        iban=_iban(_cell(row, mapping.iban)),
        reference=_cell(row, mapping.reference),
        bank_reference=_cell(row, mapping.bank_reference),
        value_on=date_in(_cell(row, mapping.value), mapping.order),
        pending=is_pending(_cell(row, mapping.status)) or any(map(is_pending, row)),
    )


def _moved(row: Sequence[str], mapping: ColumnMapping) -> tuple[Decimal | None, Literal["amount", "direction"]]:
    """The signed amount of a row; None where it cannot be read, with the part that cannot."""
    if mapping.amount is None:
        cells = [_cell(row, n) for n in (mapping.debit, mapping.credit)]
        debit, credit = (amount_in(cell, mapping.mark) for cell in cells)
        if any(cell and read is None for cell, read in zip(cells, (debit, credit), strict=True)) or (debit and credit):
            return None, "amount"
        amount = sided(debit, credit)
    else:
        amount = _amount(row, mapping.amount, mapping.mark)
    if amount is None:
        return None, "amount"
    if mapping.sign is not None:
        way = direction(_cell(row, mapping.sign))
        if not way:
            return None, "direction"
        amount = way * abs(amount)
    fee = _amount(row, mapping.fee, mapping.mark)
    amount -= abs(fee or Decimal(0))
    return (-amount if mapping.turned and amount else amount), "amount"


def _speaks_of_money(row: Sequence[str], mapping: ColumnMapping) -> bool:
    """Whether a row without a date says something in a column of amounts, or has an amount with decimals anywhere."""
    if any(any(map(str.isdigit, _cell(row, n))) for n in (mapping.date, *mapping.money.columns)):
        return True
    return any(("." in cell or "," in cell) and amount_in(cell, decimal_mark([cell])) is not None for cell in row[1:])


def _last_amount(row: Sequence[str], mapping: ColumnMapping) -> Decimal | None:
    """What a row that tells a balance says was on the account, by its sign or its words ("H", "D")."""
    cells = [cell for n, cell in enumerate(row) if n != mapping.date]
    amounts = [amount_in(cell, decimal_mark([cell], mapping.mark)) for cell in cells if "." in cell or "," in cell]
    found = [amount for amount in amounts if amount is not None]
    ways = [way for cell in cells[-4:] if (way := direction(cell))]
    if not found:
        return None
    return ways[-1] * abs(found[-1]) if ways else found[-1]


def _told_ends(table: StatementTable, mapping: ColumnMapping) -> tuple[Decimal | None, Decimal | None]:
    """What rows that are no movements say was on the account before and after; None each where they say nothing.

    What is told counts only where both are: what is on the account at the time of an export need not be what was when
    its last movement was booked.
    """
    told: dict[str, Decimal] = {}
    for row in (*table.above, *table.rows):
        parts = _told_parts(row)
        if (kind := aside(parts)) in ("opening", "closing") and (amount := _last_amount(parts, mapping)) is not None:
            told[kind] = told.get(kind, amount) if kind == "opening" else amount
    return (told["opening"], told["closing"]) if len(told) == 2 else (None, None)


def _told_parts(row: Sequence[str]) -> list[str]:
    """The cells of a row, "Saldo Finale: 722.06 EUR" as two, "0123 - EUR - Conta" as three."""
    return [part.strip() for cell in row for part in re.split(r": | - ", cell)]


def _own_account(table: StatementTable, mapping: ColumnMapping) -> str:
    """The account that the table is of: from its own column or what stands above; "" where nothing says."""
    cells = {_cell(row, mapping.account) for row in table.rows}
    numbers = {cell for cell in cells if any(map(str.isdigit, cell))}
    if len(numbers) == 1:
        number = numbers.pop()
        return iban_in(number) or number
    return next(filter(None, (_iban(cell) for row in table.above for cell in row)), "")


@lru_cache(maxsize=10_000)
def _iban(cell: str) -> str:
    """The IBAN in a cell, alone or before something else."""
    words = cell.split()
    return iban_in(cell) or next(filter(None, (iban_in(" ".join(words[:n])) for n in range(1, len(words)))), "") or ""


def _printed_currency(table: StatementTable, mapping: ColumnMapping) -> str:
    """The currency in the heading of the amounts ("Betrag (EUR)"), beside them, or above the table ("Währung: CHF")."""
    for n in (*mapping.money.columns, *([] if mapping.balance is None else [mapping.balance])):
        if table.headed and (found := headed_currency(table.header[n])):
            return found
        beside = {currency_in(row[n]) for row in table.rows[:_SAMPLE] if len(row) > n and row[n]}
        if len(beside) == 1 and (found := beside.pop()):
            return found
    above = [part for row in table.above for part in _told_parts(row)]
    codes = {found for part in above if (found := (code_of(part) if part.isupper() else "") or currency_in(part))}
    return codes.pop() if len(codes) == 1 else ""


def _symbol(table: StatementTable, mapping: ColumnMapping) -> str:
    cells = (row[n] for row in table.rows[:_SAMPLE] for n in mapping.money.columns if len(row) > n)
    return next(filter(None, map(symbol_in, cells)), "")


def _without_ourselves(
    table: StatementTable, mapping: ColumnMapping, lines: Sequence[StatementLine]
) -> Iterator[StatementLine]:
    """The lines, none with ourselves as the other side: who is one of the sides of each movement is the owner."""
    sides = [{_cell(row, mapping.payer).casefold(), _cell(row, mapping.payee).casefold()} - {""} for row in table.rows]
    told = [names for names in sides if names]
    always = set.intersection(*told) if len(told) > 1 else set()
    for line in lines:
        yield replace(line, counterparty="") if line.counterparty.casefold() in always else line


def _amount(row: Sequence[str], column: int | None, mark: str) -> Decimal | None:
    return amount_in(_cell(row, column), mark)


def _cell(row: Sequence[str], column: int | None) -> str:
    return "" if column is None or column >= len(row) else row[column]
