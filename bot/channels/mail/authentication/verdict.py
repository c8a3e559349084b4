"""What the checks say of a mail's author, in one word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Standing = Literal["aligned", "unaligned", "unknown"]


@dataclass(frozen=True)
class Verdict:
    """Whether the address in From is shown to be the author's.

    "aligned": the author's domain, or the password of their address, vouches for it. "unaligned": it does not.
    "unknown": it could not be found out now (no name server answers). `why` is for logs, and for who keeps the server.
    """

    standing: Standing
    why: str = ""

    @property
    def aligned(self) -> bool:
        """Whether the author is who From says."""
        return self.standing == "aligned"
