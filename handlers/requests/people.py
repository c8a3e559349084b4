"""Who belongs to the company, and small talk."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Invite:
    """Let somebody in; `who` is a mail address or a name."""

    who: str


@dataclass(frozen=True)
class Redeem:
    """Somebody hands in an invitation code, as they typed it."""

    code: str


@dataclass(frozen=True)
class LinkAddress:
    """A further mail address of the asker, or of the person called `person`."""

    address: str
    person: str = ""


@dataclass(frozen=True)
class Help:
    """What can Billify do, and who is it?"""


@dataclass(frozen=True)
class Greeting:
    """Hello."""


@dataclass(frozen=True)
class Thanks:
    """Thank you."""
