"""What the real Bot API refuses, refused in the same words (https://core.telegram.org/bots/api)."""

from __future__ import annotations

import html
import re
from typing import Any

MOST_BUTTONS = 100


class Refused(Exception):
    """An answer that is not ok: the HTTP status, the description and the response parameters."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        self.status, self.description, self.parameters = status, description, parameters


def within(text: str, limit: int, complaint: str) -> str:
    """The text, when its HTML is closed and it is within the limit after entities were parsed."""
    open_tags: list[str] = []
    for closing, tag in re.findall(r"<(/?)(\w+)>", text):
        if closing and (not open_tags or open_tags.pop() != tag):
            raise Refused(400, "Bad Request: can't parse entities: Unmatched end tag")
        if not closing:
            open_tags.append(tag)
    if open_tags:
        raise Refused(400, "Bad Request: can't parse entities: Can't find end tag")
    plain = html.unescape(re.sub(r"</?\w+>", "", text))
    if len(plain.encode("utf-16-le")) // 2 > limit:
        raise Refused(400, f"Bad Request: {complaint}")
    return text


def checked_markup(more: dict[str, Any]) -> dict[str, Any]:
    markup = more.get("reply_markup")
    if not markup:
        return {}
    if "inline_keyboard" not in markup:
        return {"keyboard": markup}
    rows = markup["inline_keyboard"]
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise Refused(400, "Bad Request: reply markup is too long")
    for row in rows:
        for button in row:
            if not 1 <= len(button["callback_data"].encode()) <= 64:
                raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    return {"reply_markup": markup}


def checked_commands(commands: list[dict[str, str]]) -> dict[str, str]:
    """A menu of commands by name, where each is as the Bot API wants it (BotCommand)."""
    for one in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", one["command"]):
            raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(one["description"]) <= 256:
            raise Refused(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    if len(commands) > 100:
        raise Refused(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    return {one["command"]: one["description"] for one in commands}
