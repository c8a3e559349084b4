"""The Home tab: what waits for a person, what is due, how they like it."""

from __future__ import annotations

from bot.channels.slack.blocks import Block, header
from bot.channels.slack.desk import Page
from bot.channels.slack.render import to_blocks

BLOCKS_LIMIT = 100


def to_view(page: Page, direct: str) -> Block:
    """The tab; `direct` is the person's direct chat with us, where what they press is answered."""
    blocks: list[Block] = []
    for title, reply in page.parts:
        blocks += [header(title), *to_blocks(reply)]
    view: Block = {"type": "home", "blocks": blocks[:BLOCKS_LIMIT]}
    return view | ({"private_metadata": direct} if direct else {})
