"""What was found of one thing."""

from __future__ import annotations

from dataclasses import dataclass

MOST_LINES = 10


@dataclass(frozen=True)
class Finding:
    """What was looked at, whether it is well, and what there is to say: what to do, where it is not."""

    what: str
    well: bool
    text: str
