"""ZIP archives of strangers, whose own words on their size are not believed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from extraction.errors import Unreadable, refused_as
from extraction.evidence import Problem

_PIECE = 1 << 20
_ENCRYPTED = 0x1  # APPNOTE 4.4.4


@contextmanager
def opened_zip(data: bytes, broken: Problem) -> Iterator[zipfile.ZipFile]:
    """The archive. Whatever is raised of a damaged one becomes Unreadable with the problem `broken`."""
    with refused_as(broken), zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield archive


def unzipped(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int, too_large: Problem, locked: Problem) -> bytes:
    """A file's bytes. Raises: Unreadable, `too_large` for more bytes than there is `room`, `locked` where encrypted."""
    if entry.flag_bits & _ENCRYPTED:
        raise Unreadable(locked)
    with archive.open(entry) as file:
        data = file.read(room + 1)
    if len(data) > room:
        raise Unreadable(too_large)
    return data


def pieces_of(file: IO[bytes], room: int, too_large: Problem) -> Iterator[bytes]:
    """A file piece by piece. Raises: Unreadable, `too_large` beyond `room` bytes."""
    while piece := file.read(_PIECE):
        room -= len(piece)
        if room < 0:
            raise Unreadable(too_large)
        yield piece
