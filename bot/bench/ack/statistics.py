"""Shares of what was measured."""

from __future__ import annotations

import math
from collections.abc import Sequence


def share(ordered: Sequence[float], part: float) -> float:
    """The least of the values, in ascending order, that so great a part (0 to 1) does not exceed."""
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]
