"""Quicken Interchange Format: a letter a line, ^ ends a movement. It has neither account, currency nor balance."""

from __future__ import annotations

import re
from decimal import Decimal

from extraction.bank_statement import BankStatement, StatementLine
from extraction.errors import Unreadable
from extraction.evidence import Problem
from extraction.statements.csv_values import DateOrder, amount_in, date_in, date_order, decimal_mark

_ACCOUNT_TYPES = re.compile(r"!type:(bank|cash|ccard|oth [al])", re.IGNORECASE)
_DAMAGED = Problem(
    "qif_damaged", "In this QIF file a movement lacks its date or amount. Please export it at the bank once more."
)


def read(text: str) -> tuple[BankStatement, ...]:
    """The movements of all bank, cash and card sections, as one statement.

    Days stand before or after months as the country has it; where the dates do not tell, in the order in which they
    follow one another better. Raises: Unreadable when a movement lacks its date or amount.
    """
    records = _records(text)
    order, _ = date_order([record.get("D", "") for record in records])
    mark = decimal_mark([record.get("T", record.get("U", "")) for record in records])
    return (BankStatement("QIF", tuple(_line(record, order, mark) for record in records)),)


def _records(text: str) -> list[dict[str, str]]:
    """The lines of each movement by their letter; of letters that repeat (splits), the first."""
    records: list[dict[str, str]] = []
    record: dict[str, str] = {}
    wanted = False
    for line in text.splitlines():
        if line.startswith("!"):
            wanted, record = bool(_ACCOUNT_TYPES.match(line)), {}
        elif line.startswith("^"):
            if wanted and record:
                records.append(record)
            record = {}
        elif line.strip():
            record.setdefault(line[0], line[1:].strip())
    return records


def _line(record: dict[str, str], order: DateOrder, mark: str) -> StatementLine:
    booked_on = date_in(record.get("D", "").replace("'", "/").replace(" ", ""), order)
    amount: Decimal | None = amount_in(record.get("T", record.get("U", "")), mark)
    if booked_on is None or amount is None:
        raise Unreadable(_DAMAGED)
    payee, memo = record.get("P", ""), record.get("M", "")
    return StatementLine(booked_on, amount, text=memo or payee, counterparty=payee, reference=record.get("N", ""))
