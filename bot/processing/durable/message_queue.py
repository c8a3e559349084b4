"""The queue of messages: a sequence of ours is their order, and a lease says who has which in hand.

Of each conversation the first alone can be claimed, so that nothing overtakes it. A lease is by the database's clock,
which all processes share; where it ran out, its holder counts as dead, and the message goes to the next who asks.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from storage.db.engine import ledger_engine, snapshot_options, use_write_ahead_log

Lane = Literal["talk", "documents"]
"""What brings files waits for the reader; what does not waits for nobody who does."""

LANES: tuple[Lane, ...] = get_args(Lane)

LEASE_SECONDS = 10.0
"""Five renewals: long enough for a machine that swaps, short enough that nobody gives up waiting for an answer."""

HANDED_OVER = 0.0
"""The end of a lease that its holder gave up."""

SCHEMA, CHANNEL = "billify_work", "billify_work"
"""On PostgreSQL: the schema, and what `NOTIFY` tells of new work on."""

_METADATA = sa.MetaData()
QUEUE = sa.Table(
    "message_queue",
    _METADATA,
    sa.Column("place", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("conversation", sa.Text, nullable=False),
    sa.Column("lane", sa.Text, nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("worker", sa.Text),
    sa.Column("leased_until", sa.Float),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("put_at", sa.Float),  # None of what an earlier version put there
    sa.Index("ix_message_queue_conversation", "conversation", "place"),
    sqlite_autoincrement=True,  # a place is never given twice, also not after the last row went
)


@dataclass(frozen=True)
class Line:
    """How many messages are in a lane, and for how many seconds the oldest of them."""

    length: int
    oldest: float


@dataclass(frozen=True)
class Item:
    """A message in hand: `message` as it lies at rest, `begun` whether somebody had it before, `tries` how often it was
    claimed and not let go, this time included, `waited` for how many seconds it was in the queue."""

    place: int
    key: str
    lane: Lane
    message: str
    begun: bool
    tries: int
    waited: float = 0.0


@dataclass(frozen=True)
class Arrival:
    """A message to be put into the queue; `message` as it lies at rest."""

    key: str
    conversation: str
    lane: Lane
    message: str


class MessageQueue:
    """The queue in the database of durable work. May be used from many threads and processes."""

    def __init__(self, url: str, process: str) -> None:
        """`process` is the name under which this process has messages in hand, used by no other, before or after."""
        self.process = process
        self.engine = ledger_engine(url)
        self._looks = self.engine.execution_options(**snapshot_options(self.engine))
        self._postgresql = self.engine.dialect.name == "postgresql"
        if self._postgresql:
            self.engine = self.engine.execution_options(schema_translate_map={None: SCHEMA})
            self._looks = self._looks.execution_options(schema_translate_map={None: SCHEMA})
        clock = (
            "extract(epoch from clock_timestamp())" if self._postgresql else "(julianday('now') - 2440587.5) * 86400.0"
        )
        self._now: sa.ColumnElement[float] = sa.literal_column(clock, sa.Float)
        insert = (postgresql if self._postgresql else sqlite).insert(QUEUE)
        given: dict[str, Any] = {field.name: sa.bindparam(field.name) for field in fields(Arrival)}
        self._insert = insert.values(**given, put_at=self._now).on_conflict_do_nothing(index_elements=["key"])

    def prepare(self) -> None:
        """Makes the table where there is none. Safe in several processes at once."""
        if not self._postgresql:
            use_write_ahead_log(self.engine)
        with self.engine.begin() as connection:
            if self._postgresql:
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": SCHEMA})
                connection.execute(sa.schema.CreateSchema(SCHEMA, if_not_exists=True))
            _METADATA.create_all(connection)
            schema = SCHEMA if self._postgresql else None
            if "put_at" not in {column["name"] for column in sa.inspect(connection).get_columns(QUEUE.name, schema)}:
                table = f"{SCHEMA}.{QUEUE.name}" if self._postgresql else QUEUE.name
                connection.execute(sa.text(f"ALTER TABLE {table} ADD COLUMN put_at FLOAT"))

    def put(self, key: str, conversation: str, lane: Lane, message: str, begun_by: str | None = None) -> None:
        """Adds a message at the end. One that is in the queue already stays where it is. `begun_by` is who had it in
        hand before there was this queue, and has it for the time of a lease."""
        row = Arrival(key, conversation, lane, message)
        if begun_by is None:
            return self.put_all([row])
        with self.engine.begin() as connection:
            leased = self._insert.values(worker=begun_by, leased_until=self._now + LEASE_SECONDS)
            connection.execute(leased, [asdict(row)])
            self._notify(connection)
        return None

    def put_all(self, arrivals: Sequence[Arrival]) -> None:
        """Adds messages at the end, in their order, all or none. Those that are in the queue already stay where they
        are."""
        with self.engine.begin() as connection:
            connection.execute(self._insert, [asdict(one) for one in arrivals])
            self._notify(connection)

    def claim(self, lane: Lane, most: int, *, adopting: bool) -> list[Item]:
        """Takes at most so many of a lane in hand, the oldest first. `adopting` takes also what others had in hand
        whose lease ran out."""
        with self._looks.begin() as connection:  # which holds up nobody
            if not connection.execute(self._claimable(lane, adopting).limit(1)).first():
                return []
        with self.engine.begin() as connection:
            free = self._claimable(lane, adopting).limit(most)
            found = connection.execute(free.with_for_update(skip_locked=True, of=QUEUE)).all()
            if not found:
                return []
            connection.execute(
                QUEUE.update()
                .where(QUEUE.c.place.in_([row.place for row in found]))
                .values(worker=self.process, leased_until=self._now + LEASE_SECONDS, tries=QUEUE.c.tries + 1)
            )
        return [
            Item(
                row.place,
                row.key,
                lane,
                row.message,
                row.worker is not None,
                row.tries + 1,
                max(row.waited or 0.0, 0.0),
            )
            for row in found
        ]

    def renew(self, places: Collection[int]) -> set[int]:
        """Renews the leases of what this process has in hand; those that it still has."""
        with self.engine.begin() as connection:
            mine = QUEUE.update().where(QUEUE.c.place.in_(places), QUEUE.c.worker == self.process)
            renewed = mine.values(leased_until=self._now + LEASE_SECONDS).returning(QUEUE.c.place)
            return set(connection.execute(renewed).scalars())

    def finish(self, place: int) -> None:
        """It is done, if we still had it in hand."""
        with self.engine.begin() as connection:
            connection.execute(QUEUE.delete().where(QUEUE.c.place == place, QUEUE.c.worker == self.process))

    def let_go(self) -> None:
        """Hands over all that this process has in hand, at once and to whoever asks; it does not count as a try."""
        with self.engine.begin() as connection:
            mine = QUEUE.update().where(QUEUE.c.worker == self.process)
            if connection.execute(mine.values(leased_until=HANDED_OVER, tries=QUEUE.c.tries - 1)).rowcount:
                self._notify(connection)

    def let_go_of(self, process: str) -> None:
        """What earlier lives of a process of that name had in hand, who knows that they ended."""
        with self.engine.begin() as connection:
            theirs = QUEUE.c.worker.startswith(f"{process}/", autoescape=True) & (QUEUE.c.worker != self.process)
            connection.execute(QUEUE.update().where(theirs).values(leased_until=HANDED_OVER))
            self._notify(connection)

    def is_waiting(self, key: str) -> bool:
        """Whether a message is in the queue, in hand or not."""
        with self._looks.begin() as connection:
            return connection.execute(sa.select(QUEUE.c.place).where(QUEUE.c.key == key)).first() is not None

    def lines(self) -> dict[Lane, Line]:
        """How long each lane is, those that are in hand included."""
        length, age = sa.func.count().label("length"), sa.func.max(self._now - QUEUE.c.put_at).label("age")
        with self._looks.begin() as connection:
            found = connection.execute(sa.select(QUEUE.c.lane, length, age).group_by(QUEUE.c.lane)).all()
        known = {row.lane: Line(row.length, max(row.age or 0.0, 0.0)) for row in found}
        return {lane: known.get(lane, Line(0, 0.0)) for lane in LANES}

    def seconds_ahead(self) -> float:
        """By how much the clock of this machine is ahead of the database's; below 0 where it is behind."""
        with self._looks.begin() as connection:
            before = time.time()
            theirs: float = connection.execute(sa.select(self._now)).scalar_one()
            return (before + time.time()) / 2 - float(theirs)

    def close(self) -> None:
        """Closes all connections. Harmless to repeat."""
        self.engine.dispose()

    def _claimable(self, lane: Lane, adopting: bool) -> sa.Select[Any]:
        earlier = QUEUE.alias()
        first = ~sa.exists().where(earlier.c.conversation == QUEUE.c.conversation, earlier.c.place < QUEUE.c.place)
        free = QUEUE.c.worker.is_(None) | (QUEUE.c.leased_until == HANDED_OVER)
        if adopting:  # also a lease that ends later than any does: the clock went back since
            ran_out = (QUEUE.c.leased_until < self._now) | (QUEUE.c.leased_until > self._now + 2 * LEASE_SECONDS)
            free |= ran_out & (QUEUE.c.worker != self.process)  # what this process has in hand goes on
        waited = (self._now - QUEUE.c.put_at).label("waited")
        columns = (QUEUE.c.place, QUEUE.c.key, QUEUE.c.message, QUEUE.c.worker, QUEUE.c.tries, waited)
        return sa.select(*columns).where(QUEUE.c.lane == lane, free, first).order_by(QUEUE.c.place)

    def _notify(self, connection: sa.Connection) -> None:
        if self._postgresql:
            connection.execute(sa.text("SELECT pg_notify(:channel, '')"), {"channel": CHANNEL})
