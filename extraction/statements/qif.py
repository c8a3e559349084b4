"""Quicken Interchange Format: a letter a line, ^ ends a movement. It has neither account, currency nor balance.

Its days stand before or after months as the country has it: so it is read as a table, whose dates may be asked about.
"""

from __future__ import annotations

import hashlib
import re

from extraction.bank_statement import StatementTable
from extraction.errors import Unreadable
from extraction.evidence import Problem

_ACCOUNT_TYPES = re.compile(r"!type:\s*(bank|cash|ccard|oth [al])", re.IGNORECASE)
_LETTERS = (("D",), ("T", "U"), ("P",), ("M",), ("N",))
_HEADER = ("Date", "Amount", "Payee", "Memo", "Reference")
_DAMAGED = Problem(
    "qif_damaged", "In this QIF file no movement has a date and an amount. Please export it at the bank once more."
)


def read_table(text: str) -> StatementTable:
    """The movements of all bank, cash and card sections. Raises: Unreadable when there are none.

    What was answered about one file holds for no other, since nothing says of which bank it is.
    """
    records = _records(text)
    if not any("D" in record and record.keys() & {"T", "U"} for record in records):
        raise Unreadable(_DAMAGED)
    rows = tuple(
        tuple(next((record[letter] for letter in letters if letter in record), "") for letters in _LETTERS)
        for record in records
    )
    digest = hashlib.sha256(repr(rows).encode()).hexdigest()
    return StatementTable(_HEADER, rows, kind=f"QIF {digest}")


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
            record.setdefault(line[0], " ".join(line[1:].split()))
    return records + ([record] if wanted and record else [])
