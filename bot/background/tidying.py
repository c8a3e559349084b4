"""The night's work: what is past its time is forgotten. A night that no clock saw is made up for at the next start."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence, Set
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from bot.processing.companies import Companies
from bot.processing.jobs import Jobs
from storage.backup import runs
from storage.db.database import Database
from storage.db.tenancy import acting_for
from storage.documents import document_register
from storage.documents.document_store import DocumentStore
from storage.events import deliveries
from storage.mail import mail_log, quarantine, sent_mails
from storage.messages import channel_faults, housekeeping, outbox
from storage.privacy import erasure, retention

log = logging.getLogger(__name__)

AT_HOUR = 3
"""UTC."""

NIGHT = "night"

FORGET_AFTER = timedelta(days=30)

DISCARD_UNKNOWN_FILES_AFTER = timedelta(days=7)
"""By then every message that brought a file was served: what the ledger does not know, somebody unknown sent."""

AT_ONCE = 500
"""Names in one query; of more, the company is rather asked for all it has."""


async def tidy_if_due(database: Database, tidy: Callable[[], Awaitable[object]], now: datetime) -> bool:
    """Tidies where nobody did since the last night; whether that was so. Any number of clocks may ask."""
    night = last_night(now)
    if not await database.read(housekeeping.is_due, NIGHT, night, now):
        return False
    if not await database.run(housekeeping.begin, NIGHT, night, now):
        return False  # another clock was quicker
    await tidy()
    await database.run(housekeeping.finish, NIGHT, now)
    return True


def last_night(now: datetime) -> datetime:
    """When it was to be tidied last."""
    tonight = now.astimezone(UTC).replace(hour=AT_HOUR, minute=0, second=0, microsecond=0)
    return tonight if tonight <= now else tonight - timedelta(days=1)


def _forget_mail(session: Session, now: datetime) -> list[str]:
    """The log of mails and what waits in quarantine are kept for 90 days; the raw mails that are no longer needed."""
    gone = quarantine.expire(session, now)
    mail_log.forget(session, now - mail_log.KEPT_FOR)
    sent_mails.forget(session, now - mail_log.KEPT_FOR)
    outbox.forget(session, now - outbox.KEPT_FOR)
    deliveries.forget(session, now - deliveries.KEPT_FOR)
    channel_faults.forget(session, now - FORGET_AFTER)
    runs.forget(session, now - FORGET_AFTER)
    return gone


async def clean_up(
    database: Database,
    documents: DocumentStore,
    jobs: Jobs,
    companies: Companies,
    now: datetime,
    periods: retention.Periods | None = None,
) -> None:
    """Forgets work finished a month ago, or before somebody was erased (the ledger keeps every message's key), the
    files that strangers sent, and what is past its `periods` (None for the usual)."""
    known, before, gone = await companies.each(), now - FORGET_AFTER, set[str]()
    for company in known:
        with acting_for(company):
            if erased := await database.read(erasure.latest):
                before = max(before, erased)
            past = await database.run(retention.sweep, periods or retention.Periods(), now)
            gone |= {*past, *await database.run(_forget_mail, now)}
    log.info("%d finished jobs forgotten", await jobs.forget(before))
    stored = await documents.stored_before(now - DISCARD_UNKNOWN_FILES_AFTER)
    strays = await _strays(database, known, gone.union(stored))
    for stray in await _strays(database, known, strays):  # once more: the first look takes long, and files come again
        log.info("discarding %s, which belongs to nothing", stray)
        await documents.discard(stray)


async def _strays(database: Database, companies: Sequence[int], files: Set[str]) -> Set[str]:
    """Those of the files that no company's books speak of. Each company is asked once, however many files there are."""
    for company in companies:
        if not files:
            break
        with acting_for(company):
            if len(files) <= AT_ONCE:
                files = await database.read(document_register.unreferenced_files, files)
            else:
                files = files - await database.read(document_register.files_spoken_of)
    return files
