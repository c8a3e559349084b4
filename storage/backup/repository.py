"""Where backups lie: everything sealed with the backup's own keys, and bound to its name.

backups/ID/manifest          what the backup consists of; where it is missing, the backup was broken off
backups/ID/ledger.bill.0     a table's rows, compressed, some megabytes a piece
backups/ID/documents, home   which documents it has; the keys of what is kept, and what the home folder holds
documents/ab/ab12…           an original, once for all backups
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime

from cryptography.exceptions import InvalidTag
from pydantic import ValidationError

from storage.backup.manifest import FORMAT, Manifest, Piece, TableRecord
from storage.backup.rows import Layout
from storage.blobs.blobs import Blobs
from storage.errors import BackupDamaged, NoBackup
from storage.sealing.key_ring import KeyRing

PIECE_BYTES = 4 * 1024 * 1024
"""Of rows, before they are compressed: so much of a table is in memory at a time."""

_BACKUPS, _DOCUMENTS, _MANIFEST = "backups/", "documents/", "manifest"
_BEGUN = "%Y%m%d-%H%M%S-%f"
_SHA256 = re.compile(r"documents/[0-9a-f]{2}/([0-9a-f]{64})")


class Repository:
    """Backups in one place."""

    def __init__(self, place: Blobs, keys: KeyRing) -> None:
        self._place = place
        self._keys = keys

    def put(self, backup: str, name: str, data: bytes) -> Piece:
        """Adds a piece to a backup."""
        return Piece(name=name, size=self._write(f"{_BACKUPS}{backup}/{name}", zlib.compress(data)))

    def get(self, backup: str, piece: Piece) -> bytes:
        """A piece's bytes. Raises: BackupDamaged."""
        return zlib.decompress(self._read(f"{_BACKUPS}{backup}/{piece.name}", piece.size))

    def put_manifest(self, manifest: Manifest) -> None:
        """With this the backup is whole."""
        self.put(manifest.id, _MANIFEST, manifest.model_dump_json().encode())

    def manifest(self, backup: str) -> Manifest:
        """What a backup consists of. Raises: NoBackup; BackupDamaged."""
        name = f"{_BACKUPS}{backup}/{_MANIFEST}"
        if not re.fullmatch(r"[0-9a-f-]+", backup) or not self._place.exists(name):
            raise NoBackup(f"There is no whole backup “{backup}”. `billify backup --list` prints those that are.")
        said = json.loads(zlib.decompress(self._read(name)))
        if said.get("format") != FORMAT:
            raise BackupDamaged(f"The backup {backup} is of a newer version of Billify: update it first.")
        try:
            return Manifest.model_validate(said)
        except ValidationError as error:
            raise BackupDamaged(f"The backup {backup} cannot be understood: {error.errors()[0]['msg']}.") from None

    def whole(self) -> list[str]:
        """The backups that are whole, the oldest first."""
        return sorted(backup for backup, names in self._by_backup().items() if _MANIFEST in names)

    def broken_off(self) -> dict[str, datetime]:
        """Those that are not, or not yet, and when the latest piece of each was written."""
        return {backup: max(names.values()) for backup, names in self._by_backup().items() if _MANIFEST not in names}

    def forget(self, backup: str) -> None:
        """Removes a backup, its manifest first; documents stay."""
        self._place.remove(f"{_BACKUPS}{backup}/{_MANIFEST}")
        for blob in self._place.each(f"{_BACKUPS}{backup}/"):
            self._place.remove(blob.name)

    def put_document(self, sha256: str, data: bytes) -> None:
        """Keeps an original."""
        self._write(_document(sha256), data)

    def document(self, sha256: str) -> bytes:
        """An original. Raises: BackupDamaged."""
        data = self._read(_document(sha256))
        if hashlib.sha256(data).hexdigest() != sha256:
            raise BackupDamaged(f"The document {sha256} is another one.")
        return data

    def forget_document(self, sha256: str) -> None:
        """Removes an original."""
        self._place.remove(_document(sha256))

    def documents(self) -> dict[str, int]:
        """The originals that are kept (SHA-256), and how many bytes each has, sealed."""
        found = ((_SHA256.fullmatch(blob.name), blob.size) for blob in self._place.each(_DOCUMENTS))
        return {name[1]: size for name, size in found if name}

    def documents_of(self, manifest: Manifest) -> dict[str, int]:
        """The originals of a backup (SHA-256), and how many bytes each has. Raises: BackupDamaged."""
        found: dict[str, int] = json.loads(self.get(manifest.id, manifest.documents))
        return found

    def lines(self, backup: str, table: TableRecord) -> Iterator[bytes]:
        """A table's rows. Raises: BackupDamaged, at the end where they are others than the manifest says."""
        digest, rows = hashlib.sha256(), 0
        for piece in table.pieces:
            for each in self.get(backup, piece).splitlines():
                digest.update(each + b"\n")
                rows += 1
                yield each
        if (rows, digest.hexdigest()) != (table.rows, table.sha256):
            raise BackupDamaged(f"Of {table.name} {rows} rows are there, not the {table.rows} that it had.")

    def _by_backup(self) -> dict[str, dict[str, datetime]]:
        found: dict[str, dict[str, datetime]] = {}
        for blob in self._place.each(_BACKUPS):
            _, backup, name = blob.name.split("/", 2)
            found.setdefault(backup, {})[name] = blob.stored_at
        return found

    def _write(self, name: str, data: bytes) -> int:
        sealed = self._keys.seal(data, name)
        self._place.write(name, sealed)
        return len(sealed)

    def _read(self, name: str, size: int | None = None) -> bytes:
        try:
            sealed = self._place.read(name)
        except FileNotFoundError:
            raise BackupDamaged(f"{name} is missing.") from None
        if size is not None and len(sealed) != size:
            raise BackupDamaged(f"{name} has {len(sealed)} bytes, not {size}: it was cut off or changed.")
        try:
            return self._keys.open(sealed, name)
        except InvalidTag:
            raise BackupDamaged(
                f"{name} cannot be opened: it was changed, or sealed with another key (BILLIFY_BACKUP_KEY)."
            ) from None


