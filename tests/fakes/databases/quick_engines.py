"""Engines that know what those before them knew: each test has a database of its own, and would have each statement
compiled anew, and each table of PostgreSQL looked up anew, where a process that serves for days does so once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.util import LRUCache

from storage.db import database
from storage.db import engine as engines
from storage.sealing.columns import ring_of, seal_columns

_COMPILED: dict[type, LRUCache[Any, Any]] = {}
STATEMENTS = 3000
"""Of each kind of database are kept compiled; those that are asked most are some 2,000."""


def share_compiled_statements() -> None:
    """From now on engines of one kind share what is compiled. SQLAlchemy keeps it by the dialect, so these are made
    equal, but for those that seal with another ring: the ring is in what is compiled.
    """

    def sharing(url: str, **options: Any) -> Engine:
        engine = create_engine(url, **options)
        kind = type(engine.dialect)
        if kind not in _COMPILED:
            _COMPILED[kind] = LRUCache(STATEMENTS)
            kind.__hash__ = lambda self: hash(kind)  # type: ignore[assignment]
            kind.__eq__ = lambda self, other: type(other) is kind and ring_of(self) is ring_of(other)  # type: ignore[assignment]
        engine._compiled_cache = _COMPILED[kind]
        return engine

    engines.create_engine = sharing  # type: ignore[assignment]


@contextmanager
def kept_connected(url: str) -> Iterator[None]:
    """Within it all ledgers that are opened at this URL share connections; none seals with the ring of one before."""
    kept, otherwise = engines.ledger_engine(url), database.ledger_engine

    def opened(other: str) -> Engine:
        if other != url:
            return otherwise(other)
        seal_columns(kept, None)
        return kept

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "ledger_engine", opened)
        yield
    kept.dispose()
