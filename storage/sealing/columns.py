"""Columns whose texts lie sealed in the database: what was said and answered, with the codes and accounts in it."""

from __future__ import annotations

import json
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import JSON, Dialect, Engine, LargeBinary, String, TypeDecorator

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
        return None if value is None else _sealed(value, self.about, dialect)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _opened(value, self.about, dialect)


class SealedJson(TypeDecorator[Any]):
    """What JSON holds, as `SealedText`: where it is sealed, the column holds the sealed text of it as JSON's string."""

    impl = JSON
    cache_ok = True

    def __init__(self, about: str) -> None:
        super().__init__()
        self.about = about

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None or ring_of(dialect) is None:
            return value
        return _sealed(json.dumps(value), self.about, dialect)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return json.loads(_opened(value, self.about, dialect)) if isinstance(value, str) else value


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


def _sealed(text: str, about: str, dialect: Dialect) -> str:
    ring = ring_of(dialect)
    return text if ring is None else ring.seal_text(text, about)


def _opened(text: str, about: str, dialect: Dialect) -> str:
    ring = ring_of(dialect)
    if ring is None:
        return text
    try:
        return ring.open_text(text, about)
    except InvalidTag:
        raise DocumentDamaged(
            "What was said cannot be opened: the document key is not the one it was sealed with. Restore "
            "document.key from a backup."
        ) from None
