"""Originals, kept by the SHA-256 of their bytes and sealed with the key ring, in a folder or an object store."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag

from storage.blobs.blob import Blob
from storage.blobs.blobs import Blobs
from storage.blobs.folder import Folder
from storage.errors import DocumentDamaged
from storage.sealing.key_ring import FIRST_FORMAT, FORMAT, KeyRing

_NAME = r"[0-9a-f]{64}"
_STORED = rf"[0-9a-f]{{2}}/{_NAME}"


class DocumentStore:
    """Files in one place, each sealed and bound to its name, so that none can stand in for another.

    Where the place is away, each call raises OSError (storage.errors.StoreAway), and can be repeated.
    """

    def __init__(self, place: Path | Blobs, keys: KeyRing | bytes) -> None:
        """A path is of a folder; a key by itself (32 bytes) is a ring of one."""
        self._place: Blobs = Folder(place) if isinstance(place, Path) else place
        self._keys = KeyRing([keys]) if isinstance(keys, bytes) else keys

    async def put(self, data: bytes) -> str:
        """Keeps the bytes durably and returns their SHA-256 (hex). Keeping them twice is harmless."""
        return await asyncio.to_thread(self.keep, data)

    async def get(self, sha256: str) -> bytes:
        """The bytes. Raises: FileNotFoundError when none are kept under that name; DocumentDamaged."""
        return await asyncio.to_thread(self.fetch, sha256)

    async def discard(self, sha256: str) -> None:
        """Forgets the bytes. Harmless when they are not there."""
        await asyncio.to_thread(lambda: self._place.remove(_path(sha256)))

    async def stored_before(self, moment: datetime) -> list[str]:
        """The SHA-256s of what was stored before that moment (aware)."""

        def look() -> list[str]:
            return [_name(blob) for blob in self._kept() if blob.stored_at < moment]

        return await asyncio.to_thread(look)

    def names(self) -> set[str]:
        """The SHA-256s of all that is stored."""
        return {_name(blob) for blob in self._kept()}

    def keep(self, data: bytes) -> str:
        """As `put`, for code that has a thread of its own, such as a transaction."""
        sha256 = hashlib.sha256(data).hexdigest()
        if not self._place.exists(_path(sha256)):
            self._write(sha256, data)
        return sha256

    def keep_anew(self, data: bytes) -> None:
        """As `keep`, in place of what is there: it was damaged, or sealed with a key that is gone."""
        self._write(hashlib.sha256(data).hexdigest(), data)

    def fetch(self, sha256: str) -> bytes:
        """As `get`, for code that has a thread of its own, such as a transaction."""
        return self._opened(self._place.read(_path(sha256)), sha256)

    def reseal(self) -> int:
        """Seals with the newest key what lies under an older one; how many files that were. A file that cannot be
        opened stays as it is. Raises: DocumentDamaged, once all others are done.
        """
        done, damaged = 0, None
        for sha256 in self.names():
            try:
                sealed = self._place.read(_path(sha256))
                if not self._keys.is_current(sealed):
                    self._write(sha256, self._opened(sealed, sha256))
                    done += 1
            except FileNotFoundError:  # discarded meanwhile
                continue
            except DocumentDamaged as error:
                damaged = error
        if damaged:
            raise damaged
        return done

    def _write(self, sha256: str, data: bytes) -> None:
        """Written anew where the keys changed meanwhile: a rotation may have looked here already."""
        while True:
            sealed = self._keys.seal(data, sha256)
            self._place.write(_path(sha256), sealed)
            if self._keys.is_current(sealed):
                return

    def _opened(self, sealed: bytes, sha256: str) -> bytes:
        try:
            if not sealed.startswith((FORMAT, FIRST_FORMAT)):
                raise InvalidTag
            return self._keys.open(sealed, sha256)
        except InvalidTag:
            raise DocumentDamaged(
                f"The stored document {sha256[:12]}… cannot be opened: its file was altered, or the document key is "
                "not the one it was stored with. Restore document.key (or the file) from a backup."
            ) from None

    def _kept(self) -> Iterator[Blob]:
        return (blob for blob in self._place.each() if re.fullmatch(_STORED, blob.name))


def _path(sha256: str) -> str:
    """Where it lies: in one of 256 folders, so that none grows too large to list."""
    if not re.fullmatch(_NAME, sha256):
        raise FileNotFoundError(f"“{sha256}” is not the name of a document.")
    return f"{sha256[:2]}/{sha256}"


def _name(blob: Blob) -> str:
    return blob.name.rpartition("/")[2]
