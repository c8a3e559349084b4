"""A form as a modal, and what was filled into it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from bot.channels.slack.blocks import Block, cut, plain
from bot.channels.slack.desk import Field, Form
from handlers.language.translation import say, speaking

FORM = "form"
"""The callback_id of our modals."""
TITLE_LIMIT = 24
INPUT_LIMIT = 3000
VALUE = "value"
"""The action_id of each input: the block is named after the field."""


@dataclass(frozen=True)
class Origin:
    """The button that opened a modal, and the message that it stands under; what the modal carries with it."""

    choice: str
    channel: str
    ts: str
    thread: str | None = None


def to_view(form: Form, origin: Origin) -> Block:
    """The modal of a form."""
    with speaking(form.language):
        return {
            "type": "modal",
            "callback_id": FORM,
            "private_metadata": json.dumps(asdict(origin)),
            "title": plain(cut(form.title, TITLE_LIMIT)),
            "submit": plain(cut(form.submit, TITLE_LIMIT)),
            "close": plain(cut(say("Cancel"), TITLE_LIMIT)),
            "blocks": [_input(field) for field in form.fields],
        }


def origin_of(view: dict[str, Any]) -> Origin:
    """What `to_view` gave a modal."""
    return Origin(**json.loads(view["private_metadata"]))


def filled_in(view: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """What was typed into each field of a modal."""
    values = {name: block[VALUE] for name, block in view["state"]["values"].items()}
    return tuple((name, one.get("selected_date") or one.get("value") or "") for name, one in values.items())


def _input(field: Field) -> Block:
    return {
        "type": "input",
        "block_id": field.name,
        "label": plain(field.label),
        "optional": field.optional,
        "element": _element(field),
    }


def _element(field: Field) -> Block:
    if field.kind == "date":
        return {"type": "datepicker", "action_id": VALUE} | ({"initial_date": field.value} if field.value else {})
    element: Block = {"type": "plain_text_input", "action_id": VALUE, "max_length": INPUT_LIMIT}
    if field.kind == "long":
        element["multiline"] = True
    return element | ({"initial_value": cut(field.value, INPUT_LIMIT)} if field.value else {})
