"""ZIP archives of several invoices: their files one by one, as far as they may be unpacked without harm."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from extraction.errors import Unreadable
from extraction.evidence import Problem
from extraction.files.media_type import detect_media_type
from extraction.standards.zip_file import opened_zip, unzipped

ZIP = "application/zip"

MOST_FILES = 50
LARGEST = 100_000_000
"""Bytes of all files together, unpacked."""

_BROKEN = Problem("broken_archive", "This ZIP archive is damaged or incomplete. Please send it again, or its files.")
_ENCRYPTED = Problem("encrypted_archive", "This ZIP archive asks for a password. Please send its files without one.")
ARCHIVE_TOO_LARGE = Problem(
    "archive_too_large",
    f"This ZIP archive holds more than {MOST_FILES} files or {LARGEST // 1_000_000} MB. Please send it in parts.",
)


@dataclass(frozen=True)
class Member:
    """A file of an archive or a mail; its name is without folders.

    `role` says what it is there for: where it is not `sent` by itself but `shown` in a mail's text or that text itself
    (`body`), it is a document only if it reads as one. `problem` is why an archive or a mail in the archive cannot be
    unpacked itself.
    """

    name: str
    data: bytes
    role: Literal["sent", "shown", "body", "incidental"] = "sent"
    problem: Problem | None = None


@dataclass(frozen=True)
class Unpacked:
    """The files of an archive or a mail, else why it cannot be unpacked; neither where it is a file by itself."""

    members: tuple[Member, ...] = ()
    problem: Problem | None = None

    @property
    def by_itself(self) -> bool:
        """Whether it holds no files, but is one."""
        return not self.members and self.problem is None


def is_archive(data: bytes) -> bool:
    """Whether a file is an archive to be unpacked; Office documents, which are ZIP files too, are not."""
    return detect_media_type(data) == ZIP


def zip_members(data: bytes) -> tuple[Member, ...]:
    """The files of a ZIP archive in its order; what systems add by themselves is left out.

    Raises: Unreadable when it is broken, encrypted, or larger than is safe to unpack.
    """
    members: list[Member] = []
    room = LARGEST
    with opened_zip(data, _BROKEN) as archive:
        listed = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_hidden(entry.filename)]
        if len(listed) > MOST_FILES:
            raise Unreadable(ARCHIVE_TOO_LARGE)
        for entry in listed:
            content = unzipped(archive, entry, room, ARCHIVE_TOO_LARGE, _ENCRYPTED)
            members.append(Member(PurePosixPath(entry.filename).name, content))
            room -= len(content)
    return tuple(members)


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return not parts or any(part.startswith((".", "__MACOSX")) for part in parts) or parts[-1] == "Thumbs.db"
