"""What a language model answered, checked by type: known tools, the fields that they have, nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from extraction.evidence import FIELDS
from handlers.language.translation import Language
from handlers.understand.model.offered import Kind, choices_of, fields_of, is_required, kind_of, offered
from handlers.understand.model.tools import AMOUNT, ASK_BACK, CURRENCY, LONGEST_TEXT, NOT_A_REQUEST

MOST_CALLS = 3
"""More requests than these are in no message."""

_FENCED = re.compile(r"\s*```(?:json)?\s*(.*?)\s*```\s*", re.DOTALL)
_LARGEST: Mapping[Kind, int] = {"count": 9999, "counts": 9999, "hour": 23, "weekday": 6}


class Nonsense(ValueError):
    """The answer is none: its text says what is wrong with it, without quoting it."""


@dataclass(frozen=True)
class Call:
    """A request with the values that the model gave, by field, as JSON has them; days are dates."""

    request: type[Any]
    values: Mapping[str, Any]


@dataclass(frozen=True)
class ModelAnswer:
    """What a model made of the words `text`: calls, or a question back; neither where they are no request."""

    text: str
    calls: tuple[Call, ...] = ()
    question: str | None = None


class Asks(Protocol):
    """Asks a language model what words mean; None where it says nothing that is of use."""

    async def __call__(self, text: str, language: Language, today: date) -> ModelAnswer | None: ...


def answer_of(text: str, message: object) -> ModelAnswer:
    """The answer in a message of the model's: its tool calls, or JSON in its content. Raises: Nonsense."""
    calls = _calls(message)
    if not 0 < len(calls) <= MOST_CALLS:
        raise Nonsense(f"{len(calls)} calls")
    named = [_named(call) for call in calls]
    for name, arguments in named:
        if name in (ASK_BACK, NOT_A_REQUEST):
            return _without_request(text, name, arguments, alone=len(named) == 1)
    checked = (Call(offered()[name], _values(offered()[name], arguments)) for name, arguments in named)
    return ModelAnswer(text, tuple(_once(checked)))


def call_of(name: str, arguments: Mapping[str, Any]) -> Call:
    """One call by a program that fills the tools in itself. Raises: Nonsense."""
    if name not in offered():
        raise Nonsense(f"there is no {name}")
    return Call(offered()[name], _values(offered()[name], arguments))


def _calls(message: object) -> list[Any]:
    if not isinstance(message, dict):
        raise Nonsense("no message")
    if calls := message.get("tool_calls"):
        if not isinstance(calls, list):
            raise Nonsense("tool_calls is no list")
        return calls
    content = message.get("content")
    if not isinstance(content, str):
        raise Nonsense("neither calls nor content")
    fenced = _FENCED.fullmatch(content)
    found = json.loads(fenced[1] if fenced else content)
    if isinstance(found, dict) and isinstance(found.get("tool_calls"), list):
        return list(found["tool_calls"])
    return [found]


def _named(call: object) -> tuple[str, dict[str, Any]]:
    """A call's tool and arguments, as an API gives them or as a model writes them itself."""
    if isinstance(call, dict) and isinstance(call.get("function"), dict):
        call = call["function"]
    if not isinstance(call, dict):
        raise Nonsense("a call is no object")
    name = call.get("name")
    arguments = call.get("arguments", call.get("parameters", {}))
    if isinstance(arguments, str):
        arguments = json.loads(arguments or "{}")
    if not isinstance(name, str) or name not in (*offered(), ASK_BACK, NOT_A_REQUEST):
        raise Nonsense("an unknown tool")
    if not isinstance(arguments, dict):
        raise Nonsense("arguments are no object")
    return name, arguments


def _without_request(text: str, name: str, arguments: dict[str, Any], *, alone: bool) -> ModelAnswer:
    question = arguments.get("question")
    expected = {"question"} if name == ASK_BACK else set()
    if not alone or set(arguments) != expected or not isinstance(question, str | None):
        raise Nonsense("a question beside other things")
    return ModelAnswer(text, question=question)


def _values(request: type[Any], arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Each given field in its type; null and "" say nothing. Raises: Nonsense."""
    found = {field.name: field for field in fields_of(request)}
    if set(arguments) - set(found):
        raise Nonsense(f"{request.__name__} has no such field")
    given = {name: value for name, value in arguments.items() if not _says_nothing(request, name, value)}
    if lacking := [name for name, field in found.items() if is_required(request, field) and name not in given]:
        raise Nonsense(f"{request.__name__} lacks {lacking[0]}")
    return {name: _typed(request, name, value) for name, value in given.items()}


def _says_nothing(request: type[Any], field: str, value: object) -> bool:
    """Small models fill in every field, with null or nothing; "" is a value where it is one of a few."""
    return value is None or value == [] or (value == "" and "" not in choices_of(request, field))


def _typed(request: type[Any], field: str, value: object) -> Any:
    kind = kind_of(request, field)
    try:
        if kind in ("choice", "role"):
            return _one_of(value, choices_of(request, field))
        if kind in ("parties", "counts", "changes"):
            return _several(kind, value)
        return _single(kind, value)
    except Nonsense as wrong:
        raise Nonsense(f"{request.__name__}.{field}: {wrong}") from None


def _several(kind: Kind, value: object) -> tuple[Any, ...]:
    if not isinstance(value, list) or len(value) > 9:
        raise Nonsense("no short list")
    if kind == "changes":
        return tuple(_change(each) for each in value)
    return tuple(_single("party" if kind == "parties" else "count", each) for each in value)


def _change(value: object) -> tuple[str, str | None]:
    if not isinstance(value, dict) or set(value) - {"field", "value"}:
        raise Nonsense("no change of a field")
    said = value.get("value")
    return _one_of(value.get("field"), FIELDS), None if said is None else str(_single("text", said))


def _single(kind: Kind, value: object) -> Any:
    if kind == "flag":
        if not isinstance(value, bool):
            raise Nonsense("neither true nor false")
        return value
    if kind in _LARGEST:
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LARGEST[kind]:
            raise Nonsense("no such number")
        return value
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise Nonsense("no short text")
    if kind in ("day", "days"):
        return _day(value)
    pattern = {"amount": AMOUNT, "currency": CURRENCY}.get(kind)
    if pattern and not re.fullmatch(pattern, value, re.ASCII):
        raise Nonsense(f"no {kind}")
    return value


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Nonsense("no day") from None


def _one_of(value: object, choices: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in choices:
        raise Nonsense("none of its values")
    return value


def _once(calls: Any) -> list[Call]:
    kept: list[Call] = []
    for call in calls:
        if call not in kept:
            kept.append(call)
    return kept
