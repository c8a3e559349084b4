"""A worker shows that it is alive and takes over from dead ones; at night, old work is forgotten (see
bot.background.clock).
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from bot.processing.jobs import Jobs
from storage.db.database import Database
from storage.documents import document_register
from storage.documents.document_store import DocumentStore
from storage.mail import mail_log, quarantine, sent_mails
from storage.messages import channel_faults, heartbeats, outbox

log = logging.getLogger(__name__)

HEARTBEAT_INTERVAL = timedelta(seconds=2)
DEAD_AFTER = timedelta(seconds=10)
"""Five beats: long enough for a machine that swaps, short enough that nobody gives up waiting for an answer."""

FORGET_AFTER = timedelta(days=30)

DISCARD_UNKNOWN_FILES_AFTER = timedelta(days=7)
"""By then every message that brought a file was served: what the ledger does not know, somebody unknown sent."""

AT_ONCE = 500
"""Names in one query; databases limit how many parameters it may have."""


async def first_heartbeat(database: Database, process: str) -> None:
    """The first heartbeat. It comes before any work, so that nobody dies unknown with work in hand."""
    await database.run(heartbeats.record_heartbeat, process, datetime.now(UTC))


async def keep_heartbeat(database: Database, jobs: Jobs, process: str) -> None:
    """Says every two seconds that this worker lives, and adopts the work of those that no longer say so."""
    try:
        while True:
            now = datetime.now(UTC)
            await database.run(heartbeats.record_heartbeat, process, now)
            if dead := await database.run(heartbeats.dead, now, DEAD_AFTER):
                log.info("taking over from %s", ", ".join(dead))
                await asyncio.to_thread(jobs.adopt, dead)
                await database.run(heartbeats.forget, dead)
            await asyncio.sleep(HEARTBEAT_INTERVAL.total_seconds())
    finally:  # at once seen as gone, so that others go on with what it leaves unfinished
        await database.run(heartbeats.record_heartbeat, process, datetime.now(UTC) - DEAD_AFTER)


def _forget_mail(session: Session, now: datetime) -> list[str]:
    """The log of mails and what waits in quarantine are kept for 90 days; the raw mails that are no longer needed."""
    gone = quarantine.expire(session, now)
    mail_log.forget(session, now - mail_log.KEPT_FOR)
    sent_mails.forget(session, now - mail_log.KEPT_FOR)
    outbox.forget(session, now - outbox.KEPT_FOR)
    channel_faults.forget(session, now - FORGET_AFTER)
    return gone


async def clean_up(database: Database, documents: DocumentStore, jobs: Jobs, now: datetime) -> None:
    """Forgets work finished a month ago (the ledger keeps every message's key) and the files that strangers sent."""
    log.info("%d finished jobs forgotten", await jobs.forget(now - FORGET_AFTER))
    for sha256 in await database.run(_forget_mail, now):
        if not await database.read(document_register.unreferenced_files, [sha256]):
            continue
        await documents.discard(sha256)
    stored = await documents.stored_before(now - DISCARD_UNKNOWN_FILES_AFTER)
    for at in range(0, len(stored), AT_ONCE):
        for stray in await database.read(document_register.unreferenced_files, stored[at : at + AT_ONCE]):
            log.info("discarding %s, which belongs to nothing", stray)
            await documents.discard(stray)
