"""Where a question's answer stands live: the page of the web chat that asks the same of the books, and its query.

A page reads its query back into the request (`request_at`), and asks the use case's own conditions with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from typing import Any, TypeVar
from urllib.parse import urlencode

from pydantic import ValidationError

from handlers import requests as asked
from handlers.messages import Reply, adapter

T = TypeVar("T")


@dataclass(frozen=True)
class Place:
    """A page, and which fields of a request it is asked by, each with its name in the query."""

    path: str
    names: Mapping[str, str]


def _place(path: str, *names: str, **renamed: str) -> Place:
    return Place(path, {**{name: name for name in names}, **renamed})


PLACES: dict[type, Place] = {
    asked.Find: _place(
        "/bills", "text", "vendor", "at_least", "at_most", "since", "until", "order", "person", "without"
    ),
    asked.Due: _place(
        "/calendar", "side", "since", "until", "overdue", "vendor", "above", "below", "currency", "without",
        "days_late", "no_due_date", "issued_since", "issued_until",
    ),
    asked.Owed: _place("/calendar", "side", "without", party="vendor"),
    asked.Waiting: _place("/approvals"),
    asked.Forecast: _place("/cash-flow", "until"),
    asked.Balance: _place("/bank", "on"),
    asked.Movements: _place("/bank"),
    asked.Reconcile: _place("/bank"),
    asked.WhoIsHere: _place("/people"),
    asked.ShowApprovalRules: _place("/people"),
    asked.Reminders: _place("/people"),
    asked.WhoDidWhat: _place("/audit", "since", "until", "person"),
}  # fmt: skip
"""Requests that a page answers as well."""


_AMOUNTS = ("at_least", "at_most", "above", "below")
_LONGEST = 200


def address_of(request: object) -> str:
    """ "/calendar?until=2025-03-28": the page that shows what is asked for; "" where none does."""
    place = PLACES.get(type(request))
    if place is None:
        return ""
    known = {each.name: each.default for each in fields(request)}  # type: ignore[arg-type]
    said = {
        name: _written(value)
        for field, name in place.names.items()
        if (value := getattr(request, field)) != known[field] or known[field] is MISSING
    }
    return f"{place.path}?{urlencode(said, doseq=True)}" if said else place.path


def linked(request: object, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """The replies to the request, the last with the page that shows the same, where it is no card."""
    if not replies or replies[-1].card is not None or not (page := address_of(request)):
        return replies
    return (*replies[:-1], replace(replies[-1], page=page))


def request_at(kind: type[T], query: Mapping[str, Sequence[str]], **usual: Any) -> T:
    """The request of that kind that a query stands for, with `usual` values for what it does not say; a value that does
    not fit is left out."""
    known = PLACES[kind].names
    said: dict[str, Any] = {
        name: list(values) if name == "without" else values[-1].strip()
        for name, values in query.items()
        if name in known and values and _is_sane(name, values[-1].strip())
    }
    while True:
        try:
            return adapter(kind).validate_python({**usual, **said})
        except ValidationError as error:
            unfit = {str(one["loc"][0]) for one in error.errors()} & said.keys()
            if not unfit:
                raise
            said = {name: value for name, value in said.items() if name not in unfit}


def _is_sane(name: str, said: str) -> bool:
    if name in _AMOUNTS:
        return re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,3})?", said) is not None
    return 0 < len(said) <= _LONGEST and said.isprintable() and (name != "days_late" or len(said) < 5)


def _written(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, date) else value
