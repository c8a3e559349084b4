"""Requests as a set of phrasings names them: a label and slots, plain values that can be compared."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from handlers import requests as asked
from handlers.requests.labels import label_of

_NAMES = {
    "party": "vendor", "bill_hint": "vendor", "at_least": "above", "at_most": "below", "afford": "amount",
    "vendor": "vendor", "name": "name",
}  # fmt: skip
"""Slots by another name than the request's field."""

_WORDING = frozenset({"label", "chart", "currency", "versus_label", "rest", "discounted", "kind", "late", "received"})
"""Fields that say nothing about what was asked."""


def label_and_slots(request: object) -> tuple[str, dict[str, Any]]:
    """What a request is called, and what it says; "several" has the labels of its parts, "unknown" and "unclear"
    nothing.
    """
    match request:
        case asked.OnBill() | asked.Proposed():
            return label_and_slots(request.request)
        case asked.SeveralRequests():
            return "several", {"labels": [label_and_slots(each)[0] for each in request.requests]}
        case asked.Unclear():
            return "unclear", {}
        case asked.Unknown():
            return "unknown", {}
        case asked.NotOffered():
            return label_of(request), {"vendor": request.vendor} if request.vendor else {}
        case asked.Pay():
            return label_of(request), _slots(request)
        case asked.Undo():
            return label_of(request), {}
        case asked.Budgets():
            return "budget", _slots(request)
        case asked.FinancialStatements(part="results"):
            return "profit", {"since": request.since, "until": request.until}
        case asked.WhoDidWhat():  # tells all of it, the trail besides
            return "activity", _slots(request)
        case asked.Amend():
            change = request.changes[0]
            return "amend", {"field": change.field, "value": change.value, **_slots(request)}
    return label_of(request) or type(request).__name__, _slots(request)


def _slots(request: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields(request):
        value = getattr(request, field.name)
        told_off = field.name in ("on", "allowed") and value is False
        if (
            field.name in _WORDING
            or field.name == "changes"
            or ((value is None or value is False or value in ((), "")) and not told_off)
        ):
            continue
        found[_NAMES.get(field.name, field.name)] = value
    if isinstance(request, asked.AssignRole):
        found["person"] = found.pop("name")
    if isinstance(request, asked.Find) and "above" in found and found.get("below") == found["above"]:
        found["amount"] = found.pop("above")
        del found["below"]
    return found


def same(expected: object, found: object) -> bool:
    """Whether two values mean the same: days, amounts, names of which one is a part of the other."""
    if isinstance(expected, list):
        return isinstance(found, list | tuple) and sorted(map(str, _alike(expected))) == sorted(map(str, _alike(found)))
    if isinstance(found, tuple):
        return len(found) > 0 and all(same(expected, each) for each in found[:1])
    if isinstance(expected, bool) or isinstance(found, bool):
        return bool(expected) == bool(found)
    if isinstance(found, date):
        return str(expected) == found.isoformat()
    try:
        return Decimal(str(expected)) == Decimal(str(found))
    except InvalidOperation:
        pass
    one, other = _plain(str(expected)), _plain(str(found))
    return bool(one) and bool(other) and (one in other or other in one or _parts(expected) <= _parts(found))


def _alike(labels: list[Any] | tuple[Any, ...]) -> list[Any]:
    """Labels of which what we owe one party, and what is due to it, are the same: they are answered alike."""
    return ["due" if label == "owed" else label for label in labels]


def _parts(name: object) -> set[str]:
    """The words of a name: "Müller Bau" is part of "Müller & Söhne Bau GmbH"."""
    return {_plain(word) for word in str(name).split()}


def _plain(text: str) -> str:
    folded = text.casefold().replace("ü", "u").replace("ä", "a").replace("ö", "o").replace("ß", "ss")
    return "".join(sign for sign in folded.replace("ue", "u").replace("ae", "a").replace("oe", "o") if sign.isalnum())
