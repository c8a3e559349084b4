"""Mail that somebody decided to take out of quarantine is taken in, answered where they decided it."""

from __future__ import annotations

import logging

from bot.channels.channel import Accept, Files
from bot.channels.mail.inbound import MailReader
from bot.channels.mail.intake.on_behalf import as_person, for_person
from handlers.errors import BillifyError
from storage.db.database import Database
from storage.errors import DocumentDamaged
from storage.mail import quarantine
from storage.mail.quarantine import HeldMail
from storage.messages.reminders import Place

log = logging.getLogger(__name__)


async def take_released(database: Database, files: Files, reader: MailReader, accept: Accept) -> int:
    """Takes in each mail that was released; returns how many. Harmless to repeat, also by several processes."""
    found = await database.read(quarantine.released)
    for mail in found:
        await _take(database, files, reader, accept, mail)
    return len(found)


async def _take(database: Database, files: Files, reader: MailReader, accept: Accept, mail: HeldMail) -> None:
    held = mail.held
    assert held.sha256 and held.channel and held.address and held.conversation, "it was released to a place"
    place = Place(held.channel, held.address, held.conversation)
    try:
        message = await reader.message(await files.get(held.sha256), mail.record.key)
    except (BillifyError, DocumentDamaged, FileNotFoundError) as error:
        log.warning("Released mail %s cannot be read: %s", mail.record.key, error)
        await database.run(quarantine.note_unreadable, held.id, reason=str(error))
        return
    await accept(as_person(message, place) if held.as_person else for_person(message, place))
    await database.run(quarantine.note_taken_in, held.id, message.key)
