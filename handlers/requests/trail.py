"""About the audit trail: who did what, and who changed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class WhoDidWhat:
    """What somebody did from `since` to `until`, both inclusive: `person` by name or number, the asker (`me`), or
    everybody. `label` says the period in words."""

    since: date
    until: date
    label: str
    person: str | None = None
    me: bool = False


@dataclass(frozen=True)
class WhoChanged:
    """Who changed the bill in focus, or the one that `bill_hint` names; `field` asks about one field of it."""

    bill_hint: str | None = None
    field: str | None = None


@dataclass(frozen=True)
class ExportAudit:
    """The audit trail as files, of a period (both ends inclusive) or, without its ends, whole."""

    since: date | None = None
    until: date | None = None
    label: str = ""


OfTrail = WhoDidWhat | WhoChanged | ExportAudit
"""Who did what."""
