"""What lets programs in, or tells them, in the asker's name: tokens of the API, secret addresses that are only read,
and webhooks."""

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


@dataclass(frozen=True)
class MakeWebhook:
    """An address that is told of events: of these types, () for all."""

    url: str
    types: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShowWebhooks:
    """Which addresses are told of events?"""


@dataclass(frozen=True)
class ChangeWebhook:
    """Something is done with the webhook of this number. Replayed is one delivery by its id, everything `since` a place
    in the log (a link's position, and which of its events), or whatever was given up."""

    webhook: int
    act: Literal["pause", "resume", "rotate", "test", "replay", "delete"]
    delivery: int | None = None
    since: tuple[int, int] | None = None


OfAccess = MakeToken | ShowTokens | RevokeToken | MakeWebhook | ShowWebhooks | ChangeWebhook
"""What programs may do here, and are told."""
