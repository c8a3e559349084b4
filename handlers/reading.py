"""Reads what came with a message, before any transaction is opened: reading takes seconds.

What was read is looked at again with what is remembered of its vendor.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from extraction.errors import ReaderDied
from extraction.evidence import ReadDocument, Reading
from extraction.memory.hints import Hints, Imprint, imprint_of
from extraction.memory.recall import recall
from extraction.process import read_persistently
from handlers import wording
from handlers.errors import ReaderUnavailable
from handlers.messages import Attachment

log = logging.getLogger(__name__)


class Reads(Protocol):
    """The reader, as far as use cases need it (see extraction.process.Reader)."""

    async def read(self, data: bytes, name: str = "") -> Reading:
        """What the file says. Raises: ReaderDied."""
        ...

    async def picture(self, data: bytes, document: ReadDocument) -> bytes:
        """A PNG of the document's first page with its values outlined. Raises: ReaderDied."""
        ...


class Keeps(Protocol):
    """The document store (see storage.documents.DocumentStore)."""

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


Remembers = Callable[[Imprint], Awaitable[Hints]]
"""What is known of the vendor of a document that looks so (see handlers.remember)."""


@dataclass(frozen=True)
class Paper:
    """One document of an attachment, and what it looked like before anything remembered was put in.

    `picture` is the SHA-256 of the card's picture, None where there is nothing to show.
    """

    document: ReadDocument
    imprint: Imprint
    picture: str | None


@dataclass(frozen=True)
class Received:
    """An attachment that was read, and a paper for each of the documents in it."""

    attachment: Attachment
    reading: Reading
    papers: tuple[Paper, ...] = ()


async def read_attachments(
    attachments: Sequence[Attachment], reader: Reads, store: Keeps, remembers: Remembers
) -> tuple[Received, ...]:
    """Reads each attachment, one after the other.

    Raises: ReaderUnavailable when the reader died or ran out of time on the same document twice.
    """
    return tuple([await _read(attachment, reader, store, remembers) for attachment in attachments])


async def _read(attachment: Attachment, reader: Reads, store: Keeps, remembers: Remembers) -> Received:
    assert attachment.sha256 is not None, "fetching comes before reading"
    data = await store.get(attachment.sha256)
    reading = await _reading(reader, data, attachment.name)
    papers = []
    for read in reading.documents:
        imprint = await asyncio.to_thread(imprint_of, read, reading.pages)
        document = await asyncio.to_thread(recall, read, reading.pages, await remembers(imprint))
        papers.append(Paper(document, imprint, await _picture(reader, store, data, document)))
    return Received(attachment, reading, tuple(papers))


async def _reading(reader: Reads, data: bytes, name: str) -> Reading:
    try:
        return await read_persistently(reader.read, data, name)
    except ReaderDied:
        raise ReaderUnavailable(wording.reader_gave_up(name)) from None


async def _picture(reader: Reads, store: Keeps, data: bytes, document: ReadDocument) -> str | None:
    """The card's picture; a card without one is better than none, so no failure of it goes further."""
    if not any(found.box for found in document.fields.values()):
        return None
    try:
        return await store.put(await reader.picture(data, document))
    except ReaderDied:
        log.warning("the reader died drawing a picture", exc_info=True)
        return None
