"""Reads what came with a message, before any transaction is opened: reading takes seconds.

What was read is looked at again with what is remembered of its vendor.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from extraction.corrections.apply_hints import apply_hints
from extraction.corrections.vendor_hints import DocumentSnapshot, VendorHints, snapshot_of
from extraction.errors import ReaderDied
from extraction.evidence import Problem, ReadDocument, Reading
from extraction.fields.decision.side import from_our_side
from extraction.fields.parties.ourselves import Ourselves
from extraction.files.media_type import PDF, detect_media_type
from extraction.files.zip_archive import Unpacked
from extraction.mail.judgement import is_document
from extraction.mail.unpack import is_container
from extraction.process.reader import read_with_retry
from handlers.documents.forms_of_one import in_one
from handlers.documents.received import AttachedDocument, Received
from handlers.errors import ReaderUnavailable
from handlers.messages import Attachment
from handlers.wording import bill_texts

log = logging.getLogger(__name__)

T = TypeVar("T")


class DocumentReader(Protocol):
    """The reader, as far as use cases need it (see extraction.process.reader.Reader)."""

    async def read(self, data: bytes, name: str = "") -> Reading:
        """What the file says. Raises: ReaderDied."""
        ...

    async def unpack(self, data: bytes, name: str = "") -> Unpacked:
        """The files of an archive. Raises: ReaderDied."""
        ...

    async def join(self, pictures: tuple[bytes, ...]) -> bytes:
        """A PDF with each picture as a page; b"" where one is no picture. Raises: ReaderDied."""
        ...

    async def picture(self, data: bytes, document: ReadDocument) -> bytes:
        """A PNG of the document's first page with its values outlined. Raises: ReaderDied."""
        ...


class FileStore(Protocol):
    """The document store (see storage.documents.document_store.DocumentStore)."""

    async def put(self, data: bytes) -> str:
        """Keeps the bytes and returns their SHA-256."""
        ...

    async def get(self, sha256: str) -> bytes:
        """The bytes. Raises: FileNotFoundError."""
        ...

    def keep(self, data: bytes) -> str:
        """As `put`, within a transaction."""
        ...

    def fetch(self, sha256: str) -> bytes:
        """As `get`, within a transaction."""
        ...


@dataclass(frozen=True)
class Knowledge:
    """What the books know before a document comes: who we are, and, by what it looks like, of its vendor (see
    handlers.documents.vendor_memory)."""

    us: Ourselves
    remembers: Callable[[DocumentSnapshot], Awaitable[VendorHints]]


async def read_attachments(
    attachments: Sequence[Attachment], reader: DocumentReader, store: FileStore, knows: Knowledge
) -> tuple[Received, ...]:
    """Reads each attachment, one after the other; the files of an archive as if each had been sent by itself.

    What only came along with a text, or is the text, is left out where it does not read as a bill.

    One that cannot be had or read takes no other with it: it is told of among them.
    Raises: ReaderUnavailable when the reader died or ran out of time twice on the only one there is.
    """
    received: list[Received] = []
    alone = len(attachments) == 1
    for attachment in attachments:
        if attachment.fault:
            received.append(Received(attachment, Reading(problem=Problem("not_fetched", attachment.fault))))
            continue
        assert attachment.sha256 is not None, "fetching comes before reading"
        data = await store.get(attachment.sha256)
        if is_container(data, attachment.name):
            received += await _unpacked(attachment, data, reader, store, knows, alone)
        else:
            received.append(await _read(attachment, data, reader, store, knows, alone))
    return tuple(await asyncio.to_thread(in_one, _documents_only(received)))


async def read_anew(sha256: str, name: str, reader: DocumentReader, store: FileStore) -> Reading:
    """What a file says that came earlier. Raises: ReaderUnavailable."""
    return await _persistently(reader.read, await store.get(sha256), name)


