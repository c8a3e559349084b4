"""`billify backup`, `verify` and `restore`."""

from __future__ import annotations

import asyncio
from itertools import islice

from filelock import FileLock, Timeout
from rich.console import Console

from bot.application import backups
from bot.application.app import open_app
from bot.application.home import being_restored
from bot.application.secret_files import backup_key_file, backup_keys, secrets_of
from bot.console import audit
from bot.processing.durable import stored_work
from bot.processing.durable.presence import Presence
from config.settings import Settings
from handlers.errors import BillifyError
from storage.backup import ledger
from storage.backup.checking import differences, faults
from storage.backup.manifest import Manifest
from storage.backup.repository import Repository, begun_at
from storage.backup.restoring import bring_back
from storage.db.engine import ledger_engine
from storage.documents.document_store import DocumentStore
from storage.errors import NoBackup
from storage.sealing.key_ring import read_keys

console = Console(highlight=False, soft_wrap=True)

MOST_LINES = 50


async def back_up(settings: Settings, place: str, *, anew: bool) -> None:
    """Makes a backup and prints what it holds. Raises: BillifyError where documents could not be copied."""
    first = not settings.backup_key.get_secret_value() and not backup_key_file(settings.home).exists()
    async with open_app(settings, "backup") as app:
        made = await backups.back_up(settings, app.database, app.documents, place, anew=anew)
        console.print(f"{made.id} is whole: {_counts(made)}.")
        await backups.thin_out(settings, app.database, place)
    if first:
        console.print(
            f"Nobody opens it without the key that lies in {backup_key_file(settings.home)}. Print it with `billify "
            "backup --key`, and keep it where neither this machine nor the backups are."
        )
    if made.left_out:
        lines = [f"{one.sha256}: {one.reason}" for one in made.left_out[:MOST_LINES]]
        raise BillifyError("\n".join(["These documents could not be copied:", *lines]))


def print_list(settings: Settings, place: str) -> None:
    """Prints the whole backups, the oldest first."""
    kept = backups.repository(settings, place)
    for name in kept.whole():
        print(f"{name}  {_counts(kept.manifest(name))}")


def print_key(settings: Settings) -> None:
    """Prints the key, which is made where there is none. Raises: BillifyError where it is in the settings."""
    if settings.backup_key.get_secret_value():
        raise BillifyError("The key is the one that you set by BILLIFY_BACKUP_KEY.")
    backup_keys(settings, make=True)
    print(",".join(key.hex() for key in read_keys(backup_key_file(settings.home))))


async def verify(settings: Settings, name: str | None, place: str, *, here: bool) -> None:
    """Raises: BillifyError naming what is not as it should be."""
    kept, manifest = await asyncio.to_thread(_opened, settings, name, place)
    found = await asyncio.to_thread(lambda: list(islice(faults(kept, manifest), MOST_LINES)))
    if found:
        raise BillifyError("\n".join([f"The backup {manifest.id} is damaged:", *found]))
    console.print(f"{manifest.id} is as it was made: {_counts(manifest)}.")
    if not here:
        return
    async with open_app(settings, "verify") as app:
        parts = backups.parts(settings)
        found = await asyncio.to_thread(
            lambda: list(islice(differences(kept, manifest, parts, app.documents), MOST_LINES))
        )
    if found:
        raise BillifyError("\n".join(["This installation is not as that backup says:", *found]))
    console.print("This installation is exactly as that backup says.")


async def restore(settings: Settings, name: str | None, place: str, *, replace: bool) -> None:
    """Brings a backup back, and checks the audit. Raises: BillifyError; NotRestored; BackupDamaged."""
    kept, manifest = await asyncio.to_thread(_opened, settings, name, place)
    ledger.expect_known(manifest.part(ledger.NAME).version)
    await asyncio.to_thread(_expect_free, settings, replace)
    added = await asyncio.to_thread(_restored, settings, kept, manifest)
    console.print(
        f"{manifest.id} is restored to the row and to the file: {_counts(manifest)} ({added} of them new here)."
    )
    await audit.verify(settings)


def _restored(settings: Settings, kept: Repository, manifest: Manifest) -> int:
    with being_restored(settings.home):
        for aside in backups.unpack(settings, kept.get(manifest.id, manifest.home)):
            console.print(f"What was there before is in {aside} now.")
        documents = DocumentStore(backups.documents_place(settings), secrets_of(settings)[1])
        targets = [ledger.ledger_target(settings.ledger_url), stored_work.work_target(settings.work_url)]
        return bring_back(kept, manifest, targets, documents)


def _opened(settings: Settings, name: str | None, place: str) -> tuple[Repository, Manifest]:
    kept = backups.repository(settings, place)
    if not (found := name or next(reversed(kept.whole()), None)):
        raise NoBackup("There is no whole backup there.")
    return kept, kept.manifest(found)


def _expect_free(settings: Settings, replace: bool) -> None:
    """Raises: BillifyError where Billify runs, or where somebody's books are that are not to be replaced."""
    engine = ledger_engine(settings.work_url)
    try:
        running = Presence(settings.work_url, engine, "restore").names()
    finally:
        engine.dispose()
    running += [
        file.stem
        for role in ("all", "web", "worker", "clock")
        for file in settings.home.glob(f"{role}*.lock")
        if _is_held(file)
    ]
    if running:
        raise BillifyError(f"Billify runs here ({', '.join(sorted(set(running)))}). Stop it first, then restore.")
    if not replace and (ledger.is_used(settings.ledger_url) or stored_work.is_used(settings.work_url)):
        raise BillifyError(
            "There are books here already. To lose them and have those of the backup instead, run it with --replace; "
            "to keep them, set BILLIFY_HOME and BILLIFY_DATABASE_URL to an empty place."
        )


def _is_held(file: object) -> bool:
    try:
        with FileLock(str(file), blocking=False):
            return False
    except Timeout:
        return True


def _counts(manifest: Manifest) -> str:
    megabytes = manifest.bytes / 1_000_000
    return (
        f"{manifest.rows:,} rows and {manifest.files:,} documents ({megabytes:,.1f} MB) of "
        f"{begun_at(manifest.id):%Y-%m-%d %H:%M} UTC"
    )
