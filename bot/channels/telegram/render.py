"""The words of a `Reply` in Telegram's look: HTML. Pure."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass

from telegram.constants import MessageLimit

from handlers.language.translation import say, speaking
from handlers.messages import Card, Fact, Reply

TEXT_LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)
CAPTION_LIMIT = int(MessageLimit.CAPTION_LENGTH)


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
    words = _words(reply)
    card = _card_of(reply)
    return _html([*words, [], *card] if words and card else words or card, limit)


def to_caption(reply: Reply) -> str:
    """The words of a reply below a picture, where there is less room: if they are cut, then after what counts. First
    come what it is about and how much, what is doubtful, and where it stands."""
    card = _card_of(reply)
    if not card or fits_caption(reply):
        return to_html(reply, CAPTION_LIMIT)
    return _html([*card, [], *_words(reply)], CAPTION_LIMIT)


def fits_caption(reply: Reply) -> bool:
    """Whether the words of a reply can all stand below a picture."""
    return _length(reply) <= CAPTION_LIMIT


def fits_message(reply: Reply) -> bool:
    """Whether the words of a reply can all stand in a message."""
    return _length(reply) <= TEXT_LIMIT


def _length(reply: Reply) -> int:
    lines = [*_words(reply), [], *_card_of(reply)]
    return sum(_units(span.text) for line in lines for span in line) + len(lines)


def first_line(reply: Reply) -> str:
    """What a reply is about, for below a picture of it."""
    first = next(iter(reply.text.splitlines()), "")
    return _html([[Span(first)]], CAPTION_LIMIT)


def _words(reply: Reply) -> list[list[Span]]:
    if reply.text:
        return [[Span(reply.text)]]
    return [] if reply.card else [[Span(f"📎 {attachment.name}")] for attachment in reply.attachments]


def _html(lines: list[list[Span]], limit: int) -> str:
    spans = [span for line in lines for span in (*line, Span("\n"))]
    return "".join(span.html() for span in _cut(spans[:-1], limit)).strip()


def _card_of(reply: Reply) -> list[list[Span]]:
    if reply.card is None:
        return []
    with speaking(reply.language):
        return _card(reply.card)


def _card(card: Card) -> list[list[Span]]:
    """The card, line by line: what and how much, doubts, the facts, corrections, where it stands."""
    subtitle = [Span(f" · {card.subtitle}")] if card.subtitle else []
    lines = [[Span(card.title, "b"), *subtitle]]
    if card.doubts:
        lines.append([Span(f"⚠ {say('Please check:')} {'; '.join(card.doubts)}")])
    if card.facts:
        lines.append(_joined(card.facts))
    for change in card.changes:
        old = [Span(change.old, "s"), Span(" → ")] if change.old else []
        lines.append([Span(f"{change.label}: "), *old, Span(change.new, "b")])
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
