"""What stands in the columns of a table, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from extraction.bank_statement import StatementTable
from extraction.standards.check_digits import iban_in
from extraction.statements.tables.column_words import aside, direction, strength
from extraction.statements.tables.printed_amounts import amount_in, code_of, decimal_mark
from extraction.statements.tables.printed_dates import date_in

_MOSTLY = 0.6
"""A column is what its cells say if at least so many of them do."""
_NEARLY = 0.9
_MOST_AMOUNTS = 24
"""Columns of amounts that are compared with one another; the widest tables of banks have ten."""
_SAMPLE = 300
"""Movements by which a table is judged."""
_OWN_NUMBER = re.compile(r"\d{7,}|0\d+")
"""Numbers of accounts, of vouchers, of branches."""


@dataclass(frozen=True)
class Columns:
    """The columns of a table as far as its first movements tell. `dates` are those of days; `records` the rows that
    have one of these, whether or not an amount."""

    table: StatementTable
    dates: tuple[int, ...]
    records: tuple[tuple[str, ...], ...]

    @cached_property
    def mark(self) -> str:
        """The mark of the decimals in the columns of amounts."""
        return decimal_mark([cell for n in self.amounts for cell in self.cells(n)])

    @cached_property
    def amounts(self) -> tuple[int, ...]:
        """The columns of amounts; numbers of accounts and of vouchers are none. Of one that is headed so, half of
        its cells suffice: the others are told of."""
        found = [
            n
            for n in range(self.width)
            if n not in self.dates and _are_amounts(self.filled(n), 0.5 if self._is_headed(n) else _NEARLY)
        ]
        return tuple(sorted(sorted(found, key=self._is_headed, reverse=True)[:_MOST_AMOUNTS]))

    def _is_headed(self, column: int) -> bool:
        head = self.table.header[column]
        return self.table.headed and any(strength(head, role)[0] > 1 for role in ("amount", "debit", "credit"))

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.table.header)

    def cells(self, column: int) -> list[str]:
        """The cells of a column in the records, from top to bottom."""
        return [row[column] for row in self.records]

    def filled(self, column: int) -> list[str]:
        """Those of them that say something."""
        return [cell for cell in self.cells(column) if cell]

    def share(self, column: int) -> float:
        """How many of the records say something in this column."""
        return len(self.filled(column)) / max(1, len(self.records))

    def numbers(self, column: int) -> list[Decimal | None]:
        """The amounts of a column, None where a record has none."""
        if column not in self._numbers:
            self._numbers[column] = [amount_in(cell, self.mark) for cell in self.cells(column)]
        return self._numbers[column]

    @cached_property
    def _numbers(self) -> dict[int, list[Decimal | None]]:
        return {}

    def directions(self) -> tuple[int, ...]:
        """The columns that say of nearly each movement which way the money went."""
        said = {n: [bool(direction(cell)) for cell in self.filled(n)] for n in range(self.width)}
        return tuple(n for n, ways in said.items() if self.share(n) >= _MOSTLY and sum(ways) >= _NEARLY * len(ways))

    def currencies(self) -> tuple[int, ...]:
        """The columns of currencies."""
        return tuple(n for n in range(self.width) if self.filled(n) and all(map(code_of, self.filled(n))))

    def ibans(self, column: int) -> bool:
        """Whether the column holds IBANs, where it holds anything."""
        cells = [cell for cell in self.filled(column) if any(map(str.isdigit, cell))]
        return (
            bool(cells) and sum(bool(iban_in(cell.split(" ")[0]) or iban_in(cell)) for cell in cells) > len(cells) / 2
        )

    def is_constant(self, column: int) -> bool:
        """Whether each of several records says the same there."""
        return len(self.records) > 1 and self.share(column) == 1 and len(set(self.cells(column))) == 1

    def is_text(self, column: int) -> bool:
        """Whether the column holds words."""
        cells = self.filled(column)
        return sum(any(map(str.isalpha, cell)) for cell in cells) > len(cells) / 2


def columns_of(table: StatementTable) -> Columns:
    """Looks the first movements of a table through. Rows that only tell a balance are not looked at."""
    rows = [row for row in table.rows[: 2 * _SAMPLE] if len(row) == len(table.header) and not aside(row)]
    days = [[any(date_in(cell, order) for order in ("dmy", "mdy")) for cell in row] for row in rows]
    records = [(row, found) for row, found in zip(rows, days, strict=True) if any(found)][:_SAMPLE]
    dates = tuple(
        n
        for n in range(len(table.header))
        if sum(found[n] for _, found in records) > _MOSTLY * max(1, sum(bool(row[n]) for row, _ in records))
        and 2 * sum(found[n] for _, found in records) > len(records)
    )
    return Columns(table, dates, tuple(row for row, found in records if any(found[n] for n in dates)))


def _are_amounts(cells: Sequence[str], least: float) -> bool:
    """At least so many of the cells are amounts, and not all of them numbers of something."""
    mark = decimal_mark(cells)
    found = sum(amount_in(cell, mark) is not None for cell in cells)
    return found > 0 and found >= least * len(cells) and not all(_OWN_NUMBER.fullmatch(cell) for cell in cells)
