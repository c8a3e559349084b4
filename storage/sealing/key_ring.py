"""The keys that what is kept is sealed with (AES-256-GCM): the newest seals, the others open until all is rewritten."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
import threading
from collections.abc import Sequence
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from filelock import FileLock

from storage.errors import BadKey
from storage.sealing.atomic_files import FileVersion, create_once, version_of, write_atomically

KEY_BYTES = 32
NONCE_BYTES = 12
ID_BYTES = 8
FORMAT = b"BFY2"
"""The first bytes of what is sealed: how the rest is to be read. Then the key's id, the nonce, and the sealed bytes."""
FIRST_FORMAT = b"BFY1"
"""The same of documents before keys had ids: the nonce follows, and the key is found by trying."""
TEXT = "sealed:"
"""How a sealed text begins; the key's id (hex), a colon and base64 follow."""
SEALED_TEXT = re.compile(rf"{TEXT}[0-9a-f]{{{2 * ID_BYTES}}}:[A-Za-z0-9+/=]+")


class KeyRing:
    """Seals and opens. Where the keys are in a file, a key that another process adds is noticed at the next use."""

    def __init__(self, keys: Sequence[bytes] = (), *, file: Path | None = None, former: Sequence[bytes] = ()) -> None:
        """`keys` are 32 bytes each, the newest first; with a `file` they are read from there. `former` only open."""
        self.file = file
        self._former = tuple(former)
        self._lock = threading.Lock()
        self._seen: FileVersion | None = None
        self._ciphers: dict[bytes, AESGCM] = {}
        self._set(keys)
        self._refresh()

    @property
    def newest(self) -> bytes:
        """The id of the key that seals now."""
        self._refresh()
        return next(iter(self._ciphers))

    def seal(self, data: bytes, about: str) -> bytes:
        """The data sealed, and bound to what it is `about`, so that it cannot stand in for something else."""
        key, nonce = self.newest, secrets.token_bytes(NONCE_BYTES)
        return FORMAT + key + nonce + self._ciphers[key].encrypt(nonce, data, about.encode())

    def open(self, sealed: bytes, about: str) -> bytes:
        """What was sealed. Raises: InvalidTag for another's key, other bytes, or something about something else."""
        marked = sealed.startswith(FORMAT)
        body = sealed[len(FORMAT) + ID_BYTES :] if marked else sealed.removeprefix(FIRST_FORMAT)
        nonce, body = body[:NONCE_BYTES], body[NONCE_BYTES:]
        for cipher in self._openers(sealed[len(FORMAT) :][:ID_BYTES] if marked else None):
            try:
                return cipher.decrypt(nonce, body, about.encode())
            except (InvalidTag, ValueError):
                continue
        raise InvalidTag

    def is_current(self, sealed: bytes) -> bool:
        """Whether this was sealed with the key that seals now."""
        return sealed.startswith(FORMAT + self.newest)

    def seal_text(self, text: str, about: str) -> str:
        """As `seal`, in signs that any column keeps."""
        sealed = self.seal(text.encode(), about)
        return f"{self.text_mark(sealed[len(FORMAT) :][:ID_BYTES])}{base64.b64encode(sealed).decode()}"

    def open_text(self, text: str, about: str) -> str:
        """What `seal_text` sealed; a text from before that stays as it is. Raises: InvalidTag."""
        if not SEALED_TEXT.fullmatch(text):
            return text
        return self.open(base64.b64decode(text.rpartition(":")[2]), about).decode()

    def text_mark(self, key: bytes | None = None) -> str:
        """How a text begins that is sealed with a key, by its id; None is the one that seals now."""
        return f"{TEXT}{(key or self.newest).hex()}:"

    def _openers(self, key: bytes | None) -> list[AESGCM]:
        if key is not None and key not in self._ciphers:
            self._refresh()
        if key is None:
            return [*self._ciphers.values(), *map(AESGCM, self._former)]
        return [self._ciphers[key]] if key in self._ciphers else []

    def _refresh(self) -> None:
        if self.file is None:
            return
        if (seen := version_of(self.file)) != self._seen:
            with self._lock:
                self._set(read_keys(self.file))
                self._seen = seen

    def _set(self, keys: Sequence[bytes]) -> None:
        """What is in work in this process may be sealed with a key that is forgotten: it stays here until the end."""
        found = {hashlib.sha256(key).digest()[:ID_BYTES]: AESGCM(key) for key in keys}
        self._ciphers = found | {key: cipher for key, cipher in self._ciphers.items() if key not in found}


def key_ring(file: Path, *, configured: str = "", former: Sequence[bytes] = ()) -> KeyRing:
    """The ring of the configured keys (64 hex digits each, the newest first, a comma between), else that of the file,
    which is made at first need. Raises: BadKey.
    """
    if configured:
        return KeyRing(parse_keys(configured.replace(",", "\n"), "The configured document key"), former=former)
    load_or_create_secret(file)
    return KeyRing(file=file, former=former)


def load_or_create_secret(path: Path) -> bytes:
    """32 random bytes that stay the same from start to start, in a file that only its owner reads.

    Safe when two processes start at once: one file wins, both read it. Raises: BadKey when it holds something else.
    """
    if not path.exists():
        create_once(path, secrets.token_hex(KEY_BYTES).encode() + b"\n")
    return read_keys(path)[0]


def read_keys(path: Path) -> list[bytes]:
    """The keys of a file, one a line, the newest first. Raises: BadKey."""
    return parse_keys(path.read_text("ascii", errors="replace"), f"The key in {path}")


def begin_rotation(file: Path) -> None:
    """Puts a new key first; nothing where a rotation was begun and not finished."""
    with FileLock(f"{file}.lock"):
        keys = read_keys(file)
        if len(keys) == 1:
            _write(file, [secrets.token_bytes(KEY_BYTES), *keys])


def finish_rotation(file: Path) -> int:
    """Forgets all keys but the newest: nothing must be sealed with them any more. How many those were."""
    with FileLock(f"{file}.lock"):
        newest, *others = read_keys(file)
        _write(file, [newest])
    return len(others)


def _write(file: Path, keys: Sequence[bytes]) -> None:
    write_atomically(file, "".join(f"{key.hex()}\n" for key in keys).encode())


def parse_keys(text: str, what: str) -> list[bytes]:
    """The keys that a text says, with blanks or line ends between them. Raises: BadKey, which names `what`."""
    lines = text.split()
    if not lines or not all(re.fullmatch(rf"[0-9a-fA-F]{{{2 * KEY_BYTES}}}", line) for line in lines):
        raise BadKey(f"{what} must be {2 * KEY_BYTES} hexadecimal digits, as `openssl rand -hex {KEY_BYTES}` prints.")
    return [bytes.fromhex(line) for line in lines]