def _documents_only(received: Sequence[Received]) -> list[Received]:
    kept = [file for file in received if is_document(file.attachment.role, file.reading)]
    # A text that repeats what its enclosed invoice says is no second one.
    enclosed = any(file.papers or file.reading.statements for file in kept if not _is_drawn_text(file))
    return [file for file in kept if not (enclosed and _is_drawn_text(file))]


def _is_drawn_text(file: Received) -> bool:
    return file.attachment.role == "body" or (file.attachment.role == "shown" and file.reading.media_type == PDF)


async def join_pictures(
    attachments: Sequence[Attachment], reader: DocumentReader, store: FileStore
) -> tuple[Attachment, ...]:
    """The pictures as one file, a page each; as they are where one of them cannot be opened.

    Raises: ReaderUnavailable.
    """
    pictures = tuple([await store.get(each.sha256 or "") for each in attachments])
    name = attachments[0].name
    try:
        joined = await reader.join(pictures)
    except ReaderDied:
        raise ReaderUnavailable(bill_texts.reader_gave_up(name)) from None
    if not joined:
        return tuple(attachments)
    return (Attachment(f"{name.rpartition('.')[0] or name}.pdf", "application/pdf", await store.put(joined)),)


async def _unpacked(
    attachment: Attachment, data: bytes, reader: DocumentReader, store: FileStore, knows: Knowledge, alone: bool
) -> list[Received]:
    """The files of an archive or a mail, each kept as an original of its own."""
    try:
        unpacked = await _persistently(reader.unpack, data, attachment.name)
    except ReaderUnavailable as error:
        if alone:
            raise
        return [_gave_up(attachment, error)]
    if unpacked.by_itself:
        return [await _read(attachment, data, reader, store, knows, alone)]
    if unpacked.problem:
        problem = Reading(problem=unpacked.problem, media_type=detect_media_type(data))
        return [Received(attachment, problem)]
    files = []
    for member in unpacked.members:
        original = Attachment(member.name, sha256=await store.put(member.data), role=member.role)
        if member.problem:
            files.append(Received(original, Reading(problem=member.problem)))
        else:
            only = alone and len(unpacked.members) == 1
            files.append(await _read(original, member.data, reader, store, knows, only))
    return _documents_only(files) or files


def _gave_up(attachment: Attachment, error: ReaderUnavailable) -> Received:
    return Received(attachment, Reading(problem=Problem("reader_gave_up", str(error))))


async def _read(
    attachment: Attachment, data: bytes, reader: DocumentReader, store: FileStore, knows: Knowledge, alone: bool
) -> Received:
    try:
        reading = await _persistently(reader.read, data, attachment.name)
    except ReaderUnavailable as error:
        if attachment.role == "sent" and alone:
            raise
        if attachment.role == "sent":
            return _gave_up(attachment, error)
        return Received(attachment, Reading())  # a decoration that cannot be read is missed by nobody
    if not is_document(attachment.role, reading):
        return Received(attachment, reading)
    papers = []
    for read in reading.documents:
        sided = await asyncio.to_thread(from_our_side, read, reading.pages, knows.us)
        imprint = await asyncio.to_thread(snapshot_of, sided, reading.pages)
        document = await asyncio.to_thread(apply_hints, sided, reading.pages, await knows.remembers(imprint))
        papers.append(AttachedDocument(document, imprint, await _picture(reader, store, data, document)))
    return Received(attachment, reading, tuple(papers))


async def _persistently(read: Callable[[bytes, str], Awaitable[T]], data: bytes, name: str) -> T:
    try:
        return await read_with_retry(read, data, name)
    except ReaderDied:
        raise ReaderUnavailable(bill_texts.reader_gave_up(name)) from None


async def _picture(reader: DocumentReader, store: FileStore, data: bytes, document: ReadDocument) -> str | None:
    """The card's picture; a card without one is better than none, so no failure of it goes further."""
    if not any(found.box for found in document.fields.values()):
        return None
    try:
        return await store.put(await reader.picture(data, document))
    except ReaderDied:
        log.warning("the reader died drawing a picture", exc_info=True)
        return None
