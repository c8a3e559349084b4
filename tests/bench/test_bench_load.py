"""`billify bench ack --rate`: real clients, a real web process, and a queue that is counted."""

from __future__ import annotations

import pytest

from bot.bench.ack import load, ways
from bot.bench.ack.load import Durable, _judged, measure


async def test_what_is_taken_by_every_way_lies_there_once_in_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ways, "CONVERSATIONS", 2)
    monkeypatch.setattr(load, "REPEATED", 3)
    found = await measure(rate=60, seconds=0.5, database="")
    assert [(one.way, one.messages) for one in found] == [("web hook", 10), ("SMTP", 10), ("web chat", 10)]
    assert {(one.lost, one.doubled, one.overtaken) for one in found} == {(0, 0, 0)}
    assert all(0 < one.p50 <= one.p99 for one in found)
    assert all(one.processor > 0 for one in found)


def test_what_is_wrong_of_a_queue_is_counted() -> None:
    lying = [("ada", 1), ("bert", 5), ("ada", 3), ("ada", 2), ("bert", 5)]
    one = _judged(Durable("SQLite", "SMTP", 5, 1.0), [1.0, 2.0, 9.0], {1, 2, 3, 4, 5}, lying)
    assert (one.p50, one.p99, one.lost, one.doubled, one.overtaken) == (2.0, 9.0, 1, 1, 1)
