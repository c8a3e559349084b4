"""Bytes in files of a folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from storage.blobs.blob import Blob
from storage.sealing.atomic_files import write_atomically


class Folder:
    """Implements `Blobs`; only the folder's owner may read what lies there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, name: str, data: bytes) -> None:
        """See `Blobs`."""
        write_atomically(self._folder / name, data)

    def read(self, name: str) -> bytes:
        """See `Blobs`."""
        return (self._folder / name).read_bytes()

    def exists(self, name: str) -> bool:
        """See `Blobs`."""
        return (self._folder / name).exists()

    def remove(self, name: str) -> None:
        """See `Blobs`."""
        (self._folder / name).unlink(missing_ok=True)

    def each(self, prefix: str = "") -> Iterator[Blob]:
        """See `Blobs`."""
        for file in (self._folder / prefix).rglob("*"):
            try:
                if file.name.startswith(".new-") or not file.is_file():
                    continue
                found = file.stat()
            except FileNotFoundError:  # removed meanwhile
                continue
            name = file.relative_to(self._folder).as_posix()
            yield Blob(name, found.st_size, datetime.fromtimestamp(found.st_mtime, UTC))
