"""Who belongs to the company and on which channels, what is allowed where several read, and small talk.

What there is no way back from has `sure`: the id of who asked for it and agreed to it by a button, None before that.
People are then given by their ids.
"""

from __future__ import annotations

from dataclasses import dataclass

from handlers.requests.roles import Role


@dataclass(frozen=True)
class Invite:
    """Let somebody in; `who` is a mail address or a name."""

    who: str
    role: Role = "member"


@dataclass(frozen=True)
class Redeem:
    """Somebody hands in a code, of an invitation or to be linked, as they typed it."""

    code: str


@dataclass(frozen=True)
class LinkAddress:
    """A further mail address of the asker, or of the person called `person`."""

    address: str
    person: str = ""


@dataclass(frozen=True)
class LinkChannel:
    """The asker wants to write on another channel as well; `channel` is "telegram", "slack", "mail", "web", None where
    they did not say which."""

    channel: str | None = None


@dataclass(frozen=True)
class UnlinkChannel:
    """The asker no longer writes on a channel."""

    channel: str


@dataclass(frozen=True)
class ShowWebSessions:
    """Where is the asker signed in on the web?"""


@dataclass(frozen=True)
class EndWebSessions:
    """Sign the asker out on the web: in the browser of that `number` in the list (from 1), None for all."""

    number: int | None = None


@dataclass(frozen=True)
class WhoIsHere:
    """Who belongs to the company, in which role, and on which channels; `me` asks about the asker alone."""

    me: bool = False


@dataclass(frozen=True)
class RenamePerson:
    """What somebody is to be called; `old` is how they are called, None for the asker."""

    new: str
    old: str | None = None


@dataclass(frozen=True)
class MergePeople:
    """Two people who are one and the same; they go on as the one called `into`."""

    name: str
    into: str
    sure: int | None = None


@dataclass(frozen=True)
class RemovePerson:
    """Somebody belongs to the company no more."""

    name: str
    sure: int | None = None


@dataclass(frozen=True)
class LeaveCompany:
    """The asker belongs to the company no more."""

    sure: int | None = None


@dataclass(frozen=True)
class HandOver:
    """The asker's company is somebody else's from now on."""

    name: str
    sure: int | None = None


@dataclass(frozen=True)
class ShowCompanies:
    """For which company does the asker speak, and which others are they in?"""


@dataclass(frozen=True)
class SwitchCompany:
    """The asker speaks for another company from now on."""

    name: str


@dataclass(frozen=True)
class AllowInRoom:
    """What is allowed where this was said, and several read: that `figures` are told, that `documents` are read without
    being asked to; None leaves it as it is."""

    figures: bool | None = None
    documents: bool | None = None


@dataclass(frozen=True)
class PersonalData:
    """Everything that is kept about a person, "" for the asker, as a file."""

    person: str = ""


@dataclass(frozen=True)
class ErasePerson:
    """Somebody is to be forgotten, "" for the asker."""

    person: str
    sure: int | None = None


@dataclass(frozen=True)
class HoldDocuments:
    """The originals of a vendor, None for the bill in focus, are kept whatever their period, or (`keep`) no longer."""

    vendor: str | None
    keep: bool = True


@dataclass(frozen=True)
class ShowHolds:
    """What is kept whatever its period?"""


@dataclass(frozen=True)
class Help:
    """What can Billify do, and who is it?"""


@dataclass(frozen=True)
class Greeting:
    """Hello."""


@dataclass(frozen=True)
class Thanks:
    """Thank you."""


OfPeople = (
    Invite | Redeem | LinkChannel | UnlinkChannel | ShowWebSessions | EndWebSessions | WhoIsHere | RenamePerson
    | MergePeople | RemovePerson | LeaveCompany | HandOver | ShowCompanies | SwitchCompany | AllowInRoom
)  # fmt: skip
"""Who belongs here, under which addresses and where."""


OfPrivacy = PersonalData | ErasePerson | HoldDocuments | ShowHolds
"""What is known of somebody, and how long documents are kept."""


OfTalk = Help | Greeting | Thanks
"""Courtesies, and what can be asked."""
