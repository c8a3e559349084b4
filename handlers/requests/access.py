"""What lets programs in, in the asker's name: tokens of the API, and secret addresses that are only read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class MakeToken:
    """A token of the API for a program called `name`, which reads, or (`writes`) does whatever the asker may; or the
    secret address of a calendar of due dates, or of a table of bills. `days` None is the usual time."""

    name: str = ""
    kind: Literal["api", "calendar", "table"] = "api"
    writes: bool = False
    days: int | None = None


@dataclass(frozen=True)
class ShowTokens:
    """Which programs may come in, in the asker's name?"""


@dataclass(frozen=True)
class RevokeToken:
    """A token or secret address is good no more: the one of this name, or of this number in the list."""

    which: str
