"""How channels are, kept in the ledger's database: the owner hears of it elsewhere, and `doctor` says it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from storage.db.database import Database
from storage.messages import channel_faults

PASSING = timedelta(seconds=20)
"""What is over sooner is noted nowhere but in the log."""
SETTLED = timedelta(seconds=60)
"""It counts as working again only after so long without trouble: two who poll one bot both succeed now and then."""
NOTED_EVERY = timedelta(seconds=30)

log = logging.getLogger(__name__)


class LedgerHealth:
    """Implements `bot.channels.channel.Health` for one name in one process."""

    def __init__(self, database: Database, name: str, process: str, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._name = name
        self._process = process
        self._clock = clock
        self._since: datetime | None = None
        self._last = datetime.min.replace(tzinfo=UTC)
        self._noted: datetime | None = None
        self._left_behind = True
        """Whether there may be a fault of a former life of this process."""

    async def failing(self, reason: str, *, lasting: bool = False) -> None:
        """See `Health`."""
        now = self._clock()
        self._since, self._last = self._since or now, now
        fresh = self._noted is not None and now - self._noted < NOTED_EVERY
        if now - self._since < PASSING or fresh:
            return
        try:
            await self._database.run(
                channel_faults.note,
                self._name,
                self._process,
                reason=" ".join(reason.split()),
                lasting=lasting,
                since=self._since,
                now=now,
            )
            self._noted = now
        except Exception:  # the database is away as well: it is noted at the next try
            log.exception("that %s does not work could not be noted", self._name)

    async def well(self) -> None:
        """See `Health`."""
        if self._since is None and not self._left_behind:
            return
        now = self._clock()
        if now - self._last < SETTLED:
            return
        try:
            if self._noted or self._left_behind:
                await self._database.run(channel_faults.end, self._name, self._process, now)
        except Exception:
            log.exception("that %s works again could not be noted", self._name)
            return
        self._since, self._noted, self._left_behind = None, None, False


class Healths:
    """The health of each channel of a process, by name: the same one whoever asks."""

    def __init__(
        self, database: Database, process: str, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        """`clock` gives aware UTC."""
        self._database, self._process, self._clock = database, process, clock
        self._known: dict[str, LedgerHealth] = {}

    def __call__(self, name: str) -> LedgerHealth:
        """The health of the channel, or of one way of it, of that name."""
        if name not in self._known:
            self._known[name] = LedgerHealth(self._database, name, self._process, self._clock)
        return self._known[name]
