"""Days as standards write them without marks."""

from __future__ import annotations

import re
from datetime import date


def compact_date(text: str) -> str:
    """A day of ISO 8601 in its basic form (20260315) in its extended one; "" for anything else."""
    try:
        return date.fromisoformat(text).isoformat() if re.fullmatch(r"\d{8}", text) else ""
    except ValueError:
        return ""
