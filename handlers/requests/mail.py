"""Mail: what became of one, what waits in quarantine, whose is taken in, what waits to go out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from handlers.requests.people import LinkAddress

Verdict = Literal["in", "always", "no", "mine", "forwards"]
"""Take this mail in; mail of this sender always; not this one; I wrote it myself; always what I forward by a rule."""


@dataclass(frozen=True)
class MailLog:
    """What became of mails, from `since` to `until` (both included; None: lately): of `who`, a name, an address or
    words of the subject ("" for all); `mine` of the asker."""

    who: str = ""
    since: date | None = None
    until: date | None = None
    mine: bool = False


@dataclass(frozen=True)
class ShowQuarantine:
    """The mails that wait for a decision."""


@dataclass(frozen=True)
class DecideMail:
    """What is to become of a mail in quarantine: the one of this id, or those of a sender (`who`, an address, a domain
    or a name), or None and "" for the only one."""

    verdict: Verdict
    mail: int | None = None
    who: str = ""


@dataclass(frozen=True)
class ShowSenders:
    """Whose mail is always taken in, or never, and the intake addresses."""


@dataclass(frozen=True)
class ForgetSender:
    """Mail of this address or domain waits for a decision again."""

    who: str


@dataclass(frozen=True)
class OpenIntakeAddress:
    """A mail address of ours for one company or vendor, with the addresses or domains whose mail is taken in there."""

    name: str
    senders: tuple[str, ...] = ()


@dataclass(frozen=True)
class CloseIntakeAddress:
    """That address is like any other again."""

    name: str


@dataclass(frozen=True)
class ShowOutbox:
    """What could not be delivered yet."""


OfMail = (
    MailLog
    | ShowQuarantine
    | DecideMail
    | ShowSenders
    | ForgetSender
    | OpenIntakeAddress
    | CloseIntakeAddress
    | ShowOutbox
    | LinkAddress
)
"""Requests about mail, which are said in phrases alone."""
