"""The books as SQL sees them, and what differs between two moments: nothing of the program is asked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

Row = dict[str, Any]

TALK = (
    "alembic_version", "inbound", "delivery", "enclosure", "conversation", "post", "worker", "firing", "imprint",
    "ownernote", "auditlink",
)  # fmt: skip
"""Tables that hold what was said, what owners are told of it, what proves the audit, or what papers look like, and
nothing that anybody would have to ask for."""
MONEY = ("bank", "cash")


@dataclass(frozen=True)
class Books:
    """Every row of every table, by its key."""

    tables: dict[str, dict[Any, Row]]

    def rows(self, table: str) -> Iterable[Row]:
        return self.tables[table].values()

    @cached_property
    def bills(self) -> dict[int, Row]:
        return self.tables["bill"]

    @cached_property
    def accounts(self) -> dict[int, str]:
        """The code of each account."""
        return {row["id"]: row["code"] for row in self.rows("account")}

    def person(self, who: str) -> Row:
        return next(row for row in self.rows("person") if row["name"].lower() == who)

    def booked(self, bill: int) -> int:
        """What the ledger says is open on a bill, in cents: owed by us, or to us."""
        owed = ("payable", "receivable")
        return abs(
            sum(
                row["amount_minor"]
                for row in self.rows("posting")
                if row["bill_id"] == bill and self.accounts[row["account_id"]] in owed
            )
        )


@dataclass(frozen=True)
class Difference:
    """What changed: by table the rows before (None for new ones) and after (None for those that are gone)."""

    before: Books
    after: Books

    @cached_property
    def rows(self) -> dict[str, list[tuple[Row | None, Row | None]]]:
        found: dict[str, list[tuple[Row | None, Row | None]]] = {}
        for table, now in self.after.tables.items():
            was = self.before.tables[table]
            if was == now:
                continue
            found[table] = [
                (was.get(key), now.get(key)) for key in {**was, **now} if was.get(key) != now.get(key)
            ]  # fmt: skip
        return found

    @cached_property
    def tables(self) -> set[str]:
        return set(self.rows)

    def new(self, table: str) -> list[Row]:
        return [now for was, now in self.rows.get(table, []) if was is None and now is not None]

    def changed(self, table: str) -> list[tuple[Row, Row]]:
        return [(was, now) for was, now in self.rows.get(table, []) if was is not None and now is not None]

    @cached_property
    def bills(self) -> set[int]:
        """The bills that any changed row is about."""
        about = {row["id"] for pair in self.rows.get("bill", []) for row in pair if row}
        for pairs in self.rows.values():
            about |= {row["bill_id"] for pair in pairs for row in pair if row and row.get("bill_id") is not None}
        return about

    @cached_property
    def money(self) -> dict[tuple[str, str], int]:
        """What moved on bank and cash, by account and day, in cents."""
        moved: dict[tuple[str, str], int] = {}
        for row in self.new("posting"):
            if (code := self.after.accounts[row["account_id"]]) in MONEY:
                moved[code, row["booked_on"]] = moved.get((code, row["booked_on"]), 0) + row["amount_minor"]
        return {place: amount for place, amount in moved.items() if amount}

    def fields(self, bill: int) -> set[str]:
        """The columns of a bill that changed."""
        was, now = self.before.bills.get(bill), self.after.bills.get(bill)
        return {name for name in now if was[name] != now[name]} if was and now else set()

    def told(self) -> str:
        """For whoever reads a failure."""
        lines = []
        for table, pairs in self.rows.items():
            for was, now in pairs:
                row = now or was or {}
                name = f"{table} {row.get('id', row.get('person_id', ''))}"
                changed = {key: (was[key], now[key]) for key in now if was[key] != now[key]} if was and now else row
                shown = {key: value for key, value in changed.items() if key not in ("evidence", "sha256")}
                lines.append(f"  {name} {'is gone' if now is None else 'is new' if was is None else ''} {shown}")
        return "\n".join(lines)


class Camera:
    """Takes a snapshot of a SQLite file."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file)
        self._connection.row_factory = lambda cursor, row: {
            column[0]: value for column, value in zip(cursor.description, row, strict=True)
        }
        found = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        self._tables = [row["name"] for row in found if row["name"] not in TALK and "sqlite" not in row["name"]]

    def books(self) -> Books:
        self._connection.execute("BEGIN")
        tables = {name: self._rows(name) for name in self._tables}
        self._connection.execute("COMMIT")
        return Books(tables)

    def _rows(self, table: str) -> dict[Any, Row]:
        rows = self._connection.execute(f"SELECT * FROM {table}").fetchall()
        if table == "bill":
            rows = [{**row, "evidence": json.loads(row["evidence"])} for row in rows]  # whose order says nothing
        return {next(iter(row.values())): row for row in rows}

    def close(self) -> None:
        self._connection.close()
