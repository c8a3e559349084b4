"""What was read of a file that came with a message, before anything is booked."""

from __future__ import annotations

from dataclasses import dataclass

from extraction.corrections.vendor_hints import DocumentSnapshot
from extraction.evidence import ReadDocument, Reading
from handlers.messages import Attachment


@dataclass(frozen=True)
class AttachedDocument:
    """One document of an attachment, and what it looked like before anything remembered was put in.

    `picture` is the SHA-256 of the card's picture, None where there is nothing to show.
    """

    document: ReadDocument
    imprint: DocumentSnapshot
    picture: str | None


@dataclass(frozen=True)
class Received:
    """An attachment that was read, and a paper for each of the documents in it.

    `forms` are other files that say the same as it, such as the e-invoice beside its PDF.
    """

    attachment: Attachment
    reading: Reading
    papers: tuple[AttachedDocument, ...] = ()
    forms: tuple[Attachment, ...] = ()
