"""Which processes serve messages now: told by what ends with them, so that nothing has to be written to stay alive."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, make_url, text

FOLDER = "serving"
"""Beside a SQLite file: one locked file for each process that serves. PostgreSQL knows its connections."""

_CONNECTED = text(
    "SELECT application_name FROM pg_stat_activity WHERE application_name LIKE 'billify/%' AND datname = :db"
)


class Presence:
    """Shows that this process serves, and sees who else does."""

    def __init__(self, url: str, engine: Engine, process: str) -> None:
        """`url` is of the database with the queue, `engine` opens it."""
        self._url = make_url(url)
        self._engine = engine
        self._process = process

    @contextmanager
    def shown(self) -> Iterator[None]:
        """For as long as this process serves. On PostgreSQL the connection that listens shows it."""
        if (folder := self._folder()) is None:
            yield
            return
        folder.mkdir(exist_ok=True, mode=0o700)
        lock = FileLock(folder / f"{self._process.replace('/', '+')}.lock", blocking=False)
        with lock:
            yield
        Path(lock.lock_file).unlink(missing_ok=True)

    def names(self) -> list[str]:
        """The names of all processes that serve, in alphabetical order."""
        if (folder := self._folder()) is not None:
            return sorted(file.stem.partition("+")[0] for file in folder.glob("*.lock") if _is_held(file))
        with self._engine.connect() as connection:
            found = connection.execute(_CONNECTED, {"db": self._url.database}).scalars()
            return sorted(name.split("/")[1] for name in found)

    def _folder(self) -> Path | None:
        if self._url.get_backend_name() != "sqlite":
            return None
        return Path(self._url.database or "").parent / FOLDER


def _is_held(file: Path) -> bool:
    """Whether the process of that file lives; the file of one that was killed is removed."""
    try:
        with FileLock(file, blocking=False):
            file.unlink(missing_ok=True)
    except Timeout:
        return True
    return False
