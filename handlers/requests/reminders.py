"""Being reminded, and how one likes it. Weekdays count from 0 (Monday); hours are 0 to 23 of the person's day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class Remind:
    """Remind me, at this local date and hour (None: the usual hour), of a bill or of something in my own words."""

    on: date
    hour: int | None = None
    bill_hint: str | None = None
    text: str = ""


@dataclass(frozen=True)
class SnoozeBill:
    """Do not remind me of the bill before this day; None means never again."""

    until: date | None
    bill_hint: str | None = None


@dataclass(frozen=True)
class SnoozeFor:
    """Do not remind me of the bill in focus for so many days."""

    days: int


@dataclass(frozen=True)
class Reminders:
    """Turn reminders for me on or off, or (`on` None) show what is set."""

    on: bool | None = None


@dataclass(frozen=True)
class SetReminderDays:
    """On how many days before and after the due date I am reminded; None leaves it as it is."""

    before: tuple[int, ...] | None = None
    after: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Digest:
    """The weekly digest: now (`now`), at another weekday and hour, or not at all (`on` False)."""

    on: bool = True
    weekday: int | None = None
    hour: int | None = None
    now: bool = False


@dataclass(frozen=True)
class SetQuietHours:
    """Nothing that nobody asked for between these hours."""

    start: int
    end: int


@dataclass(frozen=True)
class SetLanguage:
    """Talk to me in this language; `language` "" means as I write."""

    language: Literal["en", "de", ""]


@dataclass(frozen=True)
class SetTimeZone:
    """My time zone, an IANA name or a city as it was said."""

    name: str


@dataclass(frozen=True)
class SendNoticesHere:
    """Send what nobody asked for to this chat."""


OfReminders = (
    Remind
    | SnoozeBill
    | SnoozeFor
    | Reminders
    | SetReminderDays
    | Digest
    | SetQuietHours
    | SetLanguage
    | SetTimeZone
    | SendNoticesHere
)
"""What is told without being asked, and how somebody likes to be spoken to."""
