"""What messages cost end to end, and what happens by itself, in one table."""

from __future__ import annotations

from pathlib import Path

from rich.table import Table

from bot.bench.books.by_itself import measure_by_itself
from bot.bench.books.messages import measure_messages
from storage.db.database import Database

SENDER = "bench"
"""The address of the terminal from which the messages come."""
LIMIT = 250.0
"""Milliseconds that a message may take end to end at the median, reading a document left aside."""


def costs_table(name: str, database: Database, folder: Path) -> Table:
    """For each kind of message, and for what happens by itself: milliseconds, those of them that a processor worked for
    it, and statements of SQL. The first messages, with which names are read into memory, are not counted."""
    measure_messages(database, folder / "warm", SENDER, times=1)
    table = Table("what", "takes", "limit", "processor", "statements", title=f"{name}: messages end to end, medians")
    for cost in measure_messages(database, folder / "documents", SENDER):
        took = f"{cost.milliseconds:.0f} ms"
        shown = took if cost.milliseconds < LIMIT else f"[red]{took}[/red]"
        table.add_row(cost.name, shown, f"{LIMIT:.0f} ms", f"{cost.processor:.0f} ms", str(cost.statements))
    for each in measure_by_itself(database):
        shown = f"{each.milliseconds:.0f} ms"
        table.add_row(each.name, shown, "", f"{each.processor:.0f} ms", str(each.statements))
    return table
