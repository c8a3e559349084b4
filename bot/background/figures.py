"""What is true of the installation, asked whenever somebody looks: lines, disk, channels, certificates, the backup."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.channels.tls import valid_until
from bot.processing.jobs import Jobs
from bot.telemetry.metrics import REGISTRY
from extraction.process.reader import Reader
from storage.db.database import Database
from storage.db.tenancy import acting_for
from storage.messages import channel_faults

log = logging.getLogger(__name__)

LastBackup = Callable[[], datetime | None]
"""When the installation was backed up last; None for never."""

Families = Iterator[GaugeMetricFamily | CounterMetricFamily]


@dataclass(frozen=True, eq=False)
class Figures(Collector):
    """Answers with what can be had: a database that is away leaves out what it knows. `certificates` are PEM files by
    what they are for; without `last_backup` nothing is said of backups."""

    database: Database
    jobs: Jobs
    reader: Reader
    home: Path
    version: str
    certificates: Mapping[str, Path]
    last_backup: LastBackup | None = None

    def collect(self) -> Families:
        """See `prometheus_client`."""
        yield _gauge("billify_info", "The version that runs.", [({"version": self.version}, 1.0)])
        restarts = CounterMetricFamily("billify_reader_restarts", "Times that the process that reads was replaced.")
        restarts.add_metric([], self.reader.restarts)
        yield restarts
        for part in (self._lines, self._channels, self._disk, self._certificates, self._backup):
            try:
                yield from list(part())
            except Exception as error:  # of any kind: the rest is told
                log.warning("a figure cannot be told now: %s", type(error).__name__)

    def _lines(self) -> Families:
        lines = self.jobs.lines()
        lengths = [({"line": str(name)}, float(line.length)) for name, line in lines.items()]
        ages = [({"line": str(name)}, line.oldest) for name, line in lines.items()]
        yield _gauge("billify_queue_messages", "Messages that wait or are served now.", lengths)
        yield _gauge("billify_queue_oldest_age_seconds", "For how long the oldest of them has been there.", ages)

    def _channels(self) -> Families:
        with acting_for(None), self.database.reading() as session:
            faults = {one.channel for one in channel_faults.standing(session, datetime.now(UTC))}
        text = "Ways in or out, and parts of the machine, that do not work now, as some process told."
        yield _gauge("billify_failing", text, [({"part": name}, 1.0) for name in sorted(faults)])

    def _disk(self) -> Families:
        disk = shutil.disk_usage(self.home)
        yield _gauge("billify_disk_free_bytes", "Room that is left in the home folder.", [({}, float(disk.free))])
        yield _gauge("billify_disk_size_bytes", "All room of that disk.", [({}, float(disk.total))])

    def _certificates(self) -> Families:
        ends = [({"use": use}, valid_until(file).timestamp()) for use, file in self.certificates.items()]
        yield _gauge(
            "billify_certificate_expiry_timestamp_seconds", "When a certificate ends, as seconds since 1970.", ends
        )

    def _backup(self) -> Families:
        if self.last_backup and (made := self.last_backup()):
            age = (datetime.now(UTC) - made).total_seconds()
            yield _gauge("billify_backup_age_seconds", "How old the latest backup is.", [({}, age)])


@contextmanager
def shown(figures: Figures) -> Iterator[None]:
    """For as long as the process runs."""
    REGISTRY.register(figures)
    try:
        yield
    finally:
        REGISTRY.unregister(figures)


def _gauge(name: str, text: str, samples: Iterable[tuple[dict[str, str], float]]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, text)
    for labels, value in samples:
        family.add_sample(name, labels, value)
    return family
