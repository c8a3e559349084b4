"""What a backup consists of: it is written last, so that a backup without it was broken off."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from storage.backup.rows import Kind, Layout

FORMAT = 1


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Piece(_Record):
    """A file of the backup: its name within it, and how many bytes it has, sealed."""

    name: str
    size: int


class TableRecord(_Record):
    """A table: how many rows, and the SHA-256 (hex) of all their lines, each with its line end.

    `highest` is the highest number that the database gave to a row, also where that row is gone; None where it numbers
    none.
    """

    name: str
    columns: tuple[tuple[str, Kind], ...]
    key: tuple[str, ...]
    rows: int
    sha256: str
    pieces: tuple[Piece, ...]
    highest: int | None = None

    def layout(self, schema: str | None) -> Layout:
        """How its rows lie in a database that has it in this schema."""
        return Layout(self.name, self.columns, self.key, schema)


class PartRecord(_Record):
    """A database: of which kind it was, and the version of its schema ("" where it says none)."""

    name: str
    engine: str
    version: str
    tables: tuple[TableRecord, ...]


class LeftOut(_Record):
    """A document (SHA-256) that could not be copied, and why."""

    sha256: str
    reason: str


class Manifest(_Record):
    """A whole backup, made with a version of the program. `documents` are pieces with names (SHA-256) and bytes."""

    format: int = FORMAT
    id: str
    made_at: datetime
    program: str
    parts: tuple[PartRecord, ...]
    home: Piece
    documents: Piece
    files: int
    bytes: int
    left_out: tuple[LeftOut, ...] = ()

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(table.rows for part in self.parts for table in part.tables)

    def part(self, name: str) -> PartRecord:
        """The database of that name."""
        return next(part for part in self.parts if part.name == name)
