"""What the sessions of one process share of one database: whoever keeps something here says how it stays true."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

INFO = "shared memory"
"""Under which a session's `info` has it."""


def shared(session: Session) -> dict[str, Any]:
    """What is kept by name, for all sessions of this session's database; for a session of no `Database`, its own."""
    found: dict[str, Any] = session.info.setdefault(INFO, {})
    return found
