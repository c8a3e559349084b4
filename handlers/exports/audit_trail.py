"""The audit trail as a table: a line for each value that changed, with who, when and by which message."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any

from sqlmodel import Session

from handlers.exports import spreadsheets
from handlers.exports.spreadsheets import Cell, Table
from handlers.language.translation import say
from storage.people import people
from storage.trail.records import Record


def audit_table(session: Session, found: Iterable[Record]) -> Table:
    """Times are UTC (ISO 8601); rows, fields and values are named as the database has them, so that what is exported
    today reads as what is exported in ten years. The hash is that of the row's link in the chain."""
    heads = (
        say("Row"), say("Time (UTC)"), say("Person"), say("Channel"), say("Message"), say("Action"), say("Bill"),
        say("Details"), say("Record"), say("Field"), say("Old"), say("New"), say("Hash"),
    )  # fmt: skip
    return Table(say("Audit trail"), heads, tuple(line for record in found for line in _lines(session, record)))


def audit_files(stem: str, table: Table) -> Iterator[tuple[str, bytes]]:
    """The files with their names."""
    yield f"{stem}.csv", spreadsheets.to_csv(table)
    yield f"{stem}.xlsx", spreadsheets.to_xlsx((table,))


def _lines(session: Session, record: Record) -> Iterator[tuple[Cell, ...]]:
    link, step = record.link, record.step
    at = link.at.astimezone(UTC).isoformat(timespec="seconds")
    who = people.name_of(session, link.person_id) or "Billify"
    about: tuple[Cell, ...] = (link.position, at, who, link.channel, link.message_key)
    done: tuple[Cell, ...] = (
        (step.action, step.bill_id, _text(step.details) if step.details else None) if step else (None, None, None)
    )
    changed = [(row, name, *pair) for row, columns in record.changes.items() for name, pair in columns.items()]
    for row, name, old, new in changed:
        yield (*about, *done, row, name, _text(old), _text(new), link.hash)
    if not changed:
        yield (*about, *done, None, None, None, None, link.hash)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
