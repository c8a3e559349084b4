"""What the audit trail says, in words: actions, the things that changed, and values old and new."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from typing import Any

from sqlmodel import Session

from handlers.language.formats import day, listed, moment, money
from handlers.language.translation import say
from handlers.people.colleagues import CHANNELS
from handlers.rights.labels import ROLES
from handlers.trail.names import ACTIONS, COLUMNS, RECORDS
from handlers.wording.bill_texts import FIELD_NAMES, field_name
from handlers.wording.cards import shown_value
from handlers.wording.lists import vendor_and_number
from handlers.wording.refusals import STATES
from storage.ledger.money import Money, UnknownCurrency
from storage.models import Bill, BillState, Role
from storage.people import people
from storage.trail.records import Record

_MONEY = "_minor"
LONGEST = 60
"""Characters of a value that are shown; the export has all of it."""


def line_of(session: Session, record: Record, zone: tzinfo, field: str | None = None) -> str:
    """ "21 Mar 2025, 10:30 · Olga · Slack · corrected Acme GmbH A-1: total €12.00 → €15.00"; with a `field` of a bill
    only its change, "" where it did not change."""
    return " · ".join(filter(None, parts_of(session, record, zone, field)))


def parts_of(session: Session, record: Record, zone: tzinfo, field: str | None = None) -> tuple[str, ...]:
    """The same in its parts: when, who, on which channel ("" for none) and what; none where nothing is to be said."""
    changed = [text for name, text in _changes(session, record) if field is None or name == field]
    if not changed and (field is not None or record.step is None):
        return ()
    who = people.name_of(session, record.link.person_id) or say("Billify")
    channel = record.link.channel
    where = say(CHANNELS[channel]) if channel in CHANNELS else channel or ""
    head = (moment(record.link.at.astimezone(zone)), who, where)
    done = " ".join(filter(None, (_action(record), _bill(session, record))))
    return (*head, ": ".join(filter(None, (done, listed(changed)))))


def _action(record: Record) -> str:
    if record.step is None:
        return say("changed")
    known = ACTIONS.get(record.step.action)
    return say(known) if known else record.step.action


def _bill(session: Session, record: Record) -> str:
    found = session.get(Bill, record.step.bill_id) if record.step and record.step.bill_id is not None else None
    return vendor_and_number(found) if found else ""


def _changes(session: Session, record: Record) -> Iterator[tuple[str, str]]:
    """What changed, by the name of its field: "total €12.00 → €15.00". What a correction says stands for its bill."""
    step = record.step
    told = dict(_told(step.details)) if step and step.action in ("amended", "undone") else {}
    bill = session.get(Bill, step.bill_id) if step and step.bill_id is not None else None
    unit = bill.currency if bill else None
    for field, (old, new) in told.items():
        yield field, _pair(field_name(field), *(shown_value(field, one, unit) for one in (old, new)))
    for row, columns in record.changes.items():
        table, _, key = row.partition(":")
        currency = _currency(session, table, key, columns)
        for column, (old, new) in columns.items():
            name = column.removesuffix(_MONEY)
            if name in told or (name not in FIELD_NAMES and column not in COLUMNS):
                continue
            label = field_name(name) if name in FIELD_NAMES else say(COLUMNS[column])
            of = f"{say(RECORDS[table])}, " if table in RECORDS else ""
            yield name, f"{of}{_pair(label, *(_value(session, column, one, currency) for one in (old, new)))}"


def _told(details: dict[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    return ((name, pair) for name, pair in details.items() if name in FIELD_NAMES and isinstance(pair, list))


def _currency(session: Session, table: str, key: str, columns: dict[str, list[Any]]) -> str | None:
    if "currency" in columns:
        old, new = columns["currency"]
        return str(new or old)
    bill = session.get(Bill, int(key)) if table == "bill" else None
    return bill.currency if bill else None


def _pair(label: str, old: str, new: str) -> str:
    return f"{label} {old or say('none')} → {new or say('none')}"


def _value(session: Session, column: str, value: Any, currency: str | None) -> str:
    """A value as people read it; "" for none."""
    match value:
        case None:
            return ""
        case bool():
            return say("yes") if value else say("no")
        case int() if column.endswith(_MONEY) and currency:
            return _money(value, currency)
        case int() if column in ("person_id", "merged_into"):
            return people.name_of(session, value) or str(value)
        case str() if column == "role" and value in set(Role):
            return say(ROLES[Role(value)])
        case str() if column == "state" and value in set(BillState):
            return say(STATES[BillState(value)])
        case str() if column == "channel" and value in CHANNELS:
            return say(CHANNELS[value])
        case str():
            return _dated(value)
        case list() | dict():
            return _cut(", ".join(map(str, value)))
    return _cut(str(value))


def _money(minor: int, currency: str) -> str:
    try:
        return money(Money(minor, currency))
    except UnknownCurrency:
        return f"{minor} {currency}"


def _dated(text: str) -> str:
    try:
        return day(date.fromisoformat(text)) if len(text) == len("2025-03-21") else moment(datetime.fromisoformat(text))
    except ValueError:
        return _cut(text)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
