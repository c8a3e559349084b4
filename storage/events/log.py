"""The log of events: what the audit's chain holds, in its order, as programs are told of it.

An event is there exactly when its change is: both are one transaction, whose last act is to append the links. Since a
company's links are committed in their order and without gaps, whoever read the log up to a place never misses what
comes before it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from storage.events.types import BECAME, NEW_IBAN, TYPES, WAS_PAID
from storage.models import AuditLink
from storage.trail.records import Record, records

Place = tuple[int, int]
"""Where one reads on: a link's position, and which of its events is the next."""
START: Place = (1, 0)
_AT_ONCE = 1_000
"""Links that are looked at for one page, however few events of them are wanted."""
_NAMED = ("entry", "movement", "statement", "statements", "account", "closing", "person", "replaces", "in_favour_of")
"""What of a step's details is an id, and told."""


@dataclass(frozen=True)
class Event:
    """Something that happened, at its place in the log. `person_id` is who did it, None for Billify. `ids` name what it
    happened to ("bill", "entry", "vendor", …), of which `subject` ("bill:17") is what it is ordered by."""

    position: int
    part: int
    type: str
    at: datetime
    person_id: int | None
    subject: str
    ids: dict[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        """Where the event itself is read."""
        return self.position, self.part


@dataclass(frozen=True)
class Stretch:
    """Events in their order, and where one reads on; `more` says that there may be some already."""

    events: list[Event]
    place: Place
    more: bool


def end(session: Session) -> Place:
    """Where the next event will be."""
    return (session.exec(select(func.max(col(AuditLink.position)))).one() or 0) + 1, 0


def read(session: Session, place: Place, most: int, types: Collection[str] = ()) -> Stretch:
    """At most so many events from a place on, of the types (none: of all)."""
    found: list[Event] = []
    links = list(records(session, beyond=place[0] - 1, most=_AT_ONCE))
    for record in links:
        for event in events_of(record):
            if event.place < place or (types and event.type not in types):
                continue
            if len(found) == most:
                return Stretch(found, event.place, more=True)
            found.append(event)
    read_on = (links[-1].link.position + 1, 0) if links else place
    return Stretch(found, read_on, more=len(links) == _AT_ONCE)


def find(session: Session, place: Place) -> Event | None:
    """The event at a place; None where there is none."""
    links = list(records(session, beyond=place[0] - 1, most=1))
    return next((event for link in links for event in events_of(link) if event.place == place), None)


def events_of(record: Record) -> Iterator[Event]:
    """What one link of the chain tells: its step, the states that bills came into, and vendors' new accounts."""
    for part, (type_, ids) in enumerate(_told(record)):
        subject = next(
            (f"{name}:{ids[name]}" for name in ("bill", *ids) if name in ids), f"link:{record.link.position}"
        )
        yield Event(record.link.position, part, type_, record.link.at, record.link.person_id, subject, ids)


def _told(record: Record) -> Iterator[tuple[str, dict[str, Any]]]:
    step = record.step
    if step is not None and step.action in TYPES:
        bill = {"bill": step.bill_id} if step.bill_id is not None else {}
        yield TYPES[step.action], bill | {name: step.details[name] for name in _NAMED if name in step.details}
    for row, columns in record.changes.items():
        table, _, number = row.partition(":")
        old, new = columns.get("state", (None, None))
        if table == "bill" and new in BECAME:
            yield BECAME[new], {"bill": int(number)}
        elif table == "bill" and old == "paid":
            yield WAS_PAID, {"bill": int(number)}
        elif table == "vendoriban" and columns.get("vendor_id", (0, 0))[0] is None:
            yield NEW_IBAN, {"vendor": columns["vendor_id"][1]}
