"""Does the long imports of statements, a few movements at a time, so that everybody else is served meanwhile."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session

from bot.processing.companies import Companies
from extraction.errors import ReaderDied
from extraction.evidence import Reading
from extraction.process.reader import read_with_retry
from handlers.banking import long_import
from handlers.errors import BillifyError
from handlers.messages import Message
from storage.bank import long_imports
from storage.db.database import Database
from storage.db.tenancy import acting_for
from storage.errors import StoreAway
from storage.models import StatementImport

log = logging.getLogger(__name__)

LOOK_SECONDS = 3.0
PROGRESS_SECONDS = 5.0
"""Between two words on how far it is: platforms do not like to be told more often."""

_PAUSE = 0.02
"""Seconds after each batch, in which others may write."""


class ReadsStatements(Protocol):
    """The reader, as far as it is needed here."""

    async def read(self, data: bytes, name: str = "") -> Reading:
        """What the file says. Raises: ReaderDied."""
        ...


class Files(Protocol):
    """The document store, as far as it is needed here."""

    async def get(self, sha256: str) -> bytes:
        """The bytes. Raises: FileNotFoundError."""
        ...


class Importer:
    """Does one import after the other. Any number of workers may have one: each import is done by one of them."""

    def __init__(
        self,
        database: Database,
        files: Files,
        reader: ReadsStatements,
        accept: Callable[[Message], Awaitable[None]],
        status: Callable[[Message, str], Awaitable[None]],
        companies: Companies,
    ) -> None:
        """`accept` takes the message that tells of an import's end, `status` shows how far it is."""
        self._database = database
        self._files = files
        self._reader = reader
        self._accept = accept
        self._status = status
        self._companies = companies

    async def keep_importing(self) -> None:
        """Until cancelled."""
        while True:
            try:
                for company in await self._companies.where(self._waiting):
                    with acting_for(company):
                        while await self._database.read(long_imports.is_waiting, datetime.now(UTC)):
                            await self.import_next()
            except Exception:  # of any kind: the database is away, say; its lease runs out, and it is gone on with
                log.exception("A statement could not be imported further")
            await asyncio.sleep(LOOK_SECONDS)

    def _waiting(self, session: Session) -> list[int]:
        return long_imports.companies_that_wait(session, datetime.now(UTC))

    async def import_next(self) -> bool:
        """Does the oldest import that waits to its end; whether there was one."""
        item = await self._database.run(long_imports.claim, datetime.now(UTC))
        if item is None:
            return False
        try:
            failed = not await self._import(item)
        except (asyncio.CancelledError, DBAPIError, StoreAway):
            await asyncio.shield(self._database.run(long_imports.let_go, item.id))
            raise
        now = datetime.now(UTC)
        await self._database.run(long_imports.finish, item.id, now, failed=failed)
        await self._accept(long_import.notice(item, now))
        return True

    async def _import(self, item: StatementImport) -> bool:
        """Whether the file could be read."""
        try:
            data = await self._files.get(item.sha256)
            reading = await read_with_retry(self._reader.read, data, "a statement")
            pieces = await self._database.read(long_import.pieces, item, reading)
        except StoreAway:  # it is gone on with when the store is back
            raise
        except (ReaderDied, OSError, LookupError, BillifyError) as error:
            log.warning("The import %s cannot be gone on with: %s", item.id, error)
            return False
        while not await self._all_added(item, pieces):
            log.info("The import %s begins anew: another one added the same movements", item.id)
        return True

    async def _all_added(self, item: StatementImport, pieces: tuple[long_import.Piece, ...]) -> bool:
        """Adds what is missing. False where another import added some of it meanwhile."""
        begun, message = time.monotonic(), long_import.notice(item, datetime.now(UTC))
        before = 0
        for piece in pieces:
            missing = await self._database.read(long_import.missing, piece)
            before += len(piece.draft.movements)
            left = len(missing)
            for batch in long_import.batches(missing):
                left -= len(batch)
                try:
                    item = await self._database.run(
                        long_import.import_batch, item.id, piece, batch, done=before - left, now=datetime.now(UTC)
                    )
                except IntegrityError:
                    return False
                if time.monotonic() - begun > PROGRESS_SECONDS:
                    begun = time.monotonic()
                    await self._status(message, long_import.told_in_its_language(item))
                await asyncio.sleep(_PAUSE)
        return True
