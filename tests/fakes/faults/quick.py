"""Durable work in which ten seconds are one: leases, and the pauses of whoever waits for a database or a disk.

`python -m tests.fakes.faults.quick worker` is `billify worker` with them.
"""

from __future__ import annotations

from bot.cli import main
from bot.processing import jobs
from bot.processing.durable import dispatcher, message_queue, patience, wake_up, workflow
from storage.db import engine

FASTER = 10

PAUSES = (
    (message_queue, "LEASE_SECONDS"),
    (dispatcher, "LEASE_SECONDS"),
    (dispatcher, "RENEW_SECONDS"),
    (dispatcher, "LONGEST_PAUSE"),
    (wake_up, "LOOK_SECONDS"),
    (patience, "LONGEST_PAUSE"),
    (jobs, "ACCEPT_PAUSE"),
    (jobs, "ENGINE_SECONDS"),
)
"""Module and name of each, in seconds."""

MOST_LOST = 1000
"""Leases this short run out on a busy machine while their holders live, which is no death of anybody."""

SILENCE = (("SILENT_SECONDS", 1), ("PROBE_SECONDS", 1), ("PROBES", 1))
"""After how much silence of the other end a connection counts as dead; whole seconds."""


def quick_pauses() -> list[tuple[object, str, float]]:
    """Each with what it is to be."""
    shorter = [(module, name, getattr(module, name) / FASTER) for module, name in PAUSES]
    silence = [(engine, name, value) for name, value in SILENCE]
    return [*shorter, *silence, (workflow, "MOST_DEATHS", MOST_LOST)]


def be_quick() -> None:
    """For as long as the process lives."""
    for module, name, value in quick_pauses():
        setattr(module, name, value)


if __name__ == "__main__":
    be_quick()
    main()
