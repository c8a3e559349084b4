"""What files are answered with: as pages of one document or as several, for their sender or for whom they are."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from bot.processing.documents.albums import ChosenAlbum, album_read
from bot.processing.documents.words_beside import AnsweredDocuments, answer_documents
from bot.processing.originals.changed import replaced_files
from handlers.context import Context
from handlers.documents import albums
from handlers.documents.received import Received
from handlers.mailbox import arrived
from handlers.messages import Message


def answer_received(
    session: Session, context: Context, received: tuple[Received, ...], message: Message, album: ChosenAlbum | None
) -> AnsweredDocuments:
    """The answer to files that were read: of the message, or of the `album` of which it says what it is."""
    if album:
        return album_read(session, context, received, album)
    if arrived.is_arrived(message):
        told = answer_documents(session, context, received, replace(message, text=""))
        return replace(told, replies=arrived.introduced(message, told.replies))
    if message.addressed and albums.is_unclear(received):
        return AnsweredDocuments(albums.ask(session, context, message))
    told = answer_documents(session, context, received, message)
    if message.edited:
        return replace(told, replies=(*told.replies, *replaced_files(session, message)))
    return told
