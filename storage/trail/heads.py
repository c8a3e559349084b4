"""Where each company's chain ended, noted in a sealed file outside of the database: in the home folder, or beside the
documents where several machines share those.

It finds what the chain alone cannot: rows that were cut off at its end, and a chain that was written anew. It cannot
find what was cut off since it was noted last; nor does it hold against somebody who has the database, this file and the
key that seals it: against them, note what `billify audit verify` prints where they cannot write.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from filelock import FileLock

from storage.blobs.blobs import Blobs
from storage.blobs.folder import Folder
from storage.errors import DocumentDamaged
from storage.sealing.key_ring import KeyRing
from storage.trail.verification import Anchor

ABOUT = "audit heads"


class Heads:
    """The heads by company, in one file; several processes of a machine may note theirs at once. Of two machines that
    do in the same moment one note may be lost, and the earlier one stands: the next night notes it again."""

    def __init__(self, file: Path, keys: KeyRing, place: Blobs | None = None) -> None:
        """With a `place` the file lies there under its name, and only its lock on this machine."""
        self._name = file.name
        self._place: Blobs = place or Folder(file.parent)
        self._keys = keys
        self._lock = FileLock(file.with_suffix(".lock"))

    def noted(self, company: int) -> Anchor | None:
        """Where the chain ended when it was noted last; None where it never was.

        Raises: DocumentDamaged for a file that is not what was written.
        """
        return self.all_noted().get(company)

    def all_noted(self) -> dict[int, Anchor]:
        """The same by company, of all at once. Raises: DocumentDamaged."""
        return {int(company): Anchor(*end) for company, end in self._read().items()}

    def note(self, company: int, end: Anchor) -> None:
        """Notes where a chain ends now: one that was verified against what is noted, or the trace would be lost.
        An earlier end than the one that is noted changes nothing."""
        self.note_all({company: end})

    def note_all(self, ends: Mapping[int, Anchor]) -> None:
        """The same of many companies, which is one write."""
        with self._lock:
            known = self._read()
            later = {
                str(company): (end.position, end.hash)
                for company, end in ends.items()
                if known.get(str(company), (0, ""))[0] < end.position
            }
            if later:
                self._write(known | later)

    def reseal(self) -> int:
        """Seals the file with the newest key; 1 where it lay under an older one, else 0."""
        with self._lock:
            if (sealed := self._sealed()) is None or self._keys.is_current(sealed):
                return 0
            self._write(self._read())
            return 1

    def _read(self) -> dict[str, tuple[int, str]]:
        if (sealed := self._sealed()) is None:
            return {}
        try:
            found = json.loads(self._keys.open(sealed, ABOUT))
        except InvalidTag:
            raise DocumentDamaged(
                "What was noted of the audit's end cannot be opened: the file was changed, or its key is gone. Take "
                "audit.heads from a backup; without the file, what is cut off at the end is not found."
            ) from None
        return {company: (position, head) for company, (position, head) in found.items()}

    def _sealed(self) -> bytes | None:
        try:
            return self._place.read(self._name)
        except FileNotFoundError:
            return None

    def _write(self, heads: dict[str, tuple[int, str]]) -> None:
        self._place.write(self._name, self._keys.seal(json.dumps(heads).encode(), ABOUT))
