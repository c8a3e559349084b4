"""The sealed third of a data set: counted, never listed or drawn, and never fitted on.

What is tuned to documents at hand reads those better than any that come. So a third of the vendors of every set is kept
apart: changes are chosen on the open part, and what is claimed is measured on the sealed one. Which vendors these are
follows from their names alone, so that nobody chose them and all documents of a vendor fall on one side.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any, Literal, get_args

Part = Literal["open", "sealed", "all"]
"""The documents that may be looked at, those that may not, or both."""

PARTS: tuple[Part, ...] = get_args(Part)

_ONE_IN = 3
_DRAW = "1429"
"""Of 2,000 numbers the one with which about a third (26 % to 37 %) of the documents of each set is sealed, not only of
its vendors, some of which have many. Nothing else was looked at when it was taken."""


def vendor_key(truth: Mapping[str, Any]) -> str:
    """Whom a document is of: the first two words of the vendor's name, by which branches of a chain go together.

    Where the truth names no vendor, the name of the file.
    """
    words = re.findall(r"\w+", truth.get("vendor", "").upper().replace(".", ""))
    return " ".join(words[:2]) or str(truth["file"])


def is_sealed(truth: Mapping[str, Any]) -> bool:
    """Whether a document is of the sealed third, by a hash of its vendor; the same on every machine."""
    drawn = hashlib.sha256(f"sealed {_DRAW} {vendor_key(truth)}".encode()).digest()
    return int.from_bytes(drawn[:8]) % _ONE_IN == 0


def is_of(part: Part, truth: Mapping[str, Any]) -> bool:
    """Whether a document is of that part."""
    return part == "all" or is_sealed(truth) == (part == "sealed")
