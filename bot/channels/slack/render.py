"""A `Reply` in Slack's look: Block Kit, and plain text for notifications. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.channels.slack import buttons
from bot.channels.slack.blocks import (
    BLOCKS_LIMIT,
    FIELDS_LIMIT,
    LABEL_LIMIT,
    SECTION_LIMIT,
    TEXTS_LIMIT,
    VALUE_LIMIT,
    Block,
    context,
    fields,
    fit,
    header,
    mrkdwn,
    parts,
    section,
    text_length,
    thumbnail,
)
from bot.channels.slack.views.chart import CHARTS_LIMIT, is_drawable, to_chart
from handlers.language.translation import say, speaking
from handlers.messages import Attachment, Card, Change, Fact, Reply

HEADROOM = 1000
"""Characters for a card and buttons beside a text that is as long as one may be."""
SHORT = 2500
"""Characters of a text that are shown of one that Slack finds too long."""


def to_notice(reply: Reply) -> str:
    """What a notification shows and a screen reader says: vendor, total and what to do, then the words; else the names
    of files."""
    files = ", ".join(attachment.name for attachment in reply.attachments)
    return fit("\n".join(filter(None, (_headline(reply), reply.text))) or files, SECTION_LIMIT)


def _headline(reply: Reply) -> str:
    """ "Acme GmbH · €1,249.50 · Invoice 2024-117 · Waiting for you: Confirm, Edit, Mark paid"."""
    if reply.card is None:
        return ""
    labels = ", ".join(choice.label for choice in buttons.shown(reply)) if reply.card.state else ""
    state = ": ".join(filter(None, (reply.card.state, labels)))
    return " · ".join(filter(None, (reply.card.title, reply.card.subtitle, state)))


@dataclass(frozen=True)
class Look:
    """How much of a reply a message shows. `picture` is Slack's id of the picture of the card, None for no picture;
    `charts` draws what the pictures of the answer show; `short` shows only the beginning of the words."""

    picture: str | None = None
    charts: bool = False
    short: bool = False


def charts_of(reply: Reply) -> tuple[Attachment, ...]:
    """The files of a reply that Slack can draw itself, as many as it takes in a message."""
    return tuple(file for file in reply.attachments if file.chart and is_drawable(file.chart))[:CHARTS_LIMIT]


def is_long(reply: Reply) -> bool:
    """Whether its words are more than one message of Slack's can show."""
    return len(reply.text) > TEXTS_LIMIT


def to_blocks(reply: Reply, look: Look = Look()) -> list[Block]:
    """The reply, block by block."""
    with speaking(reply.language):
        text = _beginning(reply.text) if look.short or is_long(reply) else reply.text
        blocks: list[Block] = [section("".join(part)) for part in parts(text, SECTION_LIMIT)]
        if reply.card:
            blocks += _card(reply.card, look.picture)
        if look.charts:
            blocks += [to_chart(file.chart) for file in charts_of(reply) if file.chart]
        rows = list(buttons.rows(reply))
    return [*_before(rows, blocks), *rows]


def _before(rows: Sequence[Block], blocks: Sequence[Block]) -> list[Block]:
    """As many of the blocks, from the first on, as Slack takes together with the buttons."""
    room = TEXTS_LIMIT + HEADROOM - text_length(rows)
    lengths = accumulate(map(text_length, blocks))
    return [block for block, length in zip(blocks[: BLOCKS_LIMIT - len(rows)], lengths, strict=False) if length <= room]


def _beginning(text: str) -> str:
    if len(text) <= SHORT:
        return text
    begun = text[:SHORT].rpartition("\n")[0] or text[:SHORT]
    return f"{begun.rstrip()}\n{say('… all of it is in the file below.')}"


def _card(card: Card, picture: str | None) -> Iterator[Block]:
    """The picture stands small beside the values, so that the buttons are seen without scrolling."""
    beside = thumbnail(picture, card.title) if picture else None
    yield header(card.title)
    if not card.facts and beside:
        yield section(card.subtitle or card.title, beside)
    elif card.subtitle:
        yield context(card.subtitle)
    for facts in parts(card.facts, FIELDS_LIMIT):
        yield fields((_fact(fact) for fact in facts), beside)
        beside = None
    for changes in parts(card.changes, FIELDS_LIMIT):
        yield fields(_change(change) for change in changes)
    if card.doubts:
        doubts = fit(f"⚠ {say('Please check:')} {'; '.join(card.doubts)}", SECTION_LIMIT)
        yield {"type": "section", "text": mrkdwn(doubts)}
    if card.state:
        yield context(card.state)


def _fact(fact: Fact) -> str:
    value = fit(fact.value, VALUE_LIMIT)
    return f"{fit(fact.label, LABEL_LIMIT)}\n" + (f"*{value}*" if fact.strong else value)


def _change(change: Change) -> str:
    old = f"~{fit(change.old, VALUE_LIMIT)}~ → " if change.old else ""
    return f"{fit(change.label, LABEL_LIMIT)}\n{old}*{fit(change.new, VALUE_LIMIT)}*"
