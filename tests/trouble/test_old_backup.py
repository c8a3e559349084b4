"""A backup that fails or is old reaches the owner's chat in plain words, and that it is mended too."""

from __future__ import annotations

from datetime import timedelta

from bot.background.backups import watch
from bot.background.channel_health import LedgerHealth
from bot.background.clock import accept_due_notices
from handlers.mailbox.channel_faults import BACKUP
from handlers.messages import Message
from storage.backup import runs
from tests.fakes.books.desk import NOW
from tests.fakes.platforms.two_chats import TwoChats, web_looks

DAY = timedelta(days=1)


async def test_the_owner_hears_that_no_backup_is_made_and_that_they_are_again(ledger_chats: TwoChats) -> None:
    chats, now = ledger_chats, NOW
    database = chats.desk.database
    health = LedgerHealth(database, BACKUP, "clock.1", lambda: now)

    async def minutes(number: int) -> None:
        nonlocal now
        for _ in range(number):
            now += timedelta(minutes=1)
            await watch(database, health, DAY, now)
            accepted: list[Message] = []

            async def accept(message: Message, accepted: list[Message] = accepted) -> None:
                accepted.append(message)

            await accept_due_notices(database, accept, chats.desk.conversation._office.zone, now)
            for message in accepted:
                await chats.serve(message)

    await minutes(3)
    assert web_looks(chats) == []
    with database.transaction() as session:
        runs.fail(session, runs.begin(session, now), "s3://backups cannot be reached", now)
    await minutes(5)
    (told,) = web_looks(chats)
    assert "There is no good backup of the books since" in told and "s3://backups cannot be reached" in told
    with database.transaction() as session:
        again = runs.latest(session)
        assert again is not None
        again.fault, again.name = None, "20250321-100000-000000-ab12"
    await minutes(5)
    assert len(web_looks(chats)) == 2 and "Backups of the books are made again" in web_looks(chats)[-1]
    now += 3 * DAY
    await minutes(5)
    assert len(web_looks(chats)) == 3 and "the last one is of 2025-03-21" in web_looks(chats)[-1]
