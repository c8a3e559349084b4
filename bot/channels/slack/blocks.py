"""Pieces of Block Kit, each within what Slack takes: https://docs.slack.dev/reference/block-kit/blocks. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any, TypeVar

Block = dict[str, Any]
T = TypeVar("T")

# What is more than this Slack refuses as "invalid_blocks".
SECTION_LIMIT = 3000
HEADER_LIMIT = 150
FIELDS_LIMIT = 10
VALUE_LIMIT = 900  # a field takes 2000 characters, and may hold an old and a new value
LABEL_LIMIT = 75
BUTTONS_LIMIT = 25
BLOCKS_LIMIT = 50
TEXTS_LIMIT = 10_000
"""Characters in all texts of a message: from about 12,000 on Slack says "msg_blocks_too_long"."""


def section(text: str, accessory: Block | None = None) -> Block:
    """Words as they are, without markup."""
    return {"type": "section", "text": plain(text)} | ({"accessory": accessory} if accessory else {})


def header(text: str) -> Block:
    """A title, cut where it is too long for one."""
    return {"type": "header", "text": plain(cut(text, HEADER_LIMIT))}


def fields(texts: Iterable[str], accessory: Block | None = None) -> Block:
    """Up to ten pieces of mrkdwn in two columns."""
    block: Block = {"type": "section", "fields": [mrkdwn(text) for text in texts]}
    return block | ({"accessory": accessory} if accessory else {})


def context(text: str) -> Block:
    """Words in small letters."""
    return {"type": "context", "elements": [plain(cut(text, SECTION_LIMIT))]}


def thumbnail(picture: str, title: str) -> Block:
    """A picture that stands beside a section; `picture` is Slack's id of the file."""
    return {"type": "image", "slack_file": {"id": picture}, "alt_text": cut(title, HEADER_LIMIT)}


def plain(text: str) -> Block:
    """Text in which nothing is markup."""
    return {"type": "plain_text", "text": text, "emoji": False}


def mrkdwn(text: str) -> Block:
    """Text in which Slack looks for markup."""
    return {"type": "mrkdwn", "text": text}


def parts(whole: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The whole in pieces of at most that size."""
    return (whole[start : start + size] for start in range(0, len(whole), size))


def text_length(block: object) -> int:
    """How many characters there are in all texts of a block."""
    if isinstance(block, dict):
        return sum(len(value) if name == "text" and isinstance(value, str) else text_length(value)
                   for name, value in block.items())  # fmt: skip
    return sum(map(text_length, block)) if isinstance(block, Sequence) and not isinstance(block, str) else 0


def cut(text: str, limit: int) -> str:
    """The text, with an ellipsis where it is longer."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def fit(text: str, limit: int) -> str:
    """Escaped, and cut so that it is within the limit as Slack counts, which is after escaping."""
    ends = list(accumulate(len(escape(character)) for character in text))
    if not ends or ends[-1] <= limit:
        return escape(text)
    return escape(text[: bisect_right(ends, limit - 1)].rstrip()) + "…"


def escape(text: str) -> str:
    """https://docs.slack.dev/messaging/formatting-message-text: these three, and only these."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
