"""Mixed mail, a relay in bad weather and kill -9: each mail is accounted for once, each answer leaves once."""

from __future__ import annotations

from pathlib import Path

from bot.processing.durable.dispatcher import AT_ONCE
from tests.fakes.drill.mail_hour import hour

MAILS, KILLS = 30, 3


async def test_nothing_is_lost_and_nothing_doubled(tmp_path: Path) -> None:
    """An hour in a minute; `python -m tests.fakes.drill.mail_hour` is the long one."""
    count = await hour(tmp_path, MAILS, KILLS)

    assert (count.lost, count.doubled, count.kills) == ([], [], KILLS)
    assert count.sent.total() >= MAILS and count.sent["confirmation"]
    assert count.weather.total() > 0, "the weather was fine"
    # What a relay took without saying so, or we did not live to note, is offered again under the same Message-ID.
    assert count.repeats <= count.weather["unsaid"] + KILLS * sum(AT_ONCE.values())
    assert _tracebacks(tmp_path / "log.txt") == []


def _tracebacks(log: Path) -> list[str]:
    """Those that Billify wrote, not a process that had just been spawned when the one that it waited for was killed."""
    _, *found = log.read_text().split("Traceback (most recent call last):")
    return [each for each in found if "in spawn_main" not in each]
