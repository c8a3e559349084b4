"""What is told of a message as it is taken in, and as it was served: a figure, a span and a line of the log at once."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bot.telemetry import tracing
from bot.telemetry.metrics import ACKNOWLEDGEMENT, ANSWER, READING, SERVED, channel_of
from config.log_context import about, learned
from handlers.messages import Message

log = logging.getLogger(__name__)


@contextmanager
def taking(message: Message) -> Iterator[None]:
    """While a message is made durable. One that could not be is no acknowledgement."""
    begun = time.monotonic()
    with about(**_ids_of(message)), tracing.span("accept", message.key, channel=channel_of(message)):
        yield
        ACKNOWLEDGEMENT.labels(channel_of(message)).observe(time.monotonic() - begun)
        log.info("message taken")


@contextmanager
def serving(message: Message) -> Iterator[None]:
    """While a message is served: lines of the log are about it."""
    with about(**_ids_of(message)):
        yield


def served(message: Message, outcome: str, seconds: float) -> None:
    """A message was served to its end, so long after it became durable."""
    SERVED.labels(channel_of(message), outcome).inc()
    ANSWER.labels(channel_of(message)).observe(seconds)
    tracing.whole(message, outcome, seconds)
    learned(outcome=outcome, seconds=round(seconds, 3))
    log.info("message served")


def file_read(seconds: float) -> None:
    """The reader was at a file for so long."""
    READING.observe(seconds)
    tracing.past("read", seconds)


def _ids_of(message: Message) -> dict[str, str | int]:
    ids: dict[str, str | int] = {"key": message.key, "channel": channel_of(message)}
    return ids | ({"company": message.company} if message.company else {})
