"""What was said last in a conversation, for follow-ups; kept as JSON with the conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from handlers.language.translation import Language, known_language
from handlers.messages import Reply, adapter
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
    ShowColumns,
    TakeBackImport,
    Thanks,
    Unclear,
    Unknown,
    Unmatch,
    Why,
)

_KINDS: dict[str, type[Any]] = {kind.__name__: kind for kind in get_args(Question)}

ASIDES = (Why, ShowAll, Greeting, Thanks, Help, SetLanguage, Unclear, Unknown)
"""What may come between a question and its follow-up, or a card and what is said about it."""

_OF_BANK = (Movements, Match, Unmatch, BookMovement, ChooseAccount, ChooseColumns, ShowColumns, TakeBackImport)
"""What is answered with movements of the bank."""


@dataclass(frozen=True)
class Last:
    """The question that was answered last, None once something else was done; the bills that the last list named, in
    their order; the language that was spoken, None before anything was said; and whether movements of the bank were
    shown last; and which table's columns were asked about last, as the argument of the button that imports it, "" for
    none."""

    question: Question | None = None
    bills: tuple[int, ...] = ()
    language: Language | None = None
    movements: bool = False
    columns: str = ""


def following(last: Last, request: object, replies: Sequence[Reply], language: Language) -> Last:
    """What follow-ups lean on once this request got these replies.

    A question stays for as long as nothing else was done, a list until there is another one.
    """
    listed = tuple(bill for reply in replies for bill in reply.listed)
    movements = isinstance(request, _OF_BANK) or (last.movements and isinstance(request, ASIDES))
    columns = _asked_columns(replies) or (last.columns if isinstance(request, (*ASIDES, ShowColumns)) else "")
    if isinstance(request, Question):
        return Last(request, listed, language)
    question = last.question if isinstance(request, ASIDES) else None
    return Last(question, listed or last.bills, language, movements, columns)


_COLUMNS = "columns:"
"""How the button begins that imports a table (`handlers.button_ids`, which lies above)."""


def _asked_columns(replies: Sequence[Reply]) -> str:
    """The table whose columns a reply asks about, by its button, without the version that it may carry."""
    ids = (choice.id for reply in replies for choice in reply.choices)
    return next((made.removeprefix(_COLUMNS).partition("~")[0] for made in ids if made.startswith(_COLUMNS)), "")


def to_record(last: Last) -> dict[str, Any]:
    """As JSON for `storage.messages.conversations.set_focus`."""
    asked = last.question
    question = asked and {"kind": type(asked).__name__, **adapter(type(asked)).dump_python(asked, mode="json")}
    return {
        "question": question,
        "bills": list(last.bills),
        "language": last.language,
        "movements": last.movements,
        "columns": last.columns,
    }


def from_record(record: Mapping[str, Any] | None) -> Last:
    """Back from `to_record`; nothing where there is none, or where another version wrote it."""
    if record is None:
        return Last()
    asked = dict(record.get("question") or {})
    kind = _KINDS.get(asked.pop("kind", ""))
    try:
        question = adapter(kind).validate_python(asked) if kind else None
    except ValueError:
        question = None
    language = known_language(record.get("language"))
    bills = tuple(record.get("bills", ()))
    return Last(question, bills, language, bool(record.get("movements")), str(record.get("columns") or ""))
