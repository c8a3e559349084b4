"""A `Reply` in Telegram's look: HTML and rows of buttons. Pure."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import KeyboardButtonStyle, MessageLimit

from handlers.language.translation import say, speaking
from handlers.messages import Card, Choice, Fact, Reply

TEXT_LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)
CAPTION_LIMIT = int(MessageLimit.CAPTION_LENGTH)

_BUTTON_STYLES = {"primary": KeyboardButtonStyle.PRIMARY, "danger": KeyboardButtonStyle.DANGER}
_WIDE_LABEL = 20
"""Characters that a button of half the width of a phone shows in full."""


@dataclass(frozen=True)
class Span:
    """A run of text in one style: `tag` is "b", "i", "s", or empty for plain."""

    text: str
    tag: str = ""

    def html(self) -> str:
        """The run as Telegram's HTML."""
        escaped = html.escape(self.text, quote=False)
        return f"<{self.tag}>{escaped}</{self.tag}>" if self.tag else escaped


def to_html(reply: Reply, limit: int = TEXT_LIMIT) -> str:
    """The words of a reply, or the names of its files where it has none: Telegram takes no empty message.

    `limit` is what may be shown, in UTF-16 code units, without markup.
    """
    lines = [[Span(reply.text)]] if reply.text else []
    if not (reply.text or reply.card):
        lines = [[Span(f"📎 {attachment.name}")] for attachment in reply.attachments]
    if reply.card:
        with speaking(reply.language):
            card = _card(reply.card)
        lines += [[], *card] if lines else card
    spans = [span for line in lines for span in (*line, Span("\n"))]
    return "".join(span.html() for span in _cut(spans[:-1], limit)).strip()


def to_keyboard(choices: tuple[Choice, ...]) -> InlineKeyboardMarkup | None:
    """Buttons, two in a row, a wide one alone; None where there is nothing to choose."""
    rows: list[list[Choice]] = []
    for choice in choices:
        pair = [*rows[-1], choice] if rows else [choice]
        if len(pair) == 2 and all(len(each.label) <= _WIDE_LABEL for each in pair):
            rows[-1] = pair
        else:
            rows.append([choice])
    return InlineKeyboardMarkup([[_button(choice) for choice in row] for row in rows]) if rows else None


def _button(choice: Choice) -> InlineKeyboardButton:
    return InlineKeyboardButton(choice.label, callback_data=choice.id, style=_BUTTON_STYLES.get(choice.style))


def _card(card: Card) -> list[list[Span]]:
    """The card, line by line: what and how much, the facts, corrections, doubts, where it stands."""
    subtitle = [Span(f" · {card.subtitle}")] if card.subtitle else []
    lines = [[Span(card.title, "b"), *subtitle]]
    if card.facts:
        lines.append(_joined(card.facts))
    for change in card.changes:
        old = [Span(change.old, "s"), Span(" → ")] if change.old else []
        lines.append([Span(f"{change.label}: "), *old, Span(change.new, "b")])
    if card.doubts:
        lines.append([Span(f"⚠ {say('Please check:')} {'; '.join(card.doubts)}")])
    if card.state:
        lines.append([Span(card.state, "i")])
    return lines


def _joined(facts: Iterable[Fact]) -> list[Span]:
    spans: list[Span] = []
    for fact in facts:
        spans += [Span(" · ")] if spans else []
        spans.append(Span(f"{fact.label} {fact.value}", "b" if fact.strong else ""))
    return spans


def _cut(spans: list[Span], limit: int) -> list[Span]:
    """The spans as far as they fit, with "…" where they end early: Telegram refuses what is too long."""
    if sum(_units(span.text) for span in spans) <= limit:
        return spans
    kept: list[Span] = []
    room = limit - 1
    for span in spans:
        if _units(span.text) > room:
            part = span.text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", errors="ignore")
            return [*kept, Span(part.rstrip() + "…", span.tag)]
        kept.append(span)
        room -= _units(span.text)
    return kept


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
