"""The numbers that pages bear: “Page 2 of 3”, “Seite 2 von 3”, “2/3” at the foot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extraction.fields.layout.rows import Row

_NAMED = re.compile(
    r"\b(?:page|seite|blatt|pagina|página|pag|pág|strona|bladzijde)\b\.?\s*(?:n[ro°º]?\.?)?[:#]?\s*"
    r"(?P<number>\d{1,3})(?:\s*(?:of|von|de|di|van|aus|sur|z|/)\s*(?P<count>\d{1,3}))?(?![\d.,]*\d)",
    re.IGNORECASE,
)
_BARE = re.compile(r"\W*(?P<number>\d{1,2})\s*/\s*(?P<count>\d{1,2})\W*")
_RIM = 0.1  # of the page's height at head and foot, where a number may stand without the word


@dataclass(frozen=True)
class Numbering:
    """Which page of its document a page says that it is, from 1; `count` is None where it does not say of how many."""

    number: int
    count: int | None = None

    def follows(self, other: Numbering) -> bool:
        """Whether this is the page after the other one."""
        return self.number == other.number + 1 and self.count == other.count


def numbering_of(rows: Sequence[Row]) -> Numbering | None:
    """The numbering in the rows of one page, None where it bears none. Of several the one that says more is taken."""
    found = [_read(match) for row in rows for match in _NAMED.finditer(row.text)]
    rims = (row for row in rows if not _RIM < row.place < 1 - _RIM)
    found += [_read(match) for row in rims if (match := _BARE.fullmatch(row.text))]
    sound = [one for one in found if one.number >= 1 and (one.count is None or one.number <= one.count)]
    return max(sound, key=lambda one: one.count is not None, default=None)


def _read(match: re.Match[str]) -> Numbering:
    count = match["count"]
    return Numbering(int(match["number"]), int(count) if count else None)
