"""What a backup of this installation is made of, and where it lies."""

from __future__ import annotations

import asyncio
import base64
import json
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from cryptography.exceptions import InvalidTag

from bot.application.secret_files import backup_keys, ring_file, secrets_of, signing_file
from bot.processing.durable.stored_work import work_part
from config.settings import Settings, settings_file
from storage.backup.databases import Part
from storage.backup.ledger import ledger_part
from storage.backup.making import make
from storage.backup.manifest import Manifest
from storage.backup.repository import Repository
from storage.backup.runs import begin, blame, fail, succeed
from storage.backup.thinning import Keep, thin
from storage.blobs.blobs import Blobs, open_blobs
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.errors import NoBackup, NotRestored
from storage.sealing.atomic_files import write_atomically
from storage.sealing.signing_keys import as_text

SECRET, RING, HEADS, SETTINGS, PROBE = "secret.key", "document.key", "audit.heads", "billify.toml", "probe"
"""What a backup keeps beside rows and documents: the keys, where the audit ended, the settings, and a sealed word that
tells whether a ring of keys is the right one."""
_WORD = b"billify"


def documents_place(settings: Settings) -> Blobs:
    """Where originals lie. Raises: BadStore."""
    return open_blobs(settings.documents_url or settings.home / "documents")


def heads_place(settings: Settings) -> Blobs:
    """Where it is noted how far each audit went: beside the documents, where those are not in the home folder."""
    return open_blobs(settings.documents_url or settings.home)


def repository(settings: Settings, place: str = "", *, make_key: bool = False) -> Repository:
    """Where backups lie: at `place`, else where the settings say. Raises: NoBackup; BadStore; BadKey."""
    if not (address := place or settings.backup_url):
        raise NoBackup(
            "Say where to: `billify backup --to /media/disk/billify`, or set BILLIFY_BACKUP_URL (a folder on another "
            "disk, or s3://bucket/folder), so that backups are also made by themselves."
        )
    return Repository(open_blobs(address), backup_keys(settings, make=make_key))


def parts(settings: Settings) -> list[Part]:
    """The databases, in the order in which they are read (see `storage.backup.making`)."""
    return [work_part(settings.work_url), ledger_part(settings.ledger_url)]


async def back_up(
    settings: Settings, database: Database, documents: DocumentStore, place: str = "", *, anew: bool = False
) -> Manifest:
    """Makes a backup, and notes what became of it. Raises: OSError; LedgerError; DBAPIError."""
    run = await database.run(begin, datetime.now(UTC))
    try:
        kept = await asyncio.to_thread(repository, settings, place, make_key=True)
        made = await asyncio.to_thread(
            make,
            kept,
            parts(settings),
            documents,
            lambda: pack(settings),
            now=datetime.now(UTC),
            program=version("billify"),
            anew=anew,
        )
    except Exception as error:
        await database.run(fail, run, str(error) or type(error).__name__, datetime.now(UTC))
        raise
    await database.run(succeed, run, made, datetime.now(UTC))
    return made


async def thin_out(settings: Settings, database: Database, place: str = "") -> None:
    """Removes the backups that are no longer kept; where that fails, it is noted of the latest one, which is whole.

    Raises: OSError; BackupDamaged.
    """
    keep = Keep(settings.backup_keep_days, settings.backup_keep_weeks, settings.backup_keep_months)
    try:
        await asyncio.to_thread(thin, repository(settings, place), keep, datetime.now(UTC))
    except Exception as error:
        await database.run(blame, f"older ones cannot be thinned out: {error}")
        raise


def pack(settings: Settings) -> bytes:
    """What is kept beside rows and documents, as JSON."""
    found = {SETTINGS: _text(settings_file().read_bytes())} if settings_file().is_file() else {}
    with suppress(FileNotFoundError):
        found[HEADS] = _text(heads_place(settings).read(HEADS))
    signing, ring = secrets_of(settings)
    given, file = settings.document_key.get_secret_value(), ring_file(settings.home)
    found[SECRET] = _text(as_text(signing.known()))
    found[RING] = _text(given.replace(",", "\n").encode() + b"\n" if given else file.read_bytes())
    found[PROBE] = _text(ring.seal(_WORD, PROBE))
    return json.dumps(found).encode()


def unpack(settings: Settings, packed: bytes) -> list[Path]:
    """Puts the keys and the audit's ends where they belong, what was there aside; the files that were put aside.

    The settings of then are only put beside those in force: they may name a database that others use by now.
    Raises: NotRestored where keys are configured that do not open what is brought back.
    """
    found = {name: base64.b64decode(text) for name, text in json.loads(packed).items()}
    aside = []
    for name, file, configured in (
        (SECRET, signing_file(settings.home), settings.secret_key.get_secret_value()),
        (RING, ring_file(settings.home), settings.document_key.get_secret_value()),
    ):
        if name in found and not configured:
            if file.is_file() and file.read_bytes() != found[name]:
                aside.append(file.rename(file.with_name(f"{file.name}.before-{datetime.now(UTC):%Y%m%d-%H%M%S}")))
            write_atomically(file, found[name])
    heads = heads_place(settings)
    if HEADS in found:
        heads.write(HEADS, found[HEADS])
    else:  # of other books, which end elsewhere
        heads.remove(HEADS)
    if SETTINGS in found:
        write_atomically(settings.home / f"{SETTINGS}.restored", found[SETTINGS])
    try:
        secrets_of(settings)[1].open(found[PROBE], PROBE)
    except InvalidTag:
        raise NotRestored(
            "BILLIFY_DOCUMENT_KEY is not the key that this backup's documents and messages are sealed with. Unset it, "
            "or set it to the key of then, and restore again."
        ) from None
    return aside


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
