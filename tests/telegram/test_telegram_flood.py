"""Telegram's flood limits are kept to before Telegram has to say so."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from bot.channels.channel import Outgoing, Postponed
from bot.channels.telegram.flood import MOST_CHATS, Pace
from handlers.messages import Message, Reply

GROUP, OTHER, ANNA = -100200, -100300, 77


async def passes(turn) -> bool:
    """Whether it is somebody's turn at once."""
    task = asyncio.ensure_future(turn)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    done = task.done()
    task.cancel()
    return done


async def test_a_group_that_is_full_waits_and_nobody_else_does():
    pace = Pace(a_second=1000, a_minute_to_group=2)
    assert [await passes(pace.turn(GROUP)) for _ in range(3)] == [True, True, False]
    assert await passes(pace.turn(OTHER)) and await passes(pace.turn(ANNA)) and await passes(pace.turn(None))


async def test_all_chats_together_have_a_limit_too():
    pace = Pace(a_second=2)
    assert [await passes(pace.turn(chat)) for chat in (77, 78, 79)] == [True, True, False]
    assert await passes(pace.turn(None)), "what is about no chat is not counted"


async def test_quiet_groups_are_forgotten_and_full_ones_are_not():
    pace = Pace(a_second=10**6, a_minute_to_group=1)
    for group in range(1, MOST_CHATS + 1):
        pace._groups[-group] = pace._of(-group)
    await pace.turn(-1)
    await pace.turn(-9999)
    assert set(pace._groups) == {-1, -9999}
    assert not await passes(pace.turn(-1))


async def test_a_status_does_not_wait_for_its_turn_and_an_answer_does(platform, telegram):
    asked = Message("telegram:1", "telegram", str(GROUP), "77", datetime(2025, 3, 21, tzinfo=UTC))
    telegram._pace = Pace(a_minute_to_group=1)
    telegram._bot.rate_limiter._pace = telegram._pace
    sent = await telegram.send(Outgoing("k#0", Reply("Received", status=True), asked))
    for late in (telegram.send(outgoing := Outgoing("k#0", Reply("Reading…", status=True), asked)),
                 telegram.edit(sent, outgoing)):  # fmt: skip
        with pytest.raises(Postponed):
            await late
    assert platform.shown(sent)["text"] == "Received" and len(platform.messages) == 1
    assert not await passes(telegram.edit(sent, Outgoing("k#0", Reply("Done."), asked)))
