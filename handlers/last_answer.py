"""What was said last in a conversation, for follow-ups; kept as JSON with the conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import TypeAdapter

from handlers.language.translation import Language, known_language
from handlers.messages import Reply
from handlers.requests import (
    BookMovement,
    ChooseAccount,
    ChooseColumns,
    Greeting,
    Help,
    Match,
    Movements,
    Question,
    SetLanguage,
    ShowAll,
    Thanks,
    Unclear,
    Unknown,
    Unmatch,
    Why,
)

_KINDS: dict[str, type[Any]] = {kind.__name__: kind for kind in get_args(Question)}

ASIDES = (Why, ShowAll, Greeting, Thanks, Help, SetLanguage, Unclear, Unknown)
"""What may come between a question and its follow-up, or a card and what is said about it."""

_OF_BANK = (Movements, Match, Unmatch, BookMovement, ChooseAccount, ChooseColumns)
"""What is answered with movements of the bank."""


@dataclass(frozen=True)
class Last:
    """The question that was answered last, None once something else was done; the bills that the last list named, in
    their order; the language that was spoken, None before anything was said; and whether movements of the bank were
    shown last."""

    question: Question | None = None
    bills: tuple[int, ...] = ()
    language: Language | None = None
    movements: bool = False


def following(last: Last, request: object, replies: Sequence[Reply], language: Language) -> Last:
    """What follow-ups lean on once this request got these replies.

    A question stays for as long as nothing else was done, a list until there is another one.
    """
    listed = tuple(bill for reply in replies for bill in reply.listed)
    movements = isinstance(request, _OF_BANK) or (last.movements and isinstance(request, ASIDES))
    if isinstance(request, Question):
        return Last(request, listed, language)
    question = last.question if isinstance(request, ASIDES) else None
    return Last(question, listed or last.bills, language, movements)


def to_record(last: Last) -> dict[str, Any]:
    """As JSON for `storage.messages.conversations.set_focus`."""
    asked = last.question
    question = asked and {"kind": type(asked).__name__, **TypeAdapter(type(asked)).dump_python(asked, mode="json")}
    return {"question": question, "bills": list(last.bills), "language": last.language, "movements": last.movements}


def from_record(record: Mapping[str, Any] | None) -> Last:
    """Back from `to_record`; nothing where there is none, or where another version wrote it."""
    if record is None:
        return Last()
    asked = dict(record.get("question") or {})
    kind = _KINDS.get(asked.pop("kind", ""))
    try:
        question = TypeAdapter(kind).validate_python(asked) if kind else None
    except ValueError:
        question = None
    language = known_language(record.get("language"))
    return Last(question, tuple(record.get("bills", ())), language, bool(record.get("movements")))
