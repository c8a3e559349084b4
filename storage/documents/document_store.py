"""Originals, kept by the SHA-256 of their bytes and encrypted (AES-256-GCM) in a folder."""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.documents.atomic_files import create_once, write_atomically
from storage.errors import BadKey, DocumentDamaged

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = b"BFY1"
"""The first bytes of each file: how the rest is to be read. Then the nonce, then the sealed bytes."""

_NAME = r"[0-9a-f]{64}"


class DocumentStore:
    """Files in a folder, each sealed with the key and bound to its name, so that none can stand in for another."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._cipher = AESGCM(key)

    async def put(self, data: bytes) -> str:
        """Keeps the bytes durably and returns their SHA-256 (hex). Keeping them twice is harmless."""
        return await asyncio.to_thread(self.keep, data)

    async def get(self, sha256: str) -> bytes:
        """The bytes. Raises: FileNotFoundError when none are kept under that name; DocumentDamaged."""
        return await asyncio.to_thread(self.fetch, sha256)

    async def discard(self, sha256: str) -> None:
        """Forgets the bytes. Harmless when they are not there."""
        await asyncio.to_thread(lambda: self._path(sha256).unlink(missing_ok=True))

    async def stored_before(self, moment: datetime) -> list[str]:
        """The SHA-256s of what was stored before that moment (aware)."""

        def look() -> list[str]:
            files = [file for file in self._folder.glob("[0-9a-f][0-9a-f]/*") if re.fullmatch(_NAME, file.name)]
            return [file.name for file in files if file.stat().st_mtime < moment.timestamp()]

        return await asyncio.to_thread(look)

    def keep(self, data: bytes) -> str:
        """As `put`, for code that has a thread of its own, such as a transaction."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._path(sha256)
        if not path.exists():
            nonce = secrets.token_bytes(NONCE_BYTES)
            write_atomically(path, FORMAT + nonce + self._cipher.encrypt(nonce, data, sha256.encode()))
        return sha256

    def fetch(self, sha256: str) -> bytes:
        """As `get`, for code that has a thread of its own, such as a transaction."""
        sealed = self._path(sha256).read_bytes()
        nonce, body = sealed[len(FORMAT) :][:NONCE_BYTES], sealed[len(FORMAT) + NONCE_BYTES :]
        try:
            if not sealed.startswith(FORMAT):
                raise InvalidTag
            return self._cipher.decrypt(nonce, body, sha256.encode())
        except (InvalidTag, ValueError):
            raise DocumentDamaged(
                f"The stored document {sha256[:12]}… cannot be opened: its file was altered, or the document key is "
                "not the one it was stored with. Restore document.key (or the file) from a backup."
            ) from None

    def _path(self, sha256: str) -> Path:
        if not re.fullmatch(_NAME, sha256):
            raise FileNotFoundError(f"“{sha256}” is not the name of a document.")
        return self._folder / sha256[:2] / sha256


def load_or_create_key(path: Path, *, configured: str = "") -> bytes:
    """The key of the document store: the configured one (64 hex digits), else the one in the file, made at first need.

    Raises: BadKey.
    """
    if configured:
        return _parse(configured, "The configured document key")
    return load_or_create_secret(path)


def load_or_create_secret(path: Path) -> bytes:
    """32 random bytes that stay the same from start to start, in a file that only its owner reads.

    Safe when two processes start at once: one file wins, both read it. Raises: BadKey when it holds something else.
    """
    if not path.exists():
        create_once(path, secrets.token_hex(KEY_BYTES).encode() + b"\n")
    return _parse(path.read_text("ascii", errors="replace"), f"The key in {path}")


def _parse(text: str, what: str) -> bytes:
    if not re.fullmatch(rf"[0-9a-fA-F]{{{2 * KEY_BYTES}}}", text.strip()):
        raise BadKey(f"{what} must be {2 * KEY_BYTES} hexadecimal digits, as `openssl rand -hex {KEY_BYTES}` prints.")
    return bytes.fromhex(text.strip())
