"""Buttons: below a message (inline), in place of the letters (reply keyboards), and asking for an answer."""

from __future__ import annotations

from telegram import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.constants import InlineKeyboardButtonLimit, KeyboardButtonStyle

from handlers.button_ids import parse_choice
from handlers.messages import Choice, Reply

CALLBACK_BYTES = int(InlineKeyboardButtonLimit.MAX_CALLBACK_DATA)
MOST_BUTTONS = 100
"""What Telegram takes below one message; of more it takes none."""

_STYLES = {"primary": KeyboardButtonStyle.PRIMARY, "danger": KeyboardButtonStyle.DANGER}
_WIDE_LABEL = 20
"""Characters that a button of half the width of a phone shows in full."""

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply


def markup_for(reply: Reply, *, private: bool, new: bool, answers: bool) -> Markup | None:
    """What stands below a reply.

    What one could as well say is offered in place of the letters, in a chat with us alone, where a press is said for
    all to see. A message with that, or that takes it away again, cannot be edited (Bot API, “Updating messages”), so
    that no status and no card has either. `answers`: it answers somebody's message, whom a question in a group asks.
    """
    if reply.choices:
        return _letters(reply.choices) if private and new and _is_to_be_said(reply) else to_keyboard(reply.choices)
    if not new or reply.card or reply.status:
        return None
    if private:
        return ReplyKeyboardRemove()
    return ForceReply(selective=True) if answers and reply.text.rstrip().endswith("?") else None


def to_keyboard(choices: tuple[Choice, ...]) -> InlineKeyboardMarkup | None:
    """Buttons, two in a row, a wide one alone; None where there is nothing to choose."""
    rows = [[_button(choice) for choice in row] for row in _rows(choices)]
    return InlineKeyboardMarkup(rows) if rows else None


def _is_to_be_said(reply: Reply) -> bool:
    """Whether each of its buttons stands for just the words on it."""
    said = [parse_choice(choice.id) for choice in reply.choices]
    return reply.card is None and all(
        one is not None and one.action == "say" and (one.argument or "").casefold() == choice.label.casefold()
        for one, choice in zip(said, reply.choices, strict=True)
    )


def _letters(choices: tuple[Choice, ...]) -> ReplyKeyboardMarkup:
    rows = [[KeyboardButton(choice.label) for choice in row] for row in _rows(choices)]
    return ReplyKeyboardMarkup(rows, resize_keyboard=True, one_time_keyboard=True)


def _rows(choices: tuple[Choice, ...]) -> list[list[Choice]]:
    rows: list[list[Choice]] = []
    for choice in choices:
        pair = [*rows[-1], choice] if rows else [choice]
        if len(pair) == 2 and all(len(each.label) <= _WIDE_LABEL for each in pair):
            rows[-1] = pair
        else:
            rows.append([choice])
    return rows


def _button(choice: Choice) -> InlineKeyboardButton:
    return InlineKeyboardButton(choice.label, callback_data=choice.id, style=_STYLES.get(choice.style))
