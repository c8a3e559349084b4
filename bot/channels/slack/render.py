"""A `Reply` in Slack's look: Block Kit, and plain text for notifications. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any, TypeVar

from handlers.language.translation import say, speaking
from handlers.messages import Card, Change, Choice, Fact, Reply

Block = dict[str, Any]
T = TypeVar("T")

# What is more than this Slack refuses as "invalid_blocks": https://docs.slack.dev/reference/block-kit/blocks
SECTION_LIMIT = 3000
HEADER_LIMIT = 150
FIELDS_LIMIT = 10
VALUE_LIMIT = 900  # a field takes 2000 characters, and may hold an old and a new value
LABEL_LIMIT = 75
BUTTONS_LIMIT = 25
BLOCKS_LIMIT = 50


def to_notice(reply: Reply) -> str:
    """What a notification shows and a screen reader says: the words, else the names of files."""
    card = f"{reply.card.title} · {reply.card.subtitle}".removesuffix(" · ") if reply.card else ""
    files = ", ".join(attachment.name for attachment in reply.attachments)
    return _fit("\n".join(filter(None, (reply.text, card))) or files, SECTION_LIMIT)


def to_blocks(reply: Reply, picture: str | None = None) -> list[Block]:
    """The reply, block by block. `picture` is Slack's id of the picture of the card, None for no picture."""
    blocks: list[Block] = [_section("".join(part)) for part in _parts(reply.text, SECTION_LIMIT)]
    if reply.card:
        with speaking(reply.language):
            blocks += _card(reply.card, picture)
    buttons = [_actions(choices) for choices in _parts(reply.choices, BUTTONS_LIMIT)]
    return [*blocks[: BLOCKS_LIMIT - len(buttons)], *buttons]


def _card(card: Card, picture: str | None) -> Iterator[Block]:
    yield {"type": "header", "text": _plain(_cut(card.title, HEADER_LIMIT))}
    if card.subtitle:
        yield _context(card.subtitle)
    for facts in _parts(card.facts, FIELDS_LIMIT):
        yield _fields(_fact(fact) for fact in facts)
    for changes in _parts(card.changes, FIELDS_LIMIT):
        yield _fields(_change(change) for change in changes)
    if card.doubts:
        doubts = _fit(f"⚠ {say('Please check:')} {'; '.join(card.doubts)}", SECTION_LIMIT)
        yield {"type": "section", "text": _mrkdwn(doubts)}
    if picture:
        yield {"type": "image", "slack_file": {"id": picture}, "alt_text": _cut(card.title, HEADER_LIMIT)}
    if card.state:
        yield _context(card.state)


def _section(text: str) -> Block:
    return {"type": "section", "text": _plain(text)}


def _fields(texts: Iterable[str]) -> Block:
    return {"type": "section", "fields": [_mrkdwn(text) for text in texts]}


def _context(text: str) -> Block:
    return {"type": "context", "elements": [_plain(_cut(text, SECTION_LIMIT))]}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


def _mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}


def _fact(fact: Fact) -> str:
    value = _fit(fact.value, VALUE_LIMIT)
    return f"{_fit(fact.label, LABEL_LIMIT)}\n" + (f"*{value}*" if fact.strong else value)


def _change(change: Change) -> str:
    old = f"~{_fit(change.old, VALUE_LIMIT)}~ → " if change.old else ""
    return f"{_fit(change.label, LABEL_LIMIT)}\n{old}*{_fit(change.new, VALUE_LIMIT)}*"


def _actions(choices: Sequence[Choice]) -> Block:
    return {"type": "actions", "elements": [_button(choice) for choice in choices]}


def _button(choice: Choice) -> Block:
    button: Block = {
        "type": "button",
        "action_id": choice.id,
        "value": choice.id,
        "text": _plain(_cut(choice.label, LABEL_LIMIT)),
    }
    return button if choice.style == "normal" else button | {"style": choice.style}


def _parts(whole: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (whole[start : start + size] for start in range(0, len(whole), size))


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _fit(text: str, limit: int) -> str:
    """Escaped, and cut so that it is within the limit as Slack counts, which is after escaping."""
    ends = list(accumulate(len(_escape(character)) for character in text))
    if not ends or ends[-1] <= limit:
        return _escape(text)
    return _escape(text[: bisect_right(ends, limit - 1)].rstrip()) + "…"


def _escape(text: str) -> str:
    """https://docs.slack.dev/messaging/formatting-message-text: these three, and only these."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
