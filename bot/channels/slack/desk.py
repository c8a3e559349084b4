"""What Slack's own surfaces show of the books: modals and the Home tab. Whoever has the books implements `Desk`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from handlers.language.translation import Language
from handlers.messages import Reply

Filled = Sequence[tuple[str, str]]
"""What was typed into the fields of a form, by their names; dates as 2025-01-31, "" for what was left empty."""


@dataclass(frozen=True)
class Field:
    """A field of a form: what it is called, and what stands in it before anything is typed."""

    name: str
    label: str
    value: str = ""
    kind: Literal["text", "date", "long"] = "text"
    optional: bool = True


@dataclass(frozen=True)
class Form:
    """What is asked before a pressed button does anything; `language` is the reader's."""

    title: str
    submit: str
    fields: tuple[Field, ...]
    language: Language


@dataclass(frozen=True)
class Page:
    """The Home tab: parts with their titles."""

    parts: tuple[tuple[str, Reply], ...]
    language: Language


class Desk(Protocol):
    """Answers at once, within the seconds that Slack waits. `address` is a person's, as in `Message.sender`."""

    async def form(self, address: str, choice: str) -> Form | None:
        """What a button asks for first; None for nothing, or for whom we do not know."""
        ...

    async def faults(self, address: str, choice: str, filled: Filled) -> dict[str, str]:
        """What is wrong in a form, by the field's name; empty where it can be done."""
        ...

    async def page(self, address: str, conversation: str) -> Page:
        """What a person's Home tab shows; `conversation` is their direct chat."""
        ...

    async def takes_part(self, conversation: str) -> bool:
        """Whether anything of ours stands in a conversation."""
        ...