class TableWriter:
    """Takes a table's lines, and keeps them in pieces."""

    def __init__(self, repository: Repository, backup: str, part: str, table: Layout) -> None:
        self._repository, self._backup, self._name = repository, backup, f"{part}.{table.name}"
        self._table, self._digest, self._rows = table, hashlib.sha256(), 0
        self._held, self._bytes, self._pieces = list[bytes](), 0, list[Piece]()

    def add(self, line: bytes) -> None:
        """One more row."""
        self._digest.update(line + b"\n")
        self._rows += 1
        self._held.append(line)
        self._bytes += len(line)
        if self._bytes >= PIECE_BYTES:
            self._flush()

    def finish(self, highest: int | None) -> TableRecord:
        """What was added."""
        self._flush()
        return TableRecord(
            name=self._table.name,
            columns=self._table.columns,
            key=self._table.key,
            rows=self._rows,
            sha256=self._digest.hexdigest(),
            pieces=tuple(self._pieces),
            highest=highest,
        )

    def _flush(self) -> None:
        if self._held:
            name = f"{self._name}.{len(self._pieces)}"
            self._pieces.append(self._repository.put(self._backup, name, b"\n".join(self._held)))
            self._held, self._bytes = [], 0


def new_id(now: datetime, mark: str) -> str:
    """The name of a backup begun now (aware), which `mark` (hex) tells from others begun at the same time.

    Names sort as they were begun, also two of one second: the latest is the one that is kept.
    """
    return f"{now.astimezone(UTC):{_BEGUN}}-{mark}"


def begun_at(backup: str) -> datetime:
    """When a backup was begun, by its name."""
    return datetime.strptime(backup.rpartition("-")[0], _BEGUN).replace(tzinfo=UTC)


def _document(sha256: str) -> str:
    return f"{_DOCUMENTS}{sha256[:2]}/{sha256}"
