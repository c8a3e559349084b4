"""What a session changes, old and new, as it is written: bills, books, people, rules, preferences."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import SessionTransaction, UOWTransaction
from sqlmodel import Session, SQLModel

from storage.models import Audit
from storage.trail.watched import WATCHED, Watched

Changes = dict[str, dict[str, list[Any]]]
"""Of each row ("bill:17") each column that changed, as [old, new]; dates and enumerations as text."""

_WRITTEN, _MARKS = "trail written", "trail marks"


@dataclass(frozen=True)
class Change:
    """One column of one row."""

    row: str
    column: str
    old: Any
    new: Any


def written(session: Session) -> list[Change | Audit]:
    """What the transaction changed and which steps it recorded, in the order in which it was written."""
    found: list[Change | Audit] = session.info.setdefault(_WRITTEN, [])
    return found


def folded(changes: list[Change]) -> Changes:
    """Several changes of a column are one, from the first value to the last; none where that is the same."""
    found: Changes = {}
    for one in changes:
        known = found.setdefault(one.row, {})
        known[one.column] = [known.get(one.column, [one.old])[0], one.new]
    kept = {row: {name: pair for name, pair in columns.items() if pair[0] != pair[1]} for row, columns in found.items()}
    return {row: columns for row, columns in kept.items() if columns}


def replace_values(session: Session, replaced: Callable[[str, Any], Any]) -> None:
    """Says otherwise what the transaction changed so far: of a row ("bill:17") the values old and new."""
    found = written(session)
    for n, one in enumerate(found):
        if isinstance(one, Change):
            found[n] = replace(one, old=replaced(one.row, one.old), new=replaced(one.row, one.new))


@event.listens_for(Session, "after_flush")
def _note(session: Session, _flush: UOWTransaction) -> None:
    found = written(session)
    for row in session.dirty:
        found.extend(_changed(row))
    for row in session.new:
        found.extend(_whole(row, came=True))
    for row in session.deleted:
        found.extend(_whole(row, came=False))
    steps: list[Audit] = [row for row in session.new if isinstance(row, Audit)]
    steps.sort(key=lambda step: step.id)
    found.extend(steps)


def _changed(row: Any) -> Iterator[Change]:
    if (watched := WATCHED.get(type(row))) is None:
        return
    for column in _columns(row, watched):
        history = inspect(row).attrs[column].history
        if history.has_changes():
            old = history.deleted[0] if history.deleted else None
            yield Change(_name(row), column, _plain(old), _plain(getattr(row, column)))


def _whole(row: Any, *, came: bool) -> Iterator[Change]:
    """A row that came in, if those of its table are written down, or one that went."""
    watched = WATCHED.get(type(row))
    if watched is None or (came and not watched.arrivals):
        return
    for column in _columns(row, watched):
        if (value := _plain(getattr(row, column))) is not None:
            yield Change(_name(row), column, None if came else value, value if came else None)


def _columns(row: SQLModel, watched: Watched) -> list[str]:
    silent = watched.silent | {"id", "company_id"}
    return [one.key for one in inspect(type(row)).column_attrs if one.key not in silent]


def _name(row: SQLModel) -> str:
    mapper = inspect(type(row))
    key = mapper.primary_key_from_instance(row)
    return f"{mapper.local_table.name}:{'/'.join(map(str, key))}"


def _plain(value: Any) -> Any:
    """As JSON has it."""
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


@event.listens_for(Session, "after_transaction_create")
def _mark(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        session.info.setdefault(_MARKS, {})[transaction] = len(written(session))


@event.listens_for(Session, "after_transaction_end")
def _unmark(session: Session, transaction: SessionTransaction) -> None:
    session.info.get(_MARKS, {}).pop(transaction, None)


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    """What a savepoint took back was never written."""
    if transaction.nested:
        del written(session)[session.info[_MARKS].get(transaction, 0) :]
    elif transaction.parent is None:
        written(session).clear()
