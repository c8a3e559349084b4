"""The home folder: its owner's alone, and without what was left behind there."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from config.redaction import redacted
from handlers.errors import BillifyError
from storage.sealing.atomic_files import write_atomically

SHOWN_FOR = timedelta(days=1)
"""For how long a file stays that the terminal wrote for a person to open."""
FAULTS_FOR = timedelta(days=30)
LEFT_BEHIND = timedelta(hours=1)
"""An unfinished file of that age is nobody's work any more: its process was killed."""
LOCAL_MAIL_FOR = timedelta(days=90)

TERMINAL, FAULTS, MAIL, DOCUMENTS = "terminal", "faults", "mail", "documents"

UNFINISHED = "restore.unfinished"
"""Lies here while a backup is brought back, and stays if that is broken off."""

AGES = {
    f"{FAULTS}/*": FAULTS_FOR,
    f"{MAIL}/new/*": LOCAL_MAIL_FOR,
    f"{MAIL}/cur/*": LOCAL_MAIL_FOR,
    f"{MAIL}/tmp/*": LEFT_BEHIND,  # noqa: S108 - a Maildir's own
    ".new-*": LEFT_BEHIND,
    f"{DOCUMENTS}/*/.new-*": LEFT_BEHIND,
}
"""How old a file becomes, by where it lies."""


def readable_by_others(home: Path) -> list[Path]:
    """What others on this machine could read or change: the home folder and what lies in it, originals aside (they
    are sealed, and made readable by nobody else)."""
    if os.name != "posix":
        return []
    return [path for path in _ours(home) if stat.S_IMODE(path.lstat().st_mode) & 0o077]


def close_to_others(home: Path) -> None:
    """Takes the rights of all others away."""
    for path in readable_by_others(home):
        with suppress(OSError):  # another's file, which doctor goes on to tell of
            path.chmod(stat.S_IMODE(path.stat().st_mode) & 0o700)


def sweep(home: Path) -> None:
    """Removes what was written in the clear and is no longer wanted, and what processes that were killed left."""
    now = time.time()
    for folder in (home / TERMINAL).glob("*"):
        if _older(folder, SHOWN_FOR, now):
            shutil.rmtree(folder, ignore_errors=True)
    for pattern, age in AGES.items():
        for file in home.glob(pattern):
            if _older(file, age, now):
                file.unlink(missing_ok=True)


@contextmanager
def being_restored(home: Path) -> Iterator[None]:
    """While a backup is brought back nothing is opened here, nor after that failed half-way."""
    write_atomically(home / UNFINISHED, b"")
    yield
    (home / UNFINISHED).unlink(missing_ok=True)


def expect_restored(home: Path) -> None:
    """Raises: BillifyError where a backup is being brought back, or that was broken off."""
    if (home / UNFINISHED).exists():
        raise BillifyError(
            "A backup is being restored here, or that was broken off. Run `billify restore` again, with --replace, and "
            "let it end."
        )


def write_fault(home: Path, details: str) -> Path:
    """Writes down what went wrong, without secrets, where only the owner reads it; the file's path."""
    try:
        folder = home / FAULTS
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:  # the home folder itself is what is wrong
        folder = Path(tempfile.gettempdir())
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=f"{time.strftime('%Y%m%d-%H%M%S')}-", suffix=".txt")
    with os.fdopen(descriptor, "w") as file:
        file.write(redacted(details))
    return Path(name)


def _ours(home: Path) -> Iterator[Path]:
    yield home
    for path in home.iterdir() if home.is_dir() else ():
        if path.is_symlink():
            continue
        yield path
        if path.is_dir() and path.name != DOCUMENTS:
            yield from (below for below in path.rglob("*") if not below.is_symlink())


def _older(path: Path, age: timedelta, now: float) -> bool:
    with suppress(FileNotFoundError):
        return now - path.stat().st_mtime > age.total_seconds()
    return False
