"""What is known of bytes under a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Blob:
    """What lies under a name: how many bytes, and since when (aware)."""

    name: str
    size: int
    stored_at: datetime
