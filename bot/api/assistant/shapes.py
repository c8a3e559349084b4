"""What an assistant is told, in plain text: it reads it to a person, or to itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from pydantic import BaseModel, Field

from bot.api.resources.bill_actions import Said
from bot.api.values import IdValue, Name, Text
from handlers.messages import Reply


class Tool(BaseModel):
    """One thing that can be asked for, in the terms of the Model Context Protocol."""

    name: str
    description: str
    parameters: dict[str, Any] = Field(description="JSON schema of the arguments.")
    changes: bool = Field(description="It is not done but proposed to the person, who presses a button for it.")


class Tools(BaseModel):
    """What the token's person may have asked for in their name; no name or figure of the books is in it."""

    tools: list[Tool]


class ToolCall(Said):
    """A call of a tool."""

    tool: Name
    arguments: dict[str, Any] = Field(default_factory=dict)


class WhereToConfirm(BaseModel):
    """Where the person says yes. Until then nothing is done."""

    sentence: Text = Field(description="What they may say instead, in any chat with Billify.")
    bill: IdValue | None = Field(description="The bill that it is about, where it is about one.")
    sent_to: str | None = Field(description="The channel on which they have the card now; null where there is none.")
    page: str = Field(description="Where it is answered in a browser, below the address of the web chat.")


class Told(BaseModel):
    """What comes of a call."""

    kind: Literal["answer", "proposal"]
    text: str
    bill: IdValue | None = Field(description="The bill that it is about.")
    bills: list[int] = Field(description="Those that it lists, in its order.")
    page: str | None = Field(description="Where a browser shows the same, below the address of the web chat.")
    suggestions: list[str] = Field(description="What could be asked next, in words.")
    confirm: WhereToConfirm | None = None


def told(replies: Sequence[Reply], confirm: WhereToConfirm | None) -> Told:
    """The replies to one call."""
    bill = next((reply.bill for reply in reversed(replies) if reply.bill is not None), None)
    page = next((reply.page for reply in reversed(replies) if reply.page), None)
    said = [choice for reply in replies for choice in reply.choices if choice.id.startswith("say:")]
    return Told(
        kind="proposal" if confirm else "answer",
        text="\n\n".join(filter(None, ("\n".join(_lines(reply)) for reply in replies))),
        bill=bill,
        bills=[one for reply in replies for one in reply.listed],
        page=page or (f"/bills/{bill}" if bill is not None else None),
        suggestions=[] if confirm else [choice.label for choice in said],
        confirm=confirm,
    )


def _lines(reply: Reply) -> Iterator[str]:
    if reply.text:
        yield reply.text
    if (card := reply.card) is not None:
        yield " · ".join(filter(None, (card.title, card.subtitle, card.state)))
        yield from (f"{fact.label}: {fact.value}" for fact in card.facts)
        yield from (f"? {doubt}" for doubt in card.doubts)
