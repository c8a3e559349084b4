"""The keys that sign what goes out to come back: cookies, links to files, the marks and buttons of mails.

The newest signs. The ones before it go on counting for as long as anything lives that they signed, so that nobody
notices a rotation; then they are dropped.
"""

from __future__ import annotations

import re
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock

from storage.errors import BadKey
from storage.sealing.atomic_files import FileVersion, version_of, write_atomically
from storage.sealing.key_ring import KEY_BYTES, load_or_create_secret, parse_keys

_LINE = re.compile(rf"([0-9a-fA-F]{{{2 * KEY_BYTES}}})(?: (\S+))?")


@dataclass(frozen=True)
class SigningKey:
    """32 bytes, and since when another one signs in its place (aware; None: it signs)."""

    key: bytes
    replaced: datetime | None = None


class SigningKeys:
    """The keys of an installation. What another process changes in their file is noticed at the next use."""

    def __init__(
        self, keys: Sequence[SigningKey] = (), *, file: Path | None = None, kept: timedelta = timedelta(days=90)
    ) -> None:
        """`keys` are the newest first; with a `file` they are read from there. `kept` is how long a key counts after
        another one took its place. Raises: BadKey."""
        self._keys = tuple(keys)
        self._file = file
        self._kept = kept
        self._lock = threading.Lock()
        self._seen: FileVersion | None = None

    @property
    def newest(self) -> bytes:
        """The key that signs now. Raises: BadKey."""
        return self.known()[0].key

    def accepted(self) -> list[bytes]:
        """The keys by which a signature counts now, the newest first. Raises: BadKey."""
        return [each.key for each in counting(self.known(), self._kept, datetime.now(UTC))]

    def at(self, moment: datetime) -> bytes:
        """The key that signed at that moment, so that what is signed once more is the same as before; the newest where
        that one counts no more."""
        found = counting(self.known(), self._kept, datetime.now(UTC))
        later = [each.key for each in found if each.replaced is None or each.replaced > moment]
        return later[-1]

    def known(self) -> tuple[SigningKey, ...]:
        """All of them, also those that count no more, the newest first. Raises: BadKey."""
        if self._file is None:
            return self._keys
        with self._lock:
            if (seen := version_of(self._file)) != self._seen:
                self._keys, self._seen = read_signing_keys(self._file), seen
            return self._keys


def signing_keys(file: Path, kept: timedelta, *, configured: str = "") -> SigningKeys:
    """The `configured` keys, the newest first with commas between, else those of the file, made at first need.

    Raises: BadKey.
    """
    if configured:
        return SigningKeys(configured_keys(configured, datetime.now(UTC)), kept=kept)
    if not file.exists():
        load_or_create_secret(file)
    read_signing_keys(file)
    return SigningKeys(file=file, kept=kept)


def configured_keys(text: str, now: datetime) -> tuple[SigningKey, ...]:
    """The keys that somebody set by hand: those behind the first count from `now` on for as long as replaced ones do,
    since nobody knows how long ago that was. Raises: BadKey."""
    newest, *others = parse_keys(text.replace(",", " "), "BILLIFY_SECRET_KEY")
    return (SigningKey(newest), *(SigningKey(other, now) for other in others))


def counting(keys: Sequence[SigningKey], kept: timedelta, now: datetime) -> list[SigningKey]:
    """Those whose signatures count."""
    return [each for each in keys if each.replaced is None or each.replaced + kept > now]


def read_signing_keys(file: Path) -> tuple[SigningKey, ...]:
    """The keys of a file, the newest first: one a line, and behind each but the first when it was replaced (ISO 8601).
    Raises: BadKey."""
    try:
        found = tuple(_parsed(line) for line in file.read_text("ascii", errors="replace").splitlines())
    except ValueError:
        found = ()
    if [each.replaced is None for each in found] != [True, *[False] * (len(found) - 1)]:
        raise BadKey(
            f"The key in {file} must be {2 * KEY_BYTES} hexadecimal digits, as `openssl rand -hex {KEY_BYTES}` prints, "
            "and each further line another one with the time when it was replaced. Restore the file from a backup."
        )
    return found


def replace_signing_key(file: Path, kept: timedelta, now: datetime, *, leaked: bool = False) -> int:
    """Signs with a new key from `now` on. Those before it count as long as they would; with `leaked` no more at all.
    How many count beside the new one."""
    with FileLock(f"{file}.lock"):
        newest, *others = read_signing_keys(file)
        before = [] if leaked else counting([SigningKey(newest.key, now), *others], kept, now)
        _write(file, [SigningKey(secrets.token_bytes(KEY_BYTES)), *before])
    return len(before)


def drop_signing_keys(file: Path, kept: timedelta, now: datetime) -> int:
    """Drops the keys that count no more; how many those were."""
    with FileLock(f"{file}.lock"):
        found = read_signing_keys(file)
        if dropped := len(found) - len(left := counting(found, kept, now)):
            _write(file, left)
    return dropped


def as_text(keys: Sequence[SigningKey]) -> bytes:
    """As a file holds them."""
    lines = (f"{each.key.hex()}{f' {each.replaced.isoformat()}' if each.replaced else ''}\n" for each in keys)
    return "".join(lines).encode()


def _write(file: Path, keys: Sequence[SigningKey]) -> None:
    write_atomically(file, as_text(keys))


def _parsed(line: str) -> SigningKey:
    """Raises: ValueError."""
    if not (found := _LINE.fullmatch(line.strip())):
        raise ValueError
    key, replaced = found.groups()
    moment = datetime.fromisoformat(replaced) if replaced else None
    if moment and moment.tzinfo is None:
        raise ValueError
    return SigningKey(bytes.fromhex(key), moment)
