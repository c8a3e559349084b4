"""Requests as an assistant outside fills them in, which heard a person itself and brings no message of theirs.

Each value is put into words, and these are read as if somebody had said them: a name is the one in the books, an amount
and a day what our own readers make of them. So there is one meaning of a value, whoever gives it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from babel.dates import get_day_names

from handlers.errors import NotUnderstood
from handlers.language.translation import say
from handlers.requests import Request
from handlers.understand.interpreter import name_words, understand
from handlers.understand.model.accounted import NotAccounted, accounted, sense_of
from handlers.understand.model.answer import is_same
from handlers.understand.model.arguments import Call, Nonsense, call_of
from handlers.understand.model.labels import made
from handlers.understand.model.message_words import MessageWords
from handlers.understand.model.offered import kind_of
from handlers.understand.sentences import sentence_of
from handlers.understand.text.sentence import NeedsClarification, SlotMismatch, sentence
from handlers.understand.text.sentence_context import SentenceContext

_AS_IT_IS = ("choice", "flag")
_UNIT = {"received": "received_currency"}
"""In which field the currency of an amount stands, where it is not `currency`."""


def checked(name: str, arguments: Mapping[str, Any]) -> Call:
    """The call of a tool, each value of its type. Raises: NotUnderstood."""
    try:
        return call_of(name, arguments)
    except Nonsense as wrong:
        raise NotUnderstood(
            say("The tool {name} cannot be called so ({why}). Its schema says what it takes.", name=name, why=wrong)
        ) from None


def texts_of(call: Call, currency: str | None) -> tuple[str, ...]:
    """What the values are called in words; `currency` (ISO 4217) is that of amounts without one (None: none)."""
    return tuple(text for _, text in _in_words(call, currency))


def request_of_call(call: Call, scene: SentenceContext) -> Request:
    """The request with its values as the books know them. Raises: NotUnderstood, which names what nobody here knows."""
    found: dict[str, Any] = {}
    for fields, text in _in_words(call, scene.currency):
        part = Call(call.request, {field: call.values[field] for field in fields})
        try:
            found |= accounted(part, MessageWords(sentence(text, name_words(scene)), scene, sense_of(call.request)))
        except NeedsClarification as puzzled:
            raise NotUnderstood(str(puzzled)) from None
        except (NotAccounted, SlotMismatch):
            raise NotUnderstood(_unknown(fields[0], text)) from None
    found |= {field: value for field, value in call.values.items() if kind_of(call.request, field) in _AS_IT_IS}
    request = made(call.request, found, scene)
    if request is None:
        raise NotUnderstood(say("This asks for nothing that can be done. Give the tool more of what is meant."))
    return request


def sentence_for(request: Request, scene: SentenceContext) -> tuple[Request, str]:
    """The request as its sentence means it, and that sentence. Raises: NotUnderstood where no sentence says it."""
    for words in sentence_of(request, scene.names):
        meant = understand(words, scene)
        if is_same(meant, request):
            return meant, words  # type: ignore[return-value]  # it equals the request
    raise NotUnderstood(
        say(
            "This cannot be proposed in one sentence that is sure to mean it. Say it in words, or have it said in chat."
        )
    )


def _in_words(call: Call, currency: str | None) -> Iterator[tuple[tuple[str, ...], str]]:
    """Fields that belong together, and what they are in words."""
    left = dict(call.values)
    for field in call.values:
        if field not in left:
            continue
        kind = kind_of(call.request, field)
        group = tuple(_together(field, kind, left))
        values = [left.pop(each) for each in group]
        if kind not in _AS_IT_IS:
            yield group, _worded(kind, group, values, currency)


def _together(field: str, kind: str, left: Mapping[str, Any]) -> Iterator[str]:
    """An amount with its currency, and both ends of a time; the field alone otherwise."""
    if kind == "days":
        which = field.removesuffix("since").removesuffix("until")
        yield from (end for end in (f"{which}since", f"{which}until") if end in left)
        return
    amount = next((name for name, unit in _UNIT.items() if unit == field), "amount")
    if kind == "currency" and amount in left:
        yield from (amount, field)
        return
    yield field
    if kind == "amount" and (unit := _UNIT.get(field, "currency")) in left:
        yield unit


def _worded(kind: str, group: Sequence[str], values: Sequence[Any], currency: str | None) -> str:
    first = values[0]
    match kind:
        case "amount" | "currency":
            known = dict(zip(group, values, strict=True))
            unit = next((value for field, value in known.items() if field.endswith("currency")), currency)
            amount = next((value for field, value in known.items() if not field.endswith("currency")), "")
            return f"{amount} {unit or ''}".strip()
        case "days":
            return _time(group, values)
        case "hour":
            return f"{first}:00"
        case "weekday":
            return str(get_day_names("wide", locale="en")[first])
        case "parties" | "counts":
            return " and ".join(map(str, first))
        case "changes":
            return "; ".join(value for _, value in first if value is not None)
        case _:
            return str(first)


def _time(group: Sequence[str], values: Sequence[date]) -> str:
    if len(values) == 2:
        return f"from {values[0].isoformat()} to {values[1].isoformat()}"
    return f"{'since' if group[0].endswith('since') else 'until'} {values[0].isoformat()}"


def _unknown(field: str, text: str) -> str:
    return say(
        "Nobody here knows “{text}” ({field}). Ask for the names first, or give it as the books have it.",
        text=text,
        field=field,
    )
