"""Requests as tools of a language model: a name, what it asks for, and the JSON schema of its fields.

They tell nothing about the company: no name, account or figure of the books is in them.
"""

from __future__ import annotations

from collections.abc import Collection
from inspect import getdoc
from typing import Any

from extraction.evidence import FIELDS
from handlers.understand.model.offered import Kind, choices_of, fields_of, is_required, kind_of, offered

ASK_BACK = "ask_back"
NOT_A_REQUEST = "not_a_request"
LONGEST_TEXT = 200

AMOUNT = r"^[0-9]{1,15}(\.[0-9]{1,4})?$"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
CURRENCY = r"^[A-Z]{3}$"

_TEXT = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}
_COUNT = {"type": "integer", "minimum": 0, "maximum": 9999}
_SCHEMAS: dict[Kind, dict[str, Any]] = {
    "amount": {"type": "string", "pattern": AMOUNT, "description": "an amount of the message, such as 1294.50"},
    "currency": {"type": "string", "pattern": CURRENCY, "description": "ISO 4217 code, only if the message names it"},
    "day": {"type": "string", "format": "date", "pattern": DAY, "description": "a day that the message names"},
    "days": {"type": "string", "format": "date", "pattern": DAY, "description": "an end of a time the message names"},
    "party": {**_TEXT, "description": "vendor or customer, in the words of the message"},
    "parties": {"type": "array", "maxItems": 9, "items": _TEXT},
    "bill": {**_TEXT, "description": "vendor or number of the bill, in the words of the message"},
    "category": {**_TEXT, "description": "expense category, in the words of the message"},
    "account": {**_TEXT, "description": "bank or cash account, in the words of the message"},
    "book_account": {**_TEXT, "description": "account or category, in the words of the message"},
    "person": {**_TEXT, "description": "colleague, in the words of the message"},
    "text": {**_TEXT, "description": "words copied from the message"},
    "count": {**_COUNT, "description": "a number that the message names"},
    "counts": {"type": "array", "minItems": 1, "maxItems": 9, "items": _COUNT},
    "hour": {"type": "integer", "minimum": 0, "maximum": 23, "description": "an hour that the message names"},
    "weekday": {"type": "integer", "minimum": 0, "maximum": 6, "description": "0 is Monday"},
    "flag": {"type": "boolean"},
}


def tools(served: Collection[type[Any]]) -> list[dict[str, Any]]:
    """The tools for the requests that are `served`, in the notation of OpenAI's chat completions."""
    made = [_tool(name, getdoc(kind) or name, _parameters(kind)) for name, kind in offered().items() if kind in served]
    question = {"type": "object", "properties": {"question": _TEXT}, "required": ["question"]}
    return [
        *made,
        _tool(
            ASK_BACK, "Ask the person one short question, without any number, where the message is unclear.", question
        ),
        _tool(NOT_A_REQUEST, "The message asks for none of the others.", {"type": "object", "properties": {}}),
    ]


def _tool(name: str, description: str, parameters: dict[str, Any]) -> dict[str, Any]:
    closed = {**parameters, "additionalProperties": False}
    return {"type": "function", "function": {"name": name, "description": description, "parameters": closed}}


def _parameters(request: type[Any]) -> dict[str, Any]:
    """The JSON schema of the fields; those that may be None are left out where nothing was said."""
    found = list(fields_of(request))
    return {
        "type": "object",
        "properties": {field.name: _schema(request, field.name) for field in found},
        "required": [field.name for field in found if is_required(request, field)],
    }


def _schema(request: type[Any], field: str) -> dict[str, Any]:
    kind = kind_of(request, field)
    if kind in ("choice", "role"):
        return {"type": "string", "enum": list(choices_of(request, field))}
    return _changes() if kind == "changes" else _SCHEMAS[kind]


def _changes() -> dict[str, Any]:
    """Corrections of a bill: the field, and its value in the words of the message (none: there is no such thing)."""
    return {
        "type": "array",
        "minItems": 1,
        "maxItems": 9,
        "items": {
            "type": "object",
            "properties": {"field": {"type": "string", "enum": list(FIELDS)}, "value": _TEXT},
            "required": ["field"],
            "additionalProperties": False,
        },
    }
