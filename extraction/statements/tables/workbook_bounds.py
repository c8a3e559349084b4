"""How far the cells of a workbook lie apart, looked at before it is opened: calamine lays out all cells between the
first and the last one, wherever a file says that these are, and an allocation that fails ends the process.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator, Sequence
from typing import IO, NoReturn
from xml.parsers import expat

from olefile import OleFileIO

from extraction.errors import Unreadable, refused_as
from extraction.evidence import Problem
from extraction.limits import LARGEST_WORKBOOK, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, WORKBOOK_TOO_LARGE
from extraction.standards.zip_file import opened_zip, pieces_of

BROKEN = Problem(
    "workbook_damaged", "This Excel workbook is damaged. Please export the statement at the bank once more."
)
_TELLING = (b"sheetData", b"uniqueCount")
"""Stand in whatever part is a sheet, or holds its texts: which ones those are, another part may say by any name."""
_NAMED_SHEET = re.compile(r"worksheets/[^/]+\.xml$")
_PLACE = re.compile(r"([A-Za-z]{1,3})(\d{1,9})")
_OTHER_BOOKS = re.compile(r"(?i)content\.xml|xl/workbook\.bin")
"""What a workbook of another kind begins with: an archive that is both is read as either by different programs."""
_PLACED = frozenset({1, 2, 3, 4, 5, 6, 0xBD, 0xBE, 0xD6, 0xFD, 0x201, 0x203, 0x204, 0x205, 0x206, 0x27E, 0x406})
"""Records of BIFF that begin with their row and column (MS-XLS 2.3)."""
_MANY = frozenset({0xBD, 0xBE})  # that end with their last column
_FREE = 0xFFFFFFFF
_DIMENSIONS, _BOUND_SHEET, _BEGINS, _ENDS = 0x200, 0x85, frozenset({0x009, 0x209, 0x409, 0x809}), 0x0A


class Extent:
    """The rows and columns between which the cells of one sheet lie, counted from 1."""

    def __init__(self) -> None:
        self._cells = 0
        self._top = self._left = 10**9
        self._bottom = self._right = 0

    def take(self, row: int, column: int) -> None:
        """Another cell. Raises: Unreadable where all between it and the others are too many."""
        self._cells += 1
        self._top, self._bottom = min(self._top, row), max(self._bottom, row)
        self._left, self._right = min(self._left, column), max(self._right, column)
        laid_out = (self._bottom - self._top + 1) * (self._right - self._left + 1)
        if row > MOST_ROWS or column > MOST_COLUMNS or max(laid_out, self._cells) > MOST_CELLS:
            raise Unreadable(WORKBOOK_TOO_LARGE)


def check_new(data: bytes) -> bool:
    """Whether an archive (XLSX) has sheets or texts of such, which then hold no more than a statement may.

    Raises: Unreadable where its parts unpack to more than any statement, or a cell lies beyond any table.
    """
    room, parts = LARGEST_WORKBOOK, []
    with opened_zip(data, BROKEN) as archive:
        for entry in archive.infolist():
            if _OTHER_BOOKS.fullmatch(entry.filename):
                raise Unreadable(BROKEN)
            with archive.open(entry) as file:
                size, telling = _looked_through(file, room)
            room -= size
            if telling or _NAMED_SHEET.search(entry.filename):
                parts.append(entry)
        for entry in parts:
            with archive.open(entry) as file:
                _check_part(file)
    return bool(parts)


def _looked_through(file: IO[bytes], room: int) -> tuple[int, bool]:
    """How many bytes a part unpacks to, and whether it tells how much room it takes."""
    size, telling, tail = 0, False, b""
    for piece in pieces_of(file, room, WORKBOOK_TOO_LARGE):
        size += len(piece)
        telling = telling or any(word in tail + piece for word in _TELLING)
        tail = piece[-16:]
    return size, telling


def _check_part(file: IO[bytes]) -> None:
    """Raises: Unreadable; within the archive, whatever its parser meets in a broken file."""
    extent, at = Extent(), [0, 0]

    def begun(tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            at[:] = _place(attributes["r"]) if "r" in attributes else (max(at[0], 1), at[1] + 1)
            extent.take(*at)
        elif name == "row":
            at[:] = int(attributes.get("r", at[0] + 1)), 0
            if at[0] > MOST_ROWS:
                raise Unreadable(WORKBOOK_TOO_LARGE)
        elif name == "sst" and int(attributes.get("uniqueCount", 0)) > MOST_CELLS:
            raise Unreadable(WORKBOOK_TOO_LARGE)  # there is room made for so many at once
        elif name == "dimension":
            Extent().take(*_place(attributes.get("ref", "A1").rpartition(":")[2]))

    parser = expat.ParserCreate()
    parser.StartElementHandler = begun
    parser.StartDoctypeDeclHandler = _refuse
    for piece in pieces_of(file, LARGEST_WORKBOOK, WORKBOOK_TOO_LARGE):
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def _refuse(*_: object) -> NoReturn:
    """No workbook has a document type, nor the entities that one declares."""
    raise Unreadable(BROKEN)


def _place(cell: str) -> tuple[int, int]:
    """Row and column: (1, 27) of AA1. Raises: Unreadable, ValueError."""
    if not (found := _PLACE.fullmatch(cell.replace("$", ""))):
        raise Unreadable(WORKBOOK_TOO_LARGE if re.fullmatch(r"[A-Za-z]{4,}\d+", cell) else BROKEN)
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def check_old(data: bytes) -> None:
    """A compound file (XLS). Raises: Unreadable where it is damaged, no workbook, or a cell lies beyond any table."""
    with refused_as(BROKEN), OleFileIO(io.BytesIO(data)) as file:
        file.loadminifat()
        circles = any(map(_has_circle, (file.fat, file.minifat, _tables_of_tables(data, file.sector_size))))
        name = next((name for name in ("Workbook", "Book") if file.exists(name)), None)
        stream = file.openstream(name).read() if name and not circles else b""
    if not stream:
        raise Unreadable(BROKEN)
    sheets = {
        struct.unpack_from("<I", body)[0]
        for kind, body in _records(stream, 0)
        if kind == _BOUND_SHEET and len(body) >= 4
    }
    if len(sheets) * len(stream) > LARGEST_WORKBOOK * 10:
        raise Unreadable(WORKBOOK_TOO_LARGE)
    for start in {0, *sheets}:  # a sheet is read from where it is said to begin, whatever stands before
        _check_records(stream, start)


def _tables_of_tables(data: bytes, size: int) -> list[int]:
    """Of each sector that may hold a piece of the table of allocation tables (DIFAT), the one that it says is next.
    It is followed whatever the head says of its length."""
    following, at = [_FREE] * (len(data) // size), struct.unpack_from("<I", data, 68)[0]
    while at < len(following) and following[at] == _FREE:
        last = (at + 2) * size - 4
        following[at] = int.from_bytes(data[last : last + 4], "little")
        at = following[at]
    return following


def _has_circle(table: Sequence[int]) -> bool:
    """Whether one can follow sectors, each of which names the next, without end."""
    by = [-1] * len(table)
    for start in range(len(table)):
        at = start
        while at < len(table) and by[at] < 0:
            by[at] = start
            at = table[at]
        if at < len(table) and by[at] == start and (at != start or table[at] == at):
            return True
    return False


def _check_records(stream: bytes, start: int) -> None:
    extent = Extent()
    for kind, body in _records(stream, start):
        if kind in _BEGINS:
            extent = Extent()
        elif kind == _ENDS and start:
            return
        elif kind == _DIMENSIONS and len(body) >= 12:
            _, rows, _, columns = struct.unpack_from("<IIHH", body)
            Extent().take(rows, columns)
        elif kind in _PLACED and len(body) >= 4:
            row, column = struct.unpack_from("<HH", body)
            extent.take(row + 1, column + 1)
            if kind in _MANY:
                extent.take(row + 1, struct.unpack_from("<H", body, len(body) - 2)[0] + 1)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Kind and body of each record, from a place on."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size
