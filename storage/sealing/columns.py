"""Columns whose texts lie sealed in the database: what was said and answered, with the codes and accounts in it."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from sqlalchemy import Dialect, Engine, LargeBinary, String, TypeDecorator

from storage.errors import DocumentDamaged
from storage.sealing.key_ring import KeyRing

_RING = "billify_key_ring"


class SealedText(TypeDecorator[str]):
    """A text, sealed with the ring of its engine (`seal_columns`) and bound to the column that is named `about`.

    A text from before that is read as it is. Raises: DocumentDamaged on reading what no key opens.
    """

    impl = String
    cache_ok = True

    def __init__(self, about: str) -> None:
        super().__init__()
        self.about = about

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        ring = ring_of(dialect)
        return value if value is None or ring is None else ring.seal_text(value, self.about)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        ring = ring_of(dialect)
        if value is None or ring is None:
            return value
        try:
            return ring.open_text(value, self.about)
        except InvalidTag:
            raise DocumentDamaged(
                "What was said cannot be opened: the document key is not the one it was sealed with. Restore "
                "document.key from a backup."
            ) from None


def seal_columns(engine: Engine, ring: KeyRing | None) -> None:
    """From now on, what this engine's connections write into such columns is sealed with the ring; None: not at all."""
    setattr(engine.dialect, _RING, ring)


def ring_of(dialect: Dialect) -> KeyRing | None:
    """The ring of an engine's dialect, None where nothing is sealed."""
    ring: KeyRing | None = getattr(dialect, _RING, None)
    return ring


class SealedBytes(TypeDecorator[bytes]):
    """Bytes that whoever writes them seals (`KeyRing.seal`), bound to the row's primary key."""

    impl = LargeBinary
    cache_ok = True
