"""What a place for bytes can do, and which one an address means."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from storage.blobs.blob import Blob
from storage.blobs.folder import Folder


class Blobs(Protocol):
    """Names are relative paths of plain signs, such as "ab/cd12"."""

    def write(self, name: str, data: bytes) -> None:
        """Keeps the bytes durably under the name, in place of any others: all of them or none."""
        ...

    def read(self, name: str) -> bytes:
        """The bytes. Raises: FileNotFoundError."""
        ...

    def exists(self, name: str) -> bool:
        """Whether anything lies under the name."""
        ...

    def remove(self, name: str) -> None:
        """Forgets it. Harmless when it is not there."""
        ...

    def each(self, prefix: str = "") -> Iterator[Blob]:
        """All whose names begin with the prefix (a folder, ending with "/"), in no order."""
        ...


def open_blobs(address: str | Path) -> Blobs:
    """The place of an address: a folder's path, or s3://bucket/prefix and its like. Raises: BadStore."""
    if isinstance(address, Path) or "://" not in address:
        return Folder(Path(address).expanduser())
    from storage.blobs.object_store import ObjectStore  # its library takes a third of a second to load

    return ObjectStore(address)
