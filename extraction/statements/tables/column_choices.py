"""What people change about how a table is read, as a short text that a button can carry: "a7.t" is the amount in the
eighth column, its signs turned."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from extraction.bank_statement import StatementTable
from extraction.statements.tables.column_mapping import ColumnMapping, guess_columns
from extraction.statements.tables.column_profiles import columns_of
from extraction.statements.tables.money_columns import Money, reading_of
from extraction.statements.tables.printed_dates import date_order

Role = Literal["date", "amount", "debit", "credit", "counterparty", "text", "balance"]
ROLES: dict[str, Role] = {
    "d": "date", "a": "amount", "o": "debit", "i": "credit", "c": "counterparty", "x": "text", "b": "balance",
}  # fmt: skip
CHOICES = r"(?:[daoicxb]\d{1,3}(?:\.[daoicxb]\d{1,3})*(?:\.[tm])*|[tm](?:\.[tm])*|)"
"""The form of such a text, as a pattern. "" changes nothing, "t" turns the signs, "m" the order of day and month."""


def chosen(table: StatementTable, choices: str) -> ColumnMapping:
    """The mapping that was guessed, with what was chosen. Raises: Unreadable as `guess_columns` does; IndexError for a
    column that the table does not have."""
    mapping = guess_columns(table).mapping
    parts = [part for part in choices.split(".") if part]
    for part in parts:
        if part[0] in ROLES:
            mapping = _with(table, mapping, ROLES[part[0]], int(part[1:]))
    if "t" in parts:
        mapping = replace(mapping, turned=not mapping.turned)
    if "m" in parts:
        mapping = replace(mapping, order="dmy" if mapping.order == "mdy" else "mdy")
    return mapping


def with_role(choices: str, role: Role, column: int) -> str:
    """The choices with another column for a role; what was chosen for it before, or instead of it, is dropped."""
    letter = next(letter for letter, known in ROLES.items() if known == role)
    instead = {"a": "aoit", "o": "aot", "i": "ait", "d": "dm"}.get(letter, letter)
    kept = [part for part in choices.split(".") if part and part[0] not in instead]
    return _joined([*kept, f"{letter}{column}"])


def toggled(choices: str, what: Literal["t", "m"]) -> str:
    """The choices with signs turned ("t"), or day and month ("m"); turned back where they were."""
    parts = [part for part in choices.split(".") if part]
    return _joined([part for part in parts if part != what] if what in parts else [*parts, what])


def _joined(parts: list[str]) -> str:
    made = ".".join(sorted(parts, key=lambda part: (part in ("t", "m"), part)))
    assert re.fullmatch(CHOICES, made), made
    return made


def _with(table: StatementTable, mapping: ColumnMapping, role: Role, column: int) -> ColumnMapping:
    if column >= len(table.header):
        raise IndexError(column)
    columns = columns_of(table)
    match role:
        case "date":
            order, _ = date_order([row[column] for row in table.rows if len(row) > column])
            return replace(mapping, date=column, order=order)
        case "amount":
            return mapping.with_money(reading_of(columns, Money(amount=column)))
        case "debit":
            return mapping.with_money(reading_of(columns, Money(debit=column, credit=mapping.credit)))
        case "credit":
            return mapping.with_money(reading_of(columns, Money(debit=mapping.debit, credit=column)))
        case "counterparty":
            return replace(mapping, counterparty=column, payer=None, payee=None)
        case "text":
            return replace(mapping, text=(column,))
        case "balance":
            return replace(mapping, balance=column)
