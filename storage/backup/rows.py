"""A table's rows as lines of JSON that SQLite and PostgreSQL give alike, in the order of its key. Pure."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator, TypeEngine

Kind = Literal["int", "float", "bool", "text", "time", "day", "json", "bytes"]
"""What a column holds, whichever database keeps it; "time" is in UTC, "json" the text as it was written."""

_KINDS: tuple[tuple[type[TypeEngine[Any]], Kind], ...] = (
    (sa.Boolean, "bool"),
    (sa.Integer, "int"),
    (sa.Float, "float"),
    (sa.DateTime, "time"),
    (sa.Date, "day"),
    (sa.JSON, "json"),
    (sa.LargeBinary, "bytes"),
    (sa.String, "text"),
)
_COMPANY = "company_id"


@dataclass(frozen=True)
class Layout:
    """A table: its columns with their kinds, and the columns that order its rows, a company's together.

    `schema` is where it lies on PostgreSQL, None for where its tables usually do.
    """

    name: str
    columns: tuple[tuple[str, Kind], ...]
    key: tuple[str, ...]
    schema: str | None = None

    @property
    def of_company(self) -> bool:
        """Whether each row names its company."""
        return self.key[0] == _COMPANY


def layout(table: sa.Table, schema: str | None = None) -> Layout:
    """The layout of a table; one without a primary key is ordered by all its columns."""
    columns = tuple((column.name, _kind(column.type)) for column in table.columns)
    key = [column.name for column in table.primary_key] or [name for name, _ in columns]
    if _COMPANY in table.columns:
        key = [_COMPANY, *(name for name in key if name != _COMPANY)]
    return Layout(table.name, columns, tuple(key), schema)


def line(values: Sequence[Any], kinds: Sequence[Kind]) -> bytes:
    """A row as the database gave it, as its line."""
    said = [None if value is None else _SAID[kind](value) for value, kind in zip(values, kinds, strict=True)]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def values(line: bytes, kinds: Sequence[Kind], dialect: str) -> list[Any]:
    """A line as the driver of SQLite, or COPY of PostgreSQL, takes it."""
    heard = _HEARD_BY_POSTGRESQL if dialect == "postgresql" else _HEARD_BY_SQLITE
    said = json.loads(line)
    return [
        heard[kind](value) if value is not None and kind in heard else value
        for value, kind in zip(said, kinds, strict=True)
    ]


def key_of(line: bytes, columns: Sequence[str], key: Sequence[str]) -> str:
    """What tells a row from all others of its table, to name it: "id 7"."""
    said = dict(zip(columns, json.loads(line), strict=True))
    return ", ".join(f"{name} {said[name]}" for name in key)


def _kind(column: TypeEngine[Any]) -> Kind:
    plain = column.impl_instance if isinstance(column, TypeDecorator) else column
    return next(kind for of, kind in _KINDS if isinstance(plain, of))


def _time(value: datetime | str) -> str:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if moment.tzinfo:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return moment.isoformat(" ", "microseconds")


def _day(value: date | str) -> str:
    return value if isinstance(value, str) else value.isoformat()


_SAID: dict[Kind, Callable[[Any], Any]] = {
    "int": int,
    "float": float,
    "bool": bool,
    "text": str,
    "time": _time,
    "day": _day,
    "json": str,
    "bytes": lambda value: base64.b64encode(value).decode(),
}
_HEARD_BY_POSTGRESQL: dict[Kind, Callable[[Any], Any]] = {
    "time": lambda value: f"{value}+00:00",
    "bytes": base64.b64decode,
}
_HEARD_BY_SQLITE: dict[Kind, Callable[[Any], Any]] = {"bool": int, "bytes": base64.b64decode}
