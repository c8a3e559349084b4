"""`billify run` for a drill, in which an hour is a minute: what waits is tried again sixty times as soon.

python -m tests.fakes.drill.hasty
"""

from __future__ import annotations

from bot.background import clock
from bot.cli import main
from storage.messages import outbox

FASTER = 60


def hurry() -> None:
    """Shortens the pauses of the outbox and of the clock, and nothing else."""
    clock.TICK_SECONDS /= FASTER
    for pause in ("first", "longest"):  # in place, since it is the default of functions, too
        object.__setattr__(outbox.PATIENT, pause, getattr(outbox.PATIENT, pause) / FASTER)
    outbox.LEASE /= FASTER


if __name__ == "__main__":
    hurry()
    main()
