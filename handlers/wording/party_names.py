"""Vendors, customers and people by what they are called; a name that nobody has is said to be unknown, not ignored."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session

from handlers.errors import NotFound
from handlers.language.formats import listed
from handlers.language.translation import say
from storage.bills.names.known_vendors import KnownVendor
from storage.bills.vendors import find_all
from storage.people import people


def parties(session: Session, name: str) -> list[KnownVendor]:
    """Every vendor or customer that the name sums up: "acme" and "the Acmes" are Acme GmbH and Acme Tools Ltd, unless
    one is named in full. Raises: NotFound."""
    found = find_all(session, name)
    if not found:
        raise NotFound(say("I know no vendor or customer called “{name}”.", name=name))
    return found


def party_ids(session: Session, name: str | None) -> list[int] | None:
    """The ids of those that the name fits, None where none was named. Raises: NotFound."""
    return [vendor.id for vendor in parties(session, name)] if name else None


def ids_without(session: Session, names: Iterable[str]) -> list[int]:
    """The ids of all that are to be left out. Raises: NotFound."""
    return [vendor.id for name in names for vendor in parties(session, name)]


def people_ids(session: Session, name: str) -> list[int]:
    """The ids of the people of the company that the name fits. Raises: NotFound naming those that there are."""
    found = people.find_called(session, name)
    if not found:
        there = listed(people.names(session))
        raise NotFound(say("I know nobody here called “{name}”. There are: {names}.", name=name, names=there))
    return [person.id for person in found]


def without(label: str, names: Iterable[str]) -> str:
    """The condition with whoever is left out, unless it names them already: "this month, without Acme"."""
    missing = [name for name in names if name.casefold() not in label.casefold()]
    if not missing:
        return label
    return ", ".join(part for part in (label, say("without {names}", names=listed(missing))) if part)
