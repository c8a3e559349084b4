"""What a line of the log is about: kept in the context of the work, so that no line has to say it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Fields = dict[str, str | int | float]

_about: ContextVar[Fields | None] = ContextVar("about", default=None)


@contextmanager
def about(**fields: str | int | float) -> Iterator[None]:
    """Lines written meanwhile, also in threads that are begun meanwhile, are about this: ids, never names."""
    before = _about.set({**(_about.get() or {}), **fields})
    try:
        yield
    finally:
        _about.reset(before)


def learned(**fields: str | int | float) -> None:
    """More is known now of what the work is about, from here on until it ends; nothing outside of any."""
    if (known := _about.get()) is not None:
        known.update(fields)


def told() -> Fields:
    """What lines are about now."""
    return dict(_about.get() or {})
