"""What one check found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Method = Literal["spf", "dkim", "dmarc", "auth"]


@dataclass(frozen=True)
class Outcome:
    """`result` is a word of RFC 8601, 2.7 ("pass", "fail", "none", "temperror"…). `subject` is whom it is about: the
    domain of the return path (SPF), of the signature (DKIM) or of From (DMARC), or the address that logged in."""

    method: Method
    result: str
    subject: str = ""
