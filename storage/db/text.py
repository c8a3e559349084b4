"""Text as the database keeps it. Pure."""

from __future__ import annotations

LONGEST = 200
"""Characters kept of a text: more is no name and no number, and the database's indexes have limits."""


def single_line(text: str) -> str:
    """The text on one line, without control characters (which PostgreSQL refuses), not longer than is sensible."""
    visible = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(visible.split())[:LONGEST].rstrip()
