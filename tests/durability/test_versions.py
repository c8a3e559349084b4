"""Work that a worker of another version began, or accepted, is ended by this one."""

from __future__ import annotations

import asyncio
import json

import pytest

from bot.processing import jobs as module
from bot.processing.durable import work_at_rest
from handlers.messages import Message
from tests.durability.test_jobs import KEYS, Desk, answer, message, prepared, serving


@pytest.mark.parametrize(("began", "ends"), [("1", "2"), ("2", "1")], ids=["later", "earlier"])
async def test_what_another_version_began_is_begun_anew_and_answered_once(
    database_url: str, monkeypatch: pytest.MonkeyPatch, began: str, ends: str
) -> None:
    first, second = Desk(slow={"paper"}), Desk()
    monkeypatch.setattr(module, "VERSION", began)
    with prepared(database_url, "one") as jobs:
        await jobs.accept(message("paper"))
        await jobs.accept(message("waits"))
        async with serving(jobs, first, drain_seconds=0):
            await asyncio.wait_for(first.begun.wait(), 30)
    assert first.done["respond paper"] == 0
    monkeypatch.setattr(module, "VERSION", ends)
    with prepared(database_url, "two") as jobs:
        async with serving(jobs, second):
            assert await answer(jobs, "paper") == "answer to paper"
            assert await answer(jobs, "waits") == "answer to waits"
    assert second.done["send paper"] == second.done["send waits"] == 1
    assert second.order == ["paper", "waits"]


def test_a_message_with_something_that_only_a_later_version_knows_is_read() -> None:
    """Of two versions beside each other the earlier serves what the later took in."""
    said = message("paper")
    told = json.loads(KEYS.open_text(work_at_rest.sealed(KEYS, said, Message), work_at_rest.ABOUT))
    later = KEYS.seal_text(json.dumps({**told, "mood": "cheerful"}), work_at_rest.ABOUT)
    assert work_at_rest.opened(KEYS, later, Message) == said
