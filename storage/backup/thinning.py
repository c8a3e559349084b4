"""Which backups are kept as they get older."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.backup.repository import Repository, begun_at

UNFINISHED_FOR = timedelta(days=1)
"""A backup that nothing was added to for so long was broken off."""


@dataclass(frozen=True)
class Keep:
    """The latest backup of each of so many days, weeks (ISO) and months that have one; the latest is always kept."""

    days: int = 7
    weeks: int = 5
    months: int = 12


def kept(backups: Collection[str], keep: Keep) -> set[str]:
    """Those of the backups that are kept. Pure."""
    latest_first = sorted(backups, reverse=True)
    found = set(latest_first[:1])
    for most, form in ((keep.days, "%Y-%m-%d"), (keep.weeks, "%G-%V"), (keep.months, "%Y-%m")):
        periods: dict[str, str] = {}
        for backup in latest_first:
            periods.setdefault(begun_at(backup).strftime(form), backup)
        found |= set(list(periods.values())[:most])
    return found


def thin(repository: Repository, keep: Keep, now: datetime) -> int:
    """Removes what is no longer kept, what was broken off, and the documents that no backup has any more; how many
    backups that were.

    Raises: BackupDamaged where a backup cannot be opened: then nothing was removed, since its documents are not known.
    """
    whole = repository.whole()
    staying = kept(whole, keep)
    manifests = [repository.manifest(backup) for backup in sorted(staying)]
    documents = {name for manifest in manifests for name in repository.documents_of(manifest)}
    unfinished = repository.broken_off()
    old = [backup for backup, latest in unfinished.items() if latest < now - UNFINISHED_FOR]
    for backup in [*(each for each in whole if each not in staying), *old]:
        repository.forget(backup)
    if len(old) == len(unfinished) and repository.whole() == sorted(staying):  # nobody makes one just now
        for name in repository.documents().keys() - documents:
            repository.forget_document(name)
    return len(whole) - len(staying)
