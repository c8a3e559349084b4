"""The queue of messages: their order is that of their receipt, and a lease says who has which in hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
import sqlalchemy as sa

from bot.processing.durable.message_queue import QUEUE, Item, MessageQueue


class Line:
    """Several processes at one queue."""

    def __init__(self, url: str, stack: ExitStack) -> None:
        self._url, self._stack = url, stack
        self._processes: dict[str, MessageQueue] = {}

    def of(self, process: str) -> MessageQueue:
        if process not in self._processes:
            queue = self._processes[process] = MessageQueue(self._url, f"{process}/1")
            self._stack.callback(queue.close)
            queue.prepare()
        return self._processes[process]

    def put(self, *keys: str, to: str = "ada", lane: str = "talk", by: str = "web") -> None:
        for key in keys:
            self.of(by).put(key, to, lane, f"said {key}")  # type: ignore[arg-type]

    def claim(self, process: str, most: int = 100, *, lane: str = "talk", adopting: bool = True) -> list[str]:
        return [item.key for item in self.items(process, most, lane=lane, adopting=adopting)]

    def items(self, process: str, most: int = 100, *, lane: str = "talk", adopting: bool = True) -> list[Item]:
        return self.of(process).claim(lane, most, adopting=adopting)  # type: ignore[arg-type]

    def sleep(self, process: str, seconds: float = 11) -> None:
        """The leases of a process run out; below 0 the clock is set back after they were given."""
        with self.of(process).engine.begin() as connection:
            mine = QUEUE.update().where(QUEUE.c.worker == f"{process}/1")
            connection.execute(mine.values(leased_until=QUEUE.c.leased_until - seconds))


@pytest.fixture
def line(database_url: str) -> Iterator[Line]:
    with ExitStack() as stack:
        yield Line(database_url, stack)


def test_the_order_is_that_of_receipt_whatever_the_keys_and_whoever_received(line: Line) -> None:
    keys = [f"key {n:03}" for n in (50, 7, 99, 3, 42, 1, 77)]
    for n, key in enumerate(keys):
        line.put(key, by=f"web.{n % 2}")
    served = []
    while items := line.items("worker"):
        (item,) = items  # the first alone, of one conversation
        served.append(item.key)
        line.of("worker").finish(item.place)
    assert served == keys


def test_a_place_is_never_given_twice(line: Line) -> None:
    line.put("b")
    (first,) = line.items("worker")
    line.of("worker").finish(first.place)
    line.put("a")
    (second,) = line.items("worker")
    assert second.place > first.place


def test_a_key_in_the_queue_stays_where_it_is(line: Line) -> None:
    line.put("z", "a", "z")
    (item,) = line.items("worker")
    assert item.key == "z" and item.message == "said z"
    line.of("worker").finish(item.place)
    assert line.claim("worker") == ["a"]


def test_conversations_do_not_wait_for_each_other_and_nothing_overtakes_a_document(line: Line) -> None:
    line.put("ada's invoice", lane="documents")
    line.put("ada's confirm")
    line.put("bert's balance", to="bert")
    assert line.claim("worker") == ["bert's balance"]
    assert line.claim("worker", lane="documents") == ["ada's invoice"]
    assert line.claim("other") == []


def test_what_one_has_in_hand_no_other_takes(line: Line) -> None:
    line.put("m", to="ada")
    line.put("n", to="bert")
    assert line.claim("one", 1) == ["m"]
    assert line.claim("two") == ["n"]
    assert line.claim("one") == line.claim("two") == []


def test_a_lease_that_ran_out_goes_to_whoever_may_adopt(line: Line) -> None:
    line.put("m")
    (item,) = line.items("one")
    assert (item.begun, item.tries) == (False, 1)
    line.sleep("one")
    assert line.claim("two", adopting=False) == [], "one that lives gets the time to renew it first"
    (again,) = line.items("two")
    assert (again.key, again.begun, again.tries) == ("m", True, 2)
    assert line.of("one").renew([item.place]) == set(), "who slept hears that another has it"
    line.of("one").finish(item.place)
    assert line.of("two").renew([item.place]) == {item.place}, "and cannot end it for the other"


def test_a_clock_that_went_back_keeps_nothing_for_a_dead_one(line: Line) -> None:
    line.put("m")
    assert line.claim("one") == ["m"]
    line.sleep("one", -3600)
    assert line.claim("two", adopting=False) == []
    assert line.claim("two") == ["m"]


@pytest.mark.parametrize("seconds", [11, -3600])
def test_nobody_adopts_what_is_in_their_own_hands(line: Line, seconds: float) -> None:
    """A clock that was set makes one's own leases look as if they had run out: the work on them goes on."""
    line.put("m")
    (item,) = line.items("one")
    line.sleep("one", seconds)
    assert line.claim("one") == []
    assert line.of("one").renew([item.place]) == {item.place}


def test_who_renews_keeps_it(line: Line) -> None:
    line.put("m")
    (item,) = line.items("one")
    line.sleep("one")
    assert line.of("one").renew([item.place]) == {item.place}
    assert line.claim("two") == []


def test_what_is_handed_over_goes_on_at_once_and_counts_as_no_try(line: Line) -> None:
    line.put("m")
    line.claim("one")
    line.of("one").let_go()
    (item,) = line.items("two", adopting=False)
    assert (item.begun, item.tries) == (True, 1)


def test_one_that_starts_again_under_its_name_takes_back_what_it_had(line: Line) -> None:
    line.put("m")
    line.put("n", to="bert")
    line.claim("worker", 1)
    line.claim("worker_2")
    MessageQueue.let_go_of(line.of("again"), "worker")
    assert line.claim("again", adopting=False) == ["m"], "and nothing of one whose name only begins alike"


def test_leases_are_of_the_databases_clock(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose clock is wrong by a quarter of a minute takes nothing over."""
    monkeypatch.setattr("time.time", lambda: 4e9)
    line.put("m")
    line.claim("one")
    assert line.claim("two") == []
    with line.of("one").engine.begin() as connection:
        left = connection.execute(sa.select(QUEUE.c.leased_until - line.of("one")._now)).scalar_one()
    assert 5 < left <= 10
