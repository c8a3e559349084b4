"""How a reply would look in Slack, held against its rules, for every dialogue that any test holds."""

from __future__ import annotations

from bot.channels.slack.render import Look, to_blocks, to_notice
from handlers.messages import Reply
from tests.fakes.slack.block_kit import ALL_TEXTS, faults_of_message, text_length

LOOKS = (Look(), Look(picture="F1", charts=True), Look(short=True))


def faults_of_reply(reply: Reply) -> list[str]:
    """What Slack would refuse of a reply; empty where it takes it, in each of its looks."""
    found = [] if 1 <= len(to_notice(reply) or "-") <= 4000 else ["a notification of that length"]
    for look in LOOKS:
        blocks = to_blocks(reply, look)
        found += faults_of_message(blocks)
        found += ["blocks that are too long together"] if text_length(blocks) > ALL_TEXTS else []
    return found
