"""The names of processes: each finds one that is free, so that any number of them may be started by one command."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from filelock import FileLock, Timeout

from config.settings import Settings
from handlers.errors import BillifyError
from storage.sealing.atomic_files import create_once

EVERYTHING = "all"
"""The one that does everything: there is one of it in a home folder."""


@contextmanager
def own_name(settings: Settings, role: str) -> Iterator[str]:
    """A name that no other process has while this one runs, and that earlier ones of it had: worker.1@3f9c20.

    Raises: BillifyError where it is given by BILLIFY_PROCESS and taken, or everything runs in this home folder already.
    """
    lock, name = _taken(settings, role)
    try:
        yield name
    finally:
        lock.release()


def _taken(settings: Settings, role: str) -> tuple[FileLock, str]:
    try:
        if name := settings.process or (role if role == EVERYTHING else ""):
            return _lock(settings.home, name), name
        for number in count(1):
            try:
                lock = _lock(settings.home, f"{role}.{number}")
            except Timeout:
                continue
            return lock, f"{role}.{number}@{_mark(settings.home)}"
    except Timeout:
        raise BillifyError(
            f"Billify runs already in {settings.home} as “{name}”. Stop it first, or set BILLIFY_PROCESS to another "
            "name to run a further process."
        ) from None
    except OSError as error:
        raise BillifyError(
            f"{settings.home} cannot be written ({error.strerror or error}). Make it writable, or set BILLIFY_HOME to "
            "a folder that is."
        ) from None
    raise AssertionError("numbers do not end")


def _lock(home: Path, name: str) -> FileLock:
    lock = FileLock(home / f"{name}.lock", blocking=False)
    lock.acquire()
    return lock


def _mark(home: Path) -> str:
    """What tells this home folder from those of other machines."""
    file = home / "machine.id"
    if not file.exists():
        create_once(file, secrets.token_hex(3).encode())
    return file.read_text()
