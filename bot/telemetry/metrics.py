"""The figures of this process, by the conventions of Prometheus: https://prometheus.io/docs/practices/naming/.

Labels hold what there is few of (channels, outcomes, lines): never a name, an address or an amount. What is true of the
installation rather than of a process is asked when somebody looks (`bot/background/figures.py`).
"""

from __future__ import annotations

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, PlatformCollector, ProcessCollector
from sqlalchemy import Engine, ExceptionContext, event

from handlers.messages import Message
from storage.db.database import is_away

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)

SERVED = Counter(
    "billify_messages_served",
    "Messages served to their end. outcome: answered, passed_over (not for us), failed (apologised for), put_off.",
    ["channel", "outcome"],
    registry=REGISTRY,
)
ACKNOWLEDGEMENT = Histogram(
    "billify_message_acknowledgement_seconds",
    "From a message's being whole here until it is durable, and its platform is told so.",
    ["channel"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
    registry=REGISTRY,
)
ANSWER = Histogram(
    "billify_message_answer_seconds",
    "From a message's being durable until its answer was sent, waiting for its turn included.",
    ["channel"],
    buckets=(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900, 3600),
    registry=REGISTRY,
)
READING = Histogram(
    "billify_reading_seconds",
    "Reading one file, by the clock, whatever came of it.",
    buckets=(0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120),
    registry=REGISTRY,
)
DELIVERIES = Counter(
    "billify_deliveries",
    "Replies handed to a platform. outcome: sent, put_off (tried again later), refused (for good).",
    ["channel", "outcome"],
    registry=REGISTRY,
)
MAILBOX_HEARD = Gauge(
    "billify_mailbox_last_heard_timestamp_seconds",
    "When the followed mailbox last said something, as seconds since 1970.",
    ["server"],
    registry=REGISTRY,
)
TICKS = Counter(
    "billify_clock_ticks", "Turns of what is done regularly. outcome: done, failed.", ["work", "outcome"],
    registry=REGISTRY,
)  # fmt: skip
LAST_TICK = Gauge(
    "billify_clock_last_tick_timestamp_seconds",
    "When it was last done, as seconds since 1970.",
    ["work"],
    registry=REGISTRY,
)
DATABASE_ERRORS = Counter(
    "billify_database_errors",
    "Errors of a database. database: ledger, work. kind: away (locked or full, too), refused.",
    ["database", "kind"],
    registry=REGISTRY,
)


def channel_of(message: Message) -> str:
    """The label of a message's channel; "clock" where nobody sent it."""
    return "clock" if message.notice else message.channel


def count_errors(engine: Engine, database: str) -> None:
    """From now on each error of the engine's database is counted under that name."""

    def count(context: ExceptionContext) -> None:
        kind = "away" if is_away(context.sqlalchemy_exception or context.original_exception) else "refused"
        DATABASE_ERRORS.labels(database, kind).inc()

    event.listen(engine, "handle_error", count)


def ticked(work: str, *, well: bool) -> None:
    """A turn of what is done regularly is over."""
    TICKS.labels(work, "done" if well else "failed").inc()
    if well:
        LAST_TICK.labels(work).set(time.time())
