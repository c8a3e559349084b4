"""ZIP archives of several invoices: their files one by one, as far as they may be unpacked without harm."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath

from extraction.errors import Unreadable
from extraction.evidence import Problem
from extraction.files.media_type import detect_media_type

ZIP = "application/zip"

_MOST = 50  # files
_LARGEST = 100_000_000  # bytes of all files together, unpacked

_BROKEN = Problem("broken_archive", "This ZIP archive is damaged or incomplete. Please send it again, or its files.")
_ENCRYPTED = Problem("encrypted_archive", "This ZIP archive asks for a password. Please send its files without one.")
_EMPTY = Problem("empty_archive", "There are no files in this ZIP archive. Please send the invoices themselves.")
_TOO_MUCH = Problem(
    "archive_too_large",
    f"This ZIP archive holds more than {_MOST} files or {_LARGEST // 1_000_000} MB. Please send it in parts.",
)


@dataclass(frozen=True)
class Member:
    """A file of an archive; its name is without folders."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Unpacked:
    """The files of an archive, at least one, or else why it cannot be unpacked."""

    members: tuple[Member, ...] = ()
    problem: Problem | None = None


def is_archive(data: bytes) -> bool:
    """Whether a file is an archive to be unpacked; Office documents, which are ZIP files too, are not."""
    return detect_media_type(data) == ZIP


def unpack(data: bytes) -> Unpacked:
    """The files of a ZIP archive in its order; what systems add by themselves is left out."""
    try:
        members = _members(data)
    except Unreadable as error:
        return Unpacked(problem=error.problem)
    return Unpacked(members) if members else Unpacked(problem=_EMPTY)


def _members(data: bytes) -> tuple[Member, ...]:
    """Raises: Unreadable when it is broken, encrypted, or larger than is safe to unpack."""
    members: list[Member] = []
    room = _LARGEST
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_hidden(entry.filename)]
            if len(listed) > _MOST:
                raise Unreadable(_TOO_MUCH)
            for entry in listed:
                members.append(Member(PurePosixPath(entry.filename).name, _bytes(archive, entry, room)))
                room -= len(members[-1].data)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise Unreadable(_BROKEN) from error
    return tuple(members)


def _bytes(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    """A file's bytes, unpacked no further than there is room: what the archive says of its size is not believed."""
    if entry.flag_bits & 0x1:  # APPNOTE 4.4.4
        raise Unreadable(_ENCRYPTED)
    with archive.open(entry) as file:
        data = file.read(room + 1)
    if len(data) > room:
        raise Unreadable(_TOO_MUCH)
    return data


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return not parts or any(part.startswith((".", "__MACOSX")) for part in parts) or parts[-1] == "Thumbs.db"
