"""Files that are there whole or not at all, whatever happens meanwhile."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FileVersion = tuple[int, int, int]


def write_atomically(path: Path, data: bytes) -> None:
    """Writes the file durably, in place of any former one. Only its owner may read it."""
    with _written(path, data) as temporary:
        temporary.replace(path)
    _sync_folder(path.parent)


def create_once(path: Path, data: bytes) -> None:
    """As `write_atomically`, but a file that is there already, also from this very moment, stays as it is."""
    with _written(path, data) as temporary, suppress(FileExistsError):
        os.link(temporary, path)
    _sync_folder(path.parent)


def version_of(path: Path) -> FileVersion:
    """What is otherwise once the file was written anew; its size tells apart what changed twice within one tick of the
    file system's clock, under an inode that came free."""
    found = path.stat()
    return found.st_mtime_ns, found.st_ino, found.st_size


@contextmanager
def _written(path: Path, data: bytes) -> Iterator[Path]:
    """The data in a file beside `path` (mode 0600), durable; removed at the end if it still has that name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Makes the new name itself durable (POSIX; elsewhere folders cannot be opened)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
