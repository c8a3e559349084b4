"""Logging to standard error, one line an event; libraries speak only of what went wrong."""

from __future__ import annotations

import logging

OURS = ("bot", "handlers", "extraction", "storage")


def set_up(level: str) -> None:
    """Our own loggers at `level` (a name such as INFO), everybody else's at WARNING or above."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING, force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level.upper())
