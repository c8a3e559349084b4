"""The bytes of a mail as the tree of its parts (RFC 2045 to 2049), with limits on how many and how deep.

Nothing in a mail is so malformed that this fails. Mails are parsed with Python's `compat32` policy: it keeps each
header field as it came, where the newer policies parse eagerly and fail on some malformed ones.
"""

from __future__ import annotations

import email
from collections.abc import Sequence
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32, Policy
from typing import Any

from extraction.mail.limits import LONGEST_FIELD, MOST_DEPTH, MOST_FIELDS, MOST_PARTS, MailTooComplex

_WITH_PARAMETERS = frozenset({"content-type", "content-disposition"})
_LONGEST_PARAMETERS = 2_000
"""Characters of such a field; a name of 200 characters has 1,800 in RFC 2231. Python's way with them is not linear."""


class Part(Message):
    """A part that knows how deep it lies; what is beyond the limits of a header is left out."""

    def __init__(self, policy: Policy = email.policy.compat32) -> None:
        super().__init__(policy)
        self.depth = 0
        self._fields = 0

    def attach(self, payload: Any) -> None:
        """Adds a part within this one. Raises: MailTooComplex when it lies too deep."""
        payload.depth = self.depth + 1
        if payload.depth > MOST_DEPTH:
            raise MailTooComplex("is nested too deeply")
        super().attach(payload)

    def set_raw(self, name: str, value: Any) -> None:
        """Adds a header field as it came."""
        self._fields += 1
        if self._fields <= MOST_FIELDS:
            super().set_raw(name, value)


class _Bounded(Compat32):
    """Cuts header fields that are longer than anybody writes."""

    def header_source_parse(self, sourcelines: Sequence[str]) -> tuple[str, str]:
        name = sourcelines[0].partition(":")[0].lower()
        lines, room = [], _LONGEST_PARAMETERS if name in _WITH_PARAMETERS else LONGEST_FIELD
        for line in sourcelines:
            lines.append(line[:room])
            room -= len(line)
            if room <= 0:
                break
        return super().header_source_parse(lines)


def parse(raw: bytes, most_parts: int = MOST_PARTS) -> Part:
    """A mail from its bytes. Raises: MailTooComplex when it has too many parts, or parts too deep within each other."""
    made = 0

    def part(policy: Policy) -> Part:
        nonlocal made
        made += 1
        if made > most_parts:
            raise MailTooComplex("has too many parts")
        return Part(policy)

    parser: BytesParser = BytesParser(part, policy=_Bounded())  # type: ignore[arg-type]  # it is called with the policy
    found = parser.parsebytes(raw)
    assert isinstance(found, Part)
    return found
